"""The slugs that stories had: links in other stories name them, and readers have addresses."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import Connection, select

from editor.core.edition import FormerSlug
from editor.errors import DeskDamaged, UntrustedSignature
from editor.store.db.schema import versions
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.verified_story import VerifiedStory

_AT_ONCE = 500


def former_slugs(
    connection: Connection,
    verifier: ApprovalVerifier,
    batch: Mapping[str, VerifiedStory],
    slugs: Mapping[str, str],
) -> list[FormerSlug]:
    """Return the slugs that other versions of these stories have; `slugs` are those that go out.

    They are read from the texts, which are verified: the column only says where to look.
    """
    v = versions.c
    query = select(v.story, v.id, v.slug).where(v.story.in_(list(slugs)))
    renamed = [id for story, id, slug in connection.execute(query) if slug != slugs[story]]
    public: dict[tuple[str, str], bool] = {}
    for start in range(0, len(renamed), _AT_ONCE):
        some = v.id.in_(renamed[start : start + _AT_ONCE])
        for id, story, content in connection.execute(select(v.id, v.story, v.content).where(some)):
            with suppress(UntrustedSignature, DeskDamaged):
                slug = verifier.text_of(batch[story], id, content).slug
                known = public.get((slug, story), False)
                public[slug, story] = known or _was_approved(batch[story], id)
    return [
        FormerSlug(slug, story, was_public)
        for (slug, story), was_public in sorted(public.items())
        if slug != slugs[story]
    ]


def _was_approved(found: VerifiedStory, version: str) -> bool:
    return any(found.events[event].version == version for event in found.standing.approved)
