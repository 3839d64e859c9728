"""Text that readers see in another order than it was written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import PROSE, FoundWords, paragraphs_of, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _
from editor.text.invisible import has_two_directions

_FIELDS = (*PROSE, "credit", "bylines", "keywords", "city", "country", "agency")
_LRM = "\u200e"
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
            "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = "\u202d\u202e"
_ARABIC = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
_JUMPS = re.compile(
    # C++, C#, Yahoo!: the sign belongs to the Latin word, and would be seen before it.
    rf"(?P<after>(?<![\w{_LRM}])[A-Za-z][A-Za-z0-9]{{0,30}}[+#!]{{1,3}})(?=[\s،.؛:]|$)"
    # +962 6 555: the parts of a telephone number would be seen from the last to the first.
    r"|(?P<phone>(?<![\w\u200e\u2066\u202a])\+?\d{2,4}(?:[ \u00a0-]\d{2,4}){2,5}(?![\w-]))"
    r"|(?P<plus>(?<![\w\u200e\u2066\u202a])[+]\d[\d,.]*(?![\w]))"
)


class MixedDirection:
    """Find signs that jump to the other side of a word, and marks of direction without an end."""

    id = "mixed-direction"
    title = N_("Left and right stay in order")
    about = N_(
        "In a story written from right to left: a sign that belongs to a Latin word (C++, Yahoo!), "
        "a plus before digits, or a telephone number, which readers would see on the wrong side "
        "or from its end. The fix adds a mark of direction (U+200E), or isolates the number. In "
        "any field with Arabic or Hebrew letters: an invisible mark of embedding, override or "
        "isolation (Unicode UAX 9) that is never closed or never opened, or that turns letters "
        "around; the fix removes it."
    )
    level = Level.WARNING
    examples = (
        right("قالت شركة ABC إن الرحلة 214 تأخرت (AFP)، في 2010-2015.", language="ar"),
        right("لغة C++\u200e قديمة. الهاتف \u2066+962 6 555 1234\u2069.", language="ar"),
        right("He codes in C++. Call +962 6 555 1234. \u2067سلام\u2069 means peace."),
        wrong("لغة C++ قديمة.", language="ar", found="C++", fixed="لغة C++\u200e قديمة."),
        wrong(
            "الهاتف +962 6 555 1234 مفتوح.".replace("6 555", "65 555"),
            language="ar",
            found="+962 65 555 1234",
            fixed="الهاتف \u2066+962 65 555 1234\u2069 مفتوح.",
        ),
        right("It was \u202eevil again."),
        wrong("A \u202eسلام was.", found="\u202e", fixed="A سلام was."),
        wrong("It is \u2067سلام here.", found="\u2067", fixed="It is سلام here."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look for lone marks in every story, for jumping signs where it reads to the left."""
        # In text of one direction all of them are strays, which another check finds.
        paths = {path for path, text in subject.prose.items() if has_two_directions(text)}
        lone = [
            found for found in search_words(subject, _lone_controls, _FIELDS) if found.path in paths
        ]
        if lone:
            yield Finding(
                self.id,
                self.level,
                _("An invisible mark turns the text around (U+{code:04X})").format(
                    code=ord(lone[0].words.text)
                ),
                _("It has no partner, or it shows letters in the wrong order."),
                lone[0].place,
                (Fix(_("Remove it"), tuple(found.edit for found in lone)),),
            )
        if not subject.story.right_to_left:
            return
        for found in search_words(subject, _jumping, _FIELDS):
            yield Finding(
                self.id,
                self.level,
                _("Readers see “{words}” in another order").format(words=found.words.text),
                _("Between words from right to left its signs go to the other side."),
                found.place,
                (Fix(_("Keep it in order"), (found.edit,)),),
            )


def _lone_controls(block: BlockProse) -> tuple[FoundWords, ...]:
    text = block.text
    if not _CONTROL.search(text):
        return ()
    lone: list[FoundWords] = []
    for start, end in block.made(paragraphs_of):
        opened: list[tuple[int, str]] = []
        for match in _CONTROL.finditer(text, start, end):
            mark, at = match[0], match.start()
            if mark in _OVERRIDES:
                lone.append(FoundWords(at, at + 1, mark))
            elif mark in _OPENERS:
                opened.append((at, mark))
            elif opened and _OPENERS[opened[-1][1]] == mark:
                opened.pop()
            else:
                lone.append(FoundWords(at, at + 1, mark))
        lone += [FoundWords(at, at + 1, mark) for at, mark in opened]
    return tuple(sorted(lone))


def _jumping(block: BlockProse) -> tuple[FoundWords, ...]:
    found = []
    for match in _JUMPS.finditer(block.text):
        text = match[0]
        instead = f"\u2066{text}\u2069" if match["phone"] or match["plus"] else text + _LRM
        found.append(FoundWords(*match.span(), text, instead))
    return tuple(found)
