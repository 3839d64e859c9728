"""Sends an edition to a target by a plan: pages before lists, lists before the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from editor.delivery.local_edition import MOST_BYTES
from editor.delivery.plan import DeliveryPlan
from editor.delivery.remote import NOTE, LocalFile, Remote, RemoteFile, Switching
from editor.delivery.sender_lock import SenderLock
from editor.delivery.sent_files import SentFile, SentFiles
from editor.errors import DeliveryError
from editor.formats.delivery_stages import DeliveryStage, delivery_stage
from editor.formats.paths import SIGNATURE, SUMS
from editor.i18n import _
from editor.progress import Progress


class Sent(NamedTuple):
    """What a delivery did: how many files it sent and removed, and how many bytes it sent.

    Files that an interrupted delivery had stored already are not counted.
    """

    files: int
    size: int
    removed: int


def send_edition(
    plan: DeliveryPlan, remote: Remote, sent: SentFiles, progress: Progress, by: str = ""
) -> Sent:
    """Do what a plan says, and verify it by a listing.

    `progress` reports bytes, and what is being sent; a cancelled delivery stops at the next part
    of a file. Then, and after any error, the next delivery sends only the rest. `by` is who
    sends. Raises DeliveryError, also where somebody else delivered since the plan was made,
    NotOurs where somebody is sending now, unless the plan is forced.
    """
    lock = SenderLock(remote, sent, by if SIGNATURE in plan.edition.files else "")
    sending = _Sending(plan, remote, sent, progress, lock)
    if plan.is_nothing and not plan.found.interrupted:
        sending.remember(plan.found.files)
        return Sent(0, 0, 0)
    sending.refuse_others()
    try:
        sending.send()
        return sending.finish()
    except BaseException:
        lock.release_after_problem()
        raise


class _Sending:
    """One delivery under way."""

    def __init__(
        self,
        plan: DeliveryPlan,
        remote: Remote,
        sent: SentFiles,
        progress: Progress,
        lock: SenderLock,
    ) -> None:
        self._plan, self._remote, self._sent, self._progress = plan, remote, sent, progress
        self._lock = lock
        self._is_locked = remote.switching is not Switching.AT_ONCE  # which lets nobody between
        self._done = 0
        self._stored: list[LocalFile] = []
        self._to_send, self._total = frozenset(plan.to_send), plan.size

    def refuse_others(self) -> None:
        """Raise DeliveryError where the target's list is no longer the one of the plan."""
        if (self._remote.read(SUMS, MOST_BYTES) or b"") != self._plan.found.sums:
            raise DeliveryError(
                _("Somebody else delivered to {target} in the meantime.").format(
                    target=self._remote.title
                ),
                _("Look at what would change now, then send again."),
            )

    def send(self) -> None:
        """Store and show all files, in their order."""
        is_zip = self._plan.edition.is_zip
        manifest = [
            file
            for file in self._plan.files
            if is_zip or delivery_stage(file.path) is DeliveryStage.MANIFEST
        ]
        others = self._plan.files[: len(self._plan.files) - len(manifest)]
        self._progress.report(0, self._total, "")
        if self._is_locked:
            self._lock.take(force=self._plan.force)
            self.refuse_others()  # who delivered before the lock was there
            self._note()
        self._remote.begin()
        if self._remote.switching is Switching.IN_PLACE:
            self._store(others)
            self._refuse_others_at_last()
            self._store(manifest)
        else:
            self._store(self._plan.files)
            self._show(others)
            self._refuse_others_at_last()
            self._show(manifest)

    def finish(self) -> Sent:
        """Remove what is gone, end the delivery, and verify it by a listing."""
        if self._is_locked:
            self._lock.require()
        self._remote.remove(self._plan.removed)
        self._remote.finish()
        listing = self._remote.listing()
        lacking = [
            file.path
            for file in self._plan.edition.files.values()
            if file.path not in listing or listing[file.path].size not in (-1, file.size)
        ]
        lacking += [path for path in self._plan.removed if path in listing]
        lacking += [file.path for file in self._stored if not self._is_as_stored(file, listing)]
        if lacking:
            sentence = _("{target} does not have what was sent to it: {path} is not as it should.")
            raise DeliveryError(
                sentence.format(target=self._remote.title, path=min(lacking)),
                _("Send again: that sends only what is missing."),
            )
        self.remember(listing)
        if self._is_locked:
            self._lock.release()
        size = sum(file.size for file in self._stored)
        return Sent(len(self._stored), size, len(self._plan.removed))

    def remember(self, listing: Mapping[str, RemoteFile]) -> None:
        """Remember all of the edition as it is at the target now."""
        edition = self._plan.edition
        files = {path: SentFile(file.sha256, listing[path]) for path, file in edition.files.items()}
        list_of_zip = SentFile(sha256(edition.sums).hexdigest(), RemoteFile(-1))
        self._sent.replace({SUMS: list_of_zip} | files)

    def _refuse_others_at_last(self) -> None:
        self.refuse_others()
        if self._is_locked:
            self._lock.require()

    def _is_as_stored(self, file: LocalFile, listing: Mapping[str, RemoteFile]) -> bool:
        """Return whether a file that was sent is what is there, and nobody else's of its size."""
        if self._plan.edition.is_zip or not self._is_locked:
            return True  # one file, or all in one step: there is nothing to mix
        found, sent = listing.get(file.path), self._sent.files.get(file.path)
        if found is None or sent is None or found == sent.remote or not found.tag:
            return True  # as it was listed when it was stored; or what `lacking` has already
        data = self._remote.read(file.path, max(file.size, 1))
        return data is None or sha256(data).hexdigest() == file.sha256

    def _note(self) -> None:
        """Say at the target which files may be there, or be gone, if the delivery is cut."""
        plan = self._plan
        paths = {*plan.found.interrupted, *plan.removed, *(file.path for file in plan.files)}
        data = "".join(f"{path}\n" for path in sorted(paths)).encode()
        source = self._sent.keep("sending", data)
        note = LocalFile(NOTE, source, sha256(data).hexdigest(), len(data))
        if self._remote.store(note, self._on_note) is None:
            self._remote.show(note)

    def _on_note(self, _size: int) -> None:
        self._progress.report(0, self._total, "")

    def _store(self, files: Iterable[LocalFile]) -> None:
        for file in files:
            if file not in self._to_send:
                continue
            start = self._done
            self._progress.report(self._done, self._total, file.path)
            remote = self._remote.store(file, self._on_bytes(file.path))
            self._stored.append(file)
            if remote is not None:
                self._sent.add(file, remote)
            if self._remote.switching is not Switching.AT_ONCE:  # there bytes may travel at the end
                self._done = start + file.size
            self._progress.report(self._done, self._total, file.path)

    def _show(self, files: Iterable[LocalFile]) -> None:
        for file in files:
            remote = self._remote.show(file)
            if remote is not None:
                self._sent.add(file, remote)

    def _on_bytes(self, path: str) -> Callable[[int], None]:
        def on_bytes(size: int) -> None:
            self._done += size
            self._progress.report(min(self._done, self._total), self._total, path)

        return on_bytes
