"""A brief's story is found by words of its headline."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from editor.gui.banner.story_picker import StoryPicker
from editor.gui.session import Session


def test_typed_words_search_and_a_choice_links(
    session: Session, write: Callable[..., str], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    ferry = write("ferry", "Ferry sails again")
    write("market", "Market opens early")
    picker = StoryPicker(session)
    qtbot.addWidget(picker)
    picked: list[str] = []
    picker.picked.connect(picked.append)
    picker.line.setText("ferry")
    picker.line.textEdited.emit("ferry")
    qtbot.waitUntil(lambda: picker.count() == 2)
    assert picker.itemData(1) == ferry
    picker.setCurrentIndex(1)
    picker.activated.emit(1)
    assert picked == [ferry]
    picker.line.clear()
    picker.line.editingFinished.emit()
    assert picked == [ferry, ""]
    picker.show_story(ferry)
    settle()
    assert picker.currentText() == "Ferry sails again"


def test_missing_story_is_reported(
    session: Session, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    picker = StoryPicker(session)
    qtbot.addWidget(picker)
    picker.show_story("no-such-id")
    settle()
    assert "gone" in picker.line.placeholderText()
