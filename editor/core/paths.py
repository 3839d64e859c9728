"""Values in a story by their path, such as `headline`, `key_points/0` or `pictures/1/focus`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from editor.core.fields import FIELDS, Field, field_at
from editor.core.record import Record
from editor.core.story import Story


def value_at(story: Story, path: str) -> Any:
    """Return the value at a path; None where the story has none (a key point that is gone)."""
    value: Any = story
    for part in path.split("/"):
        if isinstance(value, tuple):
            index = int(part) if part.isdecimal() else len(value)
            value = value[index] if index < len(value) else None
        else:
            value = getattr(value, part, None)
        if value is None:
            return None
    return value


def text_at(story: Story, path: str) -> str:
    """Return the text at a path, empty where there is none."""
    value = value_at(story, path)
    return value if isinstance(value, str) else ""


def with_value(story: Story, path: str, value: Any) -> Story:
    """Replace the value at a path.

    Raises KeyError for no such path and BadValue for a value that breaks a rule.
    """
    field_at(path)
    changed: Story = _replaced(story, path.split("/"), value)
    return changed


def text_fields(story: Story) -> Iterator[tuple[str, str]]:
    """Yield each text that readers read and an edit can change, as (path, text).

    Paths look like `headline`, `key_points/0`, `pictures/0/caption`, `body`.
    """
    for field in FIELDS:
        if not field.lasting:
            yield from _texts(field, field.name, getattr(story, field.name))


def leaf_values(story: Story) -> Iterator[tuple[str, Field, Any]]:
    """Yield each value that is compared by itself, as (path, field, value).

    A list of texts is one value; each part of a dateline, a picture or a
    correction is one.
    """
    for field in FIELDS:
        value = getattr(story, field.name)
        if not field.parts:
            yield field.name, field, value
        elif field.many:
            for index, record in enumerate(value):
                yield from _parts(field, f"{field.name}/{index}", record)
        else:
            yield from _parts(field, field.name, value)


def _parts(field: Field, path: str, record: Record) -> Iterator[tuple[str, Field, Any]]:
    for part in field.parts:
        yield f"{path}/{part.name}", part, getattr(record, part.name)


def _texts(field: Field, path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(field, f"{path}/{index}", item)
    elif isinstance(value, Record):
        for part in value.FIELDS:
            yield from _texts(part, f"{path}/{part.name}", getattr(value, part.name))
    elif field.reader:
        yield path, value


def _replaced(whole: Any, parts: list[str], value: Any) -> Any:
    if not parts:
        return value
    first, *rest = parts
    if isinstance(whole, tuple):
        index = int(first)
        if index >= len(whole):
            raise KeyError(first)
        return (*whole[:index], _replaced(whole[index], rest, value), *whole[index + 1 :])
    return replace(whole, **{first: _replaced(getattr(whole, first), rest, value)})
