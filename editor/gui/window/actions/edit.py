"""The Edit menu: undo, the clipboard, and search."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication

from editor.gui.window.actions import find
from editor.gui.window.actions.row import ActionRow, Groups, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow("undo", _("&Undo"), Key.Undo, lambda parts: parts.centre.undo(), _can_undo),
            ActionRow("redo", _("&Redo"), Key.Redo, lambda parts: parts.centre.redo(), _can_redo),
        ),
        (
            ActionRow("cut", _("Cu&t"), Key.Cut, partial(_call_on_focus, "cut")),
            ActionRow("copy", _("&Copy"), Key.Copy, partial(_call_on_focus, "copy")),
            ActionRow("paste", _("&Paste"), Key.Paste, partial(_call_on_focus, "paste")),
            ActionRow(
                "select_all", _("Select &all"), Key.SelectAll, partial(_call_on_focus, "selectAll")
            ),
        ),
        find.rows(),
        (
            ActionRow(
                "typographic_marks",
                _("Typographic &marks as you type"),
                "",
                _toggle_marks,
                checked=lambda parts: parts.session.settings.typographic_marks,
            ),
        ),
        (ActionRow("search", _("&Search stories and commands"), "Ctrl+K", _search),),
    )


def _can_undo(parts: WindowParts) -> bool:
    return parts.centre.undo_stack().canUndo()


def _can_redo(parts: WindowParts) -> bool:
    return parts.centre.undo_stack().canRedo()


def _call_on_focus(method: str, _parts: WindowParts) -> None:
    """Call a method of Qt's text fields on the field that has the focus, if it has it."""
    call = getattr(QApplication.focusWidget(), method, None)
    if call is not None:
        call()


def _toggle_marks(parts: WindowParts) -> None:
    wanted = not parts.session.settings.typographic_marks
    parts.session.change_settings(typographic_marks=wanted)


def _search(parts: WindowParts) -> None:
    parts.search.begin(QApplication.focusWidget())
