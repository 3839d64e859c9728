"""What a delivery would change at a target, and in which order, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from editor.delivery.local_edition import MOST_BYTES, LocalEdition
from editor.delivery.remote import NOTE, SENDER, LocalFile, Remote, RemoteFile, Switching
from editor.delivery.sent_files import SentFile
from editor.errors import NotOurs, OutputError
from editor.formats.delivery_stages import sending_order
from editor.formats.edition_document import Origin, instant_of, origin_of
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.report import ExportDifference
from editor.formats.sums import parse_sums
from editor.i18n import _

Hashes = Mapping[str, str]


@dataclass(frozen=True)
class FoundEdition:
    """What is at a target: its listing, and what its lists say.

    `sums` are the bytes of its SHA256SUMS, empty without one. `origin` and `generated_at` are of
    its edition.json; not known where this computer sent the very list that is there.
    `sender` is the file that says who is sending, empty for nobody.
    `interrupted` are the paths that an interrupted delivery was about to change, `waiting` the
    sizes by `LocalFile.token` of what it stored and nobody sees yet.
    """

    files: Mapping[str, RemoteFile]
    sums: bytes = b""
    origin: Origin | None = None
    generated_at: str = ""
    interrupted: frozenset[str] = frozenset()
    waiting: Mapping[str, int] = field(default_factory=dict)
    sender: bytes = b""

    @cached_property
    def hashes(self) -> Hashes:
        """The hashes by its SHA256SUMS, of that list as well; empty without an edition."""
        hashes = _parse(self.sums)
        if EDITION not in hashes:
            return {}
        return hashes | {SUMS: sha256(self.sums).hexdigest()}


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """What a delivery does: `files` change in their order, then `removed` are removed.

    Of the files those are sent that no interrupted delivery has brought there already. `force`
    is whether it replaces what a person should look at first.
    """

    edition: LocalEdition
    found: FoundEdition
    files: tuple[LocalFile, ...]
    removed: tuple[str, ...]
    difference: ExportDifference
    force: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether the target has all of the edition already."""
        return not (self.files or self.removed)

    @property
    def to_send(self) -> tuple[LocalFile, ...]:
        """The files that are to be sent; the others wait there already."""
        waiting = self.found.waiting
        return tuple(file for file in self.files if waiting.get(file.token) != file.size)

    @property
    def size(self) -> int:
        """How many bytes are to be sent."""
        return sum(file.size for file in self.to_send)


def look_at(remote: Remote, sent: Mapping[str, SentFile]) -> FoundEdition:
    """Return what is at a target. Raises DeliveryError."""
    found = FoundEdition(remote.listing())
    if remote.switching is not Switching.AT_ONCE:
        note = remote.read(NOTE, MOST_BYTES) or b""
        found = replace(
            found,
            interrupted=frozenset(filter(None, note.decode("utf-8", "replace").split("\n"))),
            sender=remote.read(SENDER, MOST_BYTES) or b"",
        )
    found = replace(found, waiting=remote.stored(), sums=remote.read(SUMS, MOST_BYTES) or b"")
    if not found.sums or _is_as_sent(found.sums, sent):
        return found
    document = remote.read(EDITION, MOST_BYTES) or b""
    return replace(found, origin=origin_of(document), generated_at=instant_of(document))


def plan_delivery(
    edition: LocalEdition,
    found: FoundEdition,
    sent: Mapping[str, SentFile],
    target: str,
    *,
    force: bool = False,
) -> DeliveryPlan:
    """Compare an edition with what is at a target.

    `sent` is what this computer remembers to have sent, `target` the name for sentences. Raises
    NotOurs, unless `force`, for another desk's or format's edition there, a newer one, and
    files of others in the way.
    """
    ours = _own_paths(edition, found, sent)
    if not force:
        _refuse_other_edition(edition, found, target)
        _refuse_foreign_files(edition.files.keys() & (found.files.keys() - ours), target)
    as_sent = _is_as_sent(found.sums, sent)
    missing = [
        file
        for file in edition.files.values()
        if not _is_there(file, edition, found, sent.get(file.path), as_sent)
    ]
    missing.sort(key=lambda file: sending_order(file.path, file.path not in found.files))
    removed = sorted((ours & found.files.keys()) - edition.files.keys())
    new = {file.path: file.size for file in missing if file.path not in found.files}
    changed = {file.path: file.size for file in missing if file.path in found.files}
    difference = ExportDifference(
        new=new,
        changed=changed,
        removed={path: max(0, found.files[path].size) for path in removed},
        unchanged=len(edition.files) - len(missing),
        former={path: max(0, found.files[path].size) for path in changed},
    )
    return DeliveryPlan(edition, found, tuple(missing), tuple(removed), difference, force)


def _own_paths(
    edition: LocalEdition, found: FoundEdition, sent: Mapping[str, SentFile]
) -> set[str]:
    """Return what may be replaced and removed: what lists of ours name, and what was sent."""
    ours = {*found.interrupted}
    if edition.is_zip:
        ours |= {*edition.files} if found.hashes else set()
    elif found.hashes:
        ours |= {*found.hashes, SIGNATURE}
    ours |= {path for path, file in sent.items() if found.files.get(path) == file.remote}
    return ours


def _is_there(
    file: LocalFile,
    edition: LocalEdition,
    found: FoundEdition,
    known: SentFile | None,
    as_sent: bool,
) -> bool:
    """Return whether the target has a file as it should be, as far as lists can say.

    `known` is what this computer sent there, `as_sent` whether the list there is its own.
    """
    there = found.files.get(file.path)
    if there is None or there.size not in (-1, file.size):
        return False
    if known is not None and known.remote == there and (there.tag or as_sent):
        return known.sha256 == file.sha256
    if file.path in found.interrupted:
        return False  # it may be the old one or the new one
    if known is not None and there.tag and as_sent:
        return False  # somebody changed it, and it is not in the list
    if edition.is_zip:
        return found.sums == edition.sums
    return found.hashes.get(file.path) == file.sha256


def _is_as_sent(sums: bytes, sent: Mapping[str, SentFile]) -> bool:
    """Return whether a list is the one that this computer sent last."""
    return SUMS in sent and sent[SUMS].sha256 == sha256(sums).hexdigest()


def _refuse_other_edition(edition: LocalEdition, found: FoundEdition, target: str) -> None:
    if found.origin is None:
        return
    if found.origin != edition.origin:
        raise NotOurs(
            _("“{target}” has an export of another desk or another format.").format(target=target),
            _("Check the address of the target, or replace what is there."),
        )
    if found.generated_at > edition.generated_at:  # both in one form, so texts compare
        raise NotOurs(
            _("“{target}” has a newer edition, of {newer}; this one is of {ours}.").format(
                target=target, newer=found.generated_at, ours=edition.generated_at
            ),
            _("Export again from a desk with all texts, or replace what is there."),
        )


def _refuse_foreign_files(paths: Iterable[str], target: str) -> None:
    foreign = sorted(paths)
    if foreign:
        sentence = _("“{target}” has files of somebody else where the edition has its own: {path}.")
        raise NotOurs(
            sentence.format(target=target, path=foreign[0]),
            _("Choose another folder for the target, or replace what is there."),
        )


def _parse(sums: bytes) -> dict[str, str]:
    try:
        return parse_sums(sums)
    except (ValueError, OutputError):
        return {}
