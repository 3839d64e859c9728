"""Painting the sheets of a galley: the text, the numbers of its lines, head and foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)

from editor.errors import OutputError
from editor.galley.contents import Galley
from editor.galley.layout import BODY, POINT, font, lay_out, margins
from editor.i18n import _
from editor.progress import Progress

_EVERY = 5
"""Every fifth line has a number."""
_HEAD_AT, _FOOT_UP = 34.0, 30.0
"""How far the head line is from the top, and the foot from the bottom, in points."""
_SETTING = 0.5
"""The share of the work after which the text is set."""


@dataclass(frozen=True, slots=True)
class LineNumber:
    """A number beside a line: on which sheet, from 0, and how far down its words are, in points."""

    number: int
    sheet: int
    baseline: float


def print_galleys(galleys: Sequence[Galley], device: QPagedPaintDevice, progress: Progress) -> int:
    """Paint galleys on a printer or into a file; return how many sheets they have.

    Each begins on a sheet of its own. Raises OutputError where the device can't be written,
    Cancelled.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise OutputError(
            _("The printer could not be started."),
            _("Is it switched on and connected? Save the proof as a PDF instead."),
        )
    painted, share = 0, 1 / max(1, len(galleys))
    try:
        scale = device.logicalDpiX() / 72 / POINT
        painter.scale(scale, scale)
        for index, galley in enumerate(galleys):
            if index:
                _begin_sheet(device)
            part = progress.part(index * share, (index + 1) * share)
            painted += _print_galley(galley, device, painter, part)
    finally:
        painter.end()
    return painted


def _print_galley(
    galley: Galley, device: QPagedPaintDevice, painter: QPainter, progress: Progress
) -> int:
    page = QSizeF(device.pageLayout().fullRectPoints().size())
    document = lay_out(galley, page, progress.part(0, _SETTING))
    sheets, numbers = document.pageCount(), list(line_numbers(document))
    reports = progress.part(_SETTING, 1)
    for sheet in range(sheets):
        reports.report(sheet, sheets, _("Printing"))
        if sheet:
            _begin_sheet(device)
        _Sheet(galley, painter, page).paint(document, sheet, numbers)
    return sheets


def _begin_sheet(device: QPagedPaintDevice) -> None:
    if not device.newPage():
        raise OutputError(_("The printer stopped."), _("Print the proof again."))


def line_numbers(document: QTextDocument) -> Iterator[LineNumber]:
    """Yield the numbers of the body's lines: every fifth has one."""
    height, layout = document.pageSize().height(), document.documentLayout()
    count, block = 0, document.begin()
    while block.isValid():
        if block.userState() == BODY:
            top, lines = layout.blockBoundingRect(block).top(), block.layout()
            for index in range(lines.lineCount()):
                count += 1
                if count % _EVERY == 0:
                    line = lines.lineAt(index)
                    baseline = top + line.y() + line.ascent()
                    sheet = int(baseline // height)
                    yield LineNumber(count, sheet, (baseline - sheet * height) / POINT)
        block = block.next()


class _Sheet:
    """Paints one sheet. Places are in points from its top left corner."""

    def __init__(self, galley: Galley, painter: QPainter, page: QSizeF) -> None:
        self._galley, self._painter, self._page = galley, painter, page
        self._around = margins(galley.is_right_to_left)

    def paint(self, document: QTextDocument, sheet: int, numbers: list[LineNumber]) -> None:
        height = document.pageSize().height()
        self._painter.save()
        self._painter.translate(0, -sheet * height)
        seen = QRectF(0, sheet * height, document.pageSize().width(), height)
        self._painter.setClipRect(seen)
        how = QAbstractTextDocumentLayout.PaintContext()
        how.clip = seen
        # Ink is black, whatever colour the window's words have.
        how.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
        document.documentLayout().draw(self._painter, how)
        self._painter.restore()
        self._painter.setPen(Qt.GlobalColor.black)
        for number in numbers:
            if number.sheet == sheet:
                self._paint_number(number)
        self._paint_head()
        self._paint_foot(sheet + 1, document.pageCount())

    def _paint_number(self, number: LineNumber) -> None:
        """Write a number in the narrow margin, its end beside the text."""
        gap, width = 10.0, 40.0
        self._painter.setFont(font(8))
        ascent = self._painter.fontMetrics().ascent() / POINT
        top = number.baseline - ascent
        if self._galley.is_right_to_left:
            left, side = self._page.width() - self._around.right() + gap, "left"
        else:
            left, side = self._around.left() - gap - width, "right"
        self._write(QRectF(left, top, width, 14), str(number.number), side)

    def _paint_head(self) -> None:
        """Write which story this is, and in a box that it is not approved, where it is not."""
        galley = self._galley
        self._painter.setFont(font(9))
        box = QRectF(40, _HEAD_AT - 3, 100, 19)
        words = f"{galley.paper} · {galley.slug}"
        left, width = self._around.left(), self._page.width()
        if galley.is_right_to_left:
            place, side = QRectF(150, _HEAD_AT, width - self._around.right() - 150, 14), "right"
        else:
            box.moveRight(width - 40)
            place, side = QRectF(left, _HEAD_AT, width - 150 - left, 14), "left"
        self._write(place, words, side)
        if not galley.is_approved:
            bold = font(9)
            bold.setBold(True)
            self._painter.setFont(bold)
            self._painter.setPen(QPen(Qt.GlobalColor.black, POINT))
            self._painter.drawRect(_scaled(box))
            self._write(box, _("Not approved"), "middle")

    def _paint_foot(self, number: int, of: int) -> None:
        self._painter.setFont(font(9))
        place = QRectF(0, self._page.height() - _FOOT_UP, self._page.width(), 14)
        self._write(place, _("Page {n} of {of}").format(n=number, of=of), "middle")

    def _write(self, place: QRectF, words: str, side: str) -> None:
        flags = {
            "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
            "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
            "middle": Qt.AlignmentFlag.AlignHCenter,
        }[side] | (Qt.AlignmentFlag.AlignVCenter if side == "middle" else Qt.AlignmentFlag.AlignTop)
        self._painter.drawText(_scaled(place), int(flags), words)


def _scaled(place: QRectF) -> QRectF:
    return QRectF(QPointF(place.topLeft() * POINT), place.size() * POINT)
