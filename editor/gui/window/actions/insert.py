"""The Insert menu: links, footnotes, tables, key points and pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt

from editor.gui.story.body_commands import BodyCommands
from editor.gui.window.actions.format import can_edit
from editor.gui.window.actions.row import ActionRow, Groups
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow("link", _("&Link"), "Ctrl+L", _link, can_edit),
            ActionRow("story_link", _("Link to a &story…"), "Ctrl+Shift+T", _link_story, can_edit),
        ),
        (
            ActionRow("footnote", _("&Footnote"), "Ctrl+Alt+F", _footnote, can_edit),
            ActionRow("table", _("&Table"), "", _table, can_edit),
        ),
        (
            ActionRow("key_point", _("&Key point"), "Ctrl+Shift+B", _add_key_point, can_edit),
            ActionRow("picture", _("&Picture…"), "Ctrl+Shift+P", _choose_picture, can_edit),
        ),
    )


def _link(parts: WindowParts) -> None:
    parts.centre.form.mark(BodyCommands.link)


def _link_story(parts: WindowParts) -> None:
    """Ask for a story, then link what is selected to it."""
    form = parts.centre.form

    def ask(commands: BodyCommands) -> None:
        from editor.gui.story.story_link_dialog import (  # noqa: PLC0415 - not needed to start
            StoryLinkDialog,
        )

        commands.require_link()
        dialog = StoryLinkDialog(parts.session, parts.draft.typed.id, parts.window)
        dialog.chosen.connect(put)
        dialog.open()

    def put(slug: str, headline: str) -> None:
        form.body.setFocus(Qt.FocusReason.OtherFocusReason)
        form.mark(lambda commands: commands.link_story(slug, headline))

    form.mark(ask)


def _footnote(parts: WindowParts) -> None:
    parts.centre.form.mark(BodyCommands.footnote)


def _table(parts: WindowParts) -> None:
    parts.centre.form.mark(BodyCommands.table)


def _add_key_point(parts: WindowParts) -> None:
    parts.centre.form.add_key_point()


def _choose_picture(parts: WindowParts) -> None:
    parts.centre.form.choose_picture()
