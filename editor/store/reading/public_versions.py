"""When readers had the versions of a story, and which stories they had until they expired."""

from __future__ import annotations

from editor.core.edition import Expired
from editor.core.publication import VersionApproval, expiry_of
from editor.store.reading.texts import VerifiedTexts
from editor.store.reading.verified_story import VerifiedStory


def approved_versions(found: VerifiedStory) -> list[str]:
    """The version of each approval there ever was, in their order."""
    return [found.events[event].version for event in found.standing.approved]


def approvals_until(
    found: VerifiedStory, version: str, texts: VerifiedTexts
) -> tuple[VersionApproval, ...]:
    """All approvals there ever were, in their order, up to that of a version."""
    ids, standing, events = approved_versions(found), found.standing, found.events
    for id in ids:
        texts.content(found, id)  # is as it was saved
    last = standing.approved.index(standing.approvals[version])
    return tuple(
        VersionApproval(
            found.number(id),
            events[approval].at,
            events[standing.ended[approval]].at if approval in standing.ended else "",
            texts.outline(found, id),
        )
        for id, approval in zip(ids[: last + 1], standing.approved, strict=False)
    )


def expired_story(found: VerifiedStory, version: str, texts: VerifiedTexts) -> Expired | None:
    """A story whose version has expired, under the address that readers had; if they had one."""
    if version not in found.standing.approvals:
        return None
    gone = expiry_of(approvals_until(found, version, texts))
    if gone is None:
        return None
    place, at = gone
    version = approved_versions(found)[place]
    had = texts.facts(found, version)
    # The approver's clock may have been behind: a text that was saved later was never out.
    if had.lacks_parts or found.events[version].at >= at:
        return None
    return Expired(found.row.id, had.slug, had.facts.language, at)
