"""The Insert menu: links, footnotes, tables, key points and pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt

from editor.gui.story.body_commands import BodyCommands
from editor.gui.window.actions.format import body_row
from editor.gui.window.actions.row import Groups
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            body_row("link", _("&Link"), "Ctrl+L", _link),
            body_row("story_link", _("Link to a &story…"), "Ctrl+Shift+T", _link_story),
        ),
        (
            body_row("footnote", _("&Footnote"), "Ctrl+Alt+F", _footnote),
            body_row("table", _("&Table"), "", _table),
        ),
        (
            body_row("key_point", _("&Key point"), "Ctrl+Shift+B", _add_key_point),
            body_row("picture", _("&Picture…"), "Ctrl+Shift+P", _choose_picture),
            body_row("text_picture", _("Picture in the te&xt…"), "Ctrl+Alt+P", _show_picture),
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


def _show_picture(parts: WindowParts) -> None:
    parts.centre.form.choose_text_picture()


def _add_key_point(parts: WindowParts) -> None:
    parts.centre.form.add_key_point()


def _choose_picture(parts: WindowParts) -> None:
    parts.centre.form.choose_picture()
