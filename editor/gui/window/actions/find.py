"""The entries of the Edit menu that find and replace."""

from __future__ import annotations

from functools import partial

from editor.gui.window.actions.row import ActionRow, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def rows() -> tuple[ActionRow, ...]:
    """Return the entries."""
    return (
        ActionRow("find", _("&Find"), Key.Find, partial(_open, False), _shows_story),
        ActionRow("find_next", _("Find &next"), Key.FindNext, partial(_step, 1), _shows_story),
        ActionRow(
            "find_previous",
            _("Find pre&vious"),
            Key.FindPrevious,
            partial(_step, -1),
            _shows_story,
        ),
        ActionRow("replace", _("R&eplace"), Key.Replace, partial(_open, True), _shows_story),
    )


def _shows_story(parts: WindowParts) -> bool:
    return parts.shows_story()


def _open(is_replacing: bool, parts: WindowParts) -> None:
    parts.centre.show_text()
    parts.centre.form.search.open(replacing=is_replacing)


def _step(by: int, parts: WindowParts) -> None:
    parts.centre.show_text()
    parts.centre.form.search.step(by)
