"""Sets a comparison as a document: one column, or the two versions beside each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QApplication

from editor.core.diff import FieldDiff, Passage, Span, SpanKind
from editor.core.fields import full_label
from editor.core.revise import MOVE, Spot, runs
from editor.gui.review.comparison import Compared, moved_words
from editor.gui.theme import color, serif_font
from editor.i18n import _

_LINE = "\u2028"
_GAP = "\u2004"
_BULLET = 13
_SERIF = ("body", "key_points")
_SIDES: tuple[tuple[SpanKind, ...], ...] = (("same", "removed"), ("same", "added"))


@dataclass(frozen=True, slots=True)
class RedlineMark:
    """A run of marked text in the document, by its positions there."""

    start: int
    end: int
    kind: str
    spot: Spot | None


class RedlineDocument:
    """Writes one comparison into a document and remembers where its marks are."""

    def __init__(self, document: QTextDocument, accepted: Collection[tuple[str, ...]]) -> None:
        self.marks: list[RedlineMark] = []
        self._document, self._accepted = document, accepted
        self._cursor = QTextCursor(document)
        self._fresh = True
        self._compared = Compared((), (), ())

    def write(
        self,
        compared: Compared,
        titles: tuple[str, str] | None = None,
        labelled: bool = True,
    ) -> None:
        """Write a comparison; with two titles the versions stand beside each other.

        `labelled` writes each field's name above it.
        """
        self._compared = compared
        self._document.clear()
        self._document.setUndoRedoEnabled(False)
        for diff in compared.parts:
            if labelled:
                self._label(full_label(diff.field))
            if titles is None:
                self._column(diff)
            else:
                self._columns(diff, titles)
                titles = ("", "")
        if compared.left_out:
            names = ", ".join(full_label(name) for name in compared.left_out)
            self._label(_("Not changed: {fields}").format(fields=names))

    def _column(self, diff: FieldDiff) -> None:
        for index, passage in enumerate(diff.passages):
            if passage.kind == "moved" and not self._done(Spot(diff.field, index, MOVE)):
                self._moved(diff, index, passage)
            if passage.kind == "removed" and self._done(Spot(diff.field, index)):
                continue
            self._block(_block_format(diff.field))
            self._passage(diff, index, ("same", "removed", "added"))

    def _columns(self, diff: FieldDiff, titles: tuple[str, str]) -> None:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(3)
        form.setCellSpacing(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        half = QTextLength(QTextLength.Type.PercentageLength, 50)
        form.setColumnWidthConstraints([half, half])
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = self._cursor.insertTable(len(diff.passages) + int(any(titles)), 2, form)
        mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def column(side: int) -> int:
            return 1 - side if mirrored else side

        # Row by row: what is written later must not push marks that are noted already.
        head = int(any(titles))
        for side in range(2 * head):
            self._cursor = table.cellAt(0, column(side)).firstCursorPosition()
            self._cursor.insertText(titles[side], _small("mute"))
        for index in range(len(diff.passages)):
            for side in (0, 1):
                self._cursor = table.cellAt(index + head, column(side)).firstCursorPosition()
                self._cell(diff, index, side)
        self._cursor = QTextCursor(self._document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = False

    def _cell(self, diff: FieldDiff, index: int, side: int) -> None:
        passage = diff.passages[index]
        if passage.kind == ("added", "removed")[side]:
            return
        self._fresh = True
        if passage.kind == "moved" and side and not self._done(Spot(diff.field, index, MOVE)):
            self._moved(diff, index, passage)
        self._block(_block_format(diff.field))
        self._passage(diff, index, _SIDES[side])

    def _passage(self, diff: FieldDiff, index: int, kinds: tuple[SpanKind, ...]) -> None:
        """Write one passage; a change that was accepted reads as if it had always been so."""
        passage = diff.passages[index]
        base = _char_format(diff.field)
        if diff.field == "key_points":
            self._cursor.insertText("•  ", _tinted(base, "mute"))
        at = {
            number: Spot(diff.field, index, run)
            for run, (start, end) in enumerate(runs(passage))
            for number in range(start, end)
        }
        for number, span in enumerate(passage.spans):
            spot = at.get(number)
            done = spot is not None and self._done(spot)
            if span.kind not in kinds or (done and span.kind == "removed"):
                continue
            if spot is None or done:
                self._cursor.insertText(_flowing(span.text), base)
                continue
            if span.kind == "added" and at.get(number - 1) == spot and "removed" in kinds:
                self._cursor.insertText(_GAP, base)
            self._mark(span, spot, base)

    def _mark(self, span: Span, spot: Spot, base: QTextCharFormat) -> None:
        form = QTextCharFormat(base)
        removed = span.kind == "removed"
        form.setForeground(color("on_removed" if removed else "on_added"))
        form.setFontStrikeOut(removed)
        form.setFontUnderline(not removed)
        words = span.text.strip() or span.text
        lead, _words, trail = span.text.partition(words)
        self._cursor.insertText(_flowing(lead), base)
        start = self._cursor.position()
        self._cursor.insertText(_flowing(words), form)
        self.marks.append(RedlineMark(start, self._cursor.position(), span.kind, spot))
        self._cursor.insertText(_flowing(trail), base)

    def _moved(self, diff: FieldDiff, index: int, passage: Passage) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(8)
        self._block(form)
        start = self._cursor.position()
        self._cursor.insertText(f"⇅ {moved_words(passage)}", _small("info"))
        spot = Spot(diff.field, index, MOVE)
        self.marks.append(RedlineMark(start, self._cursor.position(), "moved", spot))

    def _label(self, text: str) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(0 if self._fresh else 14)
        form.setBottomMargin(2)
        form.setLayoutDirection(QApplication.layoutDirection())
        self._block(form)
        self._cursor.insertText(text, _small("mute", bold=True))

    def _block(self, form: QTextBlockFormat) -> None:
        if self._fresh:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form, QTextCharFormat())
        self._fresh = False

    def _done(self, spot: Spot) -> bool:
        return bool(self._accepted) and self._compared.key(spot) in self._accepted


def _flowing(text: str) -> str:
    return text.replace("\n", _LINE)


def _block_format(field: str) -> QTextBlockFormat:
    form = QTextBlockFormat()
    # By each paragraph's own letters: Arabic beside English keeps its side.
    form.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    if field.split("/", maxsplit=1)[0] in _SERIF:
        form.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(3)
        form.setBottomMargin(7)
    if field == "key_points":
        form.setTextIndent(-_BULLET)
        form.setLeftMargin(_BULLET)
    return form


def _char_format(field: str) -> QTextCharFormat:
    form = QTextCharFormat()
    name = field.split("/", maxsplit=1)[0]
    if name in _SERIF:
        form.setFont(serif_font(1.5))
    else:
        font = QFont(QApplication.font())
        larger = 6 if name == "headline" else 1
        font.setPointSizeF(font.pointSizeF() + larger)
        font.setBold(name == "headline")
        form.setFont(font)
    form.setForeground(color("ink"))
    return form


def _small(role: str, bold: bool = False) -> QTextCharFormat:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() - 1.25)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    form = QTextCharFormat()
    form.setFont(font)
    form.setForeground(color(role))
    return form


def _tinted(base: QTextCharFormat, role: str) -> QTextCharFormat:
    form = QTextCharFormat(base)
    form.setForeground(color(role))
    return form
