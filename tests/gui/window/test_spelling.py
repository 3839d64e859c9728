"""Spelling from the window: its menu, its keys, and the line at the bottom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.settings import load_settings

Settle = Callable[[], None]


@pytest.fixture
def window(
    open_window: Callable[..., MainWindow],
    write: Callable[..., str],
    session: Session,
    qtbot: QtBot,
) -> MainWindow:
    session.change_settings(check_spelling=True)
    story = write("harbour-opens", "A bord met", language="en-GB", body="It dont open.")
    opened = open_window()
    parts = opened.parts
    parts.show_story(story)
    qtbot.waitUntil(lambda: bool(parts.centre.form.spelling.found), timeout=60_000)
    return opened


def test_the_line_at_the_bottom_counts_and_leads_to_them(window: MainWindow) -> None:
    parts, status = window.parts, window.status
    assert status.misspelled.text() == "2 misspelled words"
    assert status.misspelled.isVisible()
    parts.centre.form.headline.select(0, 0)
    parts.centre.form.headline.setFocus()
    status.misspelled.click()
    assert parts.centre.form.headline.selected() == "bord"
    window.menu_actions["next_misspelling"].trigger()
    assert parts.centre.form.body.selected() == "dont"


def test_the_menu_turns_it_off_and_that_is_remembered(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    action = window.menu_actions["check_spelling"]
    assert action.isChecked()
    action.trigger()
    settle()
    assert not action.isChecked()
    assert not window.status.misspelled.isVisible()
    assert not load_settings()[0].check_spelling
    action.trigger()
    qtbot.waitUntil(window.status.misspelled.isVisible, timeout=60_000)
