"""Lists read as their writers mean them, however they indent and with or without blank lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.text.html import to_html
from editor.text.lists import indent_lists
from editor.text.nodes import leaves, runs
from editor.text.parse import parse


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Agreed:\n- one\n- two", "<p>Agreed:</p>\n<ul><li>one</li><li>two</li></ul>"),
        ("Agreed:\n1. one\n2. two", "<p>Agreed:</p>\n<ol><li>one</li><li>two</li></ol>"),
        ("Agreed:\n* one", "<p>Agreed:</p>\n<ul><li>one</li></ul>"),
        ("1) one\n2) two", "<ol><li>one</li><li>two</li></ol>"),
        ("- one\n  - two\n- three", "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>"),
        ("1. one\n   - two\n2. three", "<ol><li>one<ul><li>two</li></ul></li><li>three</li></ol>"),
        ("1. one\n  - two", "<ol><li>one<ul><li>two</li></ul></li></ol>"),
        (
            "- a\n  - b\n    - c\n  - d",
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li></ul>",
        ),
        ("- one\n    - two", "<ul><li>one<ul><li>two</li></ul></li></ul>"),
        ("- one\n\n- two", "<ul><li>one</li><li>two</li></ul>"),
        (
            "- one\n\n  more of one\n\n- two",
            "<ul><li><p>one</p><p>more of one</p></li><li>two</li></ul>",
        ),
        ("- one\n\n  more\n- two", "<ul><li><p>one</p><p>more</p></li><li>two</li></ul>"),
        ("- one\n\n  - two\n- three", "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>"),
        (
            "- one\n  - two\n\n    more of two",
            "<ul><li>one<ul><li><p>two</p><p>more of two</p></li></ul></li></ul>",
        ),
        ("- one\n1. two", "<ul><li>one</li></ul>\n<ol><li>two</li></ol>"),
        ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
        ("> said\n- one", "<blockquote><p>said</p></blockquote>\n<ul><li>one</li></ul>"),
        ("It was\n1986. A good year", "<p>It was 1986. A good year</p>"),
        ("It was\n1986) A good year", "<p>It was 1986) A good year</p>"),
        ("nine -\n-nine", "<p>nine - -nine</p>"),
        ("- a\n\nb\n\n    - c", "<ul><li>a</li></ul>\n<p>b</p>\n<pre><code>- c\n</code></pre>"),
        ("- a\n# B\n- c", "<ul><li>a</li></ul>\n<h2>B</h2>\n<ul><li>c</li></ul>"),
        ("## C# and F#", "<h2>C# and F#</h2>"),
        ("## C#", "<h2>C#</h2>"),
        ("## Closed ##", "<h2>Closed</h2>"),
        ("## ##", "<p>## ##</p>"),
    ],
)  # fmt: skip
def test_lists_and_headings_read_as_typed(markdown: str, html: str) -> None:
    assert to_html(parse(markdown)) == html


_LINES = st.lists(
    st.builds(
        lambda spaces, words: " " * spaces + words,
        st.integers(0, 9),
        st.sampled_from(("a", "- b", "* c", "1. d", "2) e", "> f", "> - g", "", "---", "# h")),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(_LINES)
def test_no_line_is_joined_or_split_and_no_word_changes(lines: list[str]) -> None:
    text = "\n".join(line if line.strip() else "" for line in lines)
    indented, cuts = indent_lists(text)
    bare = [line.lstrip(" >") for line in text.split("\n")]
    assert [line.lstrip(" >").replace("2.", "2)", 1) for line in indented] == [
        line.replace("2.", "2)", 1) for line in bare
    ]
    assert all(0 < cut < len(indented) for cut in cuts)


@settings(deadline=None)
@given(_LINES)
def test_words_in_lists_are_found_where_they_are_written(lines: list[str]) -> None:
    source = "\n".join(lines)
    for block in parse(source).blocks:
        for run in runs(block):
            for leaf, _inside in leaves(run):
                for piece in getattr(leaf, "pieces", ()):
                    start = block.source.start
                    written = source[start + piece.start : start + piece.end]
                    assert piece.length != len(written) or set(written.split()) <= set(
                        leaf.text.split()
                    )
