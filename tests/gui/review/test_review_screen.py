"""The review screen in the real window: what changed, change by change, and then approval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from editor.core.commands import Publish, Return, SaveStory, Submit
from editor.core.story import Picture
from editor.core.workflow import Action, Stage
from editor.gui.library.places import REVIEW
from editor.gui.review.review_screen import ReviewScreen
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.people import approving
from tests.reading import reading

CHIEF, EDITOR, WRITER = "Mara Quill", "Theo Marsh", "Ines Vale"
OpenWindow = Callable[..., MainWindow]
Settle = Callable[[], None]


def edit(desk: Desk, story_id: str, by: str = WRITER, **change: Any) -> None:
    stored = reading(desk).stored(story_id)
    desk.do(SaveStory(replace(stored.story, **change), stored.version), by)


@pytest.fixture
def returned(desk: Desk, write: Callable[..., str]) -> str:
    """A story in review: version 1 came back with a note, version 2 changes words."""
    story_id = write("ferry", "Ferry back on Monday", stage=Stage.REVIEW)
    desk.do(Return(story_id, 1, "Which day?"), EDITOR)
    edit(
        desk,
        story_id,
        headline="Ferry back on Tuesday",
        body="The harbour opened again on Monday.\n\nBoats came in.\n\nTickets cost more.",
    )
    desk.do(Submit(story_id, 2), WRITER)
    return story_id


@pytest.fixture
def review(open_window: OpenWindow, settle: Settle, returned: str, qtbot: QtBot) -> MainWindow:
    window = open_window(EDITOR)
    window.places.go(REVIEW)
    settle()
    window.parts.open_story(returned)
    qtbot.waitUntil(lambda: len(window.centre.review.redline.changes) == 3)
    return window


def words(window: MainWindow, kind: str) -> list[str]:
    redline = window.centre.review.redline
    found = []
    for mark in redline.marks:
        if mark.kind == kind:
            cursor = QTextCursor(redline.document())
            cursor.setPosition(mark.start)
            cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
            found.append(cursor.selectedText())
    return found


def test_story_in_review_opens_with_its_changes(review: MainWindow) -> None:
    screen = review.centre.review
    assert review.centre.shows_review()
    assert words(review, "removed") == ["Monday"]
    assert words(review, "added") == ["Tuesday", "again", "Tickets cost more."]
    assert screen.about.text().startswith("Version 2, submitted a moment ago")
    assert screen.versions.text() == "Version 1, returned ▾"


def test_what_was_ignored_is_shown_above_the_changes(
    review: MainWindow, desk: Desk, returned: str, settle: Settle
) -> None:
    screen = review.centre.review
    assert not screen.ignored.isVisible()
    line = "stray-spaces body: “a b” – A poem — Ines Vale"
    review.draft.set_value("ignored", (line,))
    settle()
    assert screen.ignored.isVisible()
    assert "A poem (Ines Vale)" in screen.ignored.lines.text()
    review.draft.undo()
    assert not screen.ignored.isVisible()


def test_marks_differ_by_more_than_colour(review: MainWindow) -> None:
    redline = review.centre.review.redline
    for mark in redline.marks:
        cursor = QTextCursor(redline.document())
        cursor.setPosition(mark.start + 1)
        form = cursor.charFormat()
        assert form.fontStrikeOut() == (mark.kind == "removed")
        assert form.fontUnderline() == (mark.kind == "added")
    description = redline.accessibleDescription()
    assert "Headline: removed “Monday”, added “Tuesday”." in description


def test_a_writer_sees_the_form(open_window: OpenWindow, settle: Settle, returned: str) -> None:
    window = open_window(WRITER)
    window.parts.open_story(returned)
    settle()
    assert window.centre.page() is window.centre.form


def test_primary_key_approves_the_story_that_is_shown(
    review: MainWindow, desk: Desk, returned: str, settle: Settle, qtbot: QtBot
) -> None:
    qtbot.keyClick(review, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    qtbot.waitUntil(lambda: reading(desk).stored(returned).state.stage is Stage.APPROVED)
    assert reading(desk).stored(returned).version == 2


def test_j_and_k_go_through_the_changes(review: MainWindow, qtbot: QtBot) -> None:
    redline, bar = review.centre.review.redline, review.centre.review.bar
    redline.setFocus()
    qtbot.keyClick(redline, Qt.Key.Key_J)
    assert bar.accessibleName() == "1 of 3 Headline: removed “Monday”, added “Tuesday”"
    qtbot.keyClick(redline, Qt.Key.Key_J)
    assert bar.accessibleName() == "2 of 3 Body: added “again”"
    qtbot.keyClick(redline, Qt.Key.Key_K)
    assert redline.position == 0
    review.menu_actions["next_change"].trigger()
    assert redline.position == 1


def test_a_rejected_change_is_an_edit_that_can_be_undone(
    review: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    redline, draft = review.centre.review.redline, review.draft
    redline.setFocus()
    qtbot.keyClick(redline, Qt.Key.Key_J)
    qtbot.keyClick(redline, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: len(redline.changes) == 2)
    assert draft.typed.headline == "Ferry back on Monday"
    assert draft.open_story.is_unsaved
    draft.undo()
    qtbot.waitUntil(lambda: len(redline.changes) == 3)
    assert draft.typed.headline == "Ferry back on Tuesday"
    assert not draft.open_story.is_unsaved


def test_an_accepted_change_is_not_marked_any_more(review: MainWindow, qtbot: QtBot) -> None:
    redline = review.centre.review.redline
    redline.setFocus()
    qtbot.keyClick(redline, Qt.Key.Key_J)
    qtbot.keyClick(redline, Qt.Key.Key_A)
    assert words(review, "removed") == []
    assert words(review, "added") == ["again", "Tickets cost more."]
    assert "Ferry back on Tuesday" in redline.toPlainText()
    assert not review.draft.open_story.is_unsaved


def test_side_by_side_has_both_texts(review: MainWindow) -> None:
    review.centre.review.beside.setChecked(True)
    text = review.centre.review.redline.toPlainText()
    assert "Ferry back on Monday" in text
    assert "Ferry back on Tuesday" in text
    assert words(review, "removed") == ["Monday"]


def test_next_review_compares_with_the_version_seen_last(
    review: MainWindow, desk: Desk, returned: str, write: Callable[..., str], settle: Settle
) -> None:
    other = write("market", stage=Stage.REVIEW)
    review.parts.open_story(other)
    settle()
    edit(desk, returned, headline="Ferry back on Tuesday, at last")
    review.parts.open_story(returned)
    settle()
    screen = review.centre.review
    assert screen.versions.text() == "Version 2, seen by you ▾"
    assert words(review, "added") == [", at last"]


def test_changes_action_switches_between_changes_and_form(
    review: MainWindow, settle: Settle
) -> None:
    review.menu_actions["changes"].trigger()
    assert review.centre.page() is review.centre.form
    assert review.centre.editing.isVisible()
    assert review.centre.isAncestorOf(review.centre.editing)
    review.centre.form.headline.setFocus()
    review.menu_actions["changes"].trigger()
    assert review.centre.shows_review()
    assert not review.centre.editing.isVisible()


def test_edit_in_the_form_is_compared_when_the_changes_are_shown_again(
    review: MainWindow, qtbot: QtBot
) -> None:
    review.menu_actions["changes"].trigger()
    draft = review.draft
    draft.edit(replace(draft.typed, kicker="Norland"), "kicker")
    qtbot.wait(300)  # longer than the pause after which a shown comparison follows
    review.menu_actions["changes"].trigger()
    qtbot.waitUntil(lambda: "Norland" in words(review, "added"))


def test_first_version_is_shown_without_marks(
    open_window: OpenWindow, write: Callable[..., str], settle: Settle
) -> None:
    story_id = write("first", "A first version", stage=Stage.REVIEW)
    window = open_window(EDITOR)
    window.parts.open_story(story_id)
    settle()
    screen = window.centre.review
    assert screen.redline.marks == []
    assert "Boats came in." in screen.redline.toPlainText()
    assert screen.compared.text() == "Nothing to compare it with"


def open_in_review(window: MainWindow, story_id: str, settle: Settle) -> ReviewScreen:
    window.parts.open_story(story_id)
    settle()
    assert window.centre.shows_review()
    return window.centre.review


@pytest.fixture
def described(desk: Desk, write: Callable[..., str]) -> str:
    """A story in review whose second version only describes its picture."""
    story_id = write("ferry", pictures=(Picture(file="a.jpg", credit="HP"),))
    edit(desk, story_id, pictures=(Picture(file="a.jpg", credit="HP", alt="A pier at dusk"),))
    desk.do(Submit(story_id, 2), WRITER)
    return story_id


def test_an_editor_who_saw_nothing_yet_reads_the_whole_text(
    open_window: OpenWindow, settle: Settle, described: str
) -> None:
    screen = open_in_review(open_window(EDITOR), described, settle)
    assert screen.versions.text() == "nothing: the whole text ▾"
    text = screen.redline.toPlainText()
    assert "Boats came in." in text
    assert "A pier at dusk" in text
    assert screen.redline.marks == []


def test_a_person_can_go_from_the_whole_text_to_the_changes_and_back(
    open_window: OpenWindow, settle: Settle, described: str
) -> None:
    screen = open_in_review(open_window(EDITOR), described, settle)
    screen.versions.chosen.emit(1)
    settle()
    assert len(screen.redline.changes) == 1
    screen.versions.chosen.emit(0)
    settle()
    assert screen.redline.marks == []
    assert "Boats came in." in screen.redline.toPlainText()


def test_what_another_person_saw_does_not_count(
    open_window: OpenWindow, settle: Settle, desk: Desk, described: str, write: Callable[..., str]
) -> None:
    window = open_window(EDITOR)
    open_in_review(window, described, settle)
    window.parts.open_story(write("quay"))
    settle()
    edit(desk, described, kicker="Norland")
    window.close()
    settle()
    screen = open_in_review(open_window(CHIEF), described, settle)
    assert screen.versions.text() == "nothing: the whole text ▾"


def test_who_wrote_a_version_has_seen_it(
    open_window: OpenWindow, settle: Settle, desk: Desk, described: str
) -> None:
    edit(desk, described, by=EDITOR, kicker="Norland")
    edit(desk, described, standfirst="It came back.")
    screen = open_in_review(open_window(EDITOR), described, settle)
    assert screen.versions.text() == "Version 3 ▾"
    assert "It came back." in screen.redline.toPlainText()


def test_header_tells_the_version_s_age_from_that_of_the_submission(
    open_window: OpenWindow, settle: Settle, desk: Desk, described: str
) -> None:
    edit(desk, described, by=EDITOR, kicker="Norland")
    screen = open_in_review(open_window(EDITOR), described, settle)
    assert (
        screen.about.text() == "Version 3, saved a moment ago · Version 2, submitted a moment ago"
    )
    screen.resize(320, 600)
    screen.layout().activate()
    label = screen.about
    room = label.heightForWidth(label.width())
    assert label.height() >= room > label.fontMetrics().height(), "it wraps and is not cut off"


@pytest.fixture
def corrected(
    open_window: OpenWindow, settle: Settle, desk: Desk, write: Callable[..., str]
) -> MainWindow:
    """An editor opened a live story for a correction; version 2 of it is live."""
    story_id = write("ferry")
    edit(desk, story_id, headline="Ferry sails")
    desk.do(Submit(story_id, 2), WRITER)
    desk.do(approving(desk, story_id, 2), CHIEF)
    desk.do(Publish(story_id, 2), CHIEF)
    window = open_window(EDITOR)
    window.parts.open_story(story_id)
    settle()
    window.story_actions.do(Action.CORRECT, "It sails on Tuesday.")
    settle()
    return window


def test_correct_leads_to_the_text_and_its_changes_are_those_of_the_live_version(
    corrected: MainWindow, settle: Settle
) -> None:
    assert corrected.centre.page() is corrected.centre.form
    assert corrected.draft.open_story.state.stage is Stage.REVIEW
    corrected.centre.switch()
    settle()
    screen = corrected.centre.review
    assert screen.versions.text() == "Version 2, published ▾"
    assert "Boats came in." in screen.redline.toPlainText(), "the editor never saw that text"
    assert screen.bar.accessibleName() == "No changes New: corrections"
    corrected.centre.switch()
    corrected.draft.set_value("headline", "Ferry sails on Tuesday")
    corrected.centre.switch()
    settle()
    assert "on Tuesday" in words(corrected, "added")
