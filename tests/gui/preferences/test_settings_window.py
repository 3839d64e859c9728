"""The settings window: all that is declared, found by words, applied at once, by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from editor.declared_setting import PAGE_TITLES, SettingsPage
from editor.gui.preferences.setting_row import SettingChoice, SettingRow
from editor.gui.preferences.settings_window import SettingsWindow
from editor.gui.session import Session
from editor.settings import (
    load_settings,
    settings_on,
)
from tests.gui.conftest import Settle, ShowDialog

DECLARED = {setting.name: setting for page in SettingsPage for setting in settings_on(page)}


@pytest.fixture
def window(session: Session, show_dialog: ShowDialog[Any], qtbot: QtBot) -> SettingsWindow:
    made: SettingsWindow = show_dialog(SettingsWindow(session))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def shown_titles(window: SettingsWindow) -> list[str]:
    rows = window.findChildren(SettingRow)
    return [row.title for row in rows if row.isVisible()]


def another(name: str, value: Any) -> Any:
    setting = DECLARED[name]
    if setting.choices is not None:
        return next(choice for choice in setting.choices if choice != value)
    if setting.is_font:
        return "DejaVu Serif"
    return "https://releases.example/list" if isinstance(value, str) else not value


def test_every_declared_setting_is_in_the_window_on_its_page(window: SettingsWindow) -> None:
    assert set(window.rows) == set(DECLARED)
    for page in SettingsPage:
        window.choose_page(page)
        titles = shown_titles(window)
        assert {setting.title for setting in settings_on(page)} <= set(titles)
        others = [name for name in DECLARED if DECLARED[name].page is not page]
        assert not any(window.rows[name].isVisible() for name in others)


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_setting_is_applied_and_saved_at_once_and_follows_others(
    window: SettingsWindow, session: Session, settle: Settle, name: str
) -> None:
    control = window.rows[name].control
    wanted = another(name, getattr(session.settings, name))
    control.show_value(wanted)
    assert getattr(session.settings, name) == wanted
    settle()
    assert getattr(load_settings()[0], name) == wanted
    session.change_settings(**{name: DECLARED[name].usual})
    changes = []
    session.settings_changed.connect(lambda: changes.append(name))
    assert session.settings == session.settings.changed(**{name: DECLARED[name].usual})
    assert not changes, "what follows changes nothing"
    settle()


def test_search_shows_rows_of_all_pages_and_esc_brings_the_page_back(
    window: SettingsWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.search, "dark")
    assert shown_titles(window) == ["Appearance"]
    window.search.setText("DICTIONARY")
    assert {"Check spelling", "My dictionary"} <= set(shown_titles(window))
    assert not window.reset.isVisible()
    window.search.setText("proofing")
    assert "Check spelling" in shown_titles(window), "a page is found by its title"
    window.search.setText("zebra")
    assert shown_titles(window) == []
    assert "zebra" in window.nothing.text()
    assert window.nothing.isVisible()
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.search.text() == ""
    assert shown_titles(window) == ["Appearance", "Larger text"]
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.isVisible()


@pytest.mark.parametrize(
    ("words", "name"), [("arabic", "language"), ("password", "lock_keys_after")]
)
def test_search_knows_what_a_setting_may_be_and_what_others_call_it(
    window: SettingsWindow, words: str, name: str
) -> None:
    window.search.setText(words)
    assert [each for each, row in window.rows.items() if row.isVisible()] == [name]


def test_shortcuts_are_found_among_the_settings(window: SettingsWindow, qtbot: QtBot) -> None:
    window.search.setText("shortcut")
    [choose] = [
        part
        for part in window.findChildren(QPushButton)
        if part.isVisible() and part.accessibleName() == "Keyboard shortcuts"
    ]
    with qtbot.waitSignal(window.shortcuts_asked):
        choose.click()


def test_page_is_reset_and_the_reset_undone(
    window: SettingsWindow, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    assert not window.reset.isEnabled()
    session.change_settings(appearance="dark", text_size=3, check_spelling=False)
    assert window.reset.isEnabled()
    window.reset.click()
    assert session.settings.appearance == "system"
    assert session.settings.text_size == 0
    assert not session.settings.check_spelling, "another page stays"
    assert not window.reset.isEnabled()
    assert "Appearance" in window.bar.text()
    undo = next(button for button in buttons(window.bar) if "Undo" in button.text())
    undo.click()
    assert session.settings.appearance == "dark"
    assert session.settings.text_size == 3
    settle()


def buttons(widget: Any) -> list[Any]:
    return [child for child in widget.findChildren(QPushButton) if child.isVisible()]


def test_all_of_it_is_reached_by_keyboard(window: SettingsWindow, qtbot: QtBot) -> None:
    window.search.setFocus()
    window.choose_page(SettingsPage.PROOFING)
    reached = set()
    for _press in range(20):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is window.search:
            break
    assert QApplication.focusWidget() is window.search
    spelling = window.rows["check_spelling"].control
    assert spelling in reached
    assert {button for button in buttons(window) if button.isEnabled()} <= reached


def test_going_to_a_setting_shows_its_page_with_the_focus_on_it(window: SettingsWindow) -> None:
    window.search.setText("dark")
    window.go_to("check_spelling")
    control = window.rows["check_spelling"].control
    assert isinstance(control, QCheckBox)
    assert control.hasFocus()
    assert "Check spelling" in shown_titles(window)
    with pytest.raises(KeyError):
        window.go_to("last_desk")


def test_choice_is_made_by_arrow_keys_and_not_by_the_wheel(
    window: SettingsWindow, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    window.go_to("text_size")
    control = window.rows["text_size"].control
    assert isinstance(control, SettingChoice)
    assert control.currentText() == "Usual"
    qtbot.keyClick(control, Qt.Key.Key_Down)
    assert control.currentText() == "+1 pt"
    assert session.settings.text_size == 1
    place, none = QPointF(control.rect().center()), QPoint()
    wheel = QWheelEvent(
        place,
        control.mapToGlobal(place),
        none,
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(control, wheel)
    assert session.settings.text_size == 1
    settle()


def test_settings_that_can_not_be_written_apply_and_say_so(
    window: SettingsWindow,
    session: Session,
    settle: Settle,
    problems: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STONEHAND_CONFIG", "/dev/null/nowhere")
    window.rows["check_spelling"].control.toggle()
    assert session.settings.check_spelling
    settle()
    assert "could not be written" in problems[0].sentence


def test_pages_are_in_the_order_and_words_of_the_declaration() -> None:
    assert list(PAGE_TITLES) == list(SettingsPage)
