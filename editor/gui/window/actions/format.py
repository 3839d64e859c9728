"""The Format menu: what the words and paragraphs of the body are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from editor.errors import EditorError, NotAllowed
from editor.gui.story.marks.block_marks import BlockMark
from editor.gui.story.marks.emphasis import EmphasisMark
from editor.gui.window.actions.row import ActionRow, Groups, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            body_row("bold", _("&Bold"), Key.Bold, partial(_emphasise, EmphasisMark.BOLD)),
            body_row("italic", _("&Italic"), Key.Italic, partial(_emphasise, EmphasisMark.ITALIC)),
        ),
        (
            _block("crosshead", _("&Crosshead"), "Ctrl+Shift+C", BlockMark.CROSSHEAD),
            _block("quote", _("&Quotation"), "Ctrl+.", BlockMark.QUOTE),
            _block("bulleted_list", _("Bulleted &list"), "Ctrl+Shift+L", BlockMark.BULLETED_LIST),
            _block("numbered_list", _("&Numbered list"), "Ctrl+Shift+O", BlockMark.NUMBERED_LIST),
        ),
        (
            body_row("move_up", _("Move &up"), "Alt+Shift+Up", partial(_move, -1)),
            body_row("move_down", _("Move &down"), "Alt+Shift+Down", partial(_move, 1)),
        ),
    )


def can_edit(parts: WindowParts) -> bool:
    """Return whether a story is shown that the person at work may change."""
    return parts.shows_story() and parts.draft.can_edit


def why_locked(parts: WindowParts) -> EditorError | None:
    """Return why the story can't be changed."""
    if not parts.shows_story():
        return NotAllowed(_("No story is open here."), _("Open a story, then try again."))
    return parts.draft.why_locked


def body_row(
    name: str, text: str, keys: str | Key, do: Callable[[WindowParts], object]
) -> ActionRow:
    """Return the row of an action that changes the story that is open."""
    return ActionRow(name, text, keys, do, can_edit, refusal=why_locked)


def _block(name: str, text: str, keys: str, mark: BlockMark) -> ActionRow:
    return body_row(name, text, keys, partial(_toggle, mark))


def _emphasise(kind: EmphasisMark, parts: WindowParts) -> None:
    parts.centre.form.mark(lambda commands: commands.emphasise(kind))


def _toggle(mark: BlockMark, parts: WindowParts) -> None:
    parts.centre.form.mark(lambda commands: commands.toggle(mark))


def _move(step: int, parts: WindowParts) -> None:
    parts.centre.form.move_text(step)
