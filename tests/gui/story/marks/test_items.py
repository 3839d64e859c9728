"""Which items of a list are selected, and how they change places with the next."""

from __future__ import annotations

import pytest

from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.items import ListItems
from tests.gui.story.marks.marked import read_marked, show_marked

LIST = "1. one\n   - a\n   - b\n\n     more of b\n2. two\n\n3. three"


@pytest.mark.parametrize(
    ("selected", "is_all"),
    [("one", False), ("a\n   - b", False), (LIST, True), ("two\n\n3. three", False)],
)
def test_it_knows_whether_all_items_are_selected(selected: str, is_all: bool) -> None:
    start = LIST.index(selected)
    items = ListItems(BodyLines(LIST, start, start + len(selected)), 0)
    assert items.has_all_selected() == is_all


def test_items_with_all_that_is_in_them_change_places_and_numbers_stay() -> None:
    body, start, end = read_marked(LIST.replace("one", "o‹ne").replace("two", "two›"))
    edit = ListItems(BodyLines(body, start, end), 0).moved(1)
    assert show_marked(edit.on(body), *edit.select) == (
        "1. three\n\n2. o‹ne\n   - a\n   - b\n\n     more of b\n3. two›"
    )


def test_item_inside_another_stays_inside_it() -> None:
    at = LIST.index("more of b")
    items = ListItems(BodyLines(LIST, at, at), 0)
    assert items.moved(1) is None
    items = ListItems(BodyLines(LIST, at, at), 0)
    assert items.moved(-1).on(LIST).startswith("1. one\n   - b\n\n     more of b\n   - a\n2. two")
