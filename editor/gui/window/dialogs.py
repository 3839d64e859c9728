"""The windows that are opened now and then. Each is imported when it is, not at the start."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from editor.gui.session import Session

if TYPE_CHECKING:
    from editor.gui.window.actions import Actions


def export(session: Session, parent: QWidget) -> None:
    """Ask what goes out and where to."""
    from editor.gui.exporting.dialog import ExportDialog

    ExportDialog(session, parent).open()


def paste_wire(
    session: Session,
    parent: QWidget,
    taken: Callable[[tuple[str, ...]], None],
    file: Path | None = None,
) -> None:
    """Ask for wire text, or show a file's, and what each line becomes before it is taken in.

    `taken` gets the ids of the stories that came.
    """
    from editor.gui.incoming.dialog import PasteDialog

    dialog = PasteDialog(session, parent)
    dialog.imported.connect(taken)
    dialog.open()
    if file is not None:
        dialog.open_file(file)


def paper(session: Session, parent: QWidget) -> None:
    """Show the paper's facts and style, and let the chief change them."""
    from editor.gui.preferences.paper import PaperDialog

    PaperDialog(session, parent).open()


def masthead(session: Session, parent: QWidget) -> None:
    """Show who is on the desk, and let its chief change that."""
    from editor.gui.preferences.masthead import MastheadDialog

    MastheadDialog(session, parent).open()


def log(session: Session, parent: QWidget, story: str | None = None) -> None:
    """Show what was done on the desk, or to one story."""
    from editor.gui.preferences.log import LogDialog

    LogDialog(session, story, parent).open()


def about(session: Session, parent: QWidget) -> None:
    """Say what this is and in which version."""
    from editor.gui.window.about import AboutDialog

    AboutDialog(session, parent).open()


def shortcuts(actions: Actions, parent: QWidget) -> None:
    """List the keys."""
    from editor.gui.window.help import shortcut_sheet

    shortcut_sheet(actions, parent).open()


def help_window(parent: QWidget) -> QWidget:
    """Make the window of help pages."""
    from editor.gui.window.help import HelpWindow

    return HelpWindow(parent)
