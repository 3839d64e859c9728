"""Whatever a name, a headline or a note says, no label, cell or tool tip takes it for HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import AddNote, OrderFront, SaveBanner, SaveHouse
from editor.core.front import Front
from editor.core.house import Section
from editor.core.people import Role
from editor.core.story import Picture
from editor.errors import DeskError
from editor.gui.library.places import BANNER
from editor.gui.session import Session
from editor.gui.widgets.layout import plain_tip
from editor.gui.window.main_window import MainWindow
from editor.gui.window.recent_desks import RecentDesk
from editor.gui.window.start_window import StartWindow
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF
from tests.people import joining
from tests.reading import reading

HTML = "<img src='file:///etc/hostname'> <b>bold</b>"


def interpreted(part: QWidget) -> list[str]:
    """What Qt would take for HTML in a part of the window and in all that is in it."""
    found = []
    for widget in [part, *part.findChildren(QWidget)]:
        tips = [widget.toolTip(), *(action.toolTip() for action in widget.actions())]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            tips += list(_cell_tips(widget))
        found += [f"{type(widget).__name__}: {tip}" for tip in tips if _is_rich(tip)]
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"{type(widget).__name__} of {type(widget.parent()).__name__}")
    found += [
        action.toolTip() for action in part.findChildren(QAction) if _is_rich(action.toolTip())
    ]
    return found


def _cell_tips(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), 30)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def _is_rich(tip: str) -> bool:
    return ("<" in tip or "&lt;" in tip) and not tip.startswith("<qt>")


def test_tool_tip_of_html_shows_its_signs() -> None:
    assert plain_tip("A > B & C") == "A > B & C"
    assert plain_tip("A &lt; B") == "<qt>A &amp;lt; B</qt>", "Qt takes it for HTML, too"
    assert plain_tip(HTML).startswith("<qt>&lt;img src=&#x27;file:///etc/hostname&#x27;&gt;")


@pytest.fixture
def window(
    desk: Desk,
    write: Callable[..., str],
    open_window: Callable[..., MainWindow],
    settle: Callable[[], None],
) -> MainWindow:
    """A window on a desk of which every text is HTML, with a story open."""
    picture = Picture(file="", caption=HTML, credit=HTML, alt=HTML)
    story = write(
        "harbour-opens", HTML, kicker=HTML, standfirst=HTML, bylines=(HTML,), pictures=(picture,)
    )
    write("second", HTML)
    person = "Ann <b>Bold</b>"
    desk.do(joining(person, Role.EDITOR), CHIEF)
    desk.do(AddNote(story, HTML, "headline", 0, 3), CHIEF)
    house = reading(desk).house()
    desk.do(SaveHouse(replace(house, name=HTML), house.hash), CHIEF)
    desk.do(SaveBanner(Banner((Brief("b1", HTML, HTML),)), reading(desk).banner().hash), CHIEF)
    desk.do(OrderFront(Front((story,)), Front().hash), CHIEF)
    made = open_window(person)
    made.parts.open_story(story)
    settle()
    return made


def test_no_screen_takes_text_for_html(window: MainWindow, settle: Callable[[], None]) -> None:
    for tab in ("checks", "notes", "history"):
        window.parts.show_tab(tab)
        settle()
        assert interpreted(window) == [], tab
    for action in window.menu_actions.by_name.values():
        assert not _is_rich(action.toolTip())
    for name in ("recent", "people"):
        menu = window.menu_actions.submenu(name)
        menu.aboutToShow.emit()
        assert interpreted(menu) == []
    window.places.go(BANNER)
    settle()
    assert interpreted(window) == []


def test_no_dialog_takes_text_for_html(
    window: MainWindow, settle: Callable[[], None], qtbot: QtBot
) -> None:
    for name in ("export", "paper", "front", "masthead", "desk_log", "join", "own_key", "about"):
        window.menu_actions[name].trigger()
        settle()
        dialogs = [child for child in window.children() if isinstance(child, QWidget)]
        dialogs = [dialog for dialog in dialogs if dialog.isWindow() and dialog.isVisible()]
        assert dialogs, name
        for dialog in dialogs:
            assert interpreted(dialog) == [], name
            dialog.close()
        settle()


def test_no_other_window_takes_text_for_html(qtbot: QtBot) -> None:
    start = StartWindow()
    qtbot.addWidget(start)
    start.show_problem(DeskError(HTML, HTML))
    assert interpreted(start) == []
    start.show_recent([RecentDesk(f"/tmp/{HTML}", HTML, "")])
    start.show_opening(HTML)
    assert interpreted(start) == []


def test_ampersand_in_a_name_is_shown(
    desk: Desk,
    session: Session,
    qtbot: QtBot,
    open_window: Callable[..., MainWindow],
    settle: Callable[[], None],
) -> None:
    start = StartWindow()
    qtbot.addWidget(start)
    start.show_recent([RecentDesk("/desks/Arts & Culture.desk", "Arts & Culture")])
    assert "Arts & Culture" in shown_buttons(start)
    desk.do(joining("Ann & Bob", Role.EDITOR), CHIEF)
    house = reading(desk).house()
    sections = (*house.sections, Section("arts", "Arts & Culture"))
    desk.do(SaveHouse(replace(house, sections=sections), house.hash), CHIEF)
    window = open_window()
    window.places.go("section:arts")
    settle()
    session.set_person("Ann & Bob")
    settle()
    assert {"Ann & Bob", "Arts & Culture ▾"} <= shown_buttons(window)


def shown_buttons(part: QWidget) -> set[str]:
    """What the buttons say, as Qt draws it: one “&” marks the key, two are one."""
    texts = {button.text() for button in part.findChildren(QAbstractButton)}
    return {re.sub("&(.)", r"\1", text) for text in texts}
