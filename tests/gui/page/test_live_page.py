"""The engine starts when nobody is disturbed by it, in the window that is there already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QImage, QPlatformSurfaceEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.page.live_page import LivePage
from editor.gui.page.page_picture import PagePicture
from editor.gui.session import Session
from editor.gui.theme import apply_theme, color
from editor.proof.theme import shipped_theme
from tests.gui.conftest import close


class Remade(QObject):
    """Records when a window on the screen is made again, for which it is gone for a moment."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.events: list[QEvent.Type] = []
        window.installEventFilter(self)
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_gone = (
            isinstance(event, QPlatformSurfaceEvent)
            and event.surfaceEventType()
            is QPlatformSurfaceEvent.SurfaceEventType.SurfaceAboutToBeDestroyed
        )
        if is_gone or event.type() in (QEvent.Type.WinIdChange, QEvent.Type.Hide):
            self.events.append(event.type())
        return False


@pytest.fixture
def live(session: Session, qtbot: QtBot) -> Iterator[LivePage]:
    """A page in a window that is on the screen; its engine has not started."""
    window = QMainWindow()
    made = LivePage(session, lambda: None)
    window.setCentralWidget(made)
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    yield made
    if made.view is not None:
        close(window, made.view, qtbot)
    made.release()
    window.close()


def test_window_is_not_made_again_when_the_engine_joins_it(live: LivePage, qtbot: QtBot) -> None:
    window = live.window()
    number, handle, remade = window.winId(), window.windowHandle(), Remade(window)
    live.start()
    qtbot.waitUntil(lambda: live.view is not None)
    live.view.page.setHtml("<p>Here.</p>")
    with qtbot.waitSignal(live.view.page.loadFinished, timeout=20_000):
        pass
    assert window.winId() == number
    assert window.windowHandle() is handle
    assert remade.events == []


def picture() -> PagePicture:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill("#123456")
    return PagePicture(image, "version", 10.0)


def covers(live: LivePage) -> list[QLabel]:
    return [label for label in live.findChildren(QLabel) if label.isVisible()]


def test_picture_of_the_page_is_shown_until_the_engine_has_painted_it(
    live: LivePage, qtbot: QtBot
) -> None:
    live.show_picture(picture())
    assert live.grab().toImage().pixelColor(5, 5).name() == "#123456"
    live.start()
    qtbot.waitUntil(lambda: live.view is not None, timeout=20_000)
    [cover] = covers(live)
    assert live.children()[-1] is cover, "it is above the page"
    assert not live.is_current
    live.view.shown.emit()
    qtbot.waitUntil(lambda: not covers(live), timeout=20_000)


def test_picture_goes_with_its_story(live: LivePage) -> None:
    live.show_picture(picture())
    live.reset()
    live.start_at_pause()
    assert live.grab().toImage().pixelColor(5, 5).name() == color("paper").name()


def test_engine_waits_for_a_pause(live: LivePage, qtbot: QtBot) -> None:
    timer = live._start
    qtbot.waitUntil(timer.isActive)
    assert timer.interval() >= 1000
    assert live.view is None
    qtbot.waitUntil(lambda: timer.remainingTime() < timer.interval() - 200)
    live.refresh()
    assert timer.remainingTime() > timer.interval() - 200, "a change begins the pause again"
    qtbot.waitUntil(lambda: live.view is not None, timeout=20_000)


def test_engine_starts_for_who_points_at_the_page(live: LivePage, qtbot: QtBot) -> None:
    timer = live._start
    qtbot.waitUntil(timer.isActive)
    qtbot.mouseMove(live, QPoint(40, 40))
    qtbot.mouseMove(live, QPoint(60, 60))
    qtbot.waitUntil(lambda: timer.interval() == 0)
    live.refresh()
    live.repaint()
    assert timer.interval() == 0, "neither a change nor a paint makes it wait again"
    qtbot.waitUntil(lambda: live.view is not None, timeout=20_000)


def test_released_page_starts_no_engine(live: LivePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(live._start.isActive)
    live.release()
    live.start()
    live.start_at_pause()
    assert not live._start.isActive()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_empty_sheet_has_the_background_of_the_sites_pages(
    look: str, live: LivePage, qapp: QApplication
) -> None:
    apply_theme(qapp, look)
    colours = shipped_theme().colours
    papers = {"light": colours.light["paper"], "dark": colours.dark["paper"]}
    assert color("paper").name() == papers[look]
    assert live.grab().toImage().pixelColor(300, 300).name() == papers[look]
