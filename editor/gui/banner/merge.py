"""Two people's changes to one banner, merged so that no word of either is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from editor.core.brief import Banner, Brief


@dataclass(frozen=True, slots=True)
class MergedBanner:
    """The banner with both changes, and the titles of briefs that both had changed."""

    banner: Banner
    conflicts: tuple[str, ...] = ()


def merge_banners(base: Banner, mine: Banner, theirs: Banner) -> MergedBanner:
    """Merge two banners that were both made from `base`.

    The order is mine; briefs that only they have follow. A brief changed by one
    side is taken from that side, also when the other removed it. A brief changed
    by both is in the banner twice: mine, and right after it theirs with a new id.
    """
    before, other = _by_id(base), _by_id(theirs)
    briefs: list[Brief] = []
    conflicts: list[str] = []
    for brief in mine.briefs:
        old, new = before.get(brief.id), other.get(brief.id)
        if new is None:
            # They removed it, or I added it: it is left out only if I had not changed it.
            if brief != old:
                briefs.append(brief)
        elif new in (brief, old):
            briefs.append(brief)
        elif brief == old:
            briefs.append(new)
        else:
            briefs += [brief, replace(new, id=uuid4().hex)]
            conflicts.append(brief.title or new.title)
    ids = {brief.id for brief in mine.briefs}
    briefs += [
        brief for brief in theirs.briefs if brief.id not in ids and brief != before.get(brief.id)
    ]
    return MergedBanner(Banner(tuple(briefs)), tuple(conflicts))


def _by_id(banner: Banner) -> dict[str, Brief]:
    return {brief.id: brief for brief in banner.briefs}
