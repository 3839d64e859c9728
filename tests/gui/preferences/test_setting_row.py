"""A row of the settings window: its names, and the words it is found by."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from editor.gui.preferences.setting_row import SettingChoice, SettingRow, setting_row
from editor.settings import all_settings


def test_control_is_named_and_described_by_its_row(qtbot: QtBot) -> None:
    chosen: list[Any] = []
    row = setting_row(all_settings()["appearance"], chosen.append)
    qtbot.addWidget(row)
    control = row.control
    assert isinstance(control, SettingChoice)
    assert control.accessibleName() == "Appearance"
    assert "dark colours" in control.accessibleDescription()
    control.show_value("dark")
    assert control.currentText() == "Dark"
    assert chosen == ["dark"]


def test_row_is_found_by_title_sentence_and_choices(qtbot: QtBot) -> None:
    row = setting_row(all_settings()["lock_keys_after"], lambda _value: None)
    qtbot.addWidget(row)
    assert row.has(["lock"])
    assert row.has(["passphrase", "keys"])
    assert row.has(["4 hours"])
    assert not row.has(["keys", "zebra"])


def test_font_that_this_computer_has_not_is_shown_as_it_was_chosen(qtbot: QtBot) -> None:
    chosen: list[Any] = []
    row = setting_row(all_settings()["writing_font"], chosen.append)
    qtbot.addWidget(row)
    assert chosen == [], "making the row chooses nothing"
    assert row.control.currentText() == "Stonehand’s own"
    assert row.control.count() == len(set(QFontDatabase.families())) + 1
    row.control.show_value("Harbour Antiqua")
    assert row.control.currentText() == "Harbour Antiqua (not on this computer)"
    assert chosen == ["Harbour Antiqua"]
    row.control.show_value("")
    assert chosen[-1] == ""


def test_switch_has_its_title_and_a_button_keeps_its_own_name(qtbot: QtBot) -> None:
    switch = setting_row(all_settings()["check_spelling"], lambda _value: None)
    button = QPushButton("Open folder")
    button.setAccessibleName("Open the folder of data")
    fact = SettingRow("Data", "/data", button)
    for row in (switch, fact):
        qtbot.addWidget(row)
    assert isinstance(switch.control, QCheckBox)
    assert switch.control.text() == "Check spelling"
    assert button.accessibleName() == "Open the folder of data"
