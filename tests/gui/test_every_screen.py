"""Every screen and dialog can be read at 1024×600: small letters and large, from either side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.widgets.layout import lay_out_now
from tests.gui.conftest import CHIEF, EDITOR, OpenWindow, Settle, ShowDialog
from tests.gui.dialogs import DIALOGS
from tests.gui.legible import unnamed, unreadable
from tests.gui.screens import SCREENS, Desks, show_screen

SMALL = (1024 - 16, 600 - 48)
"""What a frame and a title leave of 1024 by 600."""


class Look(NamedTuple):
    """How the window looks: its theme, points added to its letters, and the side it is read from.

    With 9.75 points letters are twice as large.
    """

    theme: str
    larger: float
    is_mirrored: bool


LOOKS = {
    "usual": Look("light", 0, False),
    "twice as large, high contrast, mirrored": Look("contrast_dark", 9.75, True),
}
LONG_MODE = {
    "dark, mirrored": Look("dark", 0, True),
    "half as large again": Look("light", 5, False),
    "twice as large": Look("dark", 9.75, False),
    "high contrast": Look("contrast", 0, False),
    "largest": Look("light", 12, False),
}
CASES = [
    *(pytest.param(look, id=name) for name, look in LOOKS.items()),
    *(pytest.param(look, id=name, marks=pytest.mark.slow) for name, look in LONG_MODE.items()),
]
# What fits with large letters mostly fits with the usual ones; with the largest ones, more than
# twice as large, the masthead's table is scrolled sideways.
DIALOG_CASES = [pytest.param(LOOKS["usual"], id="usual", marks=pytest.mark.slow), *CASES[1:-1]]


@pytest.fixture
def use_look(qapp: QApplication) -> Iterator[Callable[[Look], None]]:
    """Give the application a look until the test ends."""

    def use(look: Look) -> None:
        apply_theme(qapp, look.theme, look.larger)
        mirrored, usual = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        qapp.setLayoutDirection(mirrored if look.is_mirrored else usual)

    yield use
    use(Look("light", 0, False))


def problems_of(shown: QWidget) -> list[str]:
    """Lay out a window on the small screen; return what can't be read there, or has no name."""
    for _time in range(3):
        shown.resize(*SMALL)
        lay_out_now()
        QApplication.processEvents()
    return [*unreadable(shown), *(f"{part}: no name" for part in unnamed(shown))]


@pytest.mark.parametrize("look", CASES)
def test_every_screen_can_be_read(
    open_window: OpenWindow,
    settle: Settle,
    stories: Desks,
    use_look: Callable[[Look], None],
    look: Look,
) -> None:
    use_look(look)
    window = open_window(person=EDITOR)
    found = {}
    for name in SCREENS:
        show_screen(name, window, stories, settle)
        found[name] = problems_of(window)
        if window.pane.isHidden():
            window.parts.columns.show_pane(True)
            found[f"{name} with its pane"] = problems_of(window)
            window.parts.columns.show_pane(False)
        assert (window.width(), window.height()) == SMALL
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("look", DIALOG_CASES)
def test_every_dialog_can_be_read(
    session: Session,
    show_dialog: ShowDialog[QWidget],
    stories: Desks,
    use_look: Callable[[Look], None],
    look: Look,
) -> None:
    use_look(look)
    session.set_person(CHIEF)
    found = {}
    for name, make in DIALOGS.items():
        dialog = show_dialog(make(session))
        found[name] = problems_of(dialog)
        dialog.close()
    assert {name: problems for name, problems in found.items() if problems} == {}
