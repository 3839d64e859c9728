"""A place in the body's text and the block that shows it."""

from __future__ import annotations

from editor.core.findings import TextPlace
from editor.gui.preview.places import block_at, block_place
from editor.text.parse import parse

BODY = "One.\n\n- a\n- b\n\nThree\nlines"
BLOCKS = tuple(block.source for block in parse(BODY).blocks)


def test_place_is_in_the_last_block_that_starts_before_it() -> None:
    assert block_at(TextPlace("headline", 0, 0), BLOCKS) == -1
    assert block_at(TextPlace("body", BODY.index("- b"), 0), BLOCKS) == 1
    assert block_at(TextPlace("body", len(BODY), len(BODY)), BLOCKS) == 2
    assert block_at(TextPlace("body", 0, 0), ()) == 0, "where the first one will be"


def test_block_leads_to_its_start_in_the_text() -> None:
    start = BODY.index("Three")
    assert block_place(2, BLOCKS) == TextPlace("body", start, start)
    assert block_place(9, BLOCKS) == TextPlace("body", 0, 0)
