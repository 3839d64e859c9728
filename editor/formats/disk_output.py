"""What outputs on a disk share: their files appear together at the end, or not at all."""

from __future__ import annotations

import errno
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from editor.errors import DiskFull, NotOurs, OutputError, reason_of
from editor.formats.edition_document import Origin, origin_of
from editor.formats.paths import EDITION
from editor.formats.replaced_texts import ReplacedTexts, title_of
from editor.formats.report import ExportDifference
from editor.formats.sums import Sums
from editor.i18n import _
from editor.targets import name_of, replace_hint

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE)


class _Earlier(Protocol):
    """The files of the export that is there."""

    sizes: dict[str, int]

    def read(self, path: str) -> bytes | None: ...


class DiskOutput(ABC):
    """An output whose files appear together at the end of its `with` block, or not at all."""

    def __init__(self, path: Path, replaced: ReplacedTexts | None) -> None:
        self.path = path
        self.sums = Sums()
        self._replaced = replaced
        self._titles: dict[str, str] = {}
        self._block = self._transaction()

    def __enter__(self) -> Self:
        try:
            with known_problems(self.path):
                self._block.__enter__()
        except BaseException:
            # A signal may come when the block has begun, and nobody else would end it.
            self._block.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with known_problems(self.path):
            self._block.__exit__(kind, error, trace)

    @abstractmethod
    def check(self) -> None:
        """Raise OutputError for a place that can't be written to, NotOurs unless forced."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[None]:
        """Prepare, let the caller write, then move all into place or leave all as it was."""

    @abstractmethod
    def difference(self) -> ExportDifference:
        """Return what is written compared with what was there."""

    def _refuse_other(self, earlier: _Earlier, origin: Origin) -> None:
        """Raise NotOurs where the export that is there is of another format or desk."""
        if EDITION not in earlier.sizes:
            return
        with known_problems(self.path):
            found = origin_of(earlier.read(EDITION) or b"")
        if found is None or found == origin:
            return
        other_desk = _("“{name}” has an export of another desk.")
        other_format = _("“{name}” has an export in another format ({format}).")
        sentence = other_format if found.format != origin.format else other_desk
        raise NotOurs(sentence.format(name=name_of(self.path), format=found.format), replace_hint())

    def _note_change(self, earlier: _Earlier, path: str, data: bytes) -> None:
        """Note the title of a page that is new or changes, and keep what it said if wanted."""
        if title := title_of(path, data):
            self._titles[path] = title
        size = earlier.sizes.get(path)
        if self._replaced is None or size is None:
            return
        if self._replaced.wants(path, size + len(data)):
            before = earlier.read(path)
            if before is not None:
                self._replaced.keep(path, before, data)


@contextmanager
def known_problems(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence and a hint."""
    try:
        yield
    except OSError as error:
        if error.errno in _DISK_FULL:
            raise DiskFull(
                _("The disk has no room for the export “{what}”.").format(what=name_of(path)),
                _("Nothing was changed. Free some space, or choose another disk."),
            ) from error
        if error.errno in _GONE:
            raise place_changed(path) from error
        raise OutputError(
            _("The export “{what}” can't be written: {value}.").format(
                what=name_of(path), value=reason_of(error)
            ),
            _("Choose a folder that you may write to."),
        ) from error


def place_changed(path: Path) -> OutputError:
    """Return the error about a place that is another one than when the export began."""
    return OutputError(
        _("“{what}” was removed or changed by somebody else while it was exported.").format(
            what=name_of(path)
        ),
        _("Look at what is there now, then export again."),
    )
