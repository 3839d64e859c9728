"""Return presses the button that has the focus, and no other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.buttons import ElidedButton, SmallButton
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import button, column, row


def test_return_presses_the_button_with_the_focus_and_not_the_main_one(qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog, name = Dialog("Export", None), QLineEdit()
    choose = button("Choose…", lambda: pressed.append("choose"))
    export = button("Export", lambda: pressed.append("export"), "primary")
    export.setDefault(True)
    dialog.lay_out(column(name), row(choose, export))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    choose.setFocus()
    qtbot.keyClick(choose, Qt.Key.Key_Return)
    assert pressed == ["choose"]
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert pressed == ["choose", "export"]


def test_return_presses_a_button_of_a_window(qtbot: QtBot) -> None:
    pressed: list[str] = []
    window = QWidget()
    approve = button("Approve", lambda: pressed.append("approve"))
    column(approve, inside=window)
    qtbot.addWidget(window)
    window.show()
    qtbot.keyClick(approve, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == ["approve"]
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    QApplication.sendEvent(approve, held)
    assert pressed == ["approve"], "a key that is held presses once"
    qtbot.keyClick(approve, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["approve"], "Ctrl+Return sends what is typed"


def test_return_opens_the_menu_of_a_button(qtbot: QtBot) -> None:
    places, menu = SmallButton(), QMenu()
    menu.addAction("My drafts")
    places.setMenu(menu)
    places.setPopupMode(SmallButton.ToolButtonPopupMode.InstantPopup)
    qtbot.addWidget(places)
    places.show()
    seen: list[bool] = []

    def look() -> None:
        seen.append(menu.isVisible())
        menu.close()

    QTimer.singleShot(100, look)
    qtbot.keyClick(places, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seen == [True])


def test_name_of_a_button_gives_way_and_the_mark_of_its_menu_stays(qtbot: QtBot) -> None:
    elided, written = ElidedButton(), SmallButton()
    for made in (elided, written):
        qtbot.addWidget(made)
    elided.setText("International and economic affairs ▾")
    assert elided.minimumSizeHint().width() < elided.sizeHint().width() / 2
    written.setText("International and econ… ▾")
    size = written.sizeHint()
    for made in (elided, written):
        made.resize(size)
    assert elided.grab().toImage() == written.grab().toImage()
