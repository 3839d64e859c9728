"""Words that the paper doesn't want: the list of its house style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.house_style import HouseStyle, LoadedWord
from editor.i18n import N_, _

_STYLE = HouseStyle(loaded=(LoadedWord("claimed", "said"), LoadedWord("brutal")))

_Found: TypeAlias = tuple[tuple[int, int, str], ...]
"""Start, end, and what to write instead."""


class LoadedWords:
    """Find the words and phrases that the house style lists, outside quotations."""

    id = "loaded-words"
    title = N_("No loaded words")
    about = N_(
        "A word or phrase that the paper doesn’t want, from its own list in **File › House "
        "style**: banned, loaded, or out of fashion. Capitals don’t matter. In a quotation it is "
        "somebody’s own and left alone. Where the list says what to write instead, the fix does."
    )
    level = Level.WARNING
    examples = (
        right("She said so. “He claimed it,” she said.", style=_STYLE),
        right("She claimed so.", style=HouseStyle()),
        wrong("The mayor claimed so.", found="claimed", fixed="The mayor said so.", style=_STYLE),
        wrong("Claimed or not: late.", found="Claimed", fixed="Said or not: late.", style=_STYLE),
        wrong("A brutal storm.", found="brutal", style=_STYLE),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at every field; the body's blocks remember what was found in them."""
        loaded = subject.facts.style.loaded
        if not loaded:
            return
        in_text, in_block = _finders(loaded)
        for path, text in subject.prose.items():
            if path == "body":
                hits = [
                    (start + at, end + at, instead)
                    for block, at in subject.body.blocks
                    for start, end, instead in block.made(in_block)
                ]
            else:
                hits = [*in_text(text)]
            quoted = [
                (opening.at, closing.at)
                for paragraph in (subject.quote_marks[path] if hits else ())
                for opening, closing in paragraph.quotations
            ]
            for start, end, instead in hits:
                if not any(opening < start and end <= closing for opening, closing in quoted):
                    yield self._finding(TextPlace(path, start, end), text[start:end], instead)

    def _finding(self, place: TextPlace, word: str, instead: str) -> Finding:
        sentence = _("The paper doesn’t write “{word}”").format(word=" ".join(word.split()))
        if not instead:
            hint = _("Choose another word, or quote who says it.")
            return Finding(self.id, self.level, sentence, hint, place)
        hint = _("Write “{instead}”.").format(instead=instead)
        edit = Edit(place.path, place.start, place.end, instead)
        fix = Fix(_("Use “{word}”").format(word=instead), (edit,))
        return Finding(self.id, self.level, sentence, hint, place, (fix,))


@lru_cache(maxsize=4)
def _finders(
    loaded: tuple[LoadedWord, ...],
) -> tuple[Callable[[str], _Found], Callable[[BlockProse], _Found]]:
    """Return what finds the words in a text and in a block: the same ones for the same list."""
    instead = {word.word.casefold(): word.instead for word in loaded}
    longest_first = sorted(instead, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def in_text(text: str) -> _Found:
        return tuple(
            (*match.span(), _like(match[0], instead.get(" ".join(match[0].casefold().split()), "")))
            for match in pattern.finditer(text)
        )

    def in_block(block: BlockProse) -> _Found:
        return in_text(block.text)

    return in_text, in_block


def _like(word: str, instead: str) -> str:
    """Begin what is written instead as the word began."""
    return instead[:1].upper() + instead[1:] if word[:1].isupper() else instead
