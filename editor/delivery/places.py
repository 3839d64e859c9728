"""Which destination an address leads to."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.target_address import PlaceKind
from editor.core.times import parse_instant
from editor.delivery.credentials import Credentials
from editor.delivery.destination import Destination
from editor.delivery.local import LocalDestination
from editor.delivery.outbox import Outbox
from editor.delivery.remote import Remote
from editor.formats.edition_document import instant_of
from editor.formats.paths import EDITION


@dataclass(frozen=True, slots=True)
class DeliveryAccess:
    """Who delivers, and what opens the target.

    `confirmed_key` is the fingerprint of a server's key that a person has just confirmed.
    """

    person: str
    credentials: Credentials
    confirmed_key: str = ""


def destination_for(outbox: Outbox, access: DeliveryAccess, *, force: bool = False) -> Destination:
    """Return the destination of an outbox's target. Nothing is connected yet."""
    if outbox.target.place.kind in (PlaceKind.FOLDER, PlaceKind.ZIP):
        return LocalDestination(outbox, force=force)
    from editor.delivery.remote_destination import RemoteDestination  # noqa: PLC0415  for sticks

    return RemoteDestination(
        outbox, lambda: _connect(outbox, access), by=access.person, force=force
    )


def _connect(outbox: Outbox, access: DeliveryAccess) -> Remote:
    target = outbox.target
    if target.place.kind is PlaceKind.GIT:
        return _branch(outbox, access)
    from editor.delivery.connect import remote_of  # noqa: PLC0415  only while delivering

    return remote_of(target, access.credentials, outbox.edition, access.confirmed_key)


def _branch(outbox: Outbox, access: DeliveryAccess) -> Remote:
    from editor.delivery.git import Authorship, GitRemote  # noqa: PLC0415  only while delivering
    from editor.delivery.git_client import git_client  # noqa: PLC0415
    from editor.delivery.git_problems import GitPlace  # noqa: PLC0415

    place = GitPlace(outbox.target.name, outbox.target.place)
    client = git_client(place, access.credentials, access.confirmed_key)
    # The edition's time, not the present one: the same edition is the same commit.
    made = parse_instant(instant_of((outbox.edition / EDITION).read_bytes()))
    return GitRemote(place, client, Authorship(access.person, made), outbox.known)
