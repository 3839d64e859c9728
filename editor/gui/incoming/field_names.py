"""What the dialog calls the fields of a taken line."""

from __future__ import annotations

from editor.i18n import _

IGNORED = "ignored"
BLANK = "blank"


def field_name(path: str) -> str:
    """A line's field in people's words: `key_points/0` is `Key point 1`."""
    name, _slash, rest = path.partition("/")
    number, _slash, part = rest.partition("/")
    if name in ("key_points", "bylines"):
        words = _("Key point {n}") if name == "key_points" else _("Byline {n}")
        return words.format(n=int(number) + 1 if number.isdigit() else 1)
    if name == "brief":
        words = _("Brief {n}, title") if part == "title" else _("Brief {n}, sentence")
        return words.format(n=int(number) + 1 if number.isdigit() else 1)
    if name == "pictures":
        return {"credit": _("Credit"), "alt": _("Description")}.get(part, _("Caption"))
    return {
        "headline": _("Headline"),
        "kicker": _("Kicker"),
        "dateline": _("Dateline"),
        "body": _("Body"),
        "section": _("Section"),
        "language": _("Language"),
        "keywords": _("Keywords"),
        IGNORED: _("Left out"),
        BLANK: "",
    }.get(name, name)


def field_role(path: str) -> str:
    """The colour role that goes with a field's name; the name says the same."""
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
