"""Lines of a body change, and the selection moves along."""

from __future__ import annotations

import pytest

from editor.gui.story.marks.body_lines import BodyLines
from tests.gui.story.marks.marked import read_marked, show_marked


def lines(marked: str) -> BodyLines:
    return BodyLines(*read_marked(marked))


def shown(changed: BodyLines, marked: str) -> str:
    edit = changed.edit()
    return show_marked(edit.on(read_marked(marked)[0]), *edit.select)


@pytest.mark.parametrize(
    ("marked", "touched"),
    [("one\n‹two\n›three", [1]), ("o‹ne\nt›wo", [0, 1]), ("one\n¦", [1]), ("‹one\n\n›", [0, 1])],
)
def test_lines_in_which_something_is_selected(marked: str, touched: list[int]) -> None:
    assert list(lines(marked).touched()) == touched


def test_marks_of_quotations_are_no_words() -> None:
    body = lines("> > ¦one\n>\ntwo")
    assert [body.depth(number) for number in range(3)] == [2, 1, 0]
    assert [body.words(number) for number in range(3)] == ["one", "", "two"]
    assert body.is_blank(1)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [("one\nt‹wo\n›three", "one\n- t‹wo\n›three"), ("‹one\ntwo›", "‹one\n- two›")],
)
def test_selection_moves_with_its_words(marked: str, expected: str) -> None:
    body = lines(marked)
    body.replace(1, 0, 0, "- ")
    assert shown(body, marked) == expected


def test_lines_are_added_removed_and_exchanged() -> None:
    marked = "one\nt‹wo\nthr›ee\nfour"
    body = lines(marked)
    body.insert(1, "new")
    body.remove(0)
    body.exchange(range(0, 1), range(1, 3))
    assert shown(body, marked) == "t‹wo\nthr›ee\nnew\nfour"
