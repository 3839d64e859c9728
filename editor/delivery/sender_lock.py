"""One delivery to a place at a time: a file there names who sends, from its begin to its end.

Whoever makes the file first has the place. A process that is killed leaves it: the same computer
knows it again and goes on; on any other a person decides, with `force`. Where a place can't make
a file only if there is none, two deliveries of the very same moment both look once more before
the manifest, and the one that finds the other's name stops.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from hashlib import sha256

import msgspec

from editor.core.blanks import plain_name
from editor.core.times import instant_text, is_instant_text, now
from editor.dates import utc_text
from editor.delivery.remote import NOTE, SENDER, LocalFile, Remote
from editor.delivery.sent_files import SentFiles
from editor.errors import DeliveryError, NotOurs
from editor.i18n import _
from editor.log import log

_MOST_BYTES = 64 << 10
_LONGEST_NAME = 100


class _Sender(msgspec.Struct, frozen=True):
    """Who sends: the number of a computer's outbox, a name if the edition is signed, since when."""

    id: str
    by: str = ""
    since: str = ""


class SenderLock:
    """The lock of one place. `sent` is what this computer knows of it, `by` who sends.

    `by` is empty where the edition names nobody: readers can see the file of a public bucket.
    """

    def __init__(self, remote: Remote, sent: SentFiles, by: str = "") -> None:
        self._remote, self._sent, self._by = remote, sent, by
        self._is_held = False

    def is_ours(self, found: bytes) -> bool:
        """Return whether this computer made the lock."""
        id = _read(found).id
        return bool(id) and id == self._known_id()

    def refuse_other(self, found: bytes) -> None:
        """Raise NotOurs for the lock of somebody else; empty bytes are none."""
        if found and not self.is_ours(found):
            raise self._other(found)

    def take(self, *, force: bool) -> None:
        """Take the place. Raises NotOurs where somebody else has it, unless `force`."""
        found = self._remote.read(SENDER, _MOST_BYTES) or b""
        if not force:
            self.refuse_other(found)
        file = self._file()
        self._is_held = True
        if found:
            if self._remote.store(file, _ignore) is None:
                self._remote.show(file)
        else:
            self._remote.create(file)
        self.require()

    def require(self) -> None:
        """Raise NotOurs where somebody else has the place now."""
        found = self._remote.read(SENDER, _MOST_BYTES) or b""
        if self.is_ours(found):
            return
        self._is_held = False
        if found:
            raise self._other(found)
        raise NotOurs(
            _("Somebody else delivered to {target} in the meantime.").format(
                target=self._remote.title
            ),
            _("Look at what would change now, then send again."),
        )

    def release(self) -> None:
        """Give the place free, after the delivery. Raises DeliveryError."""
        # The lock first: a note alone is in nobody's way.
        self._remote.remove([SENDER, NOTE])
        self._is_held = False

    def release_after_problem(self) -> None:
        """Give the place free if that is possible; what was stored stays for the next delivery."""
        if not self._is_held:
            return
        self._is_held = False
        try:
            self._remote.remove([SENDER])
        except DeliveryError:
            log.info("The lock of a delivery could not be removed.")

    def _file(self) -> LocalFile:
        id = self._known_id() or secrets.token_hex(16)
        data = msgspec.json.encode(_Sender(id, self._by, instant_text(now())))
        source = self._sent.keep("sender", data)
        return LocalFile(SENDER, source, sha256(data).hexdigest(), len(data))

    def _known_id(self) -> str:
        with suppress(OSError):
            return _read((self._sent.folder / "sender").read_bytes()).id
        return ""

    def _other(self, found: bytes) -> NotOurs:
        sender = _read(found)
        by = plain_name(sender.by)[:_LONGEST_NAME] or _("Somebody")
        if is_instant_text(sender.since):
            sentence = _("{person} has been sending to {target} since {instant}.")
        else:
            sentence = _("{person} is sending to {target}.")
        return NotOurs(
            sentence.format(person=by, target=self._remote.title, instant=utc_text(sender.since)),
            _(
                "Wait until that is done. If that computer stopped in the middle, send again from "
                "it; if nobody can, add --force to send in its place."
            ),
        )


def _read(data: bytes) -> _Sender:
    try:
        return msgspec.json.decode(data, type=_Sender)
    except (msgspec.MsgspecError, ValueError):
        return _Sender("")  # half a one, or somebody's own file


def _ignore(_size: int) -> None:
    """Count no bytes: the lock is no part of the edition."""
