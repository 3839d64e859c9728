"""People who come in without their first name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.names import Name, names_of
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_english, search, search_words
from editor.checks.speech import SPEAKS
from editor.checks.word_lists import word_set
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _

_TITLE = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Prof|Professor|President|Minister|Senator|Sen|Rep|"
    r"Gov|Governor|Mayor|Judge|Justice|General|Gen|Colonel|Col|Captain|Capt|Major|Sergeant|Sgt|"
    r"Queen|King|Prince|Princess|Pope|Bishop|Father|Rev|Chairman|Secretary|Chancellor|Ambassador|"
    r"Inspector|Detective|Officer|Coach|Sheikh|Imam|Rabbi)\.?|[a-z]+)[ \u00a0]$"
)
_SPEAKER = re.compile(
    rf"(?<![\w'’.-])(?P<before>(?:{SPEAKS})[ \u00a0])?(?P<name>[A-Z][^\W\d_A-Z]{{2,}})"
    rf"(?P<after>,?[ \u00a0](?:{SPEAKS})(?!\w))?(?![\w-]|[ \u00a0][A-Z])"
)
_SPEAKS_BEFORE = re.compile(rf"\b(?:{SPEAKS})[ \u00a0]$")
_PERSON = re.compile(rf"\b(?:[Hh]e|[Ss]he)[ \u00a0](?:{SPEAKS})\b")
_FIRST_NAME = re.compile(r"[A-Z][^\W\d_A-Z]+(?:-[A-Z][^\W\d_]+)?")


class FirstMention:
    """Find speakers who are first called by their surname and only later by their full name."""

    id = "first-mention"
    title = N_("People come in with their full name")
    about = N_(
        "A speaker whose surname comes alone in the body before the full name: “Aas said” in the "
        "second paragraph, “Ragnhild Aas” in the fourth. Also one who speaks more than once and "
        "never gets a first name, in a story in which he or she speaks. A title or a description "
        "before the surname (“President Aas”, “director Aas”) will do."
    )
    level = Level.WARNING
    examples = (
        right("Ragnhild Aas came. It sails, Aas said.", headline="Aas: it sails"),
        right("President Aas spoke. Ragnhild Aas leads the company, Aas said."),
        right("It sails, Aas said. It has a horn, she added."),
        right("It sails, the pilot Aas said. It has a horn, she said. Cars wait, Aas said."),
        right("York is old. In New York it rained, York said."),
        wrong(
            "It sails in spring, Aas said.\n\nRagnhild Aas leads the company.",
            found="Aas",
        ),
        wrong("It sails, Aas said. It has a horn, she added. Cars wait, Aas said.", found="Aas"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare each surname's first place with that of the full name."""
        if not is_english(subject):
            return
        speakers = Counter(
            found.words.text for found in search_words(subject, _speakers, ("body",))
        )
        alone = dict[str, TextPlace]()
        introduced = set[str]()
        for _path, start, name in search(subject, names_of, ("body",)):
            last = name.words[-1]
            if last not in speakers or last in introduced:
                continue
            place = TextPlace("body", start + name.end - len(last), start + name.end)
            if len(name.words) > 1:
                introduced.add(last)
                if last in alone and _is_full(name):
                    yield self._finding(alone[last], last, " ".join(name.words))
            elif last not in alone:
                alone[last] = place
                if _has_title(subject.prose["body"][max(0, place.start - 30) : place.start]):
                    introduced.add(last)
        if any(True for _found in search(subject, _people, ("body",))):
            for last, place in alone.items():
                if last not in introduced and speakers[last] > 1 and last not in _PLACES:
                    yield self._finding(place, last, "")

    def _finding(self, place: TextPlace, surname: str, name: str) -> Finding:
        return Finding(
            self.id,
            self.level,
            _("“{surname}” comes before “{name}”").format(surname=surname, name=name)
            if name
            else _("“{surname}” has no first name and no title").format(surname=surname),
            _("Give the full name, and who it is, at the first mention."),
            place,
        )


def _speakers(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(*match.span("name"), match["name"])
        for match in _SPEAKER.finditer(block.text)
        if match["before"] or match["after"]
    )


def _people(block: BlockProse) -> tuple[str, ...]:
    """Return a word that says that people speak, where there is one; companies speak as well."""
    return tuple(match[0] for match in [_PERSON.search(block.text)] if match)


def _has_title(before: str) -> bool:
    return bool(_TITLE.search(before)) and not _SPEAKS_BEFORE.search(before)


def _is_full(name: Name) -> bool:
    first = name.words[0]
    return len(name.words) in (2, 3) and bool(_FIRST_NAME.fullmatch(first)) and first not in _PLACES


_PLACES = word_set("New San Los North South East West Saint Fort Mount Lake Port Bank The In")
