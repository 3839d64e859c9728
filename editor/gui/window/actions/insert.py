"""The Insert menu: marks in the text, key points and pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from editor.gui.story.body_field import BodyField
from editor.gui.story.marks import EmphasisMark
from editor.gui.window.actions.row import ActionRow, Groups, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow("bold", _("&Bold"), Key.Bold, partial(_mark, _bold), _can_insert),
            ActionRow("italic", _("I&talic"), Key.Italic, partial(_mark, _italic), _can_insert),
            ActionRow("link", _("&Link"), "Ctrl+L", partial(_mark, BodyField.link), _can_insert),
        ),
        (
            ActionRow("key_point", _("&Key point"), "Ctrl+Shift+B", _add_key_point, _can_insert),
            ActionRow("picture", _("&Picture…"), "Ctrl+Shift+P", _choose_picture, _can_insert),
        ),
    )


def _can_insert(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.draft.can_edit


def _mark(change: Callable[[BodyField], None], parts: WindowParts) -> None:
    parts.centre.form.mark(change)


def _bold(body: BodyField) -> None:
    body.emphasise(EmphasisMark.BOLD)


def _italic(body: BodyField) -> None:
    body.emphasise(EmphasisMark.ITALIC)


def _add_key_point(parts: WindowParts) -> None:
    parts.centre.form.add_key_point()


def _choose_picture(parts: WindowParts) -> None:
    parts.centre.form.choose_picture()
