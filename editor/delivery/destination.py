"""What a delivery asks of the place that it goes to, whatever kind of place that is."""

from __future__ import annotations

from typing import Protocol

from editor.delivery.plan import DeliveryPlan
from editor.delivery.send import Sent
from editor.errors import DeliveryError
from editor.i18n import _
from editor.progress import Progress


class Destination(Protocol):
    """The place of a target. Each method connects for itself, and raises a known problem."""

    def look(self) -> DeliveryPlan:
        """Return what would change there. Nothing that readers see is changed.

        Raises NotOurs for what a person should look at first, unless it is forced.
        """
        ...

    def read(self, path: str, most: int) -> bytes | None:
        """Return the bytes of a file there; None for none, and for one longer than `most`."""
        ...

    def send(self, plan: DeliveryPlan, progress: Progress) -> Sent:
        """Bring the edition there as it was planned, and verify that it is there.

        `progress` is in bytes. Raises DeliveryError where the target is no longer as it was
        when that was planned, Cancelled.
        """
        ...


def changed_meanwhile(target: str) -> DeliveryError:
    """Return the error about a target that is not as it was when it was looked at."""
    return DeliveryError(
        _("Somebody else changed what is at “{target}” in the meantime.").format(target=target),
        _("Nothing was sent. Look at what would change now, then send again."),
    )
