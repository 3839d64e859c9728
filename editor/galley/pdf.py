"""Writing a galley as a PDF file: the same story gives the same bytes on one computer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageLayout, QPageSize, QPdfWriter

from editor.errors import OutputError
from editor.files import write_file
from editor.galley.contents import Galley
from editor.galley.sheets import print_galleys
from editor.i18n import _
from editor.progress import Progress
from editor.store.disk_errors import from_os
from editor.targets import check_target_file

CREATOR = "Stonehand proof"
"""What the file says it was made by, so that another proof may replace it."""
SIZES = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}
_DPI = 1200
_INFO_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:[^)\n]{14,}\)")
_XMP_DATE = re.compile(rb'(Create|Modify|Metadata)Date="[-+:T\d]{25}"')
_NAMES = QUuid("{6ba7b811-9dad-11d1-80b4-00c04fd430c8}")  # of addresses (RFC 9562)
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a proof of what was never saved."""


def write_pdf(
    galleys: Sequence[Galley],
    path: Path,
    progress: Progress,
    *,
    size: str = "a4",
    force: bool = False,
) -> int:
    """Write galleys on paper of a size, `a4` or `letter`; return how many pages it has.

    Raises OutputError and NotOurs as `check_target_file` does, DiskFull, Cancelled.
    """
    check_target_file(path, _("a proof"), _is_proof, force=force)
    data, pages = pdf_of(galleys, progress, size)
    try:
        write_file(path, data)
    except OSError as error:
        raise from_os(error, path) from error
    return pages


def pdf_of(galleys: Sequence[Galley], progress: Progress, size: str = "a4") -> tuple[bytes, int]:
    """Make a PDF of galleys in memory; return it with how many pages it has.

    Raises OutputError where this computer has no font, Cancelled.
    """
    if not QFontDatabase.families():
        raise OutputError(
            _("No font is installed on this computer, so nothing can be printed."),
            _("Install one, such as Noto or DejaVu."),
        )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(SIZES[size]))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    writer.setTitle(", ".join(galley.title for galley in galleys))
    writer.setCreator(CREATOR)
    at = max((galley.saved_at or _NEVER for galley in galleys), default=_NEVER)
    names = " ".join(galley.slug for galley in galleys)
    writer.setDocumentId(QUuid.createUuidV5(_NAMES, f"{names} {at}".encode()))
    pages = print_galleys(galleys, writer, progress)
    return _dated(bytes(buffer.data().data()), at), pages


@contextmanager
def without_window() -> Iterator[None]:
    """Have what sets type ready in a process without a window, and without a screen."""
    application = QGuiApplication.instance() or QGuiApplication(
        ["stonehand", "-platform", "offscreen"]
    )
    yield
    del application


def _dated(data: bytes, at: datetime) -> bytes:
    """Date a PDF by its text: when it was made would make each one another file."""

    at = at.astimezone(UTC)

    def date_info(found: re.Match[bytes]) -> bytes:
        made = b"/%s (D:%sZ)" % (found[1], f"{at:%Y%m%d%H%M%S}".encode())
        return made.ljust(len(found[0]))  # the places of all that follows stay as they are

    def date_xmp(found: re.Match[bytes]) -> bytes:
        return b'%sDate="%s"' % (found[1], f"{at:%Y-%m-%dT%H:%M:%S}+00:00".encode())

    return _XMP_DATE.sub(date_xmp, _INFO_DATE.sub(date_info, data))


def _is_proof(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-" and CREATOR.encode("utf-16-be") in file.read()
