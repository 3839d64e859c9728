"""Two people's changes to one banner, put together so that no word of either is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from editor.core.brief import Banner, Brief


@dataclass(frozen=True, slots=True)
class Merged:
    """The banner with both changes, and the titles of briefs that both had changed."""

    banner: Banner
    both: tuple[str, ...] = ()


def merge(base: Banner, mine: Banner, theirs: Banner) -> Merged:
    """Put two banners together that were both made from `base`.

    The order is mine; briefs that only they have follow. A brief changed by one
    side is taken from that side, also when the other removed it. A brief changed
    by both stays twice, mine first, theirs right after it with an id of its own.
    """
    before, other = _by_id(base), _by_id(theirs)
    briefs: list[Brief] = []
    both: list[str] = []
    for brief in mine.briefs:
        old, new = before.get(brief.id), other.get(brief.id)
        if new is None:
            # They removed it, or I added it: it goes only if I had left it as it was.
            if brief != old:
                briefs.append(brief)
        elif new in (brief, old):
            briefs.append(brief)
        elif brief == old:
            briefs.append(new)
        else:
            briefs += [brief, replace(new, id=uuid4().hex)]
            both.append(brief.title or new.title)
    kept = {brief.id for brief in mine.briefs}
    briefs += [
        brief for brief in theirs.briefs if brief.id not in kept and brief != before.get(brief.id)
    ]
    return Merged(Banner(tuple(briefs)), tuple(both))


def _by_id(banner: Banner) -> dict[str, Brief]:
    return {brief.id: brief for brief in banner.briefs}
