"""A window that shows its first frame, and has no desk yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.window.first_frame import FirstFrame
from editor.gui.window.main_window import MainWindow


def frame(width: int, height: int) -> FirstFrame:
    """A blue picture of a window of 800 by 600 points, in which another size is seen at once."""
    picture = QImage(800, 600, QImage.Format.Format_RGB32)
    picture.fill("#123456")
    picture.setPixelColor(0, 0, QColor("#654321"))
    return FirstFrame(picture, "Harbour opens", QRect(0, 0, width, height), is_maximized=False)


def shown(window: MainWindow) -> str:
    return window.grab().toImage().pixelColor(5, 5).name()


def test_picture_is_shown_with_its_title(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show_frame(frame(800, 600))
    assert window.windowTitle() == "Harbour opens"
    assert shown(window) == "#123456"


def test_only_the_ground_is_shown_in_a_window_of_another_size(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show_frame(frame(760, 500))
    assert shown(window) == "#654321"


def test_window_that_is_closed_at_its_picture_closes_once_it_has_a_desk(
    qtbot: QtBot, session: Session, settle: Callable[[], None]
) -> None:
    window = MainWindow()
    window.show_frame(frame(800, 600))
    assert not window.close(), "there may be text that was never saved"
    with qtbot.waitSignal(window.closed):
        window.fill(session)
    settle()
    window.release()
    window.deleteLater()


def test_desk_takes_the_place_of_the_picture_in_the_same_native_window(
    qtbot: QtBot, session: Session, settle: Callable[[], None]
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show_frame(frame(800, 600))
    number, handle, place = window.winId(), window.windowHandle(), window.geometry()
    window.fill(session)
    window.reveal()
    assert (window.winId(), window.windowHandle(), window.geometry()) == (number, handle, place)
    assert window.centre.isVisible()
    assert window.list.isAncestorOf(window.focusWidget()), "it gets the keys typed meanwhile"
    assert shown(window) not in ("#123456", "#654321")
    settle()
    window.release()
