"""Tab goes through every screen and dialog as it is seen, is never trapped, and shows where it is.

Each control that can be used is visited, forward and backward, in English and in Arabic. Each
kind of control has a ring in every theme.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.page.live_page import LivePage
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.theme_colors import THEMES
from editor.gui.widgets.tab_order import tab_stops, takes_focus
from editor.gui.window.recent_desks import DeskFault, RecentDesk
from editor.gui.window.start_window import StartWindow
from tests.gui.conftest import CHIEF, EDITOR, OpenWindow, Settle
from tests.gui.dialogs import DIALOGS
from tests.gui.legible import described, require_none
from tests.gui.looks import Look, use_look
from tests.gui.notices import show_pages
from tests.gui.rings import (
    Kinds,
    is_page,
    place,
    scroller,
    without_ring,
    without_ring_in_themes,
)
from tests.gui.screens import SCREENS, Desks, show_preview_window, show_screen

_SLACK = 3
"""Pixels: a button beside a field's label ends above the field where the font's lines are high."""
_MOST_STOPS = 150
_ALIKE = {"search", "answers", "no answer"}
"""Screens on which the field of the search has the focus, and nothing else that is new."""
_SEEN = [name for name in SCREENS if name not in _ALIKE]
_KEYS = {"en": Qt.Key.Key_Tab, "ar": Qt.Key.Key_Backtab}
_MIRRORED = ["filters", "history", "banner", "tabs"]
"""Screens that are made of all the columns there are; in the long mode all are walked in Arabic."""
_WALKS = [
    ("en", _SEEN),
    ("ar", _MIRRORED),
    pytest.param("ar", [name for name in _SEEN if name not in _MIRRORED], marks=pytest.mark.slow),
]


@pytest.fixture(autouse=True)
def _usual_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use_look(qapp, Look())


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    """The kinds of controls whose rings were looked at."""
    return Kinds()


def press(qtbot: QtBot, key: Qt.Key) -> QWidget:
    """Press a key where the focus is; return where it is then."""
    focused = QApplication.focusWidget()
    assert focused is not None, "the focus is lost"
    qtbot.keyClick(focused, key)
    if is_page(focused) or isinstance(focused, QTextBrowser):
        leave_page(qtbot, focused, key)
    QApplication.processEvents()
    after = QApplication.focusWidget()
    assert after is not None, f"the focus is lost after {described(focused)}"
    return after


def leave_page(qtbot: QtBot, page: QWidget, key: Qt.Key) -> None:
    """Press Tab until it has gone through the links of a page."""
    for _number in range(_MOST_STOPS):
        if not page.hasFocus():
            return
        qtbot.keyClick(page, key)
        qtbot.wait(20)
    raise AssertionError("Tab never leaves the page")


def walk(qtbot: QtBot, window: QWidget, key: Qt.Key) -> list[QWidget]:
    """Press Tab from stop to stop until the one where the focus is comes again."""
    first = QApplication.focusWidget()
    assert first is not None
    stops = [first]
    while (stop := press(qtbot, key)) is not first:
        assert stop not in stops, f"Tab goes round in circles at {described(stop)}"
        assert window.isAncestorOf(stop)
        stops.append(stop)
        assert len(stops) < _MOST_STOPS
    return stops


def problems_of(qtbot: QtBot, window: QWidget, key: Qt.Key) -> tuple[list[QWidget], list[str]]:
    """Walk through a window; return its stops, and what was missed or came in a wrong order."""
    if QApplication.focusWidget() is None:
        window.focusNextPrevChild(True)
    usable = usable_in(window)
    stops = walk(qtbot, window, key)
    seen = stops if key is Qt.Key.Key_Tab else [stops[0], *stops[:0:-1]]
    missed = usable & usable_in(window) - set(stops)
    return stops, [
        *(f"{described(part)} is never reached" for part in missed),
        *out_of_order(window, seen),
    ]


def usable_in(window: QWidget) -> set[QWidget]:
    """Return what can be used in a window by the keyboard."""
    return {
        part
        for part in window.findChildren(QWidget)
        if part.window() is window and takes_focus(part) and not isinstance(part, QWebEngineView)
    }


def out_of_order(window: QWidget, stops: list[QWidget]) -> list[str]:
    """Return the stops that are neither below the one before, nor beside it as reading goes on.

    Once on the way round it goes back to the first.
    """
    wrong = []
    for before, after in pairwise([*stops, stops[0]]):
        first, second = place(before, window), place(after, window)
        if scroller(before) is not scroller(after):
            continue  # what is scrolled has no place beside what is not
        mirrored = window.layoutDirection() is Qt.LayoutDirection.RightToLeft
        is_beside = second.right() <= first.left() if mirrored else second.left() >= first.right()
        if second.bottom() + _SLACK <= first.top() and not is_beside:
            wrong.append(f"{described(after)} comes after {described(before)}")
    return wrong if len(wrong) > 1 else []


def show_live_pages(qtbot: QtBot, window: QWidget) -> None:
    """Wait until each page in sight is painted: an engine that starts takes the focus along."""
    for page in window.findChildren(LivePage):
        if page.isVisible() and page.view is None:
            show_live_page(qtbot, page)


def show_live_page(qtbot: QtBot, page: LivePage) -> None:
    """Start the engine of a page, and wait until it is painted."""
    page.start()
    qtbot.waitUntil(lambda: page.view is not None, timeout=20_000)
    assert page.view is not None
    with qtbot.waitSignal(page.view.shown, timeout=20_000):
        page.refresh()


def activate(qtbot: QtBot, window: QWidget) -> None:
    """Give a window the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.mark.parametrize(("language", "screens"), _WALKS)
def test_tab_walks_every_screen(
    qtbot: QtBot,
    open_window: OpenWindow,
    settle: Settle,
    stories: Desks,
    qapp: QApplication,
    kinds: Kinds,
    language: str,
    screens: list[str],
) -> None:
    use_look(qapp, Look(language=language))
    window = open_window(person=EDITOR)
    found, new = {}, {}
    for name in screens:
        show_screen(name, window, stories, settle)
        show_live_pages(qtbot, window)
        activate(qtbot, window)
        stops, found[name] = problems_of(qtbot, window, _KEYS[language])
        new[name] = kinds.new(stops)
    out = show_preview_window(window, stories, settle)
    show_live_pages(qtbot, out)
    activate(qtbot, out)
    stops, found["preview in its window"] = problems_of(qtbot, out, _KEYS[language])
    window.parts.preview.bring_back()
    for theme in THEMES:
        apply_theme(qapp, theme)
        for name in (name for name, added in new.items() if added):
            show_screen(name, window, stories, settle)
            activate(qtbot, window)
            found[name] += without_ring(window, new[name], tab_stops(window))
    require_none(found)


def test_tab_walks_an_empty_desk_while_only_reading(
    qtbot: QtBot, open_window: OpenWindow, settle: Settle, lina: str
) -> None:
    window = open_window(person=EDITOR)
    window.session.set_person(lina)
    settle()
    assert window.reading_line.isVisible()
    stops, found = problems_of(qtbot, window, Qt.Key.Key_Tab)
    assert window.reading_line.join in stops
    require_none({"empty desk": found})


@pytest.mark.parametrize("language", _KEYS)
def test_tab_walks_every_dialog(
    qtbot: QtBot,
    session: Session,
    settle: Settle,
    stories: Desks,
    qapp: QApplication,
    kinds: Kinds,
    language: str,
) -> None:
    use_look(qapp, Look(language=language))
    session.set_person(CHIEF)
    found = {}
    for name, make in DIALOGS.items():
        dialog = make(session)
        dialog.show()
        activate(qtbot, dialog)
        settle()
        QApplication.processEvents()
        settle()
        for page in ["", *(show_pages(dialog) if language == "en" else ())]:
            where = f"{name} {page}"
            stops, found[where] = problems_of(qtbot, dialog, _KEYS[language])
            if len(stops) > 1:
                found[where] += without_ring_in_themes(qapp, dialog, kinds.new(stops), stops)
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    require_none(found)


@pytest.mark.parametrize("language", _KEYS)
def test_tab_walks_the_start_page(
    qtbot: QtBot, qapp: QApplication, kinds: Kinds, language: str
) -> None:
    use_look(qapp, Look(language=language))
    page = StartWindow()
    qtbot.addWidget(page)
    page.show_recent([RecentDesk("/media/usb/Hill News.desk", "Hill News")])
    page.show_faults({"/media/usb/Hill News.desk": DeskFault.GONE})
    page.show_page()
    activate(qtbot, page)
    stops, found = problems_of(qtbot, page, _KEYS[language])
    found += without_ring_in_themes(qapp, page, kinds.new(stops), stops)
    require_none({language: found})
