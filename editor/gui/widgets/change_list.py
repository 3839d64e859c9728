"""A list of changes to texts, each with the words around it and a box to leave it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.core.fields import full_label
from editor.gui.theme import color
from editor.i18n import _
from editor.text.replace import TextChange

_Index = QModelIndex | QPersistentModelIndex

CHANGE = Qt.ItemDataRole.UserRole
_LONGEST = 60
"""Characters that are shown of what is removed, and of what is put in its place."""
_AROUND = 200
_GAP = 8


class ShownChange(NamedTuple):
    """One change as a line: where it is, and its words in the words around them."""

    label: str
    before: str
    old: str
    new: str
    after: str


class ChangeModel(QAbstractListModel):
    """Changes of one story, in order, all of them chosen at first."""

    choice_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: Mapping[str, str] = {}
        self._changes: Sequence[TextChange] = ()
        self._left_out: set[int] = set()

    def show_changes(
        self, texts: Mapping[str, str], changes: Sequence[TextChange], left_out: set[int]
    ) -> None:
        """Show the changes of texts by their paths; those of some numbers are left out."""
        self.beginResetModel()
        self._texts, self._changes, self._left_out = texts, changes, left_out
        self.endResetModel()
        self.choice_changed.emit()

    def chosen(self) -> list[TextChange]:
        """Return what is not left out."""
        return [
            change for number, change in enumerate(self._changes) if number not in self._left_out
        ]

    def left_out(self) -> set[int]:
        """Return the numbers of what is left out."""
        return set(self._left_out)

    def choose_all(self, chosen: bool) -> None:
        """Choose all changes, or leave all out."""
        self.choose(set() if chosen else set(range(len(self._changes))))

    def choose(self, left_out: set[int]) -> None:
        """Choose all changes but those of some numbers."""
        self._left_out = set(left_out)
        if self._changes:
            self.dataChanged.emit(self.index(0), self.index(len(self._changes) - 1))
        self.choice_changed.emit()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._changes)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.CheckStateRole:
                is_chosen = index.row() not in self._left_out
                return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.UserRole:
                return self._shown(index.row())
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.DisplayRole:
                return _sentence(self._shown(index.row()))
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Choose a change or leave it out."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(index.row())
        else:
            self._left_out.add(index.row())
        self.dataChanged.emit(index, index)
        self.choice_changed.emit()
        return True

    def _shown(self, number: int) -> ShownChange:
        change = self._changes[number]
        text = self._texts[change.path]
        return ShownChange(
            full_label(change.path),
            text[max(0, change.start - _AROUND) : change.start].rpartition("\n")[2],
            _shortened(change.old),
            _shortened(change.new),
            text[change.end : change.end + _AROUND].partition("\n")[0],
        )


class ChangeList(QListView):
    """Shows a model's changes, two lines each. Space leaves the current one out, or not."""

    def __init__(self, model: ChangeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_ChangeDelegate(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Changes"))
        self.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        model.modelReset.connect(self._go_to_first)
        self._go_to_first()

    def _go_to_first(self) -> None:
        self.setCurrentIndex(self.model().index(0, 0))


class _ChangeDelegate(QStyledItemDelegate):
    """Draws a change: its field, and below what is removed and what is put in its place."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, 2 * option.fontMetrics.lineSpacing() + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown = index.data(CHANGE)
        self.initStyleOption(option, index)
        option.text = ""
        around = option.widget
        style = around.style() if around is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, around)
        if isinstance(shown, ShownChange):
            check = QStyle.SubElement.SE_ItemViewItemCheckIndicator
            _draw(painter, option, style.subElementRect(check, option, around), shown)


def _draw(
    painter: QPainter, option: QStyleOptionViewItem, check: QRect, shown: ShownChange
) -> None:
    """Draw a change beside its box."""
    area, mirrored = QRect(option.rect), option.direction is Qt.LayoutDirection.RightToLeft
    area.adjust(_GAP, _GAP // 2, -_GAP, 0)
    if mirrored:
        area.setRight(check.left() - _GAP)
    else:
        area.setLeft(check.right() + _GAP)
    painter.save()
    painter.setClipRect(area)
    painter.setFont(option.font)
    painter.setPen(color("mute"))
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, int(side | Qt.AlignmentFlag.AlignTop), shown.label)
    painter.setPen(color("ink"))
    layout = _laid_out(option, shown, area.width())
    layout.draw(painter, QPointF(area.left(), area.top() + option.fontMetrics.lineSpacing()))
    painter.restore()


def _laid_out(option: QStyleOptionViewItem, shown: ShownChange, width: int) -> QTextLayout:
    """Lay a change out in one line, with as many words on either side as there is room for."""
    letters, elide = option.fontMetrics, Qt.TextElideMode
    room = width - letters.horizontalAdvance(shown.old + shown.new)
    half = max(room // 2, room - letters.horizontalAdvance(shown.after))
    before = letters.elidedText(shown.before, elide.ElideLeft, half)
    if before != shown.before:
        before = _from_whole_word(before)
    left = room - letters.horizontalAdvance(before)
    after = letters.elidedText(shown.after, elide.ElideRight, left)
    layout = QTextLayout(f"{before}{shown.old}{shown.new}{after}", option.font)
    one_line = QTextOption()
    one_line.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(one_line)
    layout.setFormats(_formats(before, shown))
    layout.beginLayout()
    layout.createLine().setLineWidth(width)
    layout.endLayout()
    return layout


def _from_whole_word(elided: str) -> str:
    """Return a text that was cut at its start without the part of a word that was left there."""
    _cut, space, rest = elided.partition(" ")
    return f"… {rest}" if space else elided


def _formats(before: str, shown: ShownChange) -> list[QTextLayout.FormatRange]:
    removed, added = QTextCharFormat(), QTextCharFormat()
    removed.setBackground(color("removed"))
    removed.setForeground(color("on_removed"))
    removed.setFontStrikeOut(True)
    added.setBackground(color("added"))
    added.setForeground(color("on_added"))
    made, at = [], _units(before)
    for text, look in ((shown.old, removed), (shown.new, added)):
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = at, _units(text), look
        made.append(span)
        at += span.length
    return made


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shortened(text: str) -> str:
    line = text.replace("\n", "↵")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _sentence(shown: ShownChange) -> str:
    """Return a change as a screen reader says it."""
    before, after = shown.before[-30:], shown.after[:30]
    return _("{field}: {old} becomes {new}, in “{text}”").format(
        field=shown.label,
        old=shown.old,
        new=shown.new or _("nothing"),
        text=f"{before}{shown.new}{after}".strip(),
    )
