"""An entry that can't be chosen says why: in the menu by a tip, through Ctrl+K beside its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.errors import EditorError
from editor.gui.window.actions.refusal_menu import RefusalMenu, refusal_of, set_refusal
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


def test_tip_is_shown_for_a_disabled_entry_alone(qtbot: QtBot) -> None:
    menu = RefusalMenu("Format")
    qtbot.addWidget(menu)
    action: QAction = menu.addAction("Bold")
    set_refusal(action, EditorError("The story is <b>spiked</b>.", "Unspike it."))
    shown = []
    for enabled in (True, False):
        action.setEnabled(enabled)
        menu.show()
        place = menu.actionGeometry(action).center()
        tip = QHelpEvent(QEvent.Type.ToolTip, place, menu.mapToGlobal(place))
        QApplication.sendEvent(menu, tip)
        shown.append(QToolTip.text())
    assert shown[0] == ""
    assert "spiked" in shown[1]
    assert "<b>" not in shown[1]
    QToolTip.hideText()


@pytest.mark.parametrize("is_spiked", [False, True])
def test_command_that_can_not_be_given_says_why(
    open_window: OpenWindow,
    write: Write,
    settle: Settle,
    qtbot: QtBot,
    problems: list[EditorError],
    is_spiked: bool,
) -> None:
    story = write("harbour", stage=Stage.SPIKED if is_spiked else Stage.DRAFT)
    window = open_window()
    if is_spiked:
        window.parts.open_story(story)
    else:
        window.draft.close()
    settle()
    action = window.menu_actions["crosshead"]
    assert not action.isEnabled()
    refusal = refusal_of(action)
    assert refusal is not None
    assert refusal.hint
    window.menu_actions["search"].trigger()
    qtbot.keyClicks(window.top.search, "crosshead")
    settle()
    qtbot.waitUntil(lambda: window.top.search.answers() == ["Crosshead"])
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    assert [problem.sentence for problem in problems] == [refusal.sentence]


def test_command_that_can_be_given_has_no_refusal(
    open_window: OpenWindow, write: Write, settle: Settle
) -> None:
    story = write("harbour")
    window = open_window()
    window.parts.open_story(story)
    settle()
    assert window.menu_actions["crosshead"].isEnabled()
    assert refusal_of(window.menu_actions["crosshead"]) is None


def test_version_that_readers_have_can_not_be_published_again(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story = write("harbour", stage=Stage.APPROVED)
    window = open_window()
    window.parts.open_story(story)
    settle()
    publish = window.menu_actions["publish"]
    assert publish.isEnabled()
    publish.trigger()
    settle()
    assert reading(desk).row(story).live_version == 1
    assert not publish.isEnabled()
    refusal = refusal_of(publish)
    assert refusal is not None
    assert refusal.sentence == "Readers have this version already."
    window.draft.edit(replace(window.draft.typed, kicker="Late"), "kicker")
    settle()
    refusal = refusal_of(publish)
    assert not publish.isEnabled()
    assert refusal is not None
    assert refusal.sentence == "What you typed is not approved yet."
