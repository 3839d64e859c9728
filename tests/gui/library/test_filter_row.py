"""The row above the list: what is chosen narrows the list, place by place, also by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from editor.core.commands import AddNote
from editor.core.workflow import Stage
from editor.gui.library.filter_row import FilterRow
from editor.gui.library.rows import ROW
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR, WRITER

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def window(desk: Desk, write: Write, open_window: OpenWindow, settle: Settle) -> MainWindow:
    """The chief's window with all stories listed."""
    noted = write("noted", section="sport", by=EDITOR)
    write("arabic", language="ar", section="", stage=Stage.REVIEW)
    write("review", stage=Stage.REVIEW)
    write("draft")
    desk.do(AddNote(noted, "Who says so?"), CHIEF)
    window = open_window(person=CHIEF)
    window.places.go("all")
    settle()
    return window


def listed(window: MainWindow) -> list[str]:
    model = window.list.view.model()
    return [model.index(number, 0).data(ROW).slug for number in range(model.rowCount())]


def chips(row: FilterRow) -> list[str]:
    return [chip.text() for chip in row.chips.values() if not chip.isHidden()]


def opened_menu(row: FilterRow) -> QMenu:
    """The menu of the row, filled as it is when it opens."""
    menu = row.button.menu()
    menu.aboutToShow.emit()
    return menu


def entry(menu: QMenu, *path: str) -> QAction:
    """An entry of a menu, by the words on the way to it."""
    found = next(action for action in menu.actions() if action.text().replace("&", "") == path[0])
    submenu = found.menu()
    return entry(submenu, *path[1:]) if path[1:] and isinstance(submenu, QMenu) else found


CHOICES = [
    (("Stage", "In review"), "In review ×", ["review", "arabic"]),
    (("Section", "No section"), "No section ×", ["arabic"]),
    (("Author", EDITOR), f"By {EDITOR} ×", ["noted"]),
    (("Language", "العربية"), "العربية ×", ["arabic"]),
    (("Open notes",), "Open notes ×", ["noted"]),
]


def test_choice_narrows_the_list_and_its_chip_takes_it_back(
    window: MainWindow, settle: Settle
) -> None:
    row = window.list.filters
    for path, chip, slugs in CHOICES:
        entry(opened_menu(row), *path).trigger()
        settle()
        assert (listed(window), chips(row)) == (slugs, [chip])
        assert entry(opened_menu(row), *path).isChecked()
        shown = next(button for button in row.chips.values() if not button.isHidden())
        assert chip.removesuffix(" ×") in shown.accessibleName()
        shown.click()
        settle()
        assert (len(listed(window)), chips(row)) == (4, [])


def test_second_choice_of_the_same_removes_it(window: MainWindow, settle: Settle) -> None:
    row = window.list.filters
    for number in (2, 4):
        entry(opened_menu(row), "Stage", "In review").trigger()
        settle()
        assert len(listed(window)) == number


def test_filters_add_up_and_are_remembered_for_each_place(
    window: MainWindow, settle: Settle
) -> None:
    row = window.list.filters
    row.choose(stage=Stage.REVIEW, author=WRITER, language="en")
    settle()
    assert listed(window) == ["review"]
    window.places.go("drafts")
    settle()
    assert (len(listed(window)), chips(row)) == (2, [])
    row.choose(author=EDITOR)
    settle()
    window.places.go("all")
    settle()
    assert listed(window) == ["review"]
    [desk] = window.current_state().desks.values()
    assert set(json.loads(desk["filters"])) == {"all", "drafts"}


def test_place_offers_only_what_it_does_not_say(window: MainWindow, settle: Settle) -> None:
    def titles() -> list[str]:
        menu = opened_menu(window.list.filters)
        return [action.text().replace("&", "") for action in menu.actions()]

    assert titles() == ["Stage", "Section", "Author", "Language", "Open notes"]
    window.places.go("review")
    assert titles() == ["Section", "Author", "Language", "Open notes"]
    window.places.go("section:world")
    assert titles() == ["Stage", "Author", "Language", "Open notes"]
    window.list.filters.choose(has_notes=True)
    assert titles()[-1] == "Remove filters"


def test_list_that_nothing_fits_offers_to_remove_the_filters(
    window: MainWindow, settle: Settle
) -> None:
    window.list.filters.choose(stage=Stage.SPIKED)
    settle()
    assert "No story here fits the filters" in [
        text.text() for text in window.list.findChildren(QLabel) if text.isVisible()
    ]
    window.list.filters.remove_all.trigger()
    settle()
    assert len(listed(window)) == 4


def test_filters_by_keyboard(qtbot: QtBot, window: MainWindow, settle: Settle) -> None:
    row = window.list.filters
    row.choose(stage=Stage.REVIEW, author=WRITER)
    settle()
    row.chips["stage"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    settle()
    assert chips(row) == [f"By {WRITER} ×"]
    assert QApplication.focusWidget() is row.chips["author"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert QApplication.focusWidget() is row.button
    assert not window.menu_actions["remove_filters"].isEnabled()


def test_filtered_list_shows_what_is_written_meanwhile(
    desk: Desk, window: MainWindow, write: Write, settle: Settle
) -> None:
    window.list.filters.choose(language="ar")
    settle()
    write("another", language="ar")
    write("english")
    window.session.check_for_changes()
    settle()
    assert listed(window) == ["another", "arabic"]
