"""A story of the desk is found by words, and the words that are selected lead to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.story.story_link_dialog import StoryLinkDialog
from editor.gui.window.main_window import MainWindow

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def window(open_window: OpenWindow, write: Write, settle: Settle) -> MainWindow:
    write("ferry-back", "Ferry is back")
    write("market", "Market hall opens *early*")
    story = write("harbour", "Harbour opens", body="The ferry and the market.")
    made = open_window()
    made.parts.open_story(story)
    settle()
    made.centre.show_story()
    made.centre.form.body.setFocus()
    return made


def opened(window: MainWindow, settle: Settle) -> StoryLinkDialog:
    window.menu_actions["story_link"].trigger()
    settle()
    dialog: StoryLinkDialog = window.findChild(StoryLinkDialog)
    return dialog


def names(dialog: StoryLinkDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_words_find_a_story_and_return_links_what_is_selected(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    body = window.centre.form.body
    body.select(4, 9)
    dialog = opened(window, settle)
    assert names(dialog) == ["Market hall opens *early*", "Ferry is back"], "not the story itself"
    qtbot.keyClicks(dialog.field, "ferry")
    qtbot.waitUntil(lambda: names(dialog) == ["Ferry is back"])
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert body.text() == "The [ferry](ferry-back) and the market."
    assert body.selected() == "ferry"
    assert window.draft.typed.body == body.text()
    window.draft.undo()
    assert body.text() == "The ferry and the market."


def test_arrow_keys_choose_and_the_headline_is_put_where_nothing_is_selected(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    body = window.centre.form.body
    body.select(25, 25)
    dialog = opened(window, settle)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    link = r"[Market hall opens \*early\*](market)"
    assert body.text() == f"The ferry and the market.{link}"


def test_words_of_no_story_say_so_and_link_nothing(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    dialog = opened(window, settle)
    qtbot.keyClicks(dialog.field, "zeppelin")
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    assert not dialog.link.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.centre.form.body.text() == "The ferry and the market."


def test_it_is_not_opened_where_no_link_can_be(
    window: MainWindow, settle: Settle, hands: Any, qtbot: QtBot
) -> None:
    window.centre.form.headline.setFocus()
    assert QApplication.focusWidget() is window.centre.form.headline
    with qtbot.waitSignal(window.session.problem) as refused:
        assert opened(window, settle) is None
    assert refused.args[0].hint
