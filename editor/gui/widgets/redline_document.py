"""Writes a comparison as a document: in one column, or the two versions side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QApplication

from editor.core.diff import DiffSpan, FieldDiff, SpanKind
from editor.core.fields import full_label
from editor.core.revise import MOVE, Spot, runs
from editor.gui.theme import color, serif_font
from editor.gui.widgets.compared import Compared, moved_from
from editor.i18n import _, listed

_LINE = "\u2028"
_GAP = "\u2004"
_BULLET = "•  "
_SERIF = ("body", "key_points")
LINES = "lines"
"""A field whose passages are the lines of a file, so its letters are all as wide."""
_SIDES: tuple[tuple[SpanKind, ...], ...] = (("same", "removed"), ("same", "added"))


@dataclass(frozen=True, slots=True)
class RedlineMark:
    """A run of marked text, by its start and end position in the document."""

    start: int
    end: int
    kind: str
    spot: Spot


class RedlineDocument:
    """Writes one comparison into a document; `marks` are the places of its changes there.

    `accepted` has the keys of changes that are written as if there was no change.
    """

    def __init__(
        self, document: QTextDocument, compared: Compared, accepted: Collection[tuple[str, str]]
    ) -> None:
        self.marks: list[RedlineMark] = []
        self._document, self._compared, self._accepted = document, compared, accepted
        self._cursor = QTextCursor(document)
        self._is_block_empty = True

    def write(self, titles: tuple[str, str] | None = None, labelled: bool = True) -> None:
        """Write the comparison; with two titles the versions are side by side.

        `labelled` writes each field's name above it.
        """
        compared = self._compared
        self._document.clear()
        self._document.setUndoRedoEnabled(False)
        for diff in compared.parts:
            if labelled:
                self._write_label(full_label(diff.field))
            if titles is None:
                self._write_column(diff)
            else:
                self._write_columns(diff, titles)
                titles = ("", "")
        if compared.left_out:
            names = listed(full_label(name) for name in compared.left_out)
            self._write_label(_("Not changed: {fields}").format(fields=names))

    def _write_column(self, diff: FieldDiff) -> None:
        for index, passage in enumerate(diff.passages):
            is_removed = passage.kind == "removed" and self._is_accepted(Spot(diff.field, index))
            if not is_removed:
                self._write_passage(diff, index, ("same", "removed", "added"))

    def _write_columns(self, diff: FieldDiff, titles: tuple[str, str]) -> None:
        head = int(any(titles))
        table = self._cursor.insertTable(len(diff.passages) + head, 2, _table_format())
        is_mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft

        def go_to_cell(row: int, side: int) -> None:
            column = 1 - side if is_mirrored else side
            self._cursor = table.cellAt(row, column).firstCursorPosition()
            self._is_block_empty = True

        # Row by row: text written later must not move marks that are stored already.
        for side in range(2 * head):
            go_to_cell(0, side)
            self._cursor.insertText(titles[side], _small("mute"))
        for index, passage in enumerate(diff.passages):
            for side, kinds in enumerate(_SIDES):
                go_to_cell(index + head, side)
                if passage.kind != ("added", "removed")[side]:
                    self._write_passage(diff, index, kinds)
        self._cursor = QTextCursor(self._document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_block_empty = False

    def _write_passage(self, diff: FieldDiff, index: int, kinds: tuple[SpanKind, ...]) -> None:
        """Write the spans of these kinds of a passage."""
        passage = diff.passages[index]
        is_note = passage.before is None and passage.after is None
        base = _small("mute") if is_note else _char_format(diff.field)
        if "added" in kinds:
            self._write_move(diff, index)
        self._start_block(_block_format(diff.field))
        if diff.field == "key_points":
            self._cursor.insertText(_BULLET, _format(base.font(), "mute"))
        spots = {
            number: Spot(diff.field, index, run)
            for run, (start, end) in enumerate(runs(passage))
            for number in range(start, end)
        }
        for number, span in enumerate(passage.spans):
            spot = spots.get(number)
            is_accepted = spot is not None and self._is_accepted(spot)
            if span.kind not in kinds or (is_accepted and span.kind == "removed"):
                continue
            if spot is None or is_accepted:
                self._cursor.insertText(_one_block(span.text), base)
                continue
            if span.kind == "added" and spots.get(number - 1) == spot and "removed" in kinds:
                self._cursor.insertText(_GAP, base)
            self._write_mark(span, spot, base)

    def _write_mark(self, span: DiffSpan, spot: Spot, base: QTextCharFormat) -> None:
        form = QTextCharFormat(base)
        removed = span.kind == "removed"
        form.setForeground(color("on_removed" if removed else "on_added"))
        form.setFontStrikeOut(removed)
        form.setFontUnderline(not removed)
        words = span.text.strip() or span.text
        lead, _words, trail = span.text.partition(words)
        self._cursor.insertText(_one_block(lead), base)
        start = self._cursor.position()
        self._cursor.insertText(_one_block(words), form)
        self.marks.append(RedlineMark(start, self._cursor.position(), span.kind, spot))
        self._cursor.insertText(_one_block(trail), base)

    def _write_move(self, diff: FieldDiff, index: int) -> None:
        passage, spot = diff.passages[index], Spot(diff.field, index, MOVE)
        if passage.kind != "moved" or self._is_accepted(spot):
            return
        form = QTextBlockFormat()
        form.setTopMargin(8)
        self._start_block(form)
        start = self._cursor.position()
        self._cursor.insertText(f"⇅ {moved_from(passage)}", _small("info"))
        self.marks.append(RedlineMark(start, self._cursor.position(), "moved", spot))

    def _write_label(self, text: str) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(0 if self._is_block_empty else 14)
        form.setBottomMargin(2)
        form.setLayoutDirection(QApplication.layoutDirection())
        self._start_block(form)
        self._cursor.insertText(text, _small("mute", QFont.Weight.DemiBold))

    def _start_block(self, form: QTextBlockFormat) -> None:
        if self._is_block_empty:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form, QTextCharFormat())
        self._is_block_empty = False

    def _is_accepted(self, spot: Spot) -> bool:
        return bool(self._accepted) and self._compared.key(spot) in self._accepted


def _one_block(text: str) -> str:
    return text.replace("\n", _LINE)


def _table_format() -> QTextTableFormat:
    form = QTextTableFormat()
    form.setBorder(0)
    form.setCellPadding(3)
    form.setCellSpacing(0)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    half = QTextLength(QTextLength.Type.PercentageLength, 50)
    form.setColumnWidthConstraints([half, half])
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return form


def _block_format(field: str) -> QTextBlockFormat:
    form = QTextBlockFormat()
    # By each paragraph's own letters: Arabic beside English keeps its side.
    form.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    if field.split("/", maxsplit=1)[0] in _SERIF:
        form.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(3)
        form.setBottomMargin(7)
    if field == "key_points":
        width = QFontMetricsF(_char_format(field).font()).horizontalAdvance(_BULLET)
        form.setTextIndent(-width)
        # The bullet is before the words, which may be at either side.
        form.setLeftMargin(width)
        form.setRightMargin(width)
    return form


def _char_format(field: str) -> QTextCharFormat:
    name = field.split("/", maxsplit=1)[0]
    if name in _SERIF:
        return _format(serif_font(1.5), "ink")
    if name == "headline":
        return _format(_font(6, QFont.Weight.Bold), "ink")
    if name == LINES:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(QApplication.font().pointSizeF())
        return _format(font, "ink")
    return _format(_font(1, QFont.Weight.Normal), "ink")


def _small(role: str, weight: QFont.Weight = QFont.Weight.Normal) -> QTextCharFormat:
    return _format(_font(-1.25, weight), role)


def _font(larger: float, weight: QFont.Weight) -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() + larger)
    font.setWeight(weight)
    return font


def _format(font: QFont, role: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(font)
    form.setForeground(color(role))
    return form
