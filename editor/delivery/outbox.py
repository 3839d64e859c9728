"""The outbox: an edition as it will be at one target, on this computer, before it is sent.

It is private and may be lost at any time: it is made again then. What waits to be recorded is
beside it, and what is known of the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from editor.core.canonical import canonical_json
from editor.core.delivery import Delivery, Target, Targets
from editor.core.export_memory import TargetStore
from editor.core.target_address import PlaceKind
from editor.errors import DeliveryError, reason_of
from editor.files import PRIVATE_FOLDER, remove, write_file
from editor.i18n import _
from editor.in_use import MARK, lock, open_to_lock, remove_unused
from editor.log import log
from editor.places import outbox_folder

_FILES = "files"
_KNOWN = "known"
_WAITING = "waiting.json"


class UnrecordedDelivery(msgspec.Struct, frozen=True):
    """A delivery that began and is not recorded yet, by whoever sent it."""

    by: str
    delivery: dict[str, object]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The folder of one target in the outbox of a desk; `open_outbox` gives it.

    `targets` remembers what exports left in folders, the outbox's as well.
    """

    folder: Path
    target: Target
    targets: TargetStore

    @property
    def edition(self) -> Path:
        """The edition for the target: a folder, or a zip file of the same name as there."""
        place = self.target.place
        if not place.is_zip:
            return self.folder / _FILES
        name = place.path.replace("\\", "/") if place.kind is PlaceKind.ZIP else place.path
        return self.folder / _FILES / name.rpartition("/")[2]

    @property
    def known(self) -> Path:
        """A folder for what is known of the target; what is there may be lost."""
        return self.folder / _KNOWN

    def keep_waiting(self, delivery: Delivery, by: str) -> None:
        """Keep what is to be recorded, before it is sent. Raises OSError."""
        value = UnrecordedDelivery(by, dict(delivery.to_json()))
        write_file(self.folder / _WAITING, msgspec.json.encode(value), private=True)

    def waiting(self) -> tuple[Delivery, str] | None:
        """Return what began and is not recorded, with who sent it; None where nothing is."""
        try:
            found = msgspec.json.decode(
                (self.folder / _WAITING).read_bytes(), type=UnrecordedDelivery
            )
            return Delivery.from_json(found.delivery), found.by
        except (OSError, msgspec.MsgspecError, KeyError, TypeError, AttributeError, ValueError):
            return None

    def forget_waiting(self) -> None:
        """Forget what waited to be recorded."""
        with suppress(OSError):
            remove(self.folder / _WAITING)


@contextmanager
def open_outbox(desk: Path, target: Target, targets: TargetStore) -> Iterator[Outbox]:
    """Give the outbox of a target, for one delivery at a time.

    Raises DeliveryError while another process has it, and where it can't be made.
    """
    folder = outbox_folder(desk) / _name(target)
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        mark = open_to_lock(folder / MARK)
    except OSError as error:
        sentence = _("What goes to “{target}” can't be prepared on this computer: {reason}.")
        raise DeliveryError(
            sentence.format(target=target.name, reason=reason_of(error)),
            _("Free some space, or look at who may write to {folder}.").format(folder=folder),
        ) from error
    with mark:
        try:
            is_ours = lock(mark)
        except OSError:
            is_ours = True  # a disk that can't lock files has one person's own data on it
        if not is_ours:
            raise DeliveryError(
                _("Another delivery to “{target}” is under way.").format(target=target.name),
                _("Wait until it is done, then send again."),
            )
        yield Outbox(folder, target, targets)


def forget_other_outboxes(desk: Path, targets: Targets) -> None:
    """Remove the outboxes of targets that the desk has no longer, or that are others now."""
    wanted = {_name(target) for target in targets.targets}
    with suppress(OSError):
        for folder in sorted(outbox_folder(desk).iterdir()):
            if folder.name not in wanted and remove_unused(folder):
                log.info("Removed the outbox of a target that is gone.")


def _name(target: Target) -> str:
    """The name of a target's folder: another address or format is another one."""
    value = {**target.to_json(), "name": target.name.casefold()}
    return sha256(canonical_json(value)).hexdigest()[:32]
