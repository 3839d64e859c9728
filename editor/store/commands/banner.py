"""The trends banner: anybody proposes it, and an editor's signature makes it go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import insert

from editor.core.brief import Banner, Brief
from editor.core.canonical import canonical_json
from editor.core.changes import Changes
from editor.core.commands import ApproveBanner, SaveBanner
from editor.core.events import BANNER_APPROVED
from editor.errors import NotAllowed, Stale
from editor.i18n import _
from editor.store.commands.paper import write_paper
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import approvals
from editor.store.reading.papers import read_banner
from editor.trust.approval import refusal
from editor.trust.log_tip import token_hash


def save_banner(transaction: Transaction, command: SaveBanner) -> Changes:
    """Save the banner; new briefs get ids."""
    current = transaction.banner()
    if command.banner == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            _("Someone else changed the trends banner in the meantime."),
            _("Look at the banner as it is now; your text is not lost."),
        )
    return _write(transaction, _with_ids(command.banner))


def approve_banner(transaction: Transaction, command: ApproveBanner) -> Changes:
    """Sign that the banner, by its hash, goes out. Raises NotAllowed with the reason, Stale."""
    chain = transaction.trusted_chain()
    state = read_banner(transaction.connection, chain)
    state.require_sound()
    if state.latest.hash != command.hash:
        raise Stale(
            _("Someone else changed the trends banner in the meantime."),
            _("Look at the banner as it is now, then approve it."),
        )
    if not state.needs_approval:
        return Changes()
    if state.unsigned:
        raise NotAllowed(state.unsigned, _("Ask them to close the window with the key open."))
    by = transaction.person.name
    if why := refusal(chain.latest, "banner", by, writers=state.writers):
        raise NotAllowed(why, _("Ask an editor who wrote none of it to approve it."))
    token = transaction.sign_approval(
        "banner", state.latest.hash, state.event, chain.latest_hash, writers=state.writers
    )
    _place, event = transaction.append(
        BANNER_APPROVED, version=state.event, token=token_hash(token)
    )
    transaction.connection.execute(
        insert(approvals).values(event=event, text=state.event, token=token)
    )
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
    return _write(transaction, _with_ids(Banner((*banner.briefs, *new))))


def _write(transaction: Transaction, banner: Banner) -> Changes:
    content = canonical_json(banner.to_json())
    write_paper(transaction, "banner", content, banner.hash)
    return Changes.of("banner")


def _with_ids(banner: Banner) -> Banner:
    taken: set[str] = set()
    briefs = []
    for brief in banner.briefs:
        named = replace(brief, id=uuid4().hex) if brief.id in {"", *taken} else brief
        taken.add(named.id)
        briefs.append(named)
    return Banner(tuple(briefs))
