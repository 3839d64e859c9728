"""The Edit menu: undo, the clipboard, and search."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from editor.errors import NotAllowed
from editor.gui.widgets.clipboard import paste_plain
from editor.gui.widgets.text_field import TextField
from editor.gui.window.actions import find
from editor.gui.window.actions.row import ActionRow, Groups, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow(
                "undo",
                _("&Undo"),
                Key.Undo,
                lambda parts: parts.centre.undo(),
                _can_undo,
                refusal=_why_no_undo,
            ),
            ActionRow("redo", _("&Redo"), Key.Redo, lambda parts: parts.centre.redo(), _can_redo),
        ),
        (
            ActionRow("cut", _("Cu&t"), Key.Cut, partial(_call_on_focus, "cut")),
            ActionRow("copy", _("&Copy"), Key.Copy, partial(_call_on_focus, "copy")),
            ActionRow("paste", _("&Paste"), Key.Paste, partial(_call_on_focus, "paste")),
            ActionRow("paste_plain", _("Paste as p&lain text"), "Ctrl+Shift+V", _paste_plain),
            ActionRow(
                "select_all", _("Select &all"), Key.SelectAll, partial(_call_on_focus, "selectAll")
            ),
        ),
        find.rows(),
        _typing_rows(),
        (ActionRow("search", _("&Search stories and commands"), "Ctrl+K", _search),),
        (
            ActionRow(
                "settings",
                _("Sett&ings"),
                "Ctrl+,",
                open_settings,
                role=QAction.MenuRole.PreferencesRole,
            ),
        ),
    )


def _typing_rows() -> tuple[ActionRow, ...]:
    return (
        ActionRow(
            "typographic_marks",
            _("Typographic &marks as you type"),
            "",
            _toggle_marks,
            checked=lambda parts: parts.session.settings.typographic_marks,
        ),
        ActionRow(
            "check_spelling",
            _("Check spellin&g"),
            "",
            _toggle_spelling,
            checked=lambda parts: parts.session.settings.check_spelling,
        ),
        ActionRow(
            "next_misspelling",
            _("Next misspelled &word"),
            "Shift+F7",
            lambda parts: parts.centre.form.spelling.go_to_next(),
            _can_spell,
        ),
        ActionRow(
            "suggestions",
            _("Suggestions for t&his word"),
            "Ctrl+F7",
            lambda parts: parts.centre.form.spelling.offer_at_caret(),
            _can_spell,
        ),
    )


def open_settings(parts: WindowParts, name: str = "") -> None:
    """Show the settings, in the window that already has them if there is one; `name` leads to one.

    Raises KeyError for a setting that is not in the window.
    """
    from editor.gui.preferences.settings_window import (  # noqa: PLC0415 - when asked for
        SettingsWindow,
    )

    settings = parts.window.findChild(SettingsWindow)
    if settings is None:
        settings = SettingsWindow(parts.session, parts.window)
        settings.shortcuts_asked.connect(parts.actions["shortcuts"].trigger)
    settings.show()
    settings.raise_()
    settings.activateWindow()
    if name:
        settings.go_to(name)


def _can_undo(parts: WindowParts) -> bool:
    return parts.centre.undo_stack().canUndo()


def _why_no_undo(_parts: WindowParts) -> NotAllowed:
    return NotAllowed(
        _("There is nothing to undo."),
        _("It takes back what was typed into the story since it was opened; History has the rest."),
    )


def _can_redo(parts: WindowParts) -> bool:
    return parts.centre.undo_stack().canRedo()


def _call_on_focus(method: str, _parts: WindowParts) -> None:
    """Call a method of Qt's text fields on the field that has the focus, if it has it."""
    call = getattr(QApplication.focusWidget(), method, None)
    if call is not None:
        call()


def _toggle_spelling(parts: WindowParts) -> None:
    parts.session.change_settings(check_spelling=not parts.session.settings.check_spelling)


def _can_spell(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.draft.can_edit


def _paste_plain(_parts: WindowParts) -> None:
    focused = QApplication.focusWidget()
    if isinstance(focused, TextField):
        paste_plain(focused)
    else:
        _call_on_focus("paste", _parts)


def _toggle_marks(parts: WindowParts) -> None:
    wanted = not parts.session.settings.typographic_marks
    parts.session.change_settings(typographic_marks=wanted)


def _search(parts: WindowParts) -> None:
    parts.focus_mode.leave()
    parts.search.begin(QApplication.focusWidget())
