"""Frozen values made of the rows of a table of fields: normalised, written and read in one way."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, ClassVar, Self

from editor.core.blanks import is_blank
from editor.core.canonical import Json, canonical_json, normal, with_plain_breaks
from editor.core.fields import Field, Kind
from editor.core.languages import language_tag
from editor.core.times import instant_text, parse_instant
from editor.errors import BadValue
from editor.i18n import _

_TYPES = {Kind.FLAG: bool, Kind.PIXELS: int, Kind.DEGREES: int}
_NO_TEXTS = (Kind.PARTS, Kind.POINT, Kind.PART, Kind.FLAG, Kind.PIXELS, Kind.DEGREES)
_LINES = (Kind.LINE, Kind.SLUG)


@dataclass(frozen=True, slots=True)
class Record:
    """A value whose attributes are the rows of `FIELDS`; `RECORDS` gives the classes of its parts.

    `unknown` is the canonical JSON of what a later version of Stonehand wrote
    beside them, empty when there is nothing.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = ()
    RECORDS: ClassVar[Mapping[str, type[Record]]] = {}

    unknown: str = dataclasses.field(default="", kw_only=True)

    def __post_init__(self) -> None:
        for field in self.FIELDS:
            value = getattr(self, field.name)
            if value == "" or value == ():  # noqa: PLR1714  most fields; `in` takes longer
                continue
            try:
                normalised = (
                    tuple(_normalised(field, item) for item in value)
                    if field.many
                    else _normalised(field, value)
                )
            except BadValue as error:
                raise BadValue(error.sentence, error.hint, field.name) from None
            object.__setattr__(self, field.name, normalised)

    @property
    def has_unknown(self) -> bool:
        """Whether it holds fields that this version of Stonehand does not know, at any depth."""
        return bool(self.unknown) or any(
            record.has_unknown for field in self.FIELDS for record in self._records(field)
        )

    def without_blanks(self) -> Self:
        """Return the value as readers get it: what has nothing to be seen is empty or left out."""
        changed: dict[str, Any] = {}
        for field in self.FIELDS:
            value = getattr(self, field.name)
            if (shown := _without_blanks(field, value)) != value:
                changed[field.name] = shown
        return dataclasses.replace(self, **changed) if changed else self

    def to_json(self, *, complete: bool = False) -> dict[str, Json]:
        """Return the value as plain values by field name, ready for canonical JSON.

        A field at its default is left out, so a later version can add a field
        without changing the bytes, and the hash, of what does not use it. That
        makes defaults part of the format: they never change. Fields that are not
        known come out as they were read. `complete` writes defaults, too, for
        readers who do not know them.
        """
        known: dict[str, Json] = {}
        for field in self.FIELDS:
            value = _plain(getattr(self, field.name), complete)
            if complete or value != field.default:
                known[field.name] = value
        return {**json.loads(self.unknown), **known} if self.unknown else known

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; absent fields take their default, unknown ones are kept.

        Raises TypeError for a value of another type than its field has, and BadValue.
        """
        if not isinstance(value, Mapping):
            raise TypeError(f"{cls.__name__} is an object in JSON")
        fields = {field.name: field for field in cls.FIELDS}
        known = {name: cls._read(fields[name], value[name]) for name in value if name in fields}
        unknown = {name: value[name] for name in value if name not in fields}
        text = canonical_json(unknown).decode("utf-8") if unknown else ""
        return cls(**known, unknown=text)

    @classmethod
    def _read(cls, field: Field, value: Any) -> Any:
        if not field.many:
            return cls._read_one(field, value)
        if not isinstance(value, list | tuple):
            raise TypeError(f"{field.name} is a list")
        return tuple(cls._read_one(field, item) for item in value)

    @classmethod
    def _read_one(cls, field: Field, value: Any) -> Any:
        if type(value) is str and field.kind not in _NO_TEXTS:
            return value
        if field.kind is Kind.PARTS:
            return cls.RECORDS[field.name].from_json(value)
        if field.kind in (Kind.POINT, Kind.PART):
            return tuple(value)
        if type(value) is not _TYPES.get(field.kind, str):
            raise TypeError(f"{field.name} is of another type")
        return value

    def _records(self, field: Field) -> tuple[Record, ...]:
        if field.kind is not Kind.PARTS:
            return ()
        value = getattr(self, field.name)
        return value if field.many else (value,)


def _normalised(field: Field, value: Any) -> Any:
    if field.kind in _LINES and value.isascii() and value.isprintable():
        return value  # most values: nothing in them is written in two ways
    match field.kind:
        case Kind.PARTS | Kind.FLAG | Kind.PIXELS:
            return value
        case Kind.POINT | Kind.PART | Kind.DEGREES:
            return _PLACED[field.kind](value)
        case Kind.LANGUAGE if value:
            return language_tag(value)
        case Kind.INSTANT if value:
            return instant_text(parse_instant(value))
        case _:
            return with_plain_breaks(normal(value), in_paragraphs=field.paragraphed)


def _point(value: tuple[float, ...]) -> tuple[float, float]:
    x, y = (round(min(1.0, max(0.0, float(part))), 3) for part in value)
    return x, y


def _degrees(value: int) -> int:
    if value % 90:
        raise BadValue(_("A picture is turned by quarters."), _("Turn it by 90 degrees."))
    return value % 360


def _part(value: tuple[float, ...]) -> tuple[float, ...]:
    """Return a part of a picture that is inside it, to a ten-thousandth of its sides."""
    if len(value) != 4 or not all(type(side) in (int, float) and isfinite(side) for side in value):
        raise BadValue(_("A crop is four numbers."), _("Crop the picture again."))
    left, top = (round(min(1.0, max(0.0, float(side))), 4) for side in value[:2])
    width = round(min(1.0 - left, float(value[2])), 4)
    height = round(min(1.0 - top, float(value[3])), 4)
    if not (width > 0 and height > 0):
        raise BadValue(_("The crop has nothing of the picture."), _("Crop it again."))
    return left, top, width, height


_PLACED: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.POINT: _point,
    Kind.PART: _part,
    Kind.DEGREES: _degrees,
}
"""What makes values of a picture's geometry normal."""


def _without_blanks(field: Field, value: Any) -> Any:
    if field.kind is Kind.PARTS:
        records = value if field.many else (value,)
        shown = tuple(record.without_blanks() for record in records)
        return shown if field.many else shown[0]
    if field.kind not in (Kind.LINE, Kind.TEXT, Kind.MARKDOWN):
        return value
    if field.many:
        return tuple(text for text in value if not is_blank(text))
    return "" if is_blank(value) else value


def _plain(value: Any, complete: bool) -> Json:
    if isinstance(value, Record):
        return value.to_json(complete=complete)
    if isinstance(value, tuple):
        return [_plain(item, complete) for item in value]
    plain: Json = value
    return plain
