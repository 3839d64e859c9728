"""Each line of the pasted text, with the field it becomes."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from editor.formats.base import ImportedLine
from editor.gui.incoming.field_names import BLANK, IGNORED, field_name, field_role
from editor.gui.theme import color
from editor.i18n import _

_Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
_PAD = 6
_SLACK = 8


class LinesModel(QAbstractListModel):
    """The lines that are not blank, in their order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[ImportedLine] = []

    def show_lines(self, lines: tuple[ImportedLine, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = [line for line in lines if line.field != BLANK]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == _LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            # For screen readers: the delegate paints the line itself.
            return f"{field_name(line.field)}: {line.text}"
        return None


class LineDelegate(QStyledItemDelegate):
    """Paints the field's name where a field starts, and beside it the text, wrapped."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = _line(index)
        starts_field = (
            index.row() == 0 or _line(index.sibling(index.row() - 1, 0)).field != line.field
        )
        painter.save()
        if index.row() and starts_field:
            painter.setPen(color("line"))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        names = _name_width(option)
        inner = option.rect.adjusted(8, _PAD, -8, -_PAD)
        if starts_field:
            left = inner.right() - names + 1 if mirrored else inner.left()
            font = option.font
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(color(field_role(line.field)))
            leading = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading
            name_box = QRect(left, inner.top(), names - 10, inner.height())
            painter.drawText(name_box, int(leading), field_name(line.field))
        text_box = inner.adjusted(0, 0, -names, 0) if mirrored else inner.adjusted(names, 0, 0, 0)
        _paint_text(painter, option, QRectF(text_box), line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 400
        # The painter's layout breaks a line about a word earlier than the metrics compute.
        room = QRect(0, 0, max(80, width - 16 - _name_width(option) - _SLACK), 10_000)
        text = _line(index).text or " "
        box = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        return QSize(width, box.height() + 2 * _PAD)


class LinesView(QListView):
    """The list of lines; they are wrapped again when its width changes."""

    def __init__(self, model: LinesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(LineDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAccessibleName(_("What each line became"))


def _line(index: _Index) -> ImportedLine:
    line: ImportedLine = index.data(_LINE)
    return line


def _name_width(option: QStyleOptionViewItem) -> int:
    longest = _("Brief {n}, sentence").format(n=10)
    return int(option.fontMetrics.horizontalAdvance(longest) * 1.12) + 12


def _paint_text(
    painter: QPainter, option: QStyleOptionViewItem, box: QRectF, line: ImportedLine
) -> None:
    mirrored = option.direction is Qt.LayoutDirection.RightToLeft
    is_ignored = line.field == IGNORED
    font = option.font
    font.setBold(False)
    font.setStrikeOut(is_ignored)
    painter.setFont(font)
    painter.setPen(color("mute" if is_ignored else "ink"))
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    # The side is the interface's; the direction of the words is the text's own.
    style = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
    style.setWrapMode(QTextOption.WrapMode.WordWrap)
    style.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(box, line.text, style)
