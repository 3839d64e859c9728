"""What the tables hold, as values of the core. Raises DeskDamaged for what does not read back."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from editor.core.story import Story
from editor.i18n import N_
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.schema import stories
from editor.store.reading.list_rows import COLUMNS

STORY_COLUMNS = tuple(stories.c[name] for name in COLUMNS)
"""The columns of a StoryRow, in its order."""


def read_story(content: str, name: str) -> Story:
    """The story in a version's content; `name` is what the error calls it."""
    with damaged_if_unreadable(N_("A version of the story “{name}”"), name):
        return Story.from_json(read_object(content))


def read_object(content: str) -> dict[str, Any]:
    """A JSON object. Raises ValueError or TypeError for anything else."""
    value = json.loads(content)
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def read_parents(text: str) -> tuple[int, ...]:
    """The numbers of the versions that one grew from."""
    with damaged_if_unreadable(N_("The history of a story")):
        return tuple(map(int, json.loads(text)))


def text_hash(content: str) -> str:
    """The SHA-256 of stored canonical JSON: what its hash column must say.

    Empty for what is no text, as a damaged row may give.
    """
    if not isinstance(content, str):
        return ""
    return sha256(content.encode("utf-8", "replace")).hexdigest()
