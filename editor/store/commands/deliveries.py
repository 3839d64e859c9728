"""Deliveries: the targets of the paper, and the record of what was sent to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert

from editor.core.changes import Changes
from editor.core.commands import RecordDelivery, SaveTargets
from editor.core.events import DELIVERED
from editor.core.people import Role
from editor.errors import NotAllowed, Stale
from editor.i18n import _
from editor.store.commands.paper import write_signed_paper
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import deliveries
from editor.store.reading.deliveries import note_stories
from editor.store.reading.papers import read_latest_targets, read_targets
from editor.targets import check_outside_desks


def save_targets(transaction: Transaction, command: SaveTargets) -> Changes:
    """Save the targets as an editor or a chief signs them.

    Raises NotAllowed for a journalist, BadValue for a list that can't be one and for a new target
    of no format, OutputError for one inside a desk, Stale, UntrustedSignature.
    """
    if transaction.person.role is Role.JOURNALIST:
        raise NotAllowed(
            _("Only editors and chiefs may change where the paper delivers to."),
            _("Ask one of them to do it."),
        )
    targets = command.targets
    targets.require_valid()
    chain = transaction.trusted_chain()
    state = read_targets(transaction.connection, chain)
    if targets == state.targets and not state.doubt:
        return Changes()
    if command.base != state.targets.hash:
        raise Stale(
            _("Someone else changed the targets in the meantime."),
            _("Look at them as they are now, then change them again."),
        )
    # One that a newer Stonehand chose stays when only its address is changed.
    formats = {(target.format, target.parts) for target in state.targets.targets}
    for target in targets.targets:
        if target not in state.targets.targets:
            if (target.format, target.parts) not in formats:
                target.require_format()
            if path := target.place.local_path:
                check_outside_desks(Path(path))
    content = targets.canonical()
    write_signed_paper(transaction, "targets", content, targets.hash, chain.latest_hash)
    return Changes.of("targets")


def record_delivery(transaction: Transaction, command: RecordDelivery) -> Changes:
    """Record a delivery in the person's log.

    Raises NotFound for a target that there is not, BadValue for what can't be a delivery.
    """
    delivery = command.delivery
    delivery.require_valid()
    target = read_latest_targets(transaction.connection).find(delivery.target)
    delivery = replace(delivery, target=target.name)  # as the target spells it
    _place, event = transaction.append(DELIVERED, subject=delivery.hash, detail=target.name)
    transaction.connection.execute(
        insert(deliveries).values(
            event=event, target=target.name, content=delivery.canonical().decode("utf-8")
        )
    )
    note_stories(transaction.connection, event, delivery)
    return Changes.of("deliveries")
