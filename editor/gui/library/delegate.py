"""Paints a story in the list: its headline in at most three lines, then a small line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.core.languages import is_right_to_left
from editor.gui.library.details_line import DetailsLine
from editor.gui.library.row_details import RowDetails, headline
from editor.gui.library.rows import ROW
from editor.gui.theme import color, focus_line
from editor.store.reading.rows import StoryRow

_SIDE, _TOP, _BAR = 12, 9, 3
_LINES = 3
_MOST_HEIGHTS = 4000

_Index = QModelIndex | QPersistentModelIndex


class StoryDelegate(QStyledItemDelegate):
    """Paints rows of `StoryRows`. `describe` gives the small line of a row."""

    def __init__(self, describe: Callable[[StoryRow], RowDetails], parent: QObject) -> None:
        super().__init__(parent)
        self._describe = describe
        self._heights: dict[tuple[str, int, float], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._text_width(option)
        row: StoryRow = index.data(ROW)
        key = (row.headline, width, option.font.pointSizeF())
        if key not in self._heights:
            if len(self._heights) > _MOST_HEIGHTS:
                self._heights.clear()
            layout = headline_layout(headline(row), _bold(option.font), width, _mirrored(row))
            small = QFontMetrics(_small(option.font)).height()
            text = int(layout.boundingRect().height() + 0.5)
            self._heights[key] = _TOP + text + 4 + small + _TOP + 1
        return QSize(width + 2 * _SIDE, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: StoryRow = index.data(ROW)
        details = self._describe(row)
        painter.save()
        self._paint_ground(painter, option, details)
        box = option.rect.adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        layout = headline_layout(headline(row), _bold(option.font), box.width(), _mirrored(row))
        painter.setPen(color("ink" if row.headline.strip() else "mute"))
        layout.draw(painter, QPointF(box.topLeft()))
        top = box.top() + int(layout.boundingRect().height() + 0.5) + 4
        painter.setFont(_small(option.font))
        line = box.adjusted(0, top - box.top(), 0, 4)
        DetailsLine(painter, line, is_mirrored=_mirrored(row)).paint(details)
        painter.restore()

    def _text_width(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        room = view.viewport() if isinstance(view, QAbstractItemView) else option.rect
        return max(80, room.width()) - 2 * _SIDE

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, details: RowDetails
    ) -> None:
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected:
            painter.fillRect(rect, color("accent_soft"))
        elif hovered:
            painter.fillRect(rect, color("bg"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        if details.is_open:
            mirrored = option.direction is Qt.LayoutDirection.RightToLeft
            edge = rect.right() - _BAR + 1 if mirrored else rect.left()
            painter.fillRect(edge, rect.top(), _BAR, rect.height() - 1, color("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(focus_line())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(_BAR + 2, 2, -_BAR - 2, -3), 5, 5)


def headline_layout(text: str, font: QFont, width: int, mirrored: bool) -> QTextLayout:
    """Lay out a headline in at most three lines; the last is elided where there is more."""
    layout, rest = _lines(text, font, width, mirrored)
    if rest:
        start = layout.lineAt(_LINES - 1).textStart()
        head, tail = _split(text, start)
        short = QFontMetrics(font).elidedText(tail, Qt.TextElideMode.ElideRight, width - 2)
        layout, _ = _lines(head + short, font, width, mirrored)
    return layout


def _lines(text: str, font: QFont, width: int, mirrored: bool) -> tuple[QTextLayout, bool]:
    layout = QTextLayout(" ".join(text.split()) if "\n" in text else text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    # Unlike a label, a bare layout does not mirror its alignment by itself.
    option.setAlignment(Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    height, used = 0.0, 0
    for _number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
        used = line.textStart() + line.textLength()
    layout.endLayout()
    return layout, used < len(layout.text().encode("utf-16-le")) // 2


def _split(text: str, at: int) -> tuple[str, str]:
    """Cut a text where Qt counts, in UTF-16 units."""
    units = text.encode("utf-16-le")
    return units[: 2 * at].decode("utf-16-le"), units[2 * at :].decode("utf-16-le")


def _mirrored(row: StoryRow) -> bool:
    return is_right_to_left(row.language)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() - 1)
    return small
