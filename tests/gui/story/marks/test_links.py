"""Links go around words and come off again."""

from __future__ import annotations

import pytest

from editor.errors import NotAllowed
from editor.gui.story.marks.links import find_address, toggle_link
from tests.gui.story.marks.marked import show_marked


@pytest.mark.parametrize(
    ("body", "start", "end", "expected"),
    [
        ("The mayor said", 4, 10, "The [mayor](¦) said"),
        ("The mayor said", 6, 6, "The [mayor](¦) said"),
        ("The [mayor](her) said", 6, 6, "The ‹mayor› said"),
        ("The [mayor](her) said", 4, 16, "The ‹mayor› said"),
        ("At https://a.example now", 3, 20, "At [¦](https://a.example) now"),
        ("One  two", 4, 4, "One [¦]() two"),
    ],
)
def test_link_is_toggled(body: str, start: int, end: int, expected: str) -> None:
    edit = toggle_link(body, start, end)
    assert show_marked(edit.on(body), *edit.select) == expected


def test_link_over_several_lines_is_refused() -> None:
    with pytest.raises(NotAllowed, match="several lines"):
        toggle_link("one\n\ntwo", 0, 8)


def test_address_of_a_link_is_found() -> None:
    body = "[a](https://a.example) and https://b.example"
    assert find_address(body, 6, 6) == "https://a.example"
    assert find_address(body, 30, 30) == "https://b.example"
    assert find_address(body, 1, 2) == ""
