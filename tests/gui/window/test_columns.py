"""Which columns give way when letters are large: the form has its room, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.gui.theme import apply_theme
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import EDITOR, OpenWindow, Settle
from tests.gui.test_every_screen import SMALL

TWICE = 9.75


def shown(window: MainWindow) -> list[str]:
    """The names of the columns that are shown."""
    columns = {"places": window.places, "list": window.list, "pane": window.pane}
    return [name for name, column in columns.items() if not column.isHidden()]


@pytest.fixture
def window(open_window: OpenWindow, settle: Settle) -> MainWindow:
    """A window on a small screen."""
    window = open_window(person=EDITOR)
    window.resize(*SMALL)
    settle()
    return window


def test_large_letters_give_the_room_of_the_pane_to_the_form(
    qapp: QApplication, window: MainWindow, settle: Settle
) -> None:
    assert shown(window) == ["list", "pane"]
    apply_theme(qapp, "light", TWICE)
    settle()
    assert shown(window) == ["list"]
    assert window.list.width() < window.centre.width()
    assert window.width() == SMALL[0]
    apply_theme(qapp, "light")
    settle()
    assert shown(window) == ["list", "pane"]


def test_column_that_a_person_shows_takes_the_room_of_another(
    qapp: QApplication, window: MainWindow, settle: Settle
) -> None:
    apply_theme(qapp, "light", TWICE)
    for name, expected in (
        ("pane", ["pane"]),
        ("places", ["places"]),
        ("pane", ["pane"]),
        ("pane", ["list"]),
        ("places", ["places"]),
        ("places", ["list"]),
    ):
        window.menu_actions[name].trigger()
        settle()
        assert shown(window) == expected
        assert window.width() == SMALL[0]


def test_top_bar_leaves_out_what_only_repeats_a_menu(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, settle: Settle, write: Callable[..., str]
) -> None:
    window.parts.show_story(write("waiting", stage=Stage.REVIEW))
    settle()
    top = window.top
    assert not top.export.isHidden()
    apply_theme(qapp, "light", TWICE)
    qtbot.waitUntil(top.export.isHidden)
    qtbot.waitUntil(lambda: top.primary.width() >= top.primary.sizeHint().width())
    assert not top.primary.isHidden()
    apply_theme(qapp, "light")
    qtbot.waitUntil(lambda: not top.export.isHidden() and not top.new.isHidden())
