"""Every screen and dialog can be read at 1024×600: in every look, language and size of letters."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

import editor.gui
from editor.gui.session import Session
from editor.gui.widgets.layout import lay_out_now
from editor.gui.window.main_window import MainWindow
from editor.gui.window.preview_window import PreviewWindow
from editor.gui.window.recent_desks import DeskFault, RecentDesk
from editor.gui.window.start_window import StartWindow
from tests.gui.conftest import CHIEF, EDITOR, OpenWindow, Settle
from tests.gui.dialogs import DIALOGS
from tests.gui.legible import require_none, unnamed, unreadable
from tests.gui.looks import PSEUDO, TWICE, Look, use_look
from tests.gui.notices import long_hint, long_sentence, nothing, show_notices, show_pages
from tests.gui.screens import SCREENS, Desks, show_preview_window, show_screen

SMALL = (1024 - 16, 600 - 48)
"""What a frame and a title leave of 1024 by 600."""

# What is shown only sometimes is looked at in the last look of each, which has the least room.
LOOKS = {
    "English": [Look(), Look("contrast_dark", TWICE)],
    "Arabic": [Look("dark", 0, "ar"), Look("contrast", TWICE, "ar")],
    "pseudo-locale": [Look("light", 0, PSEUDO)],
}
LONG_MODE = {
    "English, long": [Look("light", 5), Look("dark", TWICE), Look("contrast"), Look("light", 12)],
    "Arabic, long": [Look("contrast_dark", 5, "ar"), Look("dark", 12, "ar")],
    "pseudo-locale, long": [Look("dark", 5, PSEUDO)],
}
CASES = [
    *(pytest.param(looks, id=name) for name, looks in LOOKS.items()),
    *(pytest.param(looks, id=name, marks=pytest.mark.slow) for name, looks in LONG_MODE.items()),
]


@pytest.fixture(autouse=True)
def _usual_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use_look(qapp, Look())


def problems_of(shown: QWidget) -> list[str]:
    """Lay out a window on the small screen; return what can't be read there, or has no name."""
    for _time in range(3):
        shown.resize(*SMALL)
        lay_out_now()
        QApplication.processEvents()
    too_large = (shown.width(), shown.height()) != SMALL
    return [
        *unreadable(shown),
        *(f"{part}: no name" for part in unnamed(shown)),
        *([f"the window is {shown.width()} × {shown.height()}"] if too_large else []),
    ]


def problems_of_all(shown: QWidget, name: str, *, has_notices: bool = True) -> dict[str, list[str]]:
    """Return what can't be read in a window, by what it shows: pages, problems, questions."""
    found = {name: problems_of(shown)}
    for steps in (show_pages, show_notices) if has_notices else (show_pages,):
        found |= problems_of_steps(steps(shown), shown, name)
    return found


def problems_of_steps(steps: Iterator[str], shown: QWidget, name: str) -> dict[str, list[str]]:
    """Return what can't be read in a window after each step."""
    found: dict[str, list[str]] = {}
    for step in steps:  # several parts may have a step of the same name
        found.setdefault(f"{name}, {step}", []).extend(problems_of(shown))
    return found


@pytest.mark.parametrize("looks", CASES)
def test_every_screen_can_be_read(
    open_window: OpenWindow, settle: Settle, stories: Desks, qapp: QApplication, looks: list[Look]
) -> None:
    use_look(qapp, looks[0])
    window = open_window(person=EDITOR)
    found: dict[str, list[str]] = {}
    for look in looks:
        use_look(qapp, look)
        for name in SCREENS:
            show_screen(name, window, stories, settle)
            where = f"{name}, {look.theme}"
            found[where] = problems_of(window)
            if name == "story" and look is looks[-1]:
                found |= problems_of_steps(show_notices(window), window, where)
            if window.pane.isHidden():
                window.parts.columns.show_pane(True)
                settle()
                found[f"{where}, with its pane"] = problems_of(window)
                window.parts.columns.show_pane(False)
        out = show_preview_window(window, stories, settle)
        found[f"preview in its window, {look.theme}"] = problems_of(out)
        window.parts.preview.bring_back()
    require_none(found)


@pytest.mark.parametrize("looks", CASES)
def test_empty_desk_can_be_read(
    open_window: OpenWindow, settle: Settle, lina: str, qapp: QApplication, looks: list[Look]
) -> None:
    use_look(qapp, looks[0])
    window = open_window(person=EDITOR)
    found: dict[str, list[str]] = {}
    for look in looks:
        use_look(qapp, look)
        for person in (EDITOR, lina):
            window.session.set_person(person)
            settle()
            found[f"empty desk of {person}, {look.theme}"] = problems_of(window)
            assert window.reading_line.isVisible() is (person == lina)
    require_none(found)


def every_window() -> set[type[QWidget]]:
    """Return the classes of the editor that are windows, without those for others to build on."""
    for module in pkgutil.walk_packages(editor.gui.__path__, "editor.gui."):
        importlib.import_module(module.name)
    kinds = classes_below(QWidget)
    is_base = {base for kind in kinds for base in kind.__bases__}
    tops = (QDialog, QMainWindow)
    return {
        kind
        for kind in kinds - is_base
        if issubclass(kind, tops) or kind.__name__.endswith(("Window", "Dialog"))
    }


def classes_below(top: type[QWidget]) -> set[type[QWidget]]:
    """Return the editor's own classes that are built on one, directly or not."""
    direct = set(top.__subclasses__())
    below = direct.union(*map(classes_below, direct))
    return {kind for kind in below if kind.__module__.startswith("editor.")}


@pytest.mark.parametrize("looks", CASES)
def test_every_dialog_can_be_read(
    session: Session,
    settle: Settle,
    stories: Desks,
    qapp: QApplication,
    looks: list[Look],
) -> None:
    session.set_person(CHIEF)
    found: dict[str, list[str]] = {}
    shown: set[type[QWidget]] = set()
    for look in looks:
        use_look(qapp, look)
        for name, make in DIALOGS.items():
            if name == "masthead" and look.larger > TWICE:
                continue  # its table is scrolled sideways then
            dialog = make(session)
            dialog.show()
            settle()
            shown.add(type(dialog))
            where = f"{name}, {look.theme}"
            found |= problems_of_all(dialog, where, has_notices=look is looks[-1])
            dialog.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    require_none(found)
    # Each other window has a test of its own here.
    assert every_window() - shown == {MainWindow, StartWindow, PreviewWindow}


@pytest.mark.parametrize("looks", CASES)
def test_start_page_can_be_read(qtbot: QtBot, qapp: QApplication, looks: list[Look]) -> None:
    found: dict[str, list[str]] = {}
    for look in looks:
        use_look(qapp, look)
        page = StartWindow()
        qtbot.addWidget(page)
        page.show_page()
        found |= problems_of_all(page, f"no desks, {look.theme}")
        paths = [f"/media/usb/Norland/{fault.value}.desk" for fault in DeskFault]
        page.show_recent(
            [RecentDesk(path, "Harbour Post", "2026-11-27T10:00:00Z") for path in paths]
        )
        page.show_faults(dict(zip(paths, DeskFault, strict=True)))
        found |= problems_of_all(page, f"faults, {look.theme}")
        page.bar.show_text(long_sentence(), long_hint(), (long_sentence()[:20], nothing))
        page.show_opening("Harbour Post")
        found |= problems_of_all(page, f"opening, {look.theme}")
        page.close()
    require_none(found)
