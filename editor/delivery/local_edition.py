"""The edition that is to be sent, as it is in the outbox of this computer."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.delivery.remote import LocalFile
from editor.errors import DeliveryError
from editor.formats.edition_document import Origin, instant_of, origin_of
from editor.formats.paths import EDITION, SIGNATURE, SUMS, is_zip_name
from editor.formats.sums import UNREADABLE_ZIP, parse_sums, zip_prefix
from editor.i18n import _

_START = 4096
MOST_BYTES = 64 << 20
"""Longer than any list of files or edition.json that Stonehand writes."""


@dataclass(frozen=True, slots=True)
class LocalEdition:
    """An edition on this computer: its files by their path at the target.

    Of a zip file, the only one is that. `sums` are the bytes of its SHA256SUMS, `generated_at`
    (RFC 3339) is when it was made.
    """

    files: Mapping[str, LocalFile]
    sums: bytes
    origin: Origin
    generated_at: str

    @property
    def is_zip(self) -> bool:
        """Whether one zip file is sent."""
        return SUMS not in self.files


def read_local_edition(place: Path) -> LocalEdition:
    """Read what an export wrote into a folder, or as a zip file, without reading its files.

    Raises DeliveryError for anything that is no export, or no whole one.
    """
    try:
        return _read_zip(place) if is_zip_name(place) else _read_folder(place)
    except (OSError, ValueError, *UNREADABLE_ZIP) as error:
        raise DeliveryError(
            _("The edition that was made to be sent is damaged."), _("Export it again.")
        ) from error


def _read_folder(folder: Path) -> LocalEdition:
    sums = (folder / SUMS).read_bytes()
    hashes = parse_sums(sums)
    hashes[SUMS] = hashlib.sha256(sums).hexdigest()
    if (folder / SIGNATURE).exists():
        hashes[SIGNATURE] = hashlib.sha256((folder / SIGNATURE).read_bytes()).hexdigest()
    files = {}
    for path, sha256 in hashes.items():
        source = folder / path
        files[path] = LocalFile(path, source, sha256, os.stat(source).st_size)
    with (folder / EDITION).open("rb") as file:
        return _edition(files, sums, file.read(_START))


def _read_zip(place: Path) -> LocalEdition:
    with place.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        files = {place.name: LocalFile(place.name, place, sha256, os.fstat(file.fileno()).st_size)}
        with zipfile.ZipFile(file) as archive:
            prefix = zip_prefix(archive.namelist())
            sums = archive.read(prefix + SUMS)
            with archive.open(prefix + EDITION) as document:
                return _edition(files, sums, document.read(_START))


def _edition(files: Mapping[str, LocalFile], sums: bytes, start: bytes) -> LocalEdition:
    origin = origin_of(start)
    if origin is None:
        raise ValueError("no edition of ours")
    return LocalEdition(files, sums, origin, instant_of(start))
