"""The Format menu: what the words and paragraphs of the body are."""

from __future__ import annotations

from functools import partial

from editor.gui.story.marks.block_marks import BlockMark
from editor.gui.story.marks.emphasis import EmphasisMark
from editor.gui.window.actions.row import ActionRow, Groups, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow(
                "bold", _("&Bold"), Key.Bold, partial(_emphasise, EmphasisMark.BOLD), can_edit
            ),
            ActionRow(
                "italic",
                _("&Italic"),
                Key.Italic,
                partial(_emphasise, EmphasisMark.ITALIC),
                can_edit,
            ),
        ),
        (
            _block("crosshead", _("&Crosshead"), "Ctrl+Shift+C", BlockMark.CROSSHEAD),
            _block("quote", _("&Quotation"), "Ctrl+.", BlockMark.QUOTE),
            _block("bulleted_list", _("Bulleted &list"), "Ctrl+Shift+L", BlockMark.BULLETED_LIST),
            _block("numbered_list", _("&Numbered list"), "Ctrl+Shift+O", BlockMark.NUMBERED_LIST),
        ),
        (
            ActionRow("move_up", _("Move &up"), "Alt+Shift+Up", partial(_move, -1), can_edit),
            ActionRow("move_down", _("Move &down"), "Alt+Shift+Down", partial(_move, 1), can_edit),
        ),
    )


def can_edit(parts: WindowParts) -> bool:
    """Return whether a story is shown that the person at work may change."""
    return parts.shows_story() and parts.draft.can_edit


def _block(name: str, text: str, keys: str, mark: BlockMark) -> ActionRow:
    return ActionRow(name, text, keys, partial(_toggle, mark), can_edit)


def _emphasise(kind: EmphasisMark, parts: WindowParts) -> None:
    parts.centre.form.mark(lambda commands: commands.emphasise(kind))


def _toggle(mark: BlockMark, parts: WindowParts) -> None:
    parts.centre.form.mark(lambda commands: commands.toggle(mark))


def _move(step: int, parts: WindowParts) -> None:
    parts.centre.form.move_text(step)
