"""Key points: added with Enter, removed with Backspace, moved by keyboard and mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.gui.draft.draft import Draft
from editor.gui.story.form import StoryForm

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def three(form: StoryForm, draft: Draft) -> StoryForm:
    """A new story with three key points."""
    draft.new()
    draft.edit(replace(draft.typed, key_points=("One", "Two", "Three")), "key_points")
    return form


def test_typing_in_the_last_row_makes_a_point(form: StoryForm, draft: Draft, hands: Any) -> None:
    draft.new()
    points = form.points
    hands.type(points.add_field, "ن")
    assert draft.typed.key_points == ("ن",)
    assert points.rows[0].field.hasFocus()
    assert points.add_field.text() == ""
    hands.type(points.rows[0].field, "قطة\n")
    assert draft.typed.key_points == ("نقطة",)
    assert points.add_field.hasFocus()
    assert points.label.count() == "1 of 2–5"


def test_enter_in_the_middle_splits_a_point(three: StoryForm, draft: Draft, hands: Any) -> None:
    rows = three.points.rows
    rows[1].field.select(1, 1)
    hands.type(rows[1].field, "\n")
    assert draft.typed.key_points == ("One", "T", "wo", "Three")
    assert three.points.rows[2].field.hasFocus()
    draft.undo()
    assert draft.typed.key_points == ("One", "Two", "Three")
    assert len(three.points.rows) == 3


def test_backspace_in_an_empty_point_removes_it(three: StoryForm, draft: Draft, hands: Any) -> None:
    field = three.points.rows[1].field
    field.select(0, 3)
    hands.press(field, Qt.Key.Key_Backspace)
    assert draft.typed.key_points == ("One", "", "Three")
    hands.press(field, Qt.Key.Key_Backspace)
    assert draft.typed.key_points == ("One", "Three")
    assert three.points.rows[0].field.hasFocus()
    assert three.points.rows[0].field.caret() == 3


def test_removing_the_last_point_focuses_the_field_that_adds(
    three: StoryForm, draft: Draft, hands: Any
) -> None:
    draft.edit(replace(draft.typed, key_points=("",)), "key_points")
    three.points.rows[0].field.setFocus()
    hands.press(three.points.rows[0].field, Qt.Key.Key_Backspace)
    assert draft.typed.key_points == ()
    assert three.points.add_field.hasFocus()


def test_alt_and_arrows_move_a_point(three: StoryForm, draft: Draft, hands: Any) -> None:
    rows = three.points.rows
    rows[2].field.setFocus()
    rows[2].field.select(2, 2)
    hands.press(rows[2].field, Qt.Key.Key_Up, "", ALT)
    assert draft.typed.key_points == ("One", "Three", "Two")
    assert rows[1].field.hasFocus()
    assert rows[1].field.caret() == 2
    hands.press(rows[1].field, Qt.Key.Key_Up, "", ALT)
    hands.press(rows[0].field, Qt.Key.Key_Up, "", ALT)
    assert draft.typed.key_points == ("Three", "One", "Two")
    hands.press(rows[0].field, Qt.Key.Key_Down, "", ALT)
    assert draft.typed.key_points == ("One", "Three", "Two")
    draft.undo()
    assert draft.typed.key_points == ("Three", "One", "Two")


@pytest.mark.parametrize(
    ("from_row", "to_row", "after"),
    [
        (0, 2, ("Two", "Three", "One")),
        (2, 0, ("Three", "One", "Two")),
        (1, 1, ("One", "Two", "Three")),
    ],
)
def test_handle_drags_a_point(
    three: StoryForm, draft: Draft, qtbot: QtBot, from_row: int, to_row: int, after: Any
) -> None:
    rows = three.points.rows
    handle, target = rows[from_row].handle, rows[to_row]
    down = to_row > from_row
    where = QPoint(5, target.height() - 2 if down else 2)
    end = handle.mapFromGlobal(target.mapToGlobal(where))
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(handle, left, pos=QPoint(5, 5))
    QTest.mouseMove(handle, end)
    QTest.mouseRelease(handle, left, pos=end)
    assert draft.typed.key_points == after
    assert [row.field.text() for row in rows] == list(after)


def test_six_points_are_too_many(three: StoryForm, draft: Draft) -> None:
    draft.edit(replace(draft.typed, key_points=tuple("abcdef")), "key_points")
    assert three.points.label.count() == "6 of 2–5"


def test_rows_are_not_made_again_while_typing(three: StoryForm, hands: Any) -> None:
    before = list(three.points.rows)
    hands.type(before[0].field, "x")
    hands.type(three.headline, "y")
    assert three.points.rows == before


def test_several_pasted_lines_are_several_points(three: StoryForm, draft: Draft) -> None:
    data = QMimeData()
    data.setText("• 4\u00a0km\n\n2. Five\x0b  - Six ")
    three.points.add_field.insertFromMimeData(data)
    assert draft.typed.key_points == ("One", "Two", "Three", "4\u00a0km", "Five", "Six")
    assert three.points.rows[5].field.hasFocus()
    draft.undo()
    assert draft.typed.key_points == ("One", "Two", "Three")
    three.points.rows[0].field.insertFromMimeData(data)
    assert draft.typed.key_points == ("One", "4\u00a0km", "Five", "Six", "Two", "Three")
