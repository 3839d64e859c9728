"""Places beyond this computer as targets: whatever has a `Remote`."""

from __future__ import annotations

from collections.abc import Callable

from editor.delivery.destination import changed_meanwhile
from editor.delivery.local_edition import read_local_edition
from editor.delivery.outbox import Outbox
from editor.delivery.plan import DeliveryPlan, look_at, plan_delivery
from editor.delivery.remote import Remote
from editor.delivery.send import Sent, send_edition
from editor.delivery.sender_lock import SenderLock
from editor.delivery.sent_files import SentFiles
from editor.progress import Progress


class RemoteDestination:
    """A target that is reached over a network. `connect` makes a connection for each step.

    `by` is who sends.

    A person may look for as long as they like at what would change: nothing is connected
    meanwhile, and before it is sent it is worked out once more.
    """

    def __init__(
        self,
        outbox: Outbox,
        connect: Callable[[], Remote],
        *,
        by: str = "",
        force: bool = False,
    ) -> None:
        self._outbox = outbox
        self._target = outbox.target.name
        self._connect = connect
        self._by = by
        self._force = force

    def look(self) -> DeliveryPlan:
        """Return what would change. Raises DeliveryError, NotOurs unless forced."""
        with self._connect() as remote, SentFiles(self._outbox.known) as sent:
            plan = self._plan(remote, sent)
            lock = SenderLock(remote, sent)
            if plan.is_nothing and lock.is_ours(plan.found.sender):
                lock.release()  # it arrived whole, and was killed before this
            return plan

    def read(self, path: str, most: int) -> bytes | None:
        """Return the bytes of a file there. Raises DeliveryError, also for a longer one."""
        with self._connect() as remote:
            remote.listing()
            return remote.read(path, most)

    def send(self, plan: DeliveryPlan, progress: Progress) -> Sent:
        """Send what was planned. Raises DeliveryError, Cancelled."""
        with self._connect() as remote, SentFiles(self._outbox.known) as sent:
            now = self._plan(remote, sent)
            if (now.files, now.removed) != (plan.files, plan.removed):
                raise changed_meanwhile(self._target)
            return send_edition(now, remote, sent, progress, self._by)

    def _plan(self, remote: Remote, sent: SentFiles) -> DeliveryPlan:
        edition = read_local_edition(self._outbox.edition)
        found = look_at(remote, sent.files)
        if not self._force:
            SenderLock(remote, sent).refuse_other(found.sender)
        return plan_delivery(edition, found, sent.files, self._target, force=self._force)
