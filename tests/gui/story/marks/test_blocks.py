"""A block that is put into a body parts from what is around it, and joins nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from editor.gui.story.marks.blocks import put_block
from editor.gui.story.marks.edits import MarkEdit
from editor.text import nodes
from editor.text.parse import parse
from tests.gui.story.marks.bodies import bodies
from tests.gui.story.marks.marked import changed

SHOWN = "![](picture:1a1a1a1a)"


def put(body: str, _start: int, end: int) -> MarkEdit:
    return put_block(body, end, SHOWN, parse, len(SHOWN))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("¦", f"{SHOWN}¦"),
        ("O¦ne", f"One\n\n{SHOWN}¦"),
        ("‹One\n\nt›wo\n\nthree", f"One\n\ntwo\n\n{SHOWN}¦\n\nthree"),
        ("- o¦ne\n- two\n\nthree", f"- one\n- two\n\n{SHOWN}¦\n\nthree"),
    ],
)
def test_block_is_put_after_the_paragraph(before: str, expected: str) -> None:
    assert changed(before, put) == expected


@given(bodies(), st.integers(0, 60))
def test_readers_get_the_picture_and_all_other_blocks_as_they_were(body: str, at: int) -> None:
    # A line of dashes or equals signs is another block where the words above it are apart.
    assume(not re.search(r"^[-=]+\s*$", body, re.MULTILINE))
    at = min(at, len(body))
    blocks = list(parse(put(body, at, at).on(body)).blocks)
    shown = nodes.TextPicture("picture:1a1a1a1a")
    assert shown in blocks
    blocks.remove(shown)
    assert len(blocks) == len(parse(body).blocks)
