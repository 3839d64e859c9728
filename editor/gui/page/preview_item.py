"""The edition item that a story is previewed as, also before anybody has approved it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from editor.core.edition import Item
from editor.core.publication import due_from
from editor.core.story import Story
from editor.core.times import instant_text


def preview_item(story: Story, approved: Item | None, at: datetime) -> Item:
    """Return the item that readers would get if a story was published at an instant.

    An approved text keeps its own dates, so its page is the exported one. A
    text changed since keeps the day it was first published.
    """
    if approved is not None and approved.story == story:
        return approved
    today = max(instant_text(at), due_from(story))
    if approved is not None and approved.story.id == story.id:
        updated = max(today, approved.published)
        return replace(approved, story=story, hash="", updated=updated, approval=None)
    return Item(story, 0, "", today, today)
