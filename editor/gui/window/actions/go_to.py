"""The menu that goes to a field of the story: the headline, the body, a caption."""

from __future__ import annotations

from functools import partial

from editor.errors import NotFound
from editor.gui.story.field_moves import caption_path, caret_place, step_field
from editor.gui.window.actions.row import ActionRow, Submenu
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def submenu() -> Submenu:
    """Return the menu."""
    rows = (
        _field("headline", _("&Headline"), _("Go to headline"), "Ctrl+1"),
        _field("standfirst", _("&Standfirst"), _("Go to standfirst"), "Ctrl+2"),
        _field("key_points", _("&Key points"), _("Go to key points"), "Ctrl+3"),
        _field("dateline/city", _("&Dateline"), _("Go to dateline"), "Ctrl+4"),
        _field("body", _("&Body"), _("Go to body"), "Ctrl+5"),
        ActionRow(
            "go_to_caption",
            _("&Caption"),
            "Ctrl+6",
            _go_to_caption,
            _can_caption,
            alone=_("Go to caption"),
            refusal=_why_no_caption,
        ),
        _step("next_field", _("&Next field"), "Alt+PgDown", 1),
        _step("previous_field", _("&Previous field"), "Alt+PgUp", -1),
    )
    return Submenu("go_to", _("&Go to"), rows=rows)


def _field(path: str, text: str, alone: str, keys: str) -> ActionRow:
    name = f"go_to_{path.partition('/')[0]}"
    return ActionRow(name, text, keys, partial(_go, path), _shows_story, alone=alone)


def _step(name: str, text: str, keys: str, steps: int) -> ActionRow:
    return ActionRow(name, text, keys, partial(_step_field, steps), _shows_story)


def _go(path: str, parts: WindowParts) -> None:
    parts.centre.go_to(caret_place(parts.centre.form, path))


def _go_to_caption(parts: WindowParts) -> None:
    _go(caption_path(parts.centre.form), parts)


def _step_field(steps: int, parts: WindowParts) -> None:
    if parts.centre.shows_review():
        parts.centre.switch()
    step_field(parts.centre.form, steps)


def _shows_story(parts: WindowParts) -> bool:
    return parts.shows_story()


def _can_caption(parts: WindowParts) -> bool:
    return parts.shows_story() and bool(parts.draft.typed.pictures or parts.draft.can_edit)


def _why_no_caption(parts: WindowParts) -> NotFound | None:
    if not parts.shows_story():
        return None
    return NotFound(_("This story has no picture."), _("Where it can be edited, add one first."))
