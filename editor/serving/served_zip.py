"""The zip file that is served: its entries are read where they are, never unpacked to disk."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from editor.errors import BadInput, EditorError, NotFound, OutputError
from editor.formats.paths import EDITION, SUMS, is_zip_name
from editor.formats.sums import parse_sums
from editor.formats.verify.bundle import BROKEN_ZIP, LARGEST_FILE, ZipBundle
from editor.formats.verify.zip_layout import unreadable_zip
from editor.i18n import _
from editor.serving.header_rules import HeaderRule, parse_header_rules
from editor.serving.served_folder import (
    HEADERS,
    FileStamp,
    ServedFile,
    ServedFiles,
    ServedFolder,
    is_hidden,
    refuse_desk,
)

_LARGEST_LIST = 64 << 20
_LARGEST_HEADERS = 1 << 20


def open_served(path: Path) -> ServedFiles:
    """Return what is served: a folder, or a zip file. Raises NotFound, BadInput."""
    if is_zip_name(path) and not path.is_dir():
        return ServedZip(path)
    return ServedFolder(path)


@dataclass(slots=True)
class _Contents:
    """A zip file as it was opened; `sums` are the SHA-256 of its files, none for no export."""

    bundle: ZipBundle
    stamp: FileStamp
    sums: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    tags: dict[str, str] = field(default_factory=dict)


class ServedZip:
    """An export in a zip file while it is served; another export may replace it meanwhile.

    Its entries are those that `verify` allows: none twice, none outside, no links, no bomb.
    """

    def __init__(self, path: Path) -> None:
        """Take a zip file. Raises NotFound, BadInput."""
        self._path = path
        self._lock = threading.Lock()
        refuse_desk(path)
        try:
            stamp = FileStamp.of(path.stat())
        except FileNotFoundError:
            raise NotFound(
                _("There is no file {path}.").format(path=path),
                _("`stonehand export site --out FILE.zip` makes one to serve."),
            ) from None
        except (OSError, ValueError) as error:
            raise unreadable_zip(path) from error
        self._contents = _read(path, stamp)

    @property
    def is_export(self) -> bool:
        """Whether the zip file is an export of ours."""
        return bool(self._current().sums)

    @property
    def state(self) -> str:
        """What another export has another value of."""
        return self._current().state

    def open(self, path: str) -> ServedFile | None:
        """Open an entry; None for what is not there, or not for readers. Raises OSError."""
        contents = self._current()
        if not _has(contents, path):
            return None
        tag = self._tag(contents, path)
        try:
            data = contents.bundle.open(path)
        except BROKEN_ZIP as error:
            raise _damaged(path) from error
        return ServedFile(data, contents.bundle.stamps[path][0], tag)

    def has(self, path: str) -> bool:
        """Return whether an entry can be opened."""
        return _has(self._current(), path)

    def rules(self) -> tuple[HeaderRule, ...]:
        """Return what `_headers` says, nothing where there is no such entry."""
        bundle = self._current().bundle
        try:
            data = bundle.read(HEADERS, _LARGEST_HEADERS) or b""
        except BadInput:
            return ()
        return parse_header_rules(
            data.decode("utf-8", "replace"),
            lambda folder: any(name.startswith(f"{folder}/") for name in bundle.stamps),
        )

    def _current(self) -> _Contents:
        """The zip file as it is now; while it is gone or none of ours can read, as it was."""
        with self._lock:
            # While it is just being replaced, or by something else, readers keep the last one.
            with suppress(OSError, EditorError):
                stamp = FileStamp.of(self._path.stat())
                if stamp != self._contents.stamp:
                    self._contents = _read(self._path, stamp)
            return self._contents

    @staticmethod
    def _tag(contents: _Contents, path: str) -> str:
        """The hash of an entry, which is read once for it. Raises OSError for a damaged one."""
        if (known := contents.tags.get(path)) is None:
            try:
                known = contents.bundle.sha256(path)
            except BadInput as error:
                raise _damaged(path) from error
            if not known and contents.bundle.stamps[path][0] <= LARGEST_FILE:
                raise _damaged(path)
            contents.tags[path] = known = (
                known or f"{contents.stamp.time:x}-{contents.stamp.size:x}"
            )
        return known


def _read(path: Path, stamp: FileStamp) -> _Contents:
    """Open a zip file and look at the names in it. Raises BadInput."""
    try:
        bundle = ZipBundle(path)
    except (*BROKEN_ZIP, MemoryError) as error:
        raise unreadable_zip(path) from error
    if bundle.odd:
        raise BadInput(
            _("“{name}” is not served. {reason}").format(
                name=path.name, reason=bundle.odd[0].sentence
            ),
            _("`stonehand verify` says all that is wrong with it."),
        )
    contents = _Contents(bundle, stamp)
    data = bundle.read(SUMS, _LARGEST_LIST)
    try:
        sums = parse_sums(data) if data else {}
    except (ValueError, OutputError):
        return contents
    if data and EDITION in sums:
        contents.sums, contents.state = sums, hashlib.sha256(data).hexdigest()
    return contents


def _has(contents: _Contents, path: str) -> bool:
    return path in contents.bundle.stamps and not is_hidden(path.split("/"))


def _damaged(path: str) -> OSError:
    return OSError(errno.EIO, _("damaged in the zip file"), path)
