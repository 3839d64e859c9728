"""Nodes as Markdown, written in one way, so that `parse` gives equal nodes again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from editor.text import nodes
from editor.text.document import Document

_INDENT = "    "
_MARKS = re.compile(r"[\\*_\[\]<]|&(?=[#a-zA-Z])|!(?=\[|$)")
_LINE_START = re.compile(r"^(\d*)(?:(?<=\d)(?=[.)])|(?<!\d)(?=[#>+=|:-]))")
_AMPERSAND = re.compile(r"&(?=[#a-zA-Z])")
_TICKS = re.compile("`+")
_NO_WORD = re.compile(r"\W")
_LONGEST_ADDRESS = 2_000
_WORD = re.compile(r"\w")
_RULES: dict[nodes.Align, str] = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
_BREAK = "\\\n"


def to_markdown(document: Document) -> str:
    """Write a document so that parsing it gives an equal one; without a final line end."""
    return _blocks(document.blocks)


def _blocks(blocks: Iterable[nodes.Block]) -> str:
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: nodes.Block) -> str:
    match block:
        case nodes.Paragraph(children):
            text = _paragraph(children)
        case nodes.Heading(level, children):
            text = f"{'#' * level} {_inlines(children, also='#')}"
        case nodes.Quote(blocks):
            lines = _blocks(blocks).split("\n")
            text = "\n".join(f"> {line}" if line else ">" for line in lines)
        case nodes.BulletList(items):
            text = _list([("- ", item) for item in items])
        case nodes.NumberedList(items, start):
            text = _list([(f"{start + i}. ", item) for i, item in enumerate(items)])
        case nodes.CodeBlock(code):
            text = _indented(code)
        case nodes.TextPicture(address, words):
            text = f"![{_inlines((nodes.Text(words),))}]({write_address(address)})"
        case nodes.Rule():
            text = "---"
        case nodes.Table():
            text = _table(block)
        case nodes.Footnote(label, inner):
            text = _item(f"[^{label}]: ", nodes.ListItem(inner))
    return text


def _paragraph(children: nodes.Inlines) -> str:
    """Write words so that no line looks like the start of another kind of block."""
    first, *more = _inlines(children).split(_BREAK)
    lines = (first, *(_escaped_start(line) for line in more))
    return _BREAK.join(_LINE_START.sub(r"\1\\", line) for line in lines)


def _list(items: list[tuple[str, nodes.ListItem]]) -> str:
    simple = all(_is_tight(item) for _, item in items)
    return ("\n" if simple else "\n\n").join(_item(mark, item) for mark, item in items)


def _is_tight(item: nodes.ListItem) -> bool:
    """Whether an item is one paragraph, perhaps with lists of such items in it."""
    first, rest = item.blocks[:1], item.blocks[1:]
    return (
        all(isinstance(block, nodes.Paragraph) for block in first)
        and len(first) == 1
        and len(rest) <= 1
        and all(
            isinstance(block, nodes.BulletList | nodes.NumberedList)
            and all(map(_is_tight, block.items))
            for block in rest
        )
    )


def _item(mark: str, item: nodes.ListItem) -> str:
    match item.blocks:
        case (nodes.Paragraph(children), *rest):
            pieces = [mark + _paragraph(children), *(_indented(_block(block)) for block in rest)]
        case blocks:
            pieces = [mark, *(_indented(_block(block)) for block in blocks)]
    return ("\n" if _is_tight(item) else "\n\n").join(pieces)


def _indented(text: str) -> str:
    return "\n".join(_INDENT + line if line else "" for line in text.split("\n"))


def _table(table: nodes.Table) -> str:
    rules = " | ".join(_RULES[align] for align in table.aligns)
    return "\n".join((_row(table.head), f"| {rules} |", *map(_row, table.rows)))


def _row(row: nodes.Row) -> str:
    return f"| {' | '.join(map(_cell, row))} |"


def _cell(words: nodes.Cell) -> str:
    return _inlines(words, also="|")


def _inlines(children: nodes.Inlines, also: str = "", strong: bool = False) -> str:
    """Write words; `also` is one more character to escape, `strong` says what is around."""
    marks = [_emphasis_mark(children, i, strong) for i in range(len(children))]
    pieces: list[str] = []
    for i, node in enumerate(children):
        match node:
            case nodes.Text(text):
                before, after = [*marks, ""][i - 1] if i else "", [*marks, ""][i + 1]
                piece = _text(text, also, before == "_", after == "_")
            case nodes.Code(text):
                piece = _code(text)
            case nodes.Break():
                piece = _BREAK
            case nodes.FootnoteMark():
                piece = node.text
            case nodes.Emphasis(inner):
                piece = f"{marks[i]}{_inlines(inner, also)}{marks[i]}"
            case nodes.Strong(inner):
                piece = f"**{_inlines(inner, also, strong=True)}**"
            case nodes.Link(href, inner):
                piece = f"[{_inlines(inner, also)}]({write_address(href)})"
            case nodes.DeadLink(inner, address, is_picture):
                piece = f"{'!' * is_picture}[{_inlines(inner, also)}]({_dead_address(address)})"
        pieces.append(piece)
    return _edges(pieces, children)


def _emphasis_mark(children: nodes.Inlines, i: int, strong: bool) -> str:
    """Choose `*`, but `_` where the asterisks of strong words are near."""
    node = children[i]
    if not isinstance(node, nodes.Emphasis):
        return ""
    near = (*children[max(0, i - 1) : i + 2], *node.children)
    return "_" if strong or any(isinstance(other, nodes.Strong) for other in near) else "*"


def _text(text: str, also: str, after_underscore: bool, before_underscore: bool) -> str:
    """Escape words. A letter beside an underscore would keep that from being a mark."""
    first = last = ""
    if after_underscore and _WORD.match(text[:1]):
        first, text = _reference(text[0]), text[1:]
    if before_underscore and text and _WORD.match(text[-1]):
        last, text = _reference(text[-1]), text[:-1]
    text = _MARKS.sub(r"\\\g<0>", text)
    if also:
        text = text.replace(also, _reference(also))
    # Not by a backslash: runs of backticks, and the marks that end a heading,
    # are looked for before escapes are read.
    return first + text.replace("`", _reference("`")) + last


def _edges(pieces: list[str], children: nodes.Inlines) -> str:
    """Keep white space at either end, which Markdown would drop or not take for a mark."""
    text = _escaped_start("".join(pieces))
    if text[-1:].isspace() and not isinstance(children[-1], nodes.Break):
        text = text[:-1] + _reference(text[-1])
    return text


def _escaped_start(text: str) -> str:
    return _reference(text[0]) + text[1:] if text[:1].isspace() else text


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


def _code(text: str) -> str:
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _dead_address(address: str) -> str:
    """Write any characters as an address; one too long to be read as such is left out."""
    written = _NO_WORD.sub(lambda match: _reference(match[0]), address)
    return written if len(written) <= _LONGEST_ADDRESS else ""


def write_address(href: str) -> str:
    """Write an address as it is between the brackets of a link."""
    href = _AMPERSAND.sub(r"\\&", href)
    return f"<{href}>" if "(" in href or ")" in href else href
