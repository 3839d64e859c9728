"""Things are found by words, added, moved and removed, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.pick_list import PickList
from editor.gui.widgets.pick_rows import Pick

A, B, C = Pick("a", "Alpha"), Pick("b", "Beta"), Pick("c", "Gamma")


@pytest.fixture
def picks(qtbot: QtBot) -> PickList:
    made = PickList("Letters", "Find a letter", ordered=True)
    qtbot.addWidget(made)
    made.changed.connect(lambda values: made.show_picks([by(value) for value in values]))
    made.show_picks([A, B])
    made.field.setFocus()
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def by(value: str) -> Pick:
    return next(pick for pick in (A, B, C) if pick.value == value)


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def test_words_are_searched_after_a_pause_and_what_is_chosen_is_not_offered(
    picks: PickList, qtbot: QtBot
) -> None:
    picks.field.setFocus()
    with qtbot.waitSignal(picks.searched) as searched:
        QTest.keyClicks(picks.field, "ga")
    assert searched.args == ["ga"]
    picks.offer("ga", [A, C])
    assert [picks.popup.model().index(i, 0).data() for i in range(1)] == ["Gamma"]
    assert picks.popup.model().rowCount() == 1
    press(picks.field, Qt.Key.Key_Return)
    assert picks.values() == ("a", "b", "c")
    assert picks.field.text() == ""
    assert not picks.popup.isVisible()


def test_what_was_found_for_other_words_is_not_offered(picks: PickList) -> None:
    picks.field.setFocus()
    picks.field.setText("be")
    picks.offer("b", [C])
    assert not picks.popup.isVisible()


def test_down_opens_what_is_offered_without_words(picks: PickList, qtbot: QtBot) -> None:
    picks.searched.connect(lambda words: picks.offer(words, [C]))
    picks.field.setFocus()
    press(picks.field, Qt.Key.Key_Down)
    assert picks.popup.isVisible()
    picks.popup.clicked.emit(picks.popup.model().index(0, 0))
    assert picks.values() == ("a", "b", "c")


def test_enter_searches_at_once_and_tells_words_that_fit_nothing(
    picks: PickList, qtbot: QtBot
) -> None:
    picks.searched.connect(lambda words: picks.offer(words, []))
    picks.field.setFocus()
    picks.field.setText("nothing")
    with qtbot.waitSignal(picks.entered) as entered:
        press(picks.field, Qt.Key.Key_Return)
    assert entered.args == ["nothing"]
    assert picks.values() == ("a", "b")


def test_rows_are_moved_and_removed_by_keyboard(picks: PickList) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    picks.list.setFocus()
    assert picks.list.currentRow() == 0
    press(picks.list, Qt.Key.Key_Up, alt)
    assert picks.values() == ("a", "b"), "the first goes no further up"
    press(picks.list, Qt.Key.Key_Down, alt)
    assert picks.values() == ("b", "a")
    assert picks.list.currentRow() == 1
    press(picks.list, Qt.Key.Key_Delete)
    assert picks.values() == ("b",)
    press(picks.list, Qt.Key.Key_Delete)
    assert picks.values() == ()
    assert picks.list.isHidden()
    assert picks.field.hasFocus()


def test_buttons_do_the_same_for_the_current_row(picks: PickList) -> None:
    assert picks.remove.isHidden(), "nothing is current yet"
    picks.list.setCurrentRow(1)
    assert not picks.down.isEnabled()
    picks.up.click()
    assert picks.values() == ("b", "a")
    picks.remove.click()
    assert picks.values() == ("a",)
    assert picks.up.isHidden(), "one row has no order"


def test_nothing_changes_while_it_is_read_only(picks: PickList) -> None:
    picks.list.setFocus()
    picks.set_read_only(True)
    press(picks.list, Qt.Key.Key_Delete)
    press(picks.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert picks.values() == ("a", "b")
    assert picks.field.isHidden()
    assert picks.remove.isHidden()


def test_everything_has_a_name(picks: PickList) -> None:
    named: list[Any] = [picks.list, *picks.tab_stops()]
    assert all(widget.accessibleName() for widget in named)
    picks.show_picks([Pick("a", "Alpha", "The first letter")])
    assert picks.list.item(0).toolTip() == "The first letter"


@pytest.mark.parametrize("side", [Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight])
def test_offered_names_are_at_the_side_of_the_field(
    picks: PickList, qtbot: QtBot, side: Qt.LayoutDirection
) -> None:
    picks.setLayoutDirection(side)
    picks.field.setFocus()
    picks.offer("", [C])
    assert picks.popup.isVisible()
    assert picks.popup.layoutDirection() is side
    picks.popup.hide()


def drag(picks: PickList, start: int, end: int) -> None:
    """Drag a row to the place of another one by the mouse."""
    viewport, left = picks.list.viewport(), Qt.MouseButton.LeftButton
    at, to = (picks.list.visualItemRect(picks.list.item(row)).center() for row in (start, end))
    QTest.mousePress(viewport, left, pos=at)
    QTest.mouseMove(viewport, to)
    QTest.mouseRelease(viewport, left, pos=to)


def test_row_is_dragged_where_order_matters(picks: PickList) -> None:
    picks.show_picks([A, B, C])
    drag(picks, 2, 0)
    assert picks.values() == ("c", "a", "b")
    assert picks.list.currentRow() == 0
    picks.set_read_only(True)
    drag(picks, 0, 2)
    assert picks.values() == ("c", "a", "b")


def test_note_is_below_the_name_and_is_spoken(picks: PickList) -> None:
    plain = picks.list.sizeHintForRow(0)
    picks.show_picks([Pick("a", "Alpha", note="It is the first", warns=True), B])
    assert picks.list.sizeHintForRow(0) > plain == picks.list.sizeHintForRow(1)
    item = picks.list.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Alpha. It is the first"
