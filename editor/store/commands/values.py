"""What a saved story may newly name: topics that are in the vocabulary, stories of this desk.

Dates, the language and the slug are read where they are made values. What a version
before named is no reason to refuse the next one: it may have come from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, select

from editor.core.story import Story
from editor.errors import BadValue
from editor.i18n import _
from editor.media_topics import topics
from editor.store.db.schema import stories

_LONGEST = 40


def require_values(
    connection: Connection, story: Story, before: Callable[[], Iterable[Story]] = tuple
) -> None:
    """Raise BadValue, with the path of the field, for a topic or a story that does not exist.

    `before` reads the versions that the story was edited from; only a value that is
    unknown makes that necessary.
    """
    subjects = {code for code in story.subjects if code not in topics()}
    related = set(story.related) - _existing(connection, story.related)
    if not subjects and not related:
        return
    for old in before():
        subjects -= set(old.subjects)
        related -= set(old.related)
    for code in subjects:
        raise BadValue(
            _("“{code}” is not a Media Topic.").format(code=code[:_LONGEST]),
            _("Choose one by its name."),
            "subjects",
        )
    for story_id in related:
        raise BadValue(
            _("There is no related story “{id}”.").format(id=story_id[:_LONGEST]),
            _("Choose a story of this desk."),
            "related",
        )


def _existing(connection: Connection, ids: tuple[str, ...]) -> set[str]:
    if not ids:
        return set()
    return set(connection.scalars(select(stories.c.id).where(stories.c.id.in_(ids))))
