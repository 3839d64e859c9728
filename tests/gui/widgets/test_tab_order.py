"""Tab goes through every screen as it is seen, is never trapped, and shows where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.page.live_page import LivePage
from editor.gui.session import Session
from editor.gui.theme import color
from editor.gui.widgets.layout import column
from editor.gui.widgets.tab_order import focus_into
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import CHIEF, EDITOR
from tests.gui.dialogs import DIALOGS
from tests.gui.screens import SCREENS, Desks, show_screen

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]

_MOST_STOPS = 150
_LEAST_OF_A_RING = 16
"""Pixels: the sides of the smallest thing that has a ring."""


def press(qtbot: QtBot, key: Qt.Key) -> QWidget:
    """Press a key where the focus is; return where it is then."""
    focused = QApplication.focusWidget()
    assert focused is not None, "the focus is lost"
    qtbot.keyClick(focused, key)
    if isinstance(focused.parentWidget(), QWebEngineView) or isinstance(focused, QTextBrowser):
        leave_page(qtbot, focused, key)
    QApplication.processEvents()
    after = QApplication.focusWidget()
    assert after is not None, f"the focus is lost after {focused}"
    return after


def leave_page(qtbot: QtBot, page: QWidget, key: Qt.Key) -> None:
    """Press Tab until it has gone through the links of a page."""
    for _number in range(_MOST_STOPS):
        if not page.hasFocus():
            return
        qtbot.keyClick(page, key)
        qtbot.wait(20)
    raise AssertionError("Tab never leaves the page")


def walk(qtbot: QtBot, window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab from stop to stop until the one where the focus is comes again."""
    first = QApplication.focusWidget()
    assert first is not None
    stops = [first]
    while (stop := press(qtbot, key)) is not first:
        assert stop not in stops, f"Tab goes round in circles at {named(stop)}"
        assert window.isAncestorOf(stop)
        stops.append(stop)
        assert len(stops) < _MOST_STOPS
    return stops


def named(widget: QWidget) -> str:
    text = getattr(widget, "text", str)
    shown = widget.accessibleName() or (text() if callable(text) else "")
    return f"{type(widget).__name__} “{shown}”"


def assert_seen_in_order(window: QWidget, stops: list[QWidget]) -> None:
    """Each stop is below the one before, or beside it where reading goes on."""
    wrong = []
    for before, after in pairwise(stops):
        first, second = place(before, window), place(after, window)
        if scroller(before) is not scroller(after):
            continue  # what is scrolled has no place beside what is not
        mirrored = window.layoutDirection() is Qt.LayoutDirection.RightToLeft
        is_beside = second.right() <= first.left() if mirrored else second.left() >= first.right()
        if second.bottom() <= first.top() and not is_beside:
            wrong.append(f"{named(after)} after {named(before)}")
    assert "; ".join(wrong) == ""


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def scroller(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def assert_rings(qtbot: QtBot, window: QWidget, stops: list[QWidget]) -> None:
    """Each stop has pixels of the focus's colour that are not there without the focus."""
    bare = []
    for stop, other in pairwise([*stops, stops[0]]):
        if isinstance(stop.parentWidget(), QWebEngineView):
            continue  # the page marks what has the focus in it
        if (area := scroller(stop)) is not None:
            area.ensureWidgetVisible(stop)
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        around = place(stop, window).adjusted(-8, -8, 8, 8).intersected(window.rect())
        focused = window.grab(around).toImage()
        other.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        plain = window.grab(around).toImage()
        if not has_ring(focused, plain):
            bare.append(named(stop))
    assert "; ".join(bare) == ""


def has_ring(focused: QImage, plain: QImage) -> bool:
    """Return whether enough pixels have a ring's colour with the focus, and another without."""
    wanted = color("focus"), color("ink")
    ringed = (
        (x, y)
        for x, y in edge(focused.size())
        if focused.pixel(x, y) != plain.pixel(x, y) and is_near(focused.pixelColor(x, y), wanted)
    )
    return len([*islice(ringed, _LEAST_OF_A_RING)]) == _LEAST_OF_A_RING


def is_near(pixel: QColor, colors: Iterable[QColor]) -> bool:
    """Return whether a pixel has about one of some colours; a round corner mixes them."""
    return any(
        abs(pixel.red() - wanted.red())
        + abs(pixel.green() - wanted.green())
        + abs(pixel.blue() - wanted.blue())
        < 90
        for wanted in colors
    )


def edge(size: QSize) -> Iterator[tuple[int, int]]:
    """Yield the pixels where a ring is: none far inside a large widget."""
    deep, width, height = 26, size.width(), size.height()
    for y in range(height):
        if y < deep or y >= height - deep or width <= 2 * deep:
            yield from ((x, y) for x in range(width))
        else:
            yield from ((x, y) for x in (*range(deep), *range(width - deep, width)))


def show_pages(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until each page in sight is painted: an engine that starts takes the focus along."""
    for page in window.findChildren(LivePage):
        if page.isVisible():
            show_page(qtbot, page)
    QApplication.processEvents()


def show_page(qtbot: QtBot, page: LivePage) -> None:
    page.start()
    qtbot.waitUntil(lambda: page.view is not None, timeout=20_000)
    assert page.view is not None
    with qtbot.waitSignal(page.view.shown, timeout=20_000):
        page.refresh()


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("name", SCREENS)
def test_tab_walks_every_screen(
    qtbot: QtBot,
    open_window: OpenWindow,
    settle: Settle,
    stories: Desks,
    name: str,
    mirrored: bool,
    right_to_left: Callable[[], None],
) -> None:
    if mirrored:
        right_to_left()
    window = open_window(person=EDITOR)
    show_screen(name, window, stories, settle)
    show_pages(qtbot, window)
    window.top.findChildren(QPushButton)[0].setFocus()
    forward = walk(qtbot, window)
    assert_seen_in_order(window, forward)
    backward = walk(qtbot, window, Qt.Key.Key_Backtab)
    assert {id(stop) for stop in backward} == {id(stop) for stop in forward}
    if not mirrored:
        assert_rings(qtbot, window, forward)


@pytest.mark.parametrize("name", DIALOGS)
def test_tab_walks_every_dialog(
    qtbot: QtBot, session: Session, settle: Settle, stories: Desks, name: str
) -> None:
    session.set_person(CHIEF)
    dialog = DIALOGS[name](session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    settle()
    if QApplication.focusWidget() is None:
        dialog.focusNextPrevChild(True)
    stops = walk(qtbot, dialog)
    assert_seen_in_order(dialog, stops)
    if len(stops) > 1:
        assert_rings(qtbot, dialog, stops)


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Read the interface from right to left, as in Arabic, until the test ends."""
    yield lambda: qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_focus_put_into_a_window_before_it_is_shown_is_there_then(qtbot: QtBot) -> None:
    window, first, second = QWidget(), QPushButton("First"), QPushButton("Second")
    column(first, second, inside=window)
    qtbot.addWidget(window)
    assert focus_into(second)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert QApplication.focusWidget() is second
