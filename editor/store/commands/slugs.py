"""Slugs: no two stories have the same one."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from editor.core.story import Story, check_slug, slug_from
from editor.errors import BadValue
from editor.i18n import _
from editor.store.db.engine import plain

_OWNERS = """
    SELECT headline, id FROM stories WHERE slug = :slug AND id <> :except_id
    UNION ALL
    SELECT s.headline, s.id FROM versions v
    JOIN approvals a ON a.text = v.id JOIN stories s ON s.id = v.story
    WHERE v.slug = :slug AND s.id <> :except_id
    LIMIT 1
"""


def with_own_slug(connection: Connection, story: Story) -> Story:
    """The story with the slug it names, or one made of its headline. Raises BadValue."""
    if not story.slug:
        return with_free_slug(connection, story, slug_from(story.headline))
    try:
        check_slug(story.slug)
    except BadValue as error:
        raise BadValue(error.sentence, error.hint, "slug") from None
    owner = slug_owner(connection, story.slug, story.id)
    if owner is None:
        return story
    free = with_free_slug(connection, story, story.slug).slug
    raise BadValue(
        _("The slug “{slug}” belongs to another story, “{owner}”.").format(
            slug=story.slug, owner=owner
        ),
        _("Choose another one, such as {free}.").format(free=free),
        "slug",
    )


def with_imported_slug(connection: Connection, story: Story) -> Story:
    """An incoming story with a free slug: near its own if it can be one, else from its words."""
    try:
        check_slug(story.slug)
    except BadValue:
        return with_free_slug(connection, story, slug_from(story.slug or story.headline))
    return with_free_slug(connection, story, story.slug)


def with_free_slug(connection: Connection, story: Story, wish: str) -> Story:
    """The story with a slug of its own near a wish: `harbour`, else `harbour-2`, and so on."""

    def numbered(number: int) -> str:
        return wish if number == 1 else f"{wish[:70].rstrip('-')}-{number}"

    def is_taken(number: int) -> bool:
        return slug_owner(connection, numbered(number), story.id) is not None

    # Ten thousand stories of one name must not take fifty million looks.
    low, high = 0, 1
    while is_taken(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return replace(story, slug=numbered(high))


def slug_owner(connection: Connection, slug: str, except_id: str) -> str | None:
    """The headline of the story that has a slug, other than the one of this id.

    A story has the slug of its latest version, and those of all that were ever
    approved: readers may have its address, and links in other stories name it.
    """
    asked = {"slug": slug, "except_id": except_id}
    found = plain(connection).execute(_OWNERS, asked).fetchone()
    return str(found[0] or found[1]) if found else None
