"""Marking an export as what readers have now."""

from __future__ import annotations

from editor.core.commands import Publish
from editor.core.edition import Edition
from editor.core.workflow import Action, outcome
from editor.store.reading.snapshot import Snapshot


def releases(snapshot: Snapshot, edition: Edition, by: str) -> tuple[Publish, ...]:
    """What is to be published when an edition goes out: all that readers don't have already.

    Ask before the export is written. Raises NotFound for an unknown person and
    NotAllowed for one who may not publish; nothing is done yet.
    """
    person = snapshot.person(by)
    found = []
    for item in edition.items:
        row = snapshot.row(item.story.id)
        if item.version != row.live_version:
            outcome(Action.PUBLISH, row.state, person.role)
            found.append(Publish(row.id, item.version))
    return tuple(found)
