"""The front page is ordered by keys and mouse, undone, saved, and never overwritten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.commands import Kill, OrderFront, Publish
from editor.core.front import LONGEST_FRONT, Front
from editor.core.workflow import Stage
from editor.gui.front.dialog import FrontDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.reading import reading

Settle = Callable[[], None]
Open = Callable[[], FrontDialog]
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stories(write: Callable[..., str], session: Session, settle: Settle) -> tuple[str, str, str]:
    """Three approved stories and a draft; the ids of the three."""
    write("draft", "A draft of the ferry")
    made = (
        write("ferry", "Ferry back on Monday", stage=Stage.APPROVED),
        write("crane", "Crane arrives by sea", stage=Stage.APPROVED),
        write("tide", "الميناء يفتح من جديد", stage=Stage.APPROVED, language="ar"),
    )
    session.reload()
    settle()
    return made


@pytest.fixture
def open_front(session: Session, settle: Settle, qtbot: QtBot) -> Open:
    def make() -> FrontDialog:
        made = FrontDialog(session)
        # Deleted with the test, not by being closed in it.
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitExposed(made)
        settle()
        return made

    return make


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))


def rows(dialog: FrontDialog) -> list[str]:
    """What a screen reader says of each row."""
    plain = str.maketrans("", "", "\u2068\u2069")
    items = [dialog.picks.list.item(place) for place in range(dialog.picks.list.count())]
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(item.data(role) or item.text()).translate(plain) for item in items]


def order(desk: Desk, *stories: str) -> None:
    desk.do(OrderFront(Front(stories), reading(desk).front().hash), CHIEF)


def test_story_is_found_by_words_and_added_by_enter(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    dialog = open_front()
    assert dialog.picks.field.accessibleDescription().startswith("Nothing is ordered by hand")
    assert dialog.picks.list.isVisible(), "the field is where it stays once there are stories"
    below = dialog.picks.field.geometry().top() - dialog.picks.list.geometry().bottom()
    assert 0 < below < 12
    assert dialog.picks.list.focusPolicy() is Qt.FocusPolicy.NoFocus
    place = dialog.picks.field.mapTo(dialog, QPoint(0, 0))
    assert not dialog.save.isEnabled()
    dialog.picks.field.setFocus()
    QTest.keyClicks(dialog.picks.field, "ferry")
    press(dialog.picks.field, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(
        lambda: rows(dialog) == ["1  Ferry back on Monday. World · goes out with the next export"]
    )
    assert dialog.picks.field.accessibleDescription() == ""
    assert dialog.picks.field.mapTo(dialog, QPoint(0, 0)) == place
    dialog.save.click()
    settle()
    assert reading(desk).front() == Front((stories[0],))
    assert dialog.isHidden()


def test_draft_is_not_offered(
    stories: tuple[str, str, str], open_front: Open, settle: Settle, qtbot: QtBot
) -> None:
    dialog = open_front()
    dialog.picks.field.setFocus()
    QTest.keyClicks(dialog.picks.field, "draft")
    press(dialog.picks.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "draft" in dialog.bar.text())
    assert dialog.draft.front == Front()


def test_stories_are_moved_and_removed_by_keys_and_undone(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, settle: Settle
) -> None:
    ferry, crane, tide = stories
    order(desk, ferry, crane, tide)
    dialog = open_front()
    dialog.picks.list.setFocus()
    press(dialog.picks.list, Qt.Key.Key_Down, ALT)
    assert dialog.draft.front == Front((crane, ferry, tide))
    assert dialog.picks.list.currentRow() == 1
    press(dialog.picks.list, Qt.Key.Key_Delete)
    assert dialog.draft.front == Front((crane, tide))
    QTest.keyClick(dialog.picks.list, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(dialog.picks.list, Qt.Key.Key_Z, CONTROL)
    assert dialog.draft.front == Front((ferry, crane, tide))
    assert not dialog.save.isEnabled()
    dialog.redo.click()
    assert dialog.draft.front == Front((crane, ferry, tide))
    press(dialog.picks.list, Qt.Key.Key_Up, ALT)
    dialog.save.click()
    settle()
    assert reading(desk).front() == dialog.draft.front


def test_story_is_dragged_to_another_place(
    stories: tuple[str, str, str], open_front: Open, desk: Desk
) -> None:
    ferry, crane, tide = stories
    order(desk, ferry, crane, tide)
    dialog = open_front()
    listed = dialog.picks.list
    start = listed.visualItemRect(listed.item(0)).center()
    end = listed.visualItemRect(listed.item(2)).center()
    QTest.mousePress(listed.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for y in range(start.y(), end.y() + 1, 4):
        QTest.mouseMove(listed.viewport(), QPoint(start.x(), y))
    QTest.mouseRelease(listed.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert dialog.draft.front == Front((crane, tide, ferry))
    assert rows(dialog)[2].startswith("3  Ferry")
    dialog.undo.click()
    assert dialog.draft.front == Front((ferry, crane, tide))


def test_each_row_says_what_readers_get(
    stories: tuple[str, str, str], open_front: Open, desk: Desk
) -> None:
    ferry, crane, tide = stories
    for story in (ferry, crane):
        desk.do(Publish(story, 1), CHIEF)
    order(desk, ferry, crane, tide)
    desk.do(Kill(crane, 1, "It was never true."), CHIEF)
    dialog = open_front()
    assert rows(dialog) == [
        "1  Ferry back on Monday. World · live",
        "2  Crane arrives by sea. World · will not appear: killed",
        "3  الميناء يفتح من جديد. World · goes out with the next export",
    ]
    assert f"Ordered by \u2068{CHIEF}\u2069" in dialog.who.text()


def test_too_many_stories_are_refused(
    stories: tuple[str, str, str], open_front: Open, write: Callable[..., str], desk: Desk
) -> None:
    many = [write(f"s{number}") for number in range(LONGEST_FRONT)]
    order(desk, *many)
    dialog = open_front()
    dialog.picks.add(stories[0])
    assert "30 is the limit" in dialog.bar.text()
    assert len(dialog.draft.front.stories) == LONGEST_FRONT


def test_journalist_sees_the_order_and_changes_nothing(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, session: Session
) -> None:
    order(desk, *stories)
    session.set_person(WRITER)
    dialog = open_front()
    assert "Only editors and chiefs" in dialog.who.text()
    assert dialog.picks.field.isHidden()
    dialog.picks.list.setFocus()
    press(dialog.picks.list, Qt.Key.Key_Delete)
    assert dialog.draft.front == Front(stories)
    assert not dialog.save.isEnabled()
    session.set_person(EDITOR)
    assert not dialog.picks.field.isHidden()


def test_order_by_somebody_else_is_shown_and_never_overwritten(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, session: Session, settle: Settle
) -> None:
    ferry, crane, tide = stories
    dialog = open_front()
    order(desk, ferry)
    session.check_for_changes()
    settle()
    assert dialog.draft.front == Front((ferry,)), "nothing was ordered here"
    dialog.picks.add(crane)
    order(desk, tide)
    dialog.save.click()
    settle()
    assert reading(desk).front() == Front((tide,))
    assert "in the meantime" in dialog.bar.text()
    assert dialog.draft.front == Front((ferry, crane))
    dialog.draft.keep(Front((tide,)))
    dialog.save.click()
    settle()
    assert reading(desk).front() == Front((ferry, crane))


def test_saved_order_can_be_taken_back(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, session: Session, settle: Settle
) -> None:
    order(desk, stories[0])
    told: list[tuple[str, Callable[[], object]]] = []
    session.message.connect(lambda sentence, undo: told.append((sentence, undo)))
    dialog = open_front()
    dialog.picks.add(stories[1])
    dialog.save.click()
    settle()
    assert told[-1][0].startswith("Ordered the front page")
    told[-1][1]()
    settle()
    assert reading(desk).front() == Front((stories[0],))


def test_closing_with_an_order_that_is_not_saved_asks_first(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, settle: Settle
) -> None:
    dialog = open_front()
    dialog.picks.add(stories[0])
    dialog.bar.show_text("Something else that was said before.")
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not saved" in dialog.bar.text()
    dialog.save.click()
    settle()
    assert reading(desk).front() == Front((stories[0],))
    assert not dialog.isVisible()


def test_words_of_any_length_that_find_nothing_leave_the_dialog_its_width(
    stories: tuple[str, str, str], open_front: Open, settle: Settle
) -> None:
    dialog = open_front()
    width = dialog.width()
    dialog.picks.entered.emit("y" * 3000)
    settle()
    assert "yyy…” in its headline" in dialog.bar.text()
    dialog.bar.show_text("y" * 3000, "z" * 3000)
    settle()
    assert dialog.width() == width


def test_order_is_restored_after_a_crash_and_removed_on_close(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    dialog = open_front()
    dialog.picks.add(stories[0])
    qtbot.waitUntil(
        lambda: (desk.journal.read("front") or {}).get("front") == [stories[0]], timeout=10_000
    )
    again = open_front()
    assert again.draft.front == Front((stories[0],))
    for closed in (again, dialog):
        closed.reject()
        closed.reject()  # the first one only says that the order is not saved
    settle()
    assert desk.journal.read("front") is None


def test_order_from_the_journal_may_name_a_story_that_is_gone(
    stories: tuple[str, str, str], open_front: Open, desk: Desk, settle: Settle
) -> None:
    order(desk, stories[0])
    base = reading(desk).front().to_json()
    desk.journal.write("front", {"front": ["gone", stories[1]], "base": base})
    dialog = open_front()
    settle()
    assert rows(dialog)[0] == "1  A story that is not on this desk"
    dialog.save.click()
    settle()
    assert "no story with the id" in dialog.bar.text()
    assert dialog.draft.front == Front(("gone", stories[1]))


def test_order_that_reached_the_desk_before_a_crash_is_not_restored(
    stories: tuple[str, str, str], open_front: Open, desk: Desk
) -> None:
    order(desk, stories[0])
    desk.journal.write("front", {"front": [stories[0]], "base": []})
    dialog = open_front()
    assert not dialog.draft.is_unsaved
    assert not dialog.undo.isEnabled()


def test_front_that_is_not_trusted_says_so(
    stories: tuple[str, str, str], open_front: Open, desk: Desk
) -> None:
    order(desk, stories[0])
    order(desk, stories[1])
    with desk._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM papers WHERE kind = 'front' AND number = 2")
    assert "changed outside" in open_front().bar.text()
