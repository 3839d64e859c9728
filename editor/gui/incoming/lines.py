"""Each line of what was pasted, with the field it became."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from editor.formats.base import ImportedLine
from editor.gui.incoming.field_names import BLANK, IGNORED, field_name, field_role
from editor.gui.theme import color
from editor.i18n import _

_Index = QModelIndex | QPersistentModelIndex
_PAD = 6
_SLACK = 8


class LinesModel(QAbstractListModel):
    """The lines that are not blank, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ImportedLine] = []

    def show_lines(self, lines: tuple[ImportedLine, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = [line for line in lines if line.field != BLANK]
        self.endResetModel()

    def line(self, row: int) -> ImportedLine:
        """The line in a row."""
        return self._lines[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line as words, for screen readers; the delegate paints it."""
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{field_name(line.field)}: {line.text}"
        return None


class LineDelegate(QStyledItemDelegate):
    """Paints the field's name at the start, and the text beside it, wrapped."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line = self._line(index)
        painter.save()
        if index.row() and self._begins(index):
            painter.setPen(color("line"))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        names = self._names(option)
        inner = option.rect.adjusted(8, _PAD, -8, -_PAD)
        at = inner.right() - names + 1 if mirrored else inner.left()
        label = QRect(at, inner.top(), names - 10, inner.height())
        words = inner.adjusted(0, 0, -names, 0) if mirrored else inner.adjusted(names, 0, 0, 0)
        font = option.font
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color(field_role(line.field)))
        leading = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading
        painter.drawText(label, int(leading), field_name(line.field) if self._begins(index) else "")
        font.setBold(False)
        font.setStrikeOut(line.field == IGNORED)
        painter.setFont(font)
        painter.setPen(color("mute" if line.field == IGNORED else "ink"))
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        # The side is the interface's; the order of the words is the text's own.
        style = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        style.setWrapMode(QTextOption.WrapMode.WordWrap)
        style.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(QRectF(words), line.text, style)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As tall as the wrapped text."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 400
        # The painter's layout breaks a word or so earlier than the metrics foresee.
        room = QRect(0, 0, max(80, width - 16 - self._names(option) - _SLACK), 10_000)
        text = self._line(index).text or " "
        box = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        return QSize(width, box.height() + 2 * _PAD)

    def _line(self, index: _Index) -> ImportedLine:
        model = index.model()
        if not isinstance(model, LinesModel):
            raise TypeError("this delegate paints lines")
        return model.line(index.row())

    def _begins(self, index: _Index) -> bool:
        """Whether the line before belongs to another field; only then the name is said."""
        model = index.model()
        if index.row() == 0 or not isinstance(model, LinesModel):
            return True
        return model.line(index.row() - 1).field != self._line(index).field

    def _names(self, option: QStyleOptionViewItem) -> int:
        longest = _("Brief {n}, sentence").format(n=10)
        return int(option.fontMetrics.horizontalAdvance(longest) * 1.12) + 12


class LinesView(QListView):
    """The list of lines; it wraps anew when its width changes."""

    def __init__(self, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(LineDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAccessibleName(_("What each line became"))
