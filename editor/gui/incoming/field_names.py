"""What the import dialog calls the field that a line became, and its colour."""

from __future__ import annotations

from editor.core.fields import label
from editor.i18n import _

IGNORED = "ignored"
BLANK = "blank"


def field_name(path: str) -> str:
    """Name a line's field: `key_points/0` is `Key point 1`; a blank line has no name."""
    name, *rest = path.split("/")
    if name == "brief":
        index, part = rest
        words = _("Brief {n}, title") if part == "title" else _("Brief {n}, sentence")
        return words.format(n=int(index) + 1)
    if name in (IGNORED, BLANK):
        return _("Left out") if name == IGNORED else ""
    return label(path)


def field_role(path: str) -> str:
    """Choose the colour role that goes with a field's name; the name says the same."""
    name = path.partition("/")[0]
    return {
        "headline": "accent",
        "kicker": "accent",
        "key_points": "info",
        "pictures": "ok",
        "brief": "warn",
        "dateline": "info",
        IGNORED: "mute",
    }.get(name, "ink")
