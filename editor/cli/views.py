"""The JSON and the words the command line prints for stories, rows and briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.core.dateline import render_dateline
from editor.core.workflow import Publication
from editor.i18n import _

if TYPE_CHECKING:
    from editor.core.brief import Brief
    from editor.core.house import House
    from editor.store.reading.rows import StoredVersion, StoryRow


def story_view(stored: StoredVersion, house: House) -> dict[str, object]:
    """Return the canonical story with its rendered dateline, version, stage and approval."""
    story = stored.story
    dateline = {
        **story.dateline.to_json(complete=True),
        "rendered": render_dateline(story.dateline, house.dateline_template, story.language),
    }
    return {
        **story.to_json(complete=True),
        "dateline": dateline,
        "stage": str(stored.state.stage),
        "publication": str(stored.state.publication),
        "version": stored.version,
        "hash": stored.hash,
        "author": stored.author,
        "saved_at": stored.at,
        "cause": stored.cause,
        "approved_by": stored.approval.person if stored.approval else None,
        "self_approved": bool(stored.approval and stored.approval.self_approved),
        "not_approved_because": stored.refusal or None,
    }


def describe_state(row: StoryRow) -> str:
    """Describe a story's state: `draft, live version 2, two versions to reconcile`."""
    parts = [_("killed") if row.publication is Publication.KILLED else _(row.stage)]
    if row.publication is Publication.LIVE:
        parts.append(_("live version {n}").format(n=row.live_version))
    if row.leaves > 1:
        count = _("two") if row.leaves == 2 else str(row.leaves)
        parts.append(_("{count} versions to reconcile").format(count=count))
    return ", ".join(parts)


def row_view(row: StoryRow) -> dict[str, object]:
    """Return one row of a list."""
    return {
        "id": row.id,
        "slug": row.slug,
        "headline": row.headline,
        "section": row.section,
        "language": row.language,
        "stage": str(row.stage),
        "publication": str(row.publication),
        "version": row.version,
        "live_version": row.live_version or None,
        "leaves": row.leaves,
        "words": row.words,
        "updated": row.updated,
        "author": row.author,
    }


def brief_view(brief: Brief, slugs: dict[str, str]) -> dict[str, object]:
    """Return one brief, with the slug of the story it links to."""
    return {
        "id": brief.id,
        "title": brief.title,
        "summary": brief.summary,
        "story": slugs.get(brief.story),
        "expires": brief.expires or None,
    }
