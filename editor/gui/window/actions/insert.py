"""The Insert menu: links, key points and pictures."""

from __future__ import annotations

from editor.gui.story.body_commands import BodyCommands
from editor.gui.window.actions.format import can_edit
from editor.gui.window.actions.row import ActionRow, Groups
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (ActionRow("link", _("&Link"), "Ctrl+L", _link, can_edit),),
        (
            ActionRow("key_point", _("&Key point"), "Ctrl+Shift+B", _add_key_point, can_edit),
            ActionRow("picture", _("&Picture…"), "Ctrl+Shift+P", _choose_picture, can_edit),
        ),
    )


def _link(parts: WindowParts) -> None:
    parts.centre.form.mark(BodyCommands.link)


def _add_key_point(parts: WindowParts) -> None:
    parts.centre.form.add_key_point()


def _choose_picture(parts: WindowParts) -> None:
    parts.centre.form.choose_picture()
