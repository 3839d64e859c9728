"""Bodies for property tests: documents as people make them, and Markdown as nobody would."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from editor.text.nodes import (
    Block,
    Break,
    BulletList,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
)

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
_leaf = st.one_of(words.map(Text), words.map(Text), code.map(Code))


def _separate(nodes: list[Inline]) -> tuple[Inline, ...]:
    """Without neighbours of one kind: a reader could not tell them from one."""
    kept: list[Inline] = []
    for node in nodes:
        if not kept or type(kept[-1]) is not type(node) or isinstance(node, Link):
            kept.append(node)
    while kept and isinstance(kept[0], Break):
        kept.pop(0)
    while kept and isinstance(kept[-1], Break):
        kept.pop()
    return tuple(kept) or (Text("words"),)


def _some(nodes: st.SearchStrategy[Inline]) -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.lists(nodes, min_size=1, max_size=4).map(_separate)


_emphasis = _some(_leaf).map(Emphasis)
_strong = _some(st.one_of(_leaf, _emphasis)).map(Strong)
_emphasis_with_strong = _some(st.one_of(_leaf, _some(_leaf).map(Strong))).map(Emphasis)
_link = st.builds(Link, hrefs, _some(st.one_of(_leaf, _emphasis)))
_inline = st.one_of(_leaf, _emphasis, _strong, _emphasis_with_strong, _link)
line = _some(_inline)
lines = _some(st.one_of(_inline, st.just(Break())))

_cell = st.one_of(line, st.just(()))
tables = st.integers(2, 4).flatmap(
    lambda columns: st.builds(
        Table,
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
    .map(CodeBlock)
)


def _blocks(children: st.SearchStrategy[Block]) -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(children, min_size=1, max_size=3).map(_apart)


def _apart(blocks: list[Block]) -> tuple[Block, ...]:
    """A paragraph between blocks that Markdown would join."""
    kept: list[Block] = []
    for block in blocks:
        if kept and not isinstance(block, Paragraph) and not isinstance(kept[-1], Paragraph):
            kept.append(Paragraph((Text("between"),)))
        kept.append(block)
    return tuple(kept)


_flat = st.one_of(
    lines.map(Paragraph),
    st.builds(Heading, st.integers(1, 6), line),
    st.just(Rule()),
    tables,
    code_blocks,
)


def _nested(children: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    first = lines.map(Paragraph)
    items = st.lists(
        st.tuples(first, st.lists(children, max_size=2)).map(
            lambda pair: ListItem(_apart([pair[0], *pair[1]]))
        ),
        min_size=1,
        max_size=3,
    ).map(tuple)
    return st.one_of(
        _blocks(children).map(Quote),
        items.map(BulletList),
        st.builds(NumberedList, items, st.integers(0, 2026)),
    )


blocks = st.recursive(_flat, _nested, max_leaves=6)
documents = _blocks(blocks).map(Document)

_PIECES = st.sampled_from(
    (
        *"ab *_`[]()<>&!|\\-+=.#~\t\n\n\r\x00\x02\x03\ud800中",
        *("\n\n", "  \n", "    ", "> ", "- ", "1. ", "# ", "---", "===", "**", "***", "``"),
        *(
            "[a](b)",
            "](",
            "![",
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
