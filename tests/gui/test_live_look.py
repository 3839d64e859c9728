"""The look follows the system while windows and dialogs are open; nothing keeps old colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.widgets.layout import lay_out_now
from tests.gui.conftest import CHIEF, EDITOR, OpenWindow, Settle
from tests.gui.dialogs import DIALOGS
from tests.gui.looks import Look, use_look
from tests.gui.screens import Desks, show_screen

_SHOWN = ["tabs", "story", "history", "notes", "review", "reconciling", "find", "filters"]
"""Screens that no web engine paints, and nothing on them goes by itself."""
_OPENED = ["paper", "settings", "export", "house style", "shortcuts", "find in stories", "help"]


@pytest.fixture(autouse=True)
def _usual_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use_look(qapp, Look())


def picture_of(shown: QWidget) -> QImage:
    """Return what a window looks like, all of it laid out and painted."""
    for _time in range(3):
        lay_out_now()
        QApplication.processEvents()
    return shown.grab().toImage()


def differing(one: QImage, other: QImage) -> int:
    """Return how many pixels two pictures don't share."""
    assert one.size() == other.size() != QSize(0, 0)
    rows = range(one.height())
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for y in rows
        if one.copy(0, y, one.width(), 1) != other.copy(0, y, other.width(), 1)
        for x in range(one.width())
    )


def test_screens_look_as_if_they_had_been_opened_so(
    open_window: OpenWindow, settle: Settle, stories: Desks, qapp: QApplication
) -> None:
    window = open_window(person=EDITOR)
    found = {}
    for name in _SHOWN:
        apply_theme(qapp, "contrast_dark")
        show_screen(name, window, stories, settle)
        opened_so = picture_of(window)
        apply_theme(qapp, "light")
        assert picture_of(window) != opened_so
        apply_theme(qapp, "contrast_dark")
        found[name] = differing(picture_of(window), opened_so)
    # The caret blinks.
    assert {name: pixels for name, pixels in found.items() if pixels > 80} == {}


@pytest.mark.parametrize("name", _OPENED)
def test_dialogs_look_as_if_they_had_been_opened_so(
    qtbot: QtBot, session: Session, settle: Settle, qapp: QApplication, name: str
) -> None:
    session.set_person(CHIEF)
    pictures = []
    for first in ("dark", "light"):
        apply_theme(qapp, first)
        dialog = DIALOGS[name](session)
        dialog.show()
        settle()
        picture_of(dialog)
        apply_theme(qapp, "dark")
        pictures.append(picture_of(dialog))
        dialog.close()
    assert differing(*pictures) <= 80
