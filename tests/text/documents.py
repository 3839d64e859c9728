"""Bodies for property tests: documents as people make them, and Markdown as nobody would."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from editor.text import nodes
from editor.text.document import Document

_LETTERS = st.sampled_from("ab Zé5٣中_*`[]()<>&;#!|\\-+=.:~\"'“–/@ \u00a0")
words = st.text(_LETTERS, min_size=1, max_size=12)
code = st.text(_LETTERS, min_size=1, max_size=8).map(str.strip).filter(bool)
hrefs = st.sampled_from(
    (
        "harbour-opens",
        "https://paper.example/a_b?c=1&copy=2#d",
        "http://paper.example/x_(y)",
        "mailto:desk@paper.example",
    )
)
_leaf = st.one_of(words.map(nodes.Text), words.map(nodes.Text), code.map(nodes.Code))


def _separate(inlines: list[nodes.Inline]) -> nodes.Inlines:
    """Drop neighbours of one kind: a reader could not tell them from one."""
    apart: list[nodes.Inline] = []
    for node in inlines:
        if not apart or type(apart[-1]) is not type(node) or isinstance(node, nodes.Link):
            apart.append(node)
    while apart and isinstance(apart[0], nodes.Break):
        apart.pop(0)
    while apart and isinstance(apart[-1], nodes.Break):
        apart.pop()
    return tuple(apart) or (nodes.Text("words"),)


def _some(inlines: st.SearchStrategy[nodes.Inline]) -> st.SearchStrategy[nodes.Inlines]:
    return st.lists(inlines, min_size=1, max_size=4).map(_separate)


_emphasis = _some(_leaf).map(nodes.Emphasis)
_strong = _some(st.one_of(_leaf, _emphasis)).map(nodes.Strong)
_emphasis_with_strong = _some(st.one_of(_leaf, _some(_leaf).map(nodes.Strong))).map(nodes.Emphasis)
_link = st.builds(nodes.Link, hrefs, _some(st.one_of(_leaf, _emphasis)))
_inline = st.one_of(_leaf, _emphasis, _strong, _emphasis_with_strong, _link)
line = _some(_inline)
lines = _some(st.one_of(_inline, st.just(nodes.Break())))

_cell = st.one_of(line, st.just(()))
tables = st.integers(2, 4).flatmap(
    lambda columns: st.builds(
        nodes.Table,
        st.tuples(*[line] * columns),
        st.lists(st.tuples(*[line, *[_cell] * (columns - 1)]), max_size=3).map(tuple),
        st.tuples(*[st.sampled_from(("", "left", "center", "right"))] * columns),
    )
)
_code_lines = st.lists(
    st.text(st.sampled_from("ab <&`*#>-\\"), max_size=8).map(str.rstrip), min_size=1, max_size=4
)
code_blocks = (
    _code_lines.map(lambda rows: re.sub("\n{3,}", "\n\n", "\n".join(rows).strip("\n").rstrip()))
    .filter(lambda text: bool(text.strip()))
    .map(nodes.CodeBlock)
)

text_pictures = st.text("0123456789abcdef", min_size=8, max_size=8).map(
    lambda name: nodes.TextPicture(f"picture:{name}")
)


def _blocks(children: st.SearchStrategy[nodes.Block]) -> st.SearchStrategy[tuple[nodes.Block, ...]]:
    return st.lists(children, min_size=1, max_size=3).map(_apart)


def _apart(blocks: list[nodes.Block]) -> tuple[nodes.Block, ...]:
    """Put a paragraph between blocks that Markdown would join."""
    apart: list[nodes.Block] = []
    for block in blocks:
        if (
            apart
            and not isinstance(block, nodes.Paragraph)
            and not isinstance(apart[-1], nodes.Paragraph)
        ):
            apart.append(nodes.Paragraph((nodes.Text("between"),)))
        apart.append(block)
    return tuple(apart)


_flat = st.one_of(
    lines.map(nodes.Paragraph),
    st.builds(nodes.Heading, st.integers(1, 6), line),
    st.just(nodes.Rule()),
    tables,
    code_blocks,
)


def _nested(children: st.SearchStrategy[nodes.Block]) -> st.SearchStrategy[nodes.Block]:
    first = lines.map(nodes.Paragraph)
    items = st.lists(
        st.tuples(first, st.lists(children, max_size=2)).map(
            lambda pair: nodes.ListItem(_apart([pair[0], *pair[1]]))
        ),
        min_size=1,
        max_size=3,
    ).map(tuple)
    return st.one_of(
        _blocks(children).map(nodes.Quote),
        items.map(nodes.BulletList),
        st.builds(nodes.NumberedList, items, st.integers(0, 2026)),
    )


blocks = st.recursive(_flat, _nested, max_leaves=6)
documents = _blocks(st.one_of(blocks, text_pictures)).map(Document)

_PIECES = st.sampled_from(
    (
        *"ab *_`[]()<>&!|\\-+=.#~\t\n\n\r\x00\x02\x03\ud800中",
        *("\n\n", "  \n", "    ", "> ", "- ", "1. ", "# ", "---", "===", "**", "***", "``"),
        *(
            "[a](b)",
            "](",
            "![",
            "\n\n![](picture:0a1b2c3d)\n\n",
            "\n![](picture:0a1b2c3d)\n",
            "<http://a.b>",
            "<a@b.c>",
            "&amp;",
            "&#x26;",
            "\x02klzzwxh:0001\x03",
        ),
        *("a | b\n--|--\n", "<script>", "javascript:", "http://", "word", "\x0b", "\u2028"),
    )
)
markdown = st.one_of(st.lists(_PIECES, max_size=40).map("".join), st.text(max_size=80))

_LINES = st.sampled_from(
    (
        *("a", "- b", "* c", "1. d", "12) e", "2026 f", "> g", "    h", "  i", "# j", "---"),
        *("", "", "", "  ", "\t", "x | y", "--|--", "[^1]: k", "[^2]: l", "m[^1] [^2]", "***"),
        *("[w](b-c)", "[x](gone) [^1]", "👩‍🚒 y", "```"),
        *("*n*", "**o**", "-p", "-1", "===", "<b>q</b>", "الميناء", "- ", "1.", "٣. r"),
        *(
            "\x02- s",
            "t\x0b",
            "\u2028",
            "**\x02 u",
            "u\r",
            "`v",
            "&amp;",
            "     - w",
            "\ud800",
            ">",
        ),
    )
)
_EDITS = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 4), st.lists(_LINES, max_size=3)), max_size=12
)


def _after_each(lines: list[str], edits: list[tuple[int, int, list[str]]]) -> list[str]:
    texts = ["\n".join(lines)]
    for at, removed, typed in edits:
        text = texts[-1]
        start = at * len(text) // 100
        texts.append(text[:start] + "\n".join(typed) + text[start + removed :])
    return texts


typed = st.builds(_after_each, st.lists(_LINES, max_size=30), _EDITS)
"""A text of odd lines, and what it is after each of several edits anywhere in it."""
