"""Reads from a body's document how each of its characters looks in the form."""

from __future__ import annotations

from functools import reduce
from operator import or_

from editor.gui.story.body_styles import Style, StyledLine, StyledLines
from editor.text import nodes
from editor.text.document import BodySection, Document

_BLOCKS = {nodes.Heading: Style.BOLD, nodes.CodeBlock: Style.FIXED}
_LEAVES = {nodes.Code: Style.FIXED, nodes.FootnoteMark: Style.MUTED}
_INLINES = {nodes.Strong: Style.BOLD, nodes.Emphasis: Style.ITALIC, nodes.Link: Style.LINK}


def style_lines(document: Document) -> tuple[StyledLines, ...]:
    """Style every line of a body, in a group for each section. Markup gives no words: it is muted.

    The group of a section that an edit did not touch is the very one that was made before it.
    """
    *before, last = document.sections or (BodySection("", ()),)
    return (*(section.made(_lines_before_others) for section in before), last.made(_last_lines))


def _lines_before_others(section: BodySection) -> StyledLines:
    """Style the lines of a section that others follow: after its last line end begins theirs."""
    return _last_lines(section)[:-1]


def _last_lines(section: BodySection) -> StyledLines:
    styles = bytearray(len(section.text))
    for part in section.parts:
        _style_block(styles, part.block)
    lines, at = [], 0
    for line in section.text.split("\n"):
        lines.append(StyledLine(line, bytes(styles[at : at + len(line)])))
        at += len(line) + 1
    return tuple(lines)


def _style_block(styles: bytearray, block: nodes.Block) -> None:
    start, end = block.source
    style = _BLOCKS.get(type(block), Style.PLAIN)
    is_code = isinstance(block, nodes.CodeBlock)
    _fill(styles, start, end, style if is_code else style | Style.MUTED)
    for run in nodes.runs(block):
        for leaf, inside in nodes.leaves(run):
            if isinstance(leaf, nodes.Break):
                continue
            own = _LEAVES.get(type(leaf), Style.PLAIN)
            around = (_INLINES.get(type(node), Style.PLAIN) for node in inside)
            looks = reduce(or_, around, style | own)
            for piece in leaf.pieces:
                _fill(styles, start + piece.start, start + piece.end, looks)


def _fill(styles: bytearray, start: int, end: int, style: Style) -> None:
    styles[start:end] = bytes((style,)) * (end - start)
