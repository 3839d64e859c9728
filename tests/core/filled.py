"""A story with something in every field and part, each text told from all others by a token."""

from __future__ import annotations

from typing import Any

from editor.core.fields import FIELDS, Field, Kind
from editor.core.story import Story

_VALUES = {
    Kind.LANGUAGE: ("fr", "ar", "de"),
    Kind.INSTANT: ("2026-01-02T03:04:05Z", "2027-01-02T03:04:05Z", "2028-01-02T03:04:05Z"),
    Kind.DAY: ("2026-03-03", "2027-03-03", "2028-03-03"),
    Kind.SUBJECT: ("medtop:20000739", "medtop:20000343", "medtop:20000142"),
    Kind.FLAG: (True, False, False),
    Kind.POINT: ((0.25, 0.75), (0.5, 0.25), (0.1, 0.1)),
    Kind.PART: ((0.1, 0.2, 0.5, 0.25), (0.0, 0.1, 0.4, 0.3), ()),
    Kind.DEGREES: (90, 180, 0),
    Kind.PIXELS: (640, 480, 320),
}


def token(path: str) -> str:
    """A word that is nowhere but in the text at a path."""
    return "tok" + "".join(letter for letter in path if letter.isalnum())


def value(path: str, field: Field, number: int = 0) -> Any:
    """A value for a field or a part of one: the first (0) has only its token, others differ."""
    if field.many:
        return (_one(f"{path}/0", field, number),)
    return _one(path, field, number)


def filled(**change: Any) -> Story:
    """The story, with some fields replaced."""
    return Story(**{**{field.name: value(field.name, field) for field in FIELDS}, **change})


def _one(path: str, field: Field, number: int) -> Any:
    if field.kind is Kind.PARTS:
        parts = {part.name: value(f"{path}/{part.name}", part, number) for part in field.parts}
        return Story.RECORDS[field.name](**parts)
    texts = (token(path), f"second {token(path)}", f"third {token(path)}")
    return _VALUES.get(field.kind, texts)[number]
