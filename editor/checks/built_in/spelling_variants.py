"""Words that the British and the Americans spell differently, in one story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, PlacedWords, is_english, search_words
from editor.checks.word_lists import word_list
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_BRITISH, _AMERICAN = "British", "American"
_FIELDS = ("headline", "standfirst", "key_points", "body", "caption", "alt")

_OUR = word_list(
    "arm behavi col endeav fav flav harb hon hum lab neighb od rum sav splend vap vig val"
)
_RE = word_list("cent fib kilomet lit met theat calib centimet millimet meag somb spect")
_ISE = word_list(
    "apolog author character critic emphas final general hospital maxim minim modern mobil "
    "nationalo normal optim organ prior privat real recogn special stabil summar symbol "
    "utilo visual jeopard legal material memor monopol neutral penal popular subsid sympath"
)
_ODD = {
    "aluminium": "aluminum", "analyse": "analyze", "analysed": "analyzed", "catalogue": "catalog",
    "cancelled": "canceled", "cancelling": "canceling", "cheque": "check", "cosy": "cozy",
    "counsellor": "counselor", "defence": "defense", "dialled": "dialed", "enrol": "enroll",
    "fuelled": "fueled", "fulfil": "fulfill", "grey": "gray", "jewellery": "jewelry",
    "labelled": "labeled", "levelled": "leveled", "manoeuvre": "maneuver",
    "marvellous": "marvelous",
    "modelled": "modeled", "mould": "mold", "moustache": "mustache", "offence": "offense",
    "paralysed": "paralyzed", "plough": "plow", "pretence": "pretense", "programme": "program",
    "pyjamas": "pajamas", "sceptical": "skeptical", "signalled": "signaled", "skilful": "skillful",
    "totalled": "totaled", "traveller": "traveler", "travelled": "traveled",
    "travelling": "traveling", "tyre": "tire", "woollen": "woolen",
}  # fmt: skip
_TWO_WORDS = frozenset(
    {"check", "program", "tire", "catalog", "mold", "cheque", "programme", "tyre"}
)
"""Words that are also others, so that only their pair in the same story says something."""


def _pairs() -> Iterator[tuple[str, str]]:
    for stem in _OUR:
        for end in ("", "s", "ed", "ing", "able", "ite", "er", "ers", "hood", "hoods"):
            yield f"{stem}our{end}", f"{stem}or{end}"
    for stem in _RE:
        yield f"{stem}re", f"{stem}er"
        yield f"{stem}res", f"{stem}ers"
    for stem in _ISE:
        for end in ("e", "es", "ed", "ing", "ation", "ations", "er", "ers"):
            yield f"{stem}is{end}", f"{stem}iz{end}"
    yield from _ODD.items()


_AMERICAN_OF = dict(_pairs())
_BRITISH_OF = {american: british for british, american in _AMERICAN_OF.items()}
_KNOWN = {**_AMERICAN_OF, **_BRITISH_OF}
_WORD = re.compile(r"(?<![\w'’.@/-])[a-z]{4,16}(?![\w@-])")


class SpellingVariants:
    """Find words in British and in American spelling side by side."""

    id = "spelling-variants"
    title = N_("Spelling is British or American")
    about = N_(
        "One word in both spellings in one story: “harbour” and “harbor”, “organise” and "
        "“organize”. Names (Pearl Harbor, Labour Party) are left alone. The fix spells the rarer "
        "one like the other."
    )
    level = Level.WARNING
    examples = (
        right("The harbour near Pearl Harbor has a centre. Check the cheque. Realise the theatre."),
        right("The harbors are grey."),
        wrong(
            "The harbour is old. No harbor is older, and a harbour must be.",
            found="harbor",
            fixed="The harbour is old. No harbour is older, and a harbour must be.",
        ),
        wrong(
            "They organize it. They organise it, and then they organize it again.",
            found="organise",
            fixed="They organize it. They organize it, and then they organize it again.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare words in small letters with their other spelling."""
        if not is_english(subject):
            return
        by_word: dict[str, list[PlacedWords]] = {}
        for found in search_words(subject, _variants, _FIELDS):
            by_word.setdefault(found.words.text, []).append(found)
        uses = Counter({word: len(places) for word, places in by_word.items()})
        for word, places in by_word.items():
            other = _KNOWN[word]
            first = places[0], by_word.get(other, places)[0]
            if not uses[other] or uses[word] > uses[other]:
                continue
            if uses[word] == uses[other] and (first[0].path, first[0].at) < (
                first[1].path,
                first[1].at,
            ):
                continue
            yield Finding(
                self.id,
                self.level,
                _("“{one}” and “{other}” are both in the story").format(one=word, other=other),
                _("Spell it one way."),
                places[0].place,
                (
                    Fix(
                        _("Write “{word}”").format(word=other),
                        tuple(found.edit for found in places),
                    ),
                ),
            )


def _variants(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(*match.span(), match[0], _KNOWN[match[0]])
        for match in _WORD.finditer(block.text)
        if match[0] in _KNOWN
    )
