"""The JSON that the command line promises, made from the desk's values."""

from __future__ import annotations

from typing import Any

from editor.core.brief import Brief
from editor.core.dateline import render_dateline
from editor.core.house import House
from editor.core.workflow import Publication
from editor.store.reading.rows import StoredVersion, StoryRow


def story_view(stored: StoredVersion, house: House) -> dict[str, Any]:
    """The canonical story, its rendered dateline, and where it stands."""
    story = stored.story
    view: dict[str, Any] = story.to_json(complete=True)
    view["dateline"] = {
        **story.dateline.to_json(complete=True),
        "rendered": render_dateline(story.dateline, house.dateline_template, story.language),
    }
    return view | {
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


def standing(row: StoryRow) -> str:
    """Where a story stands, in words: `draft, live version 2, two versions to reconcile`."""
    said = ["killed" if row.publication is Publication.KILLED else str(row.stage)]
    if row.publication is Publication.LIVE:
        said.append(f"live version {row.live_version}")
    if row.leaves > 1:
        said.append(f"{'two' if row.leaves == 2 else row.leaves} versions to reconcile")
    return ", ".join(said)


def row_view(row: StoryRow) -> dict[str, Any]:
    """One line of a list."""
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


def brief_view(brief: Brief, slugs: dict[str, str]) -> dict[str, Any]:
    """One brief, with the slug of the story it links to."""
    return {
        "id": brief.id,
        "title": brief.title,
        "summary": brief.summary,
        "story": slugs.get(brief.story),
        "expires": brief.expires or None,
    }
