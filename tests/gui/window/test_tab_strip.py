"""The strip shows tabs as it is told, and says what a person wants of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.theme import apply_theme
from editor.gui.window.tab_facts import TabFacts
from editor.gui.window.tab_strip import TabStrip
from editor.i18n import isolated

LONG = "Harbour master says that the boats came in late on Tuesday morning because of the fog"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def strip(window: QWidget, qtbot: QtBot) -> TabStrip:
    """Three tabs, the second one active, in a window that is wide enough."""
    made = TabStrip(window)
    made.show_tabs([TabFacts("a", "Ferry"), TabFacts("b", "Market"), TabFacts("c", LONG)], 1)
    made.resize(900, made.sizeHint().height())
    window.resize(900, 60)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def at(strip: TabStrip, index: int) -> QPoint:
    """A place in a tab that is not on its button."""
    return strip.tabRect(index).center() - QPoint(20, 0)


def test_a_headline_is_text_and_the_whole_is_in_the_tip(strip: TabStrip) -> None:
    odd = TabFacts("a", "Salt & <b>pepper</b>", is_unsaved=True)
    strip.show_tabs([odd], 0)
    assert strip.count() == 1
    assert strip.tabText(0) == f"● {isolated('Salt && <b>pepper</b>')}"
    assert strip.accessibleTabName(0) == "Salt & <b>pepper</b>, Not saved as a version"
    assert "&lt;b&gt;" in strip.tabToolTip(0)
    close = strip.tabButton(0, QTabBar.ButtonPosition.RightSide)
    assert close is not None
    assert close.accessibleName() == "Close Salt & <b>pepper</b>"


def test_a_screen_reader_gets_each_tab_and_which_is_active(strip: TabStrip) -> None:
    bar = QAccessible.queryAccessibleInterface(strip)
    assert bar is not None
    tabs = [child for child in map(bar.child, range(bar.childCount())) if child is not None]
    names = [
        (child.text(QAccessible.Text.Name), bool(child.state().selected))
        for child in tabs
        if child.role() is QAccessible.Role.PageTab
    ]
    assert names == [("Ferry", False), ("Market", True), (LONG, False)]


def test_tabs_have_bounds_at_any_size_of_letters(strip: TabStrip, qapp: QApplication) -> None:
    for larger in (0, 9.75):
        apply_theme(qapp, "light", larger)
        unit = QFontMetrics(strip.font()).horizontalAdvance("M")
        widths = [strip.tabSizeHint(index).width() / unit for index in range(3)]
        assert all(7 <= width <= 16 for width in widths)
        assert widths[2] == 16
    apply_theme(qapp, "light")


def test_click_and_arrow_keys_choose(strip: TabStrip, qtbot: QtBot) -> None:
    chosen = list[int]()
    strip.chosen.connect(chosen.append)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at(strip, 0))
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at(strip, 0))
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert chosen == [0, 0, 1], "the active one, too: another page may be in its place"
    strip.show_tabs([TabFacts("a", "Ferry"), TabFacts("b", "Market")], 0)
    assert chosen == [0, 0, 1], "what it is told is nobody's wish"


def test_middle_click_button_and_delete_close(strip: TabStrip, qtbot: QtBot) -> None:
    closed = list[int]()
    strip.close_wanted.connect(closed.append)
    qtbot.mouseClick(strip, Qt.MouseButton.MiddleButton, pos=at(strip, 2))
    qtbot.mouseClick(strip, Qt.MouseButton.MiddleButton, pos=QPoint(899, 5))
    button = strip.tabButton(0, QTabBar.ButtonPosition.RightSide)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert closed == [2, 0, 1]
    assert strip.count() == 3, "whoever owns the tabs removes them"


def test_a_tab_is_dragged_to_another_place(strip: TabStrip, qtbot: QtBot) -> None:
    order = ["a", "b", "c"]
    strip.moved.connect(lambda start, end: order.insert(end, order.pop(start)))
    start, end = at(strip, 0), at(strip, 1)
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 11):
        QTest.mouseMove(strip, start + (end - start) * (step / 10) + QPoint(30 * (step // 10), 0))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end + QPoint(30, 0))
    assert order == ["b", "a", "c"]
    qtbot.waitUntil(lambda: strip.tabText(1) == isolated("Ferry"))
    strip.show_tabs([TabFacts("b", "Market"), TabFacts("a", "Ferry late"), TabFacts("c", LONG)], 1)
    assert [strip.accessibleTabName(index) for index in range(2)] == ["Market", "Ferry late"]


def test_its_menu_is_that_of_the_tab_that_was_clicked(strip: TabStrip) -> None:
    wanted = list[QPoint]()
    strip.menu_wanted.connect(wanted.append)
    for reason, place in (
        (QContextMenuEvent.Reason.Mouse, at(strip, 2)),
        (QContextMenuEvent.Reason.Mouse, QPoint(899, 5)),
        (QContextMenuEvent.Reason.Keyboard, QPoint(0, 0)),
    ):
        event = QContextMenuEvent(reason, place, strip.mapToGlobal(place))
        QApplication.sendEvent(strip, event)
    assert strip.currentIndex() == 2
    assert wanted == [
        strip.mapToGlobal(at(strip, 2)),
        strip.mapToGlobal(strip.tabRect(2).center()),
    ]


def test_many_tabs_at_once_are_shown_by_a_strip_that_is_seen(strip: TabStrip) -> None:
    names = [f"Story {number}" for number in range(100)]
    strip.show_tabs([TabFacts(name, name) for name in names], 50)
    assert strip.isVisible()
    assert strip.currentIndex() == 50
    assert [strip.accessibleTabName(index) for index in range(strip.count())] == names
    assert strip.tabRect(50).intersects(strip.rect())
