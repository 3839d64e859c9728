"""Any value in a story by its path, such as `key_points/0` or `pictures/1/focus`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from editor.core.story import Story


def value_at(story: Story, path: str) -> Any:
    """The value at a path; None where the story has none (a key point that is gone)."""
    value: Any = story
    for part in path.split("/"):
        if isinstance(value, tuple):
            index = int(part) if part.isdigit() else len(value)
            value = value[index] if index < len(value) else None
        else:
            value = getattr(value, part, None)
        if value is None:
            return None
    return value


def with_value(story: Story, path: str, value: Any) -> Story:
    """The story with the value at a path replaced.

    Raises KeyError for no such path and BadValue for a value that breaks a rule.
    """
    changed: Story = _replaced(story, path.split("/"), value)
    return changed


def text_at(story: Story, path: str) -> str:
    """The text at a path, empty where there is none."""
    value = value_at(story, path)
    return value if isinstance(value, str) else ""


def _replaced(whole: Any, parts: list[str], value: Any) -> Any:
    if not parts:
        return value
    first, *rest = parts
    if isinstance(whole, tuple):
        index = int(first)
        if index >= len(whole):
            raise KeyError(first)
        return (*whole[:index], _replaced(whole[index], rest, value), *whole[index + 1 :])
    if not hasattr(whole, first):
        raise KeyError(first)
    return replace(whole, **{first: _replaced(getattr(whole, first), rest, value)})
