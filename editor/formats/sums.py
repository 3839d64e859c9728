"""SHA256SUMS: the list of an edition's files with their hashes, as `sha256sum -c` reads it.

It is also how a folder is known as an earlier export of ours: a list that names
edition.json. What it lists may be replaced and removed by the next export.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from editor.errors import OutputError
from editor.formats.paths import EDITION, SIGNATURE, SUMS, OutputPaths, is_portable

TEMPORARY = ".stonehand-stage-"
"""How the names of temporary folders begin; a power cut may leave one behind."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)\n")
_LONGEST = 64 << 20  # bytes of a list
_UNLISTED = (SUMS, SIGNATURE)
UNREADABLE_ZIP = (
    zipfile.BadZipFile, NotImplementedError, KeyError, RuntimeError, EOFError, zlib.error
)  # fmt: skip
"""Python's words for no zip file, an unknown compression, no such member, a password."""


class Sums:
    """The files of one output as they are written: each path checked, each file hashed once.

    `sizes` are in bytes.
    """

    def __init__(self) -> None:
        self.hashes: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self._paths = OutputPaths()

    def add(self, path: str, data: bytes) -> str:
        """Add a file and return its path. Raises OutputError as `OutputPaths.add` does."""
        self._paths.add(path)
        if path not in _UNLISTED:
            self.hashes[path] = hashlib.sha256(data).hexdigest()
            self.sizes[path] = len(data)
        return path

    def add_known(self, path: str, sha256: str, size: int) -> None:
        """Add a file of the last export by its hash and size (bytes); the signature has none."""
        self._paths.add_known(path)
        if path not in _UNLISTED:
            self.hashes[path] = sha256
            self.sizes[path] = size

    def has(self, path: str) -> bool:
        """Return whether a file was added."""
        return self._paths.has(path)

    def data(self) -> bytes:
        """Return the bytes of SHA256SUMS for what was added so far."""
        return sums_data(self.hashes)


def sums_data(hashes: Mapping[str, str]) -> bytes:
    """Return the bytes of SHA256SUMS, for the SHA-256 of each file by its path."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def parse_sums(data: bytes) -> dict[str, str]:
    """Read SHA256SUMS: the hash of each file by its path. Raises ValueError, OutputError."""
    paths = OutputPaths()
    hashes: dict[str, str] = {}
    last = ""
    # A line at a time: with a hundred thousand files, the lines together are the most memory.
    for line in io.BytesIO(data):
        match = _LINE.fullmatch(line.decode("utf-8"))
        if match is None or match[2] in _UNLISTED:
            raise ValueError(repr(line[:200]))
        hashes[path := paths.add(match[2])] = match[1]
        if path <= last:
            raise ValueError("not in order")
        last = path
    return hashes


@lru_cache(maxsize=1)
def _parse_once(data: bytes) -> Mapping[str, str]:
    """What `parse_sums` reads: an export asks for the list before it begins, and as it does."""
    return parse_sums(data)


def stage_prefix(root: Path) -> str:
    """Return how the names of the temporary folders beside the folder of an export begin."""
    return f"{TEMPORARY}{hashlib.sha256(os.fsencode(root.name)).hexdigest()[:12]}-"


def stages(folder: Path) -> Iterator[Path]:
    """Yield the temporary folders of exports to a folder, in it and beside it."""
    root = Path(os.path.realpath(folder))
    for found in (*root.glob(f"{TEMPORARY}*"), *root.parent.glob(f"{stage_prefix(root)}*")):
        if found.is_dir():
            yield found


def is_empty_or_export(folder: Path) -> bool:
    """Return whether a folder is empty, but for what a power cut left, or an earlier export."""
    others = (path for path in folder.iterdir() if not path.name.startswith(TEMPORARY))
    return bool(read_earlier_export(folder)) or not any(others)


def is_zipped_export(file: Path) -> bool:
    """Return whether a file is an earlier export as a zip file. Raises OSError."""
    return bool(read_zipped_export(file))


def zip_prefix(names: Iterable[str]) -> str:
    """Return where in a zip file an export is: empty for the top, `NAME/` for the folder of a bag.

    `names` are those of its entries. That folder is the only one which has a list of files.
    """
    lists = [name for name in names if name == SUMS or name.partition("/")[2] == SUMS]
    folder = lists[0].removesuffix(SUMS) if len(lists) == 1 else ""
    return folder if is_portable(folder[:-1]) else ""


def read_zipped_export(file: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of an export as a zip file by its path; empty for others.

    Raises OSError.
    """
    try:
        with (
            zipfile.ZipFile(file) as archive,
            archive.open(zip_prefix(archive.namelist()) + SUMS) as sums,
        ):
            hashes = parse_sums(sums.read(_LONGEST))
    except (*UNREADABLE_ZIP, ValueError, OutputError):
        return {}
    return hashes if EDITION in hashes else {}


def read_earlier_export(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of the last export by its path; empty without one.

    The signature, which is in no list, has no hash.
    """
    try:
        hashes = dict(_parse_once((folder / SUMS).read_bytes()))
    except (OSError, ValueError, OutputError):
        return {}
    if EDITION not in hashes:
        return {}
    if os.path.lexists(folder / SIGNATURE):
        hashes[SIGNATURE] = ""
    return hashes
