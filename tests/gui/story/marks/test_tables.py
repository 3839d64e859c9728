"""An empty table is put after the paragraph, and Tab goes through its cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.tables import next_cell, put_table
from editor.text import nodes
from editor.text.parse import parse
from tests.gui.story.marks.bodies import bodies
from tests.gui.story.marks.marked import changed, read_marked, show_marked

ROW = "|     |     |     |"
RULES = "| --- | --- | --- |"
EMPTY = f"{ROW}\n{RULES}\n{ROW}\n{ROW}"
AT_FIRST = EMPTY.replace("|     ", "| ¦    ", 1)
FILLED = "| Port | Boats |\n|------|-------|\n| Ellery | 12 |\n| Norby |  |"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("¦", AT_FIRST),
        ("O¦ne", f"One\n\n{AT_FIRST}"),
        ("O¦ne\nmore\n\ntwo", f"One\nmore\n\n{AT_FIRST}\n\ntwo"),
        ("One\n\n¦\n\ntwo", f"One\n\n{AT_FIRST}\n\ntwo"),
        ("- o¦ne\n\n  more\n\ntwo", f"- one\n\n  more\n\n{AT_FIRST}\n\ntwo"),
    ],
)
def test_table_is_put_after_the_paragraph(before: str, expected: str) -> None:
    assert changed(before, put) == expected


@given(bodies(), st.integers(0, 60), st.sampled_from(["Ellery", "12"]))
def test_readers_get_a_table_once_something_is_in_it(body: str, at: int, words: str) -> None:
    at = min(at, len(body))
    edit = put_table(body, at, parse)
    put = edit.on(body)
    tables = [block for block in parse(body).blocks if isinstance(block, nodes.Table)]
    caret = edit.select[0]
    filled = put[:caret] + words + put[caret:]
    found = [block for block in parse(filled).blocks if isinstance(block, nodes.Table)]
    assert len(found) == len(tables) + 1


def put(body: str, _start: int, end: int) -> MarkEdit:
    return put_table(body, end, parse)


def go(marked: str, step: int) -> str | None:
    body, _start, end = read_marked(marked)
    edit = next_cell(body, end, step)
    return show_marked(edit.on(body), *edit.select) if edit else None


def test_tab_goes_through_the_cells_and_adds_a_row() -> None:
    marked = f"Text\n\n{FILLED}".replace("Port", "Po¦rt")
    seen = []
    for _step in range(6):
        marked = go(marked, 1) or ""
        body, start, end = read_marked(marked)
        seen.append(body[start:end])
    assert seen == ["Boats", "Ellery", "12", "Norby", "", ""]
    assert marked.endswith("| Norby |  |\n| ¦    |     |")


def test_shift_tab_goes_back_and_out_of_the_first_cell() -> None:
    assert go(FILLED.replace("Ellery", "El¦lery"), -1) == FILLED.replace("Boats", "‹Boats›")
    assert go(FILLED.replace("Port", "¦Port"), -1) is None


@pytest.mark.parametrize(
    ("marked", "is_in"),
    [
        ("a | b\n--- | ---\nc¦ | d", True),
        (f"Text ¦ | here\n\n{FILLED}", False),
        ("¦", False),
        ("| a | b ¦|", False),
    ],
)
def test_it_knows_where_a_table_is(marked: str, is_in: bool) -> None:
    body, start, _end = read_marked(marked)
    assert (next_cell(body, start, 1) is not None) == is_in


def test_escaped_pipe_is_a_word_of_its_cell() -> None:
    body = "| a \\| b | c |\n|---|---|\n| d | e |"
    edit = next_cell(body, 3, 1)
    assert isinstance(edit, MarkEdit)
    assert body[slice(*edit.select)] == "c"
