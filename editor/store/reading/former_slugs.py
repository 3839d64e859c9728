"""The slugs that stories had: links in other stories name them, and readers have addresses."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import Connection, select

from editor.core.edition import FormerSlug
from editor.errors import DeskDamaged, UntrustedSignature
from editor.store.db.schema import versions
from editor.store.reading.texts import VerifiedTexts
from editor.store.reading.verified_story import VerifiedStory


def former_slugs(
    connection: Connection, batch: Mapping[str, VerifiedStory], slugs: Mapping[str, str]
) -> dict[str, tuple[FormerSlug, ...]]:
    """Return the slugs that other versions of these stories have, by the story.

    `slugs` are those that go out.

    They are read from the texts, which are verified: the column only says where to look.
    """
    v = versions.c
    several = [id for id in slugs if len(batch[id].made) > 1]
    query = select(v.story, v.id, v.slug).where(v.story.in_(several))
    found = connection.execute(query).all() if several else ()
    renamed = [(story, id) for story, id, slug in found if slug != slugs[story]]
    texts = VerifiedTexts(connection, (id for _story, id in renamed))
    public: dict[tuple[str, str], bool] = {}
    for story, id in renamed:
        with suppress(UntrustedSignature, DeskDamaged):
            slug = texts.story(batch[story], id).slug
            known = public.get((slug, story), False)
            public[slug, story] = known or _was_approved(batch[story], id)
    former: dict[str, tuple[FormerSlug, ...]] = {}
    for (slug, story), was_public in sorted(public.items()):
        if slug != slugs[story]:
            named = FormerSlug(slug, story, was_public)
            former[story] = (*former.get(story, ()), named)
    return former


def _was_approved(found: VerifiedStory, version: str) -> bool:
    return any(found.events[event].version == version for event in found.standing.approved)
