"""Every button and every labelled field of a dialog has an access key of its own."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.widgets.access_keys import give_access_keys
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import button, column, label, row
from tests.gui.conftest import Settle
from tests.gui.dialogs import show_every_dialog

_ESC = {"Close", "Cancel", "&Cancel"}


def keys(window: QWidget) -> dict[str, str]:
    """Return the access key of each text of a window that should have one."""
    shown = [part for part in window.findChildren(QWidget) if part.isVisible()]
    parts: list[QAbstractButton | QLabel] = [
        part for part in shown if isinstance(part, QPushButton | QCheckBox | QRadioButton)
    ]
    parts += [part for part in shown if isinstance(part, QLabel) and part.buddy() is not None]
    texts = [part.text() for part in parts if part.text() not in {*_ESC, ""}]
    return {text: QKeySequence.mnemonic(text).toString() for text in texts if has_letters(text)}


def has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def wait_for_keys(dialog: Dialog, qtbot: QtBot) -> None:
    """Wait for what is read from the desk, and comes into a dialog later: it gets keys then."""
    qtbot.waitUntil(lambda: all(keys(dialog).values()))


def test_every_button_and_label_of_a_dialog_has_a_key(
    session: Session, settle: Settle, qtbot: QtBot
) -> None:
    for name, dialog in show_every_dialog(session, settle):
        wait_for_keys(dialog, qtbot)
        found = keys(dialog)
        assert [key for key, count in Counter(found.values()).items() if count > 1] == [], name


@pytest.fixture
def dialog(qtbot: QtBot) -> Dialog:
    made = Dialog("Pier", None)
    field, later = QLineEdit(), button("Save all")
    later.hide()
    named = column(label("Slug", buddy=field), field, later)
    made.lay_out(named, row(button("&Save"), button("Send"), button("Close")))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_keys_that_are_there_stay_and_others_get_a_free_letter(dialog: Dialog) -> None:
    assert keys(dialog) == {"&Save": "Alt+S", "S&lug": "Alt+L", "S&end": "Alt+E"}


def test_the_key_of_a_label_leads_to_its_field(dialog: Dialog, qtbot: QtBot) -> None:
    dialog.findChildren(QPushButton)[0].setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert dialog.findChildren(QLineEdit)[0].hasFocus()


def test_what_comes_later_gets_a_key_and_a_new_text_another(dialog: Dialog, qtbot: QtBot) -> None:
    [later] = [part for part in dialog.findChildren(QPushButton) if part.text() == "Save all"]
    later.show()
    qtbot.waitUntil(lambda: later.text() == "Save &all")
    send = next(part for part in dialog.findChildren(QPushButton) if part.text() == "S&end")
    send.setText("Sent")
    give_access_keys(dialog)
    assert send.text() == "S&ent"


def test_a_text_without_a_free_letter_stays(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    both_taken = button("Ab 1")
    column(button("&Ab"), button("A&b"), both_taken, inside=window)
    window.show()
    give_access_keys(window)
    assert both_taken.text() == "Ab 1"
