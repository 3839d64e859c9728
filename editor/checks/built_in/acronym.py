"""Acronyms that the story never spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import HIDDEN, BlockProse
from editor.checks.reading import FoundWords, PlacedWords, is_english, search, search_words
from editor.checks.word_lists import word_set
from editor.core.findings import Finding, Level
from editor.i18n import N_, _

_KNOWN = word_set(
    # Understood by every reader, or names that nobody spells out.
    "AIDS AFP AP BBC BMW CBS CEO CEOs CD CDs CFO CIA CNN CO COVID DNA DVD DVDs EEC ESPN EU "
    "FBI FC FIFA GDP GMT GNP GPS HBO HIV HQ IBM ICE ID IDs IKEA IOC IQ ISBN IT ITV LED LEDs "
    "MBA MP MPs MRI NASA NATO NBA NBC NFL NHL OK OPEC PC PCs PDF PhD PIN PM PR PS QC RAF "
    "RNA RSVP SAP SIM SMS SOS SUV SUVs TASS TV TVs UAE UEFA UFO UK UN UNESCO UNICEF URL US "
    "USA USB USSR UTC VAT VIP VIPs WC WHO WTO WWF AM FM EST EDT PST CET BST AI IMF GM UPS "
    "CT AD BC BCE CE II III IV VI VII VIII IX XI XII XIII XIV XV XVI XX NYSE ABC PLC SA AG "
    "NV AB AS ASA SE LLC LP BV SPA KG INC LTD CORP"
)
_ACRONYM = re.compile(
    r"(?<![\w.&/<'’@#$-])(?P<name>[A-Z]{3,6})(?P<plural>s)?(?![\w.&/>@-]|['’][a-rt-z])"
)
_PART_OF_NAME = re.compile(r"[ \u00a0](?:[A-Z][a-z]|(?:plc|PLC|LLC|SA|AG|NV|AB)\b)")
"""After it: GTE Corp, RIA Novosti."""
_NO_ACRONYM_BEFORE = re.compile(r"[ \u00a0]?[\d:]")
"""A currency's code before its amount, a label such as NOTE: before its text."""
_DESCRIBED = re.compile(
    r"\b(?:agency|association|body|broadcaster|company|group|index|network|party|union)[ \u00a0]$"
)
_EXPLAINED = re.compile(r"[(\[“\"]\s?(?P<name>[A-Z]{2,6})s?\s?[)\]”\"]")
_SHOUTED = re.compile(r"[A-Z]{3,}[ ,.]+[A-Z]{2,}|[A-Z]{2,}[ ,.]+[A-Z]{3,}")
_INITIALS = re.compile(r"(?<![\w'’])[^\W\d_](?:[\w'’]*)")
_SMALL = ("of", "the", "and", "for", "in", "on", "to", "a", "de", "la")


class Acronym:
    """Find acronyms that the story does not spell out."""

    id = "acronym"
    title = N_("Acronyms are spelled out once")
    about = N_(
        "An acronym of three to six capitals in the body that the story never spells out, neither "
        "as “European Maritime Agency (EMA)” nor in words with these initials. Acronyms that "
        "every reader knows (EU, NATO, CEO), those in names (RIA Novosti), words in "
        "brackets and lines in capitals are left alone."
    )
    level = Level.HINT
    examples = (
        right("The European Maritime Agency (EMA) met. EMA said so, with NATO, the EU and IBM."),
        right("The agency for maritime safety, AMS, met. AMS said so, twice."),
        right("The Iranian news agency IRNA said so."),
        right("NOTE: It costs NOK 400 or AED 120."),
        right(
            "DANGER! KEEP OUT OF THE DOCK, it reads. GTE Corp <GTE> and XYZ Inc paid RIA Novosti."
        ),
        wrong("The EMA met, its chair said.", found="EMA"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look for each acronym once, where it comes first."""
        if not is_english(subject):
            return
        first: dict[str, list[PlacedWords]] = {}
        for found in search_words(subject, _acronyms, ("body",)):
            first.setdefault(found.words.instead, []).append(found)
        if not first:
            return
        spelled = {name for _p, _s, name in search(subject, _explained)}
        initials = [line for _p, _s, line in search(subject, _initials)]
        for name, uses in first.items():
            letters = name.casefold()
            if name in spelled or any(letters in line for both in initials for line in both):
                continue
            yield Finding(
                self.id,
                self.level,
                _("“{acronym}” is not spelled out").format(acronym=name),
                _("Write the full name at the first mention, unless every reader knows it."),
                uses[0].place,
            )


def _acronyms(block: BlockProse) -> tuple[FoundWords, ...]:
    text = block.text
    return tuple(
        FoundWords(*match.span(), match[0], match["name"])
        for match in _ACRONYM.finditer(text)
        if match[0] not in _KNOWN
        and match["name"] not in _KNOWN
        and not _PART_OF_NAME.match(text, match.end())
        and not _SHOUTED.search(text, max(0, match.start() - 12), match.end() + 12)
        and not _NO_ACRONYM_BEFORE.match(text, match.end())
        and not _DESCRIBED.search(text[max(0, match.start() - 20) : match.start()])
        and not _is_in_table(text, match.start())
    )


def _is_in_table(text: str, at: int) -> bool:
    """Whether a line has columns, or is all in capitals."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)][:500]
    # The prose has columns of spaced text as hidden characters.
    return "   " in line.strip() or HIDDEN in line or line.isupper()


def _explained(block: BlockProse) -> tuple[str, ...]:
    return tuple(match["name"] for match in _EXPLAINED.finditer(block.text))


def _initials(block: BlockProse) -> tuple[tuple[str, str], ...]:
    """Return the first letters of all words in a row, with and without small words."""
    words = [match[0].casefold() for match in _INITIALS.finditer(block.text)]
    return (
        (
            "".join(word[0] for word in words),
            "".join(word[0] for word in words if word not in _SMALL),
        ),
    )
