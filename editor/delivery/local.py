"""Folders and zip files of this computer as targets: a disk, a stick, a network drive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.delivery.destination import changed_meanwhile
from editor.delivery.local_edition import read_local_edition
from editor.delivery.outbox import Outbox
from editor.delivery.plan import DeliveryPlan, FoundEdition, plan_delivery
from editor.delivery.remote import RemoteFile
from editor.delivery.send import Sent
from editor.delivery.sent_files import SentFile
from editor.errors import DeliveryError, DiskFull, EditorError, OutputError
from editor.files import replacing
from editor.formats.disk_output import known_problems
from editor.formats.earlier_files import EarlierFiles
from editor.formats.earlier_zip import EarlierZip
from editor.formats.edition_document import instant_of, origin_of
from editor.formats.output import output_for
from editor.formats.paths import EDITION, SIGNATURE, SUMS, is_zip_name
from editor.i18n import _, quoted
from editor.progress import Progress

_CHUNK = 1 << 20


class LocalDestination:
    """A folder that trades places with a new one at the end, or a zip file that is replaced.

    Readers there have the old edition or the new one, never a mixture.
    """

    def __init__(self, outbox: Outbox, *, force: bool = False) -> None:
        self._outbox = outbox
        self._target = outbox.target.name
        self._force = force
        self._path = Path(outbox.target.place.path).expanduser()

    def look(self) -> DeliveryPlan:
        """Return what would change. Raises DeliveryError, OutputError, NotOurs unless forced."""
        with self._named():
            self._check_place()
            output_for(self._path, force=self._force, targets=self._outbox.targets).check()
            edition, found = read_local_edition(self._outbox.edition), self._find()
            # No list has the hash of the signature, but it can be read here.
            signature = found.files.get(SIGNATURE)
            known = {SIGNATURE: SentFile(signature.tag, signature)} if signature else {}
            return plan_delivery(edition, found, known, self._target, force=self._force)

    def read(self, path: str, most: int) -> bytes | None:
        """Return the bytes of a file there; None for none and for a longer one."""
        if is_zip_name(self._path):
            with self._named(), EarlierZip(self._path) as there:
                return there.read(path) if there.sizes.get(path, most + 1) <= most else None
        file = self._path / path
        is_readable = file.is_file() and not file.is_symlink() and file.stat().st_size <= most
        return file.read_bytes() if is_readable else None

    def send(self, plan: DeliveryPlan, progress: Progress) -> Sent:
        """Write the edition there; what is unchanged is not written again.

        Raises DeliveryError, OutputError, DiskFull, Cancelled; nothing has changed then.
        """
        with self._named():
            self._check_place()
            if self._find() != plan.found:
                raise changed_meanwhile(self._target)
            replace = self._replace_zip if plan.edition.is_zip else self._replace_folder
            sent = replace(plan, progress)
            if self._list() != plan.edition.sums:
                raise changed_meanwhile(self._target)
        return sent

    def _replace_zip(self, plan: DeliveryPlan, progress: Progress) -> Sent:
        [file] = plan.edition.files.values()
        done = 0
        with replacing(self._path) as part, part.open("wb") as copy, file.source.open("rb") as zip:
            while chunk := zip.read(_CHUNK):
                progress.report(done, file.size, file.path)
                copy.write(chunk)
                done += len(chunk)
            # The last moment to cancel.
            progress.report(file.size, file.size)
        return Sent(1, file.size, 0)

    def _replace_folder(self, plan: DeliveryPlan, progress: Progress) -> Sent:
        edition, changed = plan.edition, {file.path: file for file in plan.files}
        output = output_for(self._path, force=self._force, targets=self._outbox.targets)
        with output:
            key = hashlib.sha256(edition.sums).digest()
            if output.keeps_all(key):
                return Sent(0, 0, 0)
            output.begin(key, edition.origin)
            done = 0
            for path, file in {**changed, **edition.files}.items():
                progress.report(done, plan.size, path if path in changed else "")
                made_of = bytes.fromhex(file.sha256)
                if not output.keeps(path, made_of):
                    output.write(path, file.source.read_bytes(), made_of)
                done += file.size if path in changed else 0
            found = output.difference()
            # The last moment to cancel: after this the files move into place.
            progress.report(plan.size, plan.size)
        return Sent(len(found.new) + len(found.changed), found.written, len(found.removed))

    def _find(self) -> FoundEdition:
        """Return what is there. Raises OSError."""
        if is_zip_name(self._path):
            with EarlierZip(self._path) as zipped:
                document = zipped.read(EDITION) or b""
                files = {}
                if self._path.is_file():
                    status = self._path.stat()
                    tag = str(status.st_mtime_ns)
                    files[self._path.name] = RemoteFile(status.st_size, tag)
                list = zipped.read(SUMS) or b""
                return FoundEdition(files, list, origin_of(document), instant_of(document))
        if not self._path.is_dir():
            return FoundEdition({})
        there = EarlierFiles(self._path, None)
        document = there.read(EDITION) if EDITION in there.sizes else b""
        files = {path: RemoteFile(size) for path, size in there.sizes.items()}
        if SIGNATURE in files:
            tag = hashlib.sha256(there.read(SIGNATURE)).hexdigest()
            files[SIGNATURE] = RemoteFile(there.sizes[SIGNATURE], tag)
        return FoundEdition(files, self._list(), origin_of(document), instant_of(document))

    def _list(self) -> bytes:
        if is_zip_name(self._path):
            with EarlierZip(self._path) as there:
                return there.read(SUMS) or b""
        list = self._path / SUMS
        return list.read_bytes() if list.is_file() else b""

    def _check_place(self) -> None:
        """Raise DeliveryError for a disk that is not there: it would be made on this one."""
        if not self._path.is_absolute():
            raise DeliveryError(
                _("{path} is no place of this computer.").format(path=self._path),
                _("Give the target an address that begins at the root of a disk."),
            )
        if not self._path.parent.is_dir():
            raise DeliveryError(
                _("There is no folder {path}.").format(path=self._path.parent),
                _("Plug the disk in, or make the folder, then send again."),
            )

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name the target in what is raised."""
        try:
            with known_problems(self._path):
                yield
        except (OutputError, DiskFull) as problem:
            raise _with_target(problem, self._target) from problem


def _with_target(problem: OutputError | DiskFull, target: str) -> EditorError:
    """Return a problem of a place on this computer as one that names the target."""
    if quoted(target) in problem.sentence:
        return problem
    return type(problem)(f"{quoted(target)}: {problem.sentence}", problem.hint)
