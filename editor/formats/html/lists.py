"""Lists: of HTML, and of Word, whose items are paragraphs with a level and a marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from editor.formats.html.styles import Style, Styles
from editor.formats.html.tree import HtmlElement
from editor.text.nodes import (
    Block,
    BulletList,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Strong,
    Text,
)

DEEPEST = 6
"""How deep lists nest; what is deeper is in the deepest."""

_WORD = re.compile(r"l\d+\s+level(\d+)")
_MARGIN = re.compile(r"(\d+(?:\.\d+)?)(in|pt|px|cm)")
_PER_INCH = {"in": 1.0, "pt": 72.0, "px": 96.0, "cm": 2.54}
_INDENT = 0.5
_NUMBER = re.compile(r"\(?(\d{1,6})[.)]?")
_LETTERS = re.compile(r"\(?(?:[A-Za-z]{1,5})[.)]")
_TYPED = re.compile(
    r"[\s\u00a0]*(?P<marker>[·•ov§Ø\uf0a7\uf0b7\u2013-]|\(?(?:\d{1,4}|[A-Za-z]{1,4})[.)])(?:\u00a0|\s){2,}"
)


@dataclass(frozen=True, slots=True)
class LevelItem:
    """An item that knows only how deep it is, as word processors write them."""

    level: int
    number: int | None
    """What it counts from in a numbered list; None in one without an order."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class WordMarker:
    """What begins an item of Word: its level, from 1, and the element that has the marker."""

    level: int
    element: HtmlElement | None
    number: int | None

    @classmethod
    def of(cls, element: HtmlElement, style: Style, styles: Styles) -> WordMarker | None:
        """Return the marker of a paragraph of Word; None where it is no item."""
        found = _WORD.match(style.get("mso-list", ""))
        # Gmail keeps only the class and the marker of Word's items.
        if found is None and "MsoListParagraph" not in element.get("class"):
            return None
        typed = _TYPED.match(element.text())
        if found is None and typed is None:
            return None
        level = min(int(found[1]) if found else _level(style), DEEPEST)
        for inner in element.all():
            if styles.of(inner).get("mso-list") == "ignore":
                return cls(level, inner, counted_from(inner.text()))
        return cls(level, None, counted_from(typed["marker"]) if typed else None)


def _level(style: Style) -> int:
    """Return how deep an item is by its margin: Word indents each level by half an inch."""
    found = _MARGIN.match(style.get("margin-left", "") or _left(style.get("margin", "")))
    if found is None:
        return 1
    inches = float(found[1]) / _PER_INCH.get(found[2], 1.0)
    return max(1, round(inches / _INDENT))


def _left(margin: str) -> str:
    """Return the fourth value of a margin."""
    return margin.split()[3] if len(margin.split()) == 4 else ""


def counted_from(marker: str) -> int | None:
    """Return the number that a marker is, 1 for a letter; None for a bullet."""
    marker = marker.strip()
    if number := _NUMBER.fullmatch(marker):
        return int(number[1])
    return 1 if _LETTERS.fullmatch(marker) else None


def typed_marker_end(text: str) -> int:
    """Return where the words begin after a marker that was typed with layout spaces."""
    found = _TYPED.match(text)
    return found.end() if found else 0


def with_lists(blocks: Iterable[Block | LevelItem]) -> list[Block]:
    """Make lists of the items that follow one another."""
    made: list[Block] = []
    items: list[LevelItem] = []
    for block in blocks:
        if isinstance(block, LevelItem):
            items.append(block)
            continue
        made += _nested(items)
        items = []
        made.append(block)
    return [*made, *_nested(items)]


def _nested(lines: Sequence[LevelItem]) -> Iterator[Block]:
    """Yield lists of items; those that are deeper than the first are inside the one before."""
    start = 0
    while start < len(lines):
        first, items = lines[start], list[ListItem]()
        while start < len(lines):
            line = lines[start]
            is_other = (line.number is None) != (first.number is None)
            if line.level < first.level or (line.level == first.level and is_other):
                break
            end = start + 1
            while end < len(lines) and lines[end].level > first.level:
                end += 1
            items.append(ListItem((*line.blocks, *_nested(lines[start + 1 : end]))))
            start = end
        if first.number is None:
            yield BulletList(tuple(items))
        else:
            yield NumberedList(tuple(items), first.number)


def make_items(items: Sequence[Sequence[Block]]) -> list[ListItem]:
    """Make items that begin with words; an item without words gives its lists to the one before."""
    made: list[ListItem] = []
    for blocks in items:
        if not blocks:
            continue
        first, *rest = blocks
        match first:
            case Paragraph():
                made.append(ListItem(tuple(blocks)))
            case Heading(_, children):
                strong = Strong(children) if children else Text("")
                made.append(ListItem((Paragraph((strong,)), *rest)))
            case BulletList(inner) | NumberedList(inner) if not made:
                made += inner
                if rest:
                    made[-1] = replace(made[-1], blocks=(*made[-1].blocks, *rest))
            case _ if made:
                made[-1] = replace(made[-1], blocks=(*made[-1].blocks, *blocks))
            case _:
                made.append(ListItem((Paragraph((Text("–"),)), *blocks)))
    return made
