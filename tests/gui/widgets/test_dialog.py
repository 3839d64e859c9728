"""Every dialog fits a small screen and large letters: its content scrolls, its buttons don't."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from editor.gui.preferences.join import JoinDialog
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import button, column, label, row
from editor.gui.window.main_window import MainWindow
from tests.gui.dialogs import DIALOGS, show_every_dialog

Settle = Callable[[], None]

SMALL = (1024 - 16, 600 - 48)
"""What a frame and a title leave of 1024 by 600."""
AS_LARGE, TWICE_AS_LARGE = 0, 9.75
"""Points that are added to letters of 9.75 points: at 200 % all is twice as large."""


def is_in_view(widget: QWidget, dialog: Dialog) -> bool:
    at = QRect(widget.mapTo(dialog, QPoint(0, 0)), widget.size())
    return dialog.rect().contains(at) and widget.width() >= widget.minimumSizeHint().width()


def scrolls(widget: QWidget, dialog: Dialog) -> bool:
    """Return whether a widget is in the part of a dialog that scrolls."""
    areas = dialog.findChildren(QScrollArea)
    return any(area.isAncestorOf(widget) for area in areas)


def access_keys(dialog: QWidget) -> Counter[str]:
    """Return the access keys of what a dialog shows, with how many parts have each."""
    labels = [label for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    parts: list[QAbstractButton | QLabel] = [*dialog.findChildren(QAbstractButton), *labels]
    shown = [part.text() for part in parts if part.isVisible()]
    keys = (QKeySequence.mnemonic(text).toString() for text in shown)
    return Counter(filter(None, keys))


def assert_access_keys_differ(dialog: QWidget) -> None:
    assert [key for key, count in access_keys(dialog).items() if count > 1] == []


@pytest.mark.parametrize("larger", [AS_LARGE, TWICE_AS_LARGE])
def test_dialog_fits_a_small_screen_and_no_two_of_its_parts_have_one_access_key(
    qapp: QApplication, session: Session, settle: Settle, larger: float
) -> None:
    apply_theme(qapp, "light", larger)
    for name, dialog in show_every_dialog(session, settle):
        assert_access_keys_differ(dialog)
        room = dialog.screen().availableSize()
        assert dialog.width() <= room.width(), name
        assert dialog.height() <= room.height(), name
        dialog.resize(*SMALL)
        QApplication.processEvents()
        assert (dialog.width(), dialog.height()) == SMALL, name
        buttons = [button for button in dialog.findChildren(QPushButton) if button.isVisible()]
        fixed = [button for button in buttons if not scrolls(button, dialog)]
        assert [button.text() for button in fixed if not is_in_view(button, dialog)] == [], name
        # Esc closes the help, as it does all of them; the others have buttons always in view.
        assert fixed or name == "help", name


def test_what_has_no_room_is_scrolled_to_by_tab(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = Dialog("Many", None)
    buttons = [button(f"Button {number}") for number in range(60)]
    close = button("Close")
    dialog.lay_out(column(*buttons), row(close))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.height() <= dialog.screen().availableSize().height()
    assert is_in_view(close, dialog)
    buttons[0].setFocus()
    for _number in range(59):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert buttons[59].hasFocus()
    assert is_in_view(buttons[59], dialog)
    qtbot.keyClick(buttons[59], Qt.Key.Key_Tab)
    assert close.hasFocus()


def test_dialog_without_a_size_is_as_large_as_its_text(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = Dialog("Words", None)
    text = label("A sentence that has to be broken into lines. " * 12, wrap=True)
    dialog.lay_out(column(text), row(button("Close")))
    dialog.setMinimumWidth(420)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.width() < 700
    assert text.height() >= text.heightForWidth(text.width())
    assert is_in_view(text, dialog)


def test_first_window_leaves_room_for_its_frame(qtbot: QtBot, session: Session) -> None:
    window = MainWindow(session)
    room = window.screen().availableSize()
    assert window.height() <= room.height() - 48
    assert window.width() <= room.width()
    window.release()
    window.deleteLater()


def test_dialog_grows_with_what_comes_later(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = Dialog("Join", None)
    later = label("Found a key on this computer. " * 12, wrap=True)
    make = button("Make my key")
    later.hide()
    make.hide()
    dialog.lay_out(column(label("Your name"), later, make), row(button("Close")))
    dialog.setMinimumWidth(420)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    before = dialog.height()
    later.show()
    make.show()
    qtbot.waitUntil(lambda: dialog.height() > before)
    [area] = dialog.findChildren(QScrollArea)
    assert not area.verticalScrollBar().maximum()
    assert is_in_view(make, dialog)
    room = dialog.screen().availableGeometry()
    assert dialog.frameGeometry().bottom() <= room.bottom()


def test_join_shows_all_it_asks_for(qtbot: QtBot, session: Session, settle: Settle) -> None:
    dialog = JoinDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    dialog.name.setText("Zora Newcomer")
    qtbot.waitUntil(dialog.make.isVisible)
    settle()
    [area] = dialog.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().maximum())


def test_dialog_is_as_much_larger_as_its_letters(
    qtbot: QtBot, qapp: QApplication, session: Session, settle: Settle
) -> None:
    sizes = defaultdict(list)
    for larger in (AS_LARGE, 2.5):
        apply_theme(qapp, "light", larger)
        for name in ("export", "help", "log", "masthead", "paper", "shortcuts"):
            dialog = DIALOGS[name](session)
            qtbot.addWidget(dialog)
            dialog.show()
            settle()
            sizes[name].append((dialog.width(), dialog.height()))
    room = qapp.primaryScreen().availableSize()
    for name, ((width, height), (wider, higher)) in sizes.items():
        assert wider >= min(width * 1.2, room.width() - 16), name
        assert higher >= min(height * 1.2, room.height() - 48), name


def test_dialog_grows_wider_for_a_line_that_can_not_be_broken(
    qtbot: QtBot, qapp: QApplication
) -> None:
    dialog, words = Dialog("Your key", None), label()
    dialog.lay_out(column(words), row(button("Close")))
    dialog.setMinimumWidth(300)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    words.setText("The key of Ingrid Vale: " + "titul-silis " * 4)
    [area] = dialog.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.viewport().width() >= words.sizeHint().width())
    assert area.horizontalScrollBar().maximum() == 0
