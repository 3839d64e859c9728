"""The steps of a delivery as jobs: read, prepare, send."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from editor.core.commands import Publish
from editor.core.delivery import Target
from editor.core.edition import Edition
from editor.core.export_memory import TargetStore
from editor.delivery.credentials import Credentials, find_credentials, keep_credentials
from editor.delivery.outbox import open_outbox
from editor.delivery.places import DeliveryAccess, destination_for
from editor.delivery.prepared import DeliveryOrder, KnownDeliveries, PreparedDelivery, prepare
from editor.errors import CredentialsNeeded
from editor.formats.replaced_texts import ReplacedTexts
from editor.gui.exporting.job import EditionSigner
from editor.progress import Progress


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """What is to be delivered where, who sends it, and what is published after it.

    `desk` is the folder of the desk and `desk_id` its name in the keyring; `there` is what the
    desk knows of the target.
    """

    target: Target
    edition: Edition
    signer: EditionSigner
    to_publish: tuple[Publish, ...]
    there: KnownDeliveries
    desk: Path
    desk_id: str
    known: TargetStore


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody gave to open a target.

    `credentials` were typed, None for what the keyring has; they are kept there if
    `keeps_credentials`. `confirmed_key` is the fingerprint of the server's key. `force` sends in
    spite of what a person should look at first.
    """

    credentials: Credentials | None = None
    keeps_credentials: bool = False
    confirmed_key: str = ""
    force: bool = False

    def with_typed(self, credentials: Credentials, *, is_kept: bool) -> Access:
        """Return it with credentials that were typed."""
        return replace(self, credentials=credentials, keeps_credentials=is_kept)

    def with_key(self, fingerprint: str) -> Access:
        """Return it with the server's key that somebody confirmed."""
        return replace(self, confirmed_key=fingerprint)

    def forced(self) -> Access:
        """Return it with the word to send all the same."""
        return replace(self, force=True)


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery that is ready to be sent, with what changed files say at the target now.

    `not_kept` says why credentials could not be kept in the keyring.
    """

    prepared: PreparedDelivery
    texts: ReplacedTexts
    not_kept: str = ""


class HeldOutbox:
    """The outbox of one delivery: no other delivery to its target begins until it is closed."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def close(self) -> None:
        """Let others deliver to the target."""
        self._stack.close()

    def plan(self, wanted: ToDeliver, access: Access, progress: Progress) -> Planned:
        """Make the edition in the outbox and look at what is at the target.

        Raises what `prepare` does, and CredentialsNeeded.
        """
        self.close()
        target, texts = wanted.target, ReplacedTexts()
        outbox = self._stack.enter_context(open_outbox(wanted.desk, target, wanted.known))
        opened = access.credentials
        if opened is None:
            is_asked = target.place.needs_secret
            opened = find_credentials(wanted.desk_id, target) if is_asked else Credentials()
        order = DeliveryOrder(
            target,
            wanted.edition,
            wanted.signer.name,
            wanted.signer.key,
            wanted.there,
            force=access.force,
        )
        given = DeliveryAccess(wanted.signer.name, opened, access.confirmed_key)
        destination = destination_for(outbox, given, force=access.force)
        planned = Planned(prepare(order, outbox, destination, progress, texts), texts)
        if access.credentials is None or not access.keeps_credentials:
            return planned
        try:
            keep_credentials(wanted.desk_id, target, access.credentials)
        except CredentialsNeeded as problem:
            return replace(planned, not_kept=f"{problem.sentence} {problem.hint}")
        return planned
