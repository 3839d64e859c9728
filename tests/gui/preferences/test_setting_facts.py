"""What the settings window tells: where files are, and the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.declared_setting import SettingsPage
from editor.gui.preferences.keys import KeysDialog
from editor.gui.preferences.setting_facts import fact_rows
from editor.gui.preferences.setting_row import SettingRow
from editor.gui.session import Session
from editor.places import config_folder, data_folder, dictionaries_folder
from tests.gui.conftest import Settle


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def rows(page: SettingsPage, session: Session, parent: QWidget) -> list[SettingRow]:
    found = fact_rows(page, session, parent, lambda: None)
    for row in found:
        row.setParent(parent)
    return found


def test_folders_are_named_and_opened(
    session: Session, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def note(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    places = rows(SettingsPage.PLACES, session, parent)
    for row in [*places, *rows(SettingsPage.PROOFING, session, parent)]:
        if isinstance(row.control, QPushButton):
            row.control.click()
    folders = [session.path, data_folder(), config_folder(), config_folder()]
    assert opened == [*folders, dictionaries_folder()]
    assert dictionaries_folder().is_dir()
    assert places[0].has([str(session.path).casefold()])


def test_folder_that_can_not_be_made_says_so(
    session: Session, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STONEHAND_DATA", "/dev/null/nowhere")
    data = rows(SettingsPage.PLACES, session, parent)[1].control
    assert isinstance(data, QPushButton)
    data.click()
    assert "Can’t" in data.text()


def test_key_is_shown_over_the_window(session: Session, parent: QWidget, settle: Settle) -> None:
    key, _shortcuts = rows(SettingsPage.KEYS, session, parent)
    assert isinstance(key.control, QPushButton)
    key.control.click()
    settle()
    dialog = parent.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_saving_as_you_type_is_a_fact_without_a_switch(session: Session, parent: QWidget) -> None:
    [autosave] = rows(SettingsPage.TYPING, session, parent)
    assert autosave.control is None
    assert autosave.has(["two", "seconds"])
