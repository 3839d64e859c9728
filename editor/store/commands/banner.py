"""The trends banner: saving it, and adding briefs that were imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.commands import SaveBanner
from editor.errors import Stale
from editor.store.commands.paper import write_paper
from editor.store.commands.transaction import Transaction


def save_banner(transaction: Transaction, command: SaveBanner) -> Changes:
    """Save the banner; new briefs get ids."""
    current = transaction.banner()
    if command.banner == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            "Someone else changed the trends banner in the meantime.",
            "Look at the banner as it is now; your text is not lost.",
        )
    write_paper(transaction, "banner", _with_ids(command.banner).to_json())
    return Changes.of("banner")


def append_briefs(transaction: Transaction, briefs: Sequence[Brief]) -> Changes:
    """Add imported briefs after the banner's own, without duplicates."""
    if not briefs:
        return Changes()
    banner = transaction.banner()
    known = {(brief.title, brief.summary) for brief in banner.briefs}
    new: list[Brief] = []
    for brief in briefs:
        if (brief.title, brief.summary) not in known:
            known.add((brief.title, brief.summary))
            new.append(replace(brief, id=""))
    if not new:
        return Changes()
    write_paper(transaction, "banner", _with_ids(Banner((*banner.briefs, *new))).to_json())
    return Changes.of("banner")


def _with_ids(banner: Banner) -> Banner:
    taken: set[str] = set()
    briefs = []
    for brief in banner.briefs:
        named = replace(brief, id=uuid4().hex) if brief.id in {"", *taken} else brief
        taken.add(named.id)
        briefs.append(named)
    return Banner(tuple(briefs))
