"""Where the focus is after what a person did: never nowhere, and where the work goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner
from editor.core.commands import SaveStory, Submit
from editor.gui.review.history import HistoryPane
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import EDITOR, WRITER
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


def focused() -> QWidget:
    return QApplication.focusWidget()


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(focused(), key)


@pytest.fixture
def twice(desk: Desk, write: Write) -> str:
    """A story of two versions."""
    story = write("twice")
    stored = reading(desk).stored(story).story
    desk.do(SaveStory(replace(stored, headline="Another headline"), 1), WRITER)
    return story


def test_f7_goes_to_the_text_and_back_to_the_changes(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, twice: str, desk: Desk
) -> None:
    desk.do(Submit(twice, 2), WRITER)
    window = open_window(person=EDITOR)
    window.parts.show_story(twice)
    settle()
    assert window.centre.shows_review()
    press(qtbot, Qt.Key.Key_F7)
    assert not window.centre.shows_review()
    fields = [field for _path, field in window.centre.form.text_fields()]
    assert focused() in fields, "not on the part that scrolls"
    assert not window.menu_actions["next_change"].isEnabled()
    press(qtbot, Qt.Key.Key_F7)
    settle()
    assert focused() is window.centre.review.redline
    for name in ("next_change", "previous_change"):
        assert window.menu_actions[name].isEnabled()


def test_f8_shows_the_place_of_each_finding_in_the_text(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, write: Write
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(write("spaces", body="Two  spaces.\n\nAnd  two more."))
    settle()
    qtbot.waitUntil(lambda: bool(window.draft.open_story.findings))
    finding = window.draft.open_story.findings[0]
    window.list.view.setFocus()
    press(qtbot, Qt.Key.Key_F8)
    settle()
    body = window.centre.form.body
    assert focused() is body
    assert body.selected() == body.text()[finding.place.start : finding.place.end] != ""


def test_added_picture_is_captioned_next(
    qtbot: QtBot,
    open_window: OpenWindow,
    settle: Settle,
    write: Write,
    tmp_path: Path,
    jpeg: bytes,
) -> None:
    file = tmp_path / "harbour.jpg"
    file.write_bytes(jpeg)
    window = open_window(person=WRITER)
    window.parts.show_story(write("pictured"))
    settle()
    pictures = window.centre.form.pictures
    pictures.add.setFocus()
    pictures.add_pictures([file])
    settle()
    assert focused() is pictures.rows[0].cells["caption"].field


def test_more_of_the_dateline_goes_to_what_is_new(
    open_window: OpenWindow, settle: Settle, write: Write
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(write("placed"))
    settle()
    dateline = window.centre.form.dateline
    hidden = [cell.field for cell in dateline.cells.values() if cell.isHidden()]
    dateline.more.setFocus()
    dateline.more.click()
    assert focused() is hidden[0]
    dateline.more.setFocus()
    dateline.more.click()
    assert focused() is dateline.more


def test_restored_version_has_the_focus(
    open_window: OpenWindow, settle: Settle, twice: str, desk: Desk
) -> None:
    window = open_window(person=WRITER)
    window.parts.show_story(twice)
    window.parts.show_tab("history")
    settle()
    history = window.pane.page("history")
    assert isinstance(history, HistoryPane)
    history.choose(1)
    settle()
    history.reader.restore.setFocus()
    history.reader.restore.click()
    settle()
    assert reading(desk).stored(twice).version == 3
    assert focused() is history.cards[0]
    assert history.cards[0].version == 3
    assert not history.reader.restore.isEnabled(), "it is the latest now"


def test_reconciled_story_has_the_focus(
    open_window: OpenWindow, settle: Settle, write: Write, desk: Desk
) -> None:
    story = write("torn")
    stored = reading(desk).stored(story).story
    for name, headline in ((WRITER, "One of them"), (EDITOR, "The other one")):
        desk.do(SaveStory(replace(stored, headline=headline), 1), name)
    window = open_window(person=EDITOR)
    window.parts.show_story(story)
    settle()
    window.draft.reconcile()
    settle()
    page = window.centre.reconcile
    page.cards[0].choices.buttons()[0].setChecked(True)
    page.reconcile.setFocus()
    page.reconcile.click()
    settle()
    assert window.centre.page() is window.centre.form
    assert focused() in [field for _path, field in window.centre.form.text_fields()]


def test_undone_removal_of_a_brief_goes_back_to_it(
    open_window: OpenWindow, settle: Settle, banner: Banner
) -> None:
    window = open_window(person=EDITOR)
    window.places.go("banner")
    settle()
    cards = window.centre.banner.cards
    cards.cards()[0].remove_asked.emit()
    assert focused() is cards.cards()[0].title
    window.centre.toast.undo()
    assert len(cards.cards()) == 2
    assert focused() is cards.cards()[0].title
    assert cards.cards()[0].title.text() == "Ferry back on Monday"
