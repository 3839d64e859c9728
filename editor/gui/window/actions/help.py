"""The Help menu."""

from __future__ import annotations

from PySide6.QtGui import QAction

from editor.gui.window import dialogs
from editor.gui.window.actions.row import ActionRow, Groups, Key
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow("help", _("Stonehand &help"), Key.HelpContents, dialogs.help_pages),
            ActionRow("shortcuts", _("&Keyboard shortcuts"), "Ctrl+/", dialogs.shortcuts),
        ),
        (
            ActionRow(
                "about",
                _("&About Stonehand"),
                "",
                dialogs.about,
                role=QAction.MenuRole.AboutRole,
            ),
        ),
    )
