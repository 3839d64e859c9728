"""Open notes in the form: a mark beside their words that moves with them, and leads to the note."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.commands import AddNote, ResolveNote
from editor.gui.review.note_card import NoteCard
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import EDITOR, WRITER

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]

BODY = "The harbour opened on Monday.\n\nBoats came in."


@pytest.fixture
def story(desk: Desk, write: Write) -> str:
    """A draft with notes on two passages, on a headline's word and on the whole of it."""
    story = write("harbour", "Harbour opens")
    for text, field, words in (
        ("Which day?", "body", "Monday"),
        ("How many?", "body", "Boats"),
        ("Which one?", "headline", "Harbour"),
    ):
        start = (BODY if field == "body" else "Harbour opens").index(words)
        desk.do(AddNote(story, text, field, start, start + len(words)), EDITOR)
    desk.do(AddNote(story, "Nice."), EDITOR)
    return story


@pytest.fixture
def window(story: str, open_window: OpenWindow, settle: Settle) -> MainWindow:
    window = open_window(person=WRITER)
    window.resize(1200, 800)
    window.parts.show_story(story)
    settle()
    return window


def noted(window: MainWindow) -> dict[str, str]:
    """What each marked passage says now, by the words of its note."""
    form = window.centre.form
    names = {mark.note.id: mark.note.text for mark in form.notes.marks()}
    return {
        names[squiggle.note]: cursor.selectedText()
        for _path, field in form.text_fields()
        for squiggle, cursor in field.notes.placed()
        if squiggle.note in names
    }


def test_marks_are_beside_their_passages(window: MainWindow) -> None:
    form = window.centre.form
    assert noted(window) == {"Which day?": "Monday", "How many?": "Boats", "Which one?": "Harbour"}
    tops = {mark.note.text: mark.geometry().top() for mark in form.notes.marks()}
    assert tops["Which one?"] < tops["Which day?"] < tops["How many?"]
    for mark in form.notes.marks():
        assert f"Note by {EDITOR}: {mark.note.text}" == mark.accessibleName() == mark.toolTip()
        body = form.body.mapTo(form.widget(), form.body.rect().bottomRight())
        assert body.x() < mark.geometry().left()
        assert mark.geometry().right() <= form.widget().width()


def test_mark_leads_to_its_note(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    window.parts.show_tab("checks")
    mark = next(m for m in window.centre.form.notes.marks() if m.note.text == "Which day?")
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    settle()
    assert window.pane.tabs.current() == "notes"
    assert "Which day?" in card_of(QApplication.focusWidget()).accessibleName()


def test_key_goes_from_note_to_note(window: MainWindow, settle: Settle) -> None:
    form = window.centre.form
    form.body.setFocus()
    for caret, text in ((0, "Which day?"), (BODY.index("Boats") + 2, "How many?")):
        form.body.setFocus()
        form.body.select(caret, caret)
        window.menu_actions["next_note"].trigger()
        settle()
        assert text in card_of(QApplication.focusWidget()).accessibleName()
    form.body.setFocus()
    form.body.select(len(BODY), len(BODY))
    window.menu_actions["next_note"].trigger()
    settle()
    assert "Which one?" in card_of(QApplication.focusWidget()).accessibleName()


def test_marks_move_with_edits_and_come_back_with_undo(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    body = window.centre.form.body
    before = {mark.note.text: mark.geometry().top() for mark in window.centre.form.notes.marks()}
    body.setFocus()
    body.select(0, 0)
    qtbot.keyClicks(body, "Yes. ")
    qtbot.keyClick(body, Qt.Key.Key_Return)
    qtbot.keyClick(body, Qt.Key.Key_Return)
    settle()
    assert noted(window)["Which day?"] == "Monday"
    after = {mark.note.text: mark.geometry().top() for mark in window.centre.form.notes.marks()}
    assert after["Which day?"] > before["Which day?"]
    start = body.text().index("Monday")
    body.select(start, start + len("Monday"))
    qtbot.keyClick(body, Qt.Key.Key_Delete)
    settle()
    assert "Which day?" not in noted(window)
    window.menu_actions["undo"].trigger()
    qtbot.waitUntil(lambda: noted(window).get("Which day?") == "Monday")


def test_resolved_note_has_no_mark(
    desk: Desk, window: MainWindow, story: str, settle: Settle
) -> None:
    with desk.read() as snapshot:
        first = snapshot.notes(story)[0]
    desk.do(ResolveNote(story, first.id), WRITER)
    window.session.check_for_changes()
    settle()
    assert set(noted(window)) == {"How many?", "Which one?"}
    assert window.draft.typed.body == BODY


def test_another_story_has_none(window: MainWindow, write: Write, settle: Settle) -> None:
    other = write("other")
    window.session.check_for_changes()
    window.parts.show_story(other)
    settle()
    assert window.centre.form.notes.marks() == []
    assert not window.centre.form.notes.go_to_note()


def card_of(widget: object) -> NoteCard:
    while not isinstance(widget, NoteCard):
        widget = widget.parentWidget()  # type: ignore[attr-defined]
    return widget
