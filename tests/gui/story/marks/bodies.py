"""Bodies that Hypothesis makes: plain paragraphs, and all kinds of lines."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = ["ferry", "Mayor", "é🚢", "’tis", "25 km", "ميناء"]
_LINES = [
    "",
    " ",
    "- item",
    "  - child",
    "  more",
    "* star",
    "1. first",
    "2. second",
    "10) tenth",
    "   - deep",
    "> quoted",
    "> > twice",
    ">",
    "> - item in it",
    "## Crosshead",
    "Under\n-----",
    "---",
    "| a | b |\n|---|---|\n| c | d |",
    "    code",
    "[^1]: note",
    "- ",
    *_WORDS,
]


def bodies() -> st.SearchStrategy[str]:
    """Make bodies of lines of every kind, in any order."""
    return st.lists(st.sampled_from(_LINES), max_size=9).map("\n".join)


@st.composite
def in_paragraphs(draw: st.DrawFn) -> tuple[str, int, int]:
    """Make a body of paragraphs of one line or more, and a range that has words of some."""
    line = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)
    paragraph = st.lists(line, min_size=1, max_size=3).map("\n".join)
    paragraphs = draw(st.lists(paragraph, min_size=1, max_size=5))
    gaps = draw(st.lists(st.sampled_from(["\n\n", "\n\n\n"]), min_size=5, max_size=5))
    body = "".join(part for pair in zip(paragraphs, gaps, strict=False) for part in pair).rstrip()
    start = draw(st.integers(0, len(body) - 1))
    start += len(body[start:]) - len(body[start:].lstrip("\n"))
    end = draw(st.integers(start, len(body)))
    return body, start, len(body[:end].rstrip("\n")) if end > start else start
