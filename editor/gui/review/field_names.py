"""What a story's fields are called where changes are told of, and in which order they stand."""

from __future__ import annotations

from editor.i18n import _

ORDER = (
    "kicker",
    "headline",
    "key_points",
    "dateline",
    "body",
    "pictures",
    "bylines",
    "section",
    "slug",
    "language",
    "keywords",
    "subjects",
    "related",
    "embargo",
    "publish_at",
    "expires",
    "corrections",
)
"""The fields as the form has them, top to bottom."""

_PARTS = ("city", "state", "country", "date", "agency", "file", "caption", "credit", "alt")


def place(field: str) -> tuple[int, int, int]:
    """Where a field comes in the order of the form; for sorting."""
    name, *rest = field.split("/")
    index = int(rest[0]) if rest and rest[0].isdigit() else 0
    part = rest[-1] if rest else ""
    return ORDER.index(name), index, _PARTS.index(part) if part in _PARTS else len(_PARTS)


def field_name(field: str) -> str:
    """A field's name as it stands above it."""
    name, *rest = field.split("/")
    if name == "pictures" and len(rest) > 1:
        number = int(rest[0]) + 1
        return _("Picture {n}: {part}").format(n=number, part=_picture_parts()[rest[1]])
    if name == "dateline" and rest:
        return _("Dateline: {part}").format(part=_dateline_parts()[rest[0]])
    return _names()[name]


def _names() -> dict[str, str]:
    return {
        "slug": _("Address"),
        "language": _("Language"),
        "section": _("Section"),
        "kicker": _("Kicker"),
        "headline": _("Headline"),
        "key_points": _("Key points"),
        "bylines": _("Byline"),
        "dateline": _("Dateline"),
        "body": _("Body"),
        "pictures": _("Pictures"),
        "keywords": _("Keywords"),
        "subjects": _("Subjects"),
        "embargo": _("Embargo"),
        "publish_at": _("Publish at"),
        "expires": _("Expires"),
        "related": _("Related stories"),
        "corrections": _("Corrections"),
    }


def _dateline_parts() -> dict[str, str]:
    return {
        "city": _("city"),
        "state": _("state"),
        "country": _("country"),
        "date": _("date"),
        "agency": _("agency"),
    }


def _picture_parts() -> dict[str, str]:
    return {
        "file": _("file"),
        "caption": _("caption"),
        "credit": _("credit"),
        "alt": _("description"),
        "rights": _("rights"),
        "decorative": _("only decoration"),
        "focus": _("focus"),
    }
