"""The words of one paragraph, heading or cell as nodes that know where they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from editor.text import nodes
from editor.text.cover import Covered, cover
from editor.text.emphasis import EmphasisFinder
from editor.text.links import safe_href
from editor.text.source import Located

_MOST_MARKS = 1_000
"""More brackets and asterisks than this in one paragraph, and they are only words."""

_DEEPEST = 20
"""Emphasis inside emphasis beyond this is words only; nobody could tell it apart."""

_MARKS = re.compile(r"[*_\[<]")
_LINK = re.compile(r"(?<!!)\[")
_PICTURE = re.compile(r"!\[")
_AUTOLINK = re.compile(r"<([^\s<>]{3,2000})>")
_BRACKET = re.compile(r"[\[\]]")
_ADDRESS = re.compile(
    r"\(\s*(?:<(?P<angled>[^<>]{0,2000})>"
    r"|(?P<bare>[^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()<>]{0,500}){0,8}))"
    r"""(?:\s+(?:"[^"]{0,1000}"|'[^']{0,1000}'))?\s*\)"""
)
_LONGEST_LABEL = 10_000
_DEEPEST_LABEL = 8

_Kind: TypeAlias = type[nodes.Link | nodes.Emphasis | nodes.Strong]


class _Markup(NamedTuple):
    """A range with markup at both ends; `href` is empty for a link that leads nowhere."""

    kind: _Kind
    start: int
    inner_start: int
    inner_end: int
    end: int
    href: str = ""
    address: str = ""
    is_picture: bool = False


def read_inlines(words: Located, emphasis: EmphasisFinder) -> nodes.Inlines:
    """Read the words of a paragraph, a heading, an item or a cell."""
    read = _joined(_Reader(words, emphasis).read())
    # A line break at either end breaks nothing.
    while read and isinstance(read[0], nodes.Break):
        read = read[1:]
    while read and isinstance(read[-1], nodes.Break):
        read = read[:-1]
    return read


class _Reader:
    """Finds the markup in one run of words: links, then pictures, addresses and emphasis."""

    def __init__(self, words: Located, emphasis: EmphasisFinder) -> None:
        self._emphasis = emphasis
        self._covered = Covered(words)
        self._text = self._covered.text
        """The covered words; each link is covered once it is found."""
        self._markup: list[_Markup] = []
        self._next = 0

    def read(self) -> Iterator[nodes.Inline]:
        """Read all words; neighbours of one kind are not joined."""
        text = self._text
        # The covers of line ends are white space.
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        if sum(1 for _ in _MARKS.finditer(text)) <= _MOST_MARKS:
            self._find_links(start, end)
            self._markup.sort(key=lambda found: (found.start, -found.end))
        return self._nodes(start, end, ())

    # Finding markup

    def _find_links(self, start: int, end: int) -> None:
        """Read `[words](address "title")`.

        The label ends at its own bracket, at most 8 pairs deep.
        """
        for opening, inner, close, address in self._labels(_LINK, start, end):
            written = self._address(address)
            href = safe_href(written) or ""
            self._find_pictures(inner, close)
            self._add(_Markup(nodes.Link, opening, inner, close, address.end(), href, written))
        self._find_pictures(start, end)

    def _find_pictures(self, start: int, end: int) -> None:
        """Read a picture as its words. After links, so that one inside a link is found too."""
        for opening, inner, close, address in self._labels(_PICTURE, start, end):
            written = self._address(address)
            self._find_addresses(inner, close)
            self._add(_Markup(nodes.Link, opening, inner, close, address.end(), "", written, True))
        self._find_addresses(start, end)

    def _address(self, match: re.Match[str]) -> str:
        """Return an address as it was written, without the markup around it."""
        return self._covered.plain(*match.span("angled" if match["angled"] else "bare")).strip()

    def _find_addresses(self, start: int, end: int) -> None:
        """Read `<https://paper.example/>` and `<desk@paper.example>`."""
        for match in _AUTOLINK.finditer(self._text, start, end):
            words = self._covered.plain(*match.span(1))
            is_whole = ":" in words or words[:4].lower() == "www."
            href = safe_href(words if is_whole else f"mailto:{words}")
            if href is not None:
                inner, close = match.span(1)
                self._add(_Markup(nodes.Link, match.start(), inner, close, match.end(), href))
        self._find_emphasis(start, end)

    def _find_emphasis(self, start: int, end: int) -> None:
        text = self._text[start:end]
        if "*" in text or "_" in text:
            for pair in self._emphasis.pairs(text):
                opening, inner, close, closed = (start + at for at in pair)
                kind = nodes.Strong if inner - opening == 2 else nodes.Emphasis
                self._markup.append(_Markup(kind, opening, inner, close, closed))

    def _labels(
        self, opening: re.Pattern[str], start: int, end: int
    ) -> Iterator[tuple[int, int, int, re.Match[str]]]:
        """Find labels with an address: where the opening, the label and its end are."""
        while match := opening.search(self._text, start, end):
            start = match.end()
            close = self._label_end(start, end)
            address = _ADDRESS.match(self._text, close + 1, end) if close > start else None
            if address and self._text[start:close].strip():
                yield match.start(), start, close, address
                start = address.end()

    def _label_end(self, start: int, end: int) -> int:
        """Where a label's own closing bracket is; -1 without one."""
        depth = 1
        for bracket in _BRACKET.finditer(self._text, start, min(end, start + _LONGEST_LABEL)):
            depth += 1 if bracket[0] == "[" else -1
            if depth == 0:
                return bracket.start()
            if depth > _DEEPEST_LABEL:
                break
        return -1

    def _add(self, link: _Markup) -> None:
        """Note a link, and cover it."""
        self._markup.append(link)
        hidden = cover(link.end - link.start)
        self._text = f"{self._text[: link.start]}{hidden}{self._text[link.end :]}"

    # Writing nodes

    def _nodes(self, start: int, end: int, inside: tuple[_Kind, ...]) -> Iterator[nodes.Inline]:
        """The words of a range. What repeats a kind it is inside is unwrapped."""
        for found in self._next_before(end):
            yield from self._covered.leaves(start, found.start)
            if len(inside) < _DEEPEST:
                yield from self._marked(found, inside)
            else:
                yield from self._flat(found)
            start = found.end
        yield from self._covered.leaves(start, end)

    def _marked(self, found: _Markup, inside: tuple[_Kind, ...]) -> Iterator[nodes.Inline]:
        kind = found.kind
        children = self._nodes(found.inner_start, found.inner_end, (*inside, kind))
        if kind in inside:
            yield from children
        elif kind is nodes.Link and not found.href:
            yield nodes.DeadLink(_joined(children), found.address, found.is_picture)
        elif kind is nodes.Link:
            yield nodes.Link(found.href, _joined(children))
        else:
            yield (nodes.Strong if kind is nodes.Strong else nodes.Emphasis)(_joined(children))

    def _flat(self, outer: _Markup) -> Iterator[nodes.Inline]:
        """The words of a marked range without any of its marks."""
        marks = [(outer.inner_end, outer.end)]
        for found in self._next_before(outer.end):
            marks += [(found.start, found.inner_start), (found.inner_end, found.end)]
        at = outer.inner_start
        for start, end in sorted(marks):
            yield from self._covered.leaves(at, start)
            at = end

    def _next_before(self, end: int) -> Iterator[_Markup]:
        """Take the markup that starts before an index, one by one."""
        while self._next < len(self._markup) and self._markup[self._next].start < end:
            self._next += 1
            yield self._markup[self._next - 1]


def _joined(unjoined: Iterable[nodes.Inline]) -> nodes.Inlines:
    """Join neighbours of one kind, so that equal looks have equal nodes."""
    result: list[nodes.Inline] = []
    for node in unjoined:
        last = result[-1] if result else None
        match last, node:
            case _, nodes.Text(""):
                pass
            case nodes.Text(), nodes.Text():
                result[-1] = nodes.Text(last.text + node.text, last.pieces + node.pieces)
            case nodes.Code(), nodes.Code():
                result[-1] = nodes.Code(last.text + node.text, last.pieces + node.pieces)
            case nodes.Emphasis(), nodes.Emphasis():
                result[-1] = nodes.Emphasis(_joined(last.children + node.children))
            case nodes.Strong(), nodes.Strong():
                result[-1] = nodes.Strong(_joined(last.children + node.children))
            case _:
                result.append(node)
    return tuple(result)
