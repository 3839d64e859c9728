"""The Notes tab: threads, and text that was not sent yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.commands import AddNote, Return
from editor.core.findings import TextPlace
from editor.core.workflow import Stage
from editor.gui.draft.draft import Draft
from editor.gui.review.note_card import NoteCard
from editor.gui.review.notes import NotesPane, note_key
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.reading import reading

Settle = Callable[[], None]


@pytest.fixture
def pane(session: Session, draft: Draft, qtbot: QtBot) -> NotesPane:
    made = NotesPane(session, draft)
    qtbot.addWidget(made)
    made.show()
    return made


def open_story(draft: Draft, story: str, qtbot: QtBot, settle: Settle) -> None:
    draft.open(story)
    qtbot.waitUntil(lambda: draft.open_story.key == story)
    settle()


def test_notes_are_in_order_and_the_note_of_a_return_is_highlighted(
    pane: NotesPane, draft: Draft, desk: Desk, write: Callable[..., str], qtbot: QtBot,
    settle: Settle,
) -> None:  # fmt: skip
    story = write("ferry", stage=Stage.REVIEW)
    desk.do(AddNote(story, "Who said this?", "body"), "Ines Vale")
    desk.do(Return(story, 1, "Name the source."), "Mara Quill")
    open_story(draft, story, qtbot, settle)
    assert [note.text for note in pane.notes] == ["Who said this?", "Name the source."]
    kinds = [card.property("kind") for card in pane.findChildren(QFrame) if card.accessibleName()
             and card.property("kind") in ("card", "problem") and not card.isHidden()]  # fmt: skip
    assert kinds.count("problem") == 1


def test_note_with_the_words_of_a_return_is_a_note_of_its_own(
    pane: NotesPane, draft: Draft, desk: Desk, write: Callable[..., str], qtbot: QtBot,
    settle: Settle,
) -> None:  # fmt: skip
    story = write("ferry", stage=Stage.REVIEW)
    desk.do(AddNote(story, "Name the source."), "Ines Vale")
    desk.do(Return(story, 1, "Name the source."), "Mara Quill")
    desk.do(AddNote(story, "Name the source.", "body"), "Ines Vale")
    open_story(draft, story, qtbot, settle)
    told = [
        any("Returned with" in text.text() for text in card.findChildren(QLabel))
        for card in pane.findChildren(NoteCard)
    ]
    assert told == [False, True, False]


def test_added_note_empties_the_box(
    pane: NotesPane, draft: Draft, desk: Desk, write: Callable[..., str], qtbot: QtBot,
    settle: Settle,
) -> None:  # fmt: skip
    story = write("ferry")
    open_story(draft, story, qtbot, settle)
    assert not pane.add.isEnabled()
    pane.box.setPlainText("  Please call the harbour master.  ")
    pane.add.click()
    settle()
    assert [note.text for note in reading(desk).notes(story)] == ["Please call the harbour master."]
    assert [note.text for note in pane.notes] == ["Please call the harbour master."]
    assert pane.box.toPlainText() == ""
    assert desk.journal.read(note_key(story)) is None


def test_unsent_note_survives_another_story_and_a_crash(
    pane: NotesPane, draft: Draft, desk: Desk, session: Session, write: Callable[..., str],
    qtbot: QtBot, settle: Settle,
) -> None:  # fmt: skip
    one, two = write("ferry"), write("market")
    open_story(draft, one, qtbot, settle)
    pane.box.setPlainText("Half a thought")
    qtbot.waitUntil(lambda: desk.journal.read(note_key(one)) is not None)
    open_story(draft, two, qtbot, settle)
    assert pane.box.toPlainText() == ""
    open_story(draft, one, qtbot, settle)
    assert pane.box.toPlainText() == "Half a thought"
    again = NotesPane(session, draft)  # as after a crash: only the journal remembers
    qtbot.addWidget(again)
    settle()
    assert again.box.toPlainText() == "Half a thought"
    assert reading(desk).notes(one) == []


def test_note_is_kept_when_another_story_is_opened_at_once(
    pane: NotesPane, draft: Draft, desk: Desk, write: Callable[..., str], qtbot: QtBot,
    settle: Settle,
) -> None:  # fmt: skip
    one, two = write("ferry"), write("market")
    open_story(draft, one, qtbot, settle)
    pane.box.insertPlainText("Typed and left")
    open_story(draft, two, qtbot, settle)
    assert desk.journal.read(note_key(one)) == {"text": "Typed and left", "caret": 14}


def test_story_that_was_never_saved_takes_no_notes_and_is_saved_here(
    pane: NotesPane, draft: Draft, settle: Settle
) -> None:
    draft.new()
    assert "saved story" in pane.empty.text()
    assert not pane._writer.isEnabled()
    draft.set_value("headline", "Ferry sails")
    buttons = pane.empty.findChildren(QPushButton)
    [save] = [button for button in buttons if button.text() == "Save version"]
    save.click()
    settle()
    assert "No notes" in pane.empty.text()
    assert pane._writer.isEnabled()


def only_card(pane: NotesPane, qtbot: QtBot) -> NoteCard:
    """The one card that is seen, once Qt has shown it: a layout shows new widgets a turn later."""

    def seen() -> list[NoteCard]:
        return [card for card in pane.findChildren(NoteCard) if card.isVisible()]

    qtbot.waitUntil(lambda: len(seen()) == 1)
    return seen()[0]


def test_note_is_answered_resolved_and_reopened(
    pane: NotesPane,
    draft: Draft,
    desk: Desk,
    write: Callable[..., str],
    settle: Settle,
    qtbot: QtBot,
) -> None:
    story = write("ferry")
    desk.do(AddNote(story, "Which agency?"), "Theo Marsh")
    draft.open(story)
    settle()
    [note] = pane.notes
    pane.answer(note)
    pane.box.setPlainText("Both of them.")
    pane.send()
    settle()
    assert [(row.text, row.answers) for row in reading(desk).notes(story)] == [
        ("Which agency?", 0),
        ("Both of them.", note.id),
    ]
    card = only_card(pane, qtbot)
    assert card.accessibleName().startswith("Theo Marsh: Which agency?. ")
    assert "Both of them." in card.accessibleName()
    card.resolve_wanted.emit(True)
    settle()
    assert reading(desk).notes(story)[0].resolved
    card = only_card(pane, qtbot)
    assert "Resolved by Mara Quill" in card.accessibleName()
    card.resolve_wanted.emit(False)
    settle()
    assert not reading(desk).notes(story)[0].resolved


def test_note_on_a_passage_follows_it_and_goes_to_it(
    pane: NotesPane,
    draft: Draft,
    desk: Desk,
    write: Callable[..., str],
    settle: Settle,
    qtbot: QtBot,
) -> None:
    story = write("ferry")
    draft.open(story)
    settle()
    body = draft.typed.body
    start = body.index("Boats")
    pane.write_about(TextPlace("body", start, start + 5), "Boats")
    pane.box.setPlainText("How many?")
    draft.edit(replace(draft.typed, body="Earlier. " + body), "body")
    pane.send()
    settle()
    [note] = reading(desk).notes(story)
    now = reading(desk).stored(story).story.body
    assert now.startswith("Earlier. "), "what was typed is a version first"
    assert now[note.start : note.end] == "Boats"
    led: list[TextPlace] = []
    pane.go_to.connect(led.append)
    card = only_card(pane, qtbot)
    card.place_wanted.emit()
    assert led == [TextPlace("body", note.start, note.end)]


def test_button_is_right_below_the_box_where_there_are_no_notes(
    pane: NotesPane, draft: Draft, write: Callable[..., str], qtbot: QtBot, settle: Settle
) -> None:
    pane.resize(400, 800)
    open_story(draft, write("ferry"), qtbot, settle)
    assert pane.add.geometry().top() - pane.box.geometry().bottom() < 16


def test_note_on_a_passage_goes_to_its_story_though_another_is_opened_while_that_is_saved(
    pane: NotesPane, draft: Draft, desk: Desk, write: Callable[..., str], settle: Settle
) -> None:
    story, other = write("ferry"), write("market")
    draft.open(story)
    settle()
    start = draft.typed.body.index("Boats")
    pane.write_about(TextPlace("body", start, start + 5), "Boats")
    pane.box.setPlainText("How many?")
    draft.edit(replace(draft.typed, body="Earlier. " + draft.typed.body), "body")
    pane.send()
    draft.open(other)
    settle()
    assert draft.open_story.key == other
    assert reading(desk).notes(other) == []
    [note] = reading(desk).notes(story)
    assert reading(desk).stored(story).story.body[note.start : note.end] == "Boats"
    assert desk.journal.read(note_key(story)) is None
