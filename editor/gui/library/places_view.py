"""The first column: places under their headings, each with a count."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.core.changes import Changes
from editor.gui.draft.new_stories import new_stories
from editor.gui.library.places import MINE, Place, count, groups
from editor.gui.session import Session
from editor.gui.theme import color, edge_line
from editor.i18n import _, in_digits

_Index = QModelIndex | QPersistentModelIndex
_PLACE = int(Qt.ItemDataRole.UserRole)
_COUNT = _PLACE + 1
_PAD = 8


class PlacesModel(QAbstractListModel):
    """Headings and places in one list, with counts that follow the desk."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._unsaved = 0
        self._rows: tuple[Place | str, ...] = ()
        session.changed.connect(self._desk_changed)
        session.person_changed.connect(self.rebuild)
        session.new_stories_changed.connect(self._count_unsaved)
        self.rebuild()

    def rebuild(self) -> None:
        """Show the sections of the house, its people, and what the person at work has to do."""
        session = self._session
        rows: list[Place | str] = []
        for group in groups(session.house, session.person, session.people):
            rows += [group.title, *group.places]
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()
        self._count_unsaved()

    def place(self, key: str) -> Place | None:
        """Return the place of a key, or None where there is none."""
        return next((place for place in self.places() if place.key == key), None)

    def places(self) -> list[Place]:
        """Return the places in order, without headings."""
        return [row for row in self._rows if isinstance(row, Place)]

    def count(self, place: Place) -> int:
        """Return how many stories, or briefs, are in a place."""
        return count(place, self._session.counts, len(self._session.banner.briefs), self._unsaved)

    def row_of(self, key: str) -> int:
        """Return the row of a place, or -1."""
        keys = [row.key if isinstance(row, Place) else None for row in self._rows]
        return keys.index(key) if key in keys else -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if not isinstance(row, Place):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        answers = {
            int(Qt.ItemDataRole.DisplayRole): row.title,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{row.title}, {self.count(row)}",
            _PLACE: row,
            _COUNT: self.count(row),
        }
        return answers.get(int(role))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Place):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("house") or changes.touches("people"):
            self.rebuild()
        self._refresh()

    def _count_unsaved(self) -> None:
        """Count the stories that are in the journal alone, which only the store's thread reads."""
        journal, person = self._session.journal, self._session.person.name

        def show(number: int) -> None:
            self._unsaved = number
            self._refresh()

        self._session.ask(
            lambda _snapshot: len(new_stories(journal, person)), owner=self, done=show
        )

    def _refresh(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


class PlacesView(QListView):
    """Chooses a place by mouse, by arrow keys, or by the first letters of its title."""

    chosen = Signal(Place)
    """The place that is current now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "nav")
        self.setAccessibleName(_("Places"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setMinimumWidth(150)
        self.setViewportMargins(0, 8, 0, 8)
        self._places = PlacesModel(session, self)
        self.setModel(self._places)
        self.setItemDelegate(_PlaceDelegate(self))
        self.selectionModel().currentChanged.connect(self._choose)
        self._places.modelAboutToBeReset.connect(self._store_current)
        self._places.modelReset.connect(self._restore_current)
        self._key = ""

    def places(self) -> PlacesModel:
        """Return the places and their counts."""
        return self._places

    def current(self) -> Place | None:
        """Return the place that is shown, or None before one was chosen."""
        place = self.currentIndex().data(_PLACE)
        return place if isinstance(place, Place) else None

    def go(self, key: str) -> bool:
        """Go to a place by its key; return False where there is none."""
        row = self._places.row_of(key)
        if row < 0:
            return False
        self.selectionModel().setCurrentIndex(
            self._places.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        return True

    def _choose(self, index: QModelIndex) -> None:
        place = index.data(_PLACE)
        if isinstance(place, Place):
            self.chosen.emit(place)

    def _store_current(self) -> None:
        place = self.current()
        self._key = place.key if place else ""

    def _restore_current(self) -> None:
        if self._key and not self.go(self._key):
            self.go(MINE)


class _PlaceDelegate(QStyledItemDelegate):
    """Paints a heading small and grey, a place with its count, the current one in red."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = option.fontMetrics.height()
        heading = index.data(_PLACE) is None
        return QSize(100, height + (18 if heading else 11))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        place = index.data(_PLACE)
        if place is None:
            self._heading(painter, option, str(index.data()))
        else:
            self._place(painter, option, index)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, title: str) -> None:
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() - 1.5)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color("mute"))
        box = option.rect.adjusted(_PAD * 2, 0, -_PAD * 2, -3)
        painter.drawText(box, _aligned(option, Qt.AlignmentFlag.AlignBottom), title)

    def _place(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        self._ground(painter, option, box, selected)
        font = QFont(option.font)
        font.setBold(selected)
        painter.setFont(font)
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        number = in_digits(str(index.data(_COUNT)))
        room = option.fontMetrics.horizontalAdvance(number) + 8
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        title_box = inner.adjusted(room if mirrored else 0, 0, 0 if mirrored else -room, 0)
        title = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, title_box.width()
        )
        painter.setPen(color("accent" if selected else "ink"))
        painter.drawText(title_box, _aligned(option, Qt.AlignmentFlag.AlignVCenter), title)
        painter.setFont(option.font)
        painter.setPen(color("mute"))
        at_end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, _aligned(option, at_end), number)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, selected: bool
    ) -> None:
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not (selected or hovered):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = edge_line(focused, selected)
        half = line.widthF() / 2
        painter.setPen(line)
        painter.setBrush(color("accent_soft" if selected else "hover"))
        painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), 6, 6)


def _aligned(option: QStyleOptionViewItem, alignment: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """Mirror an alignment where the interface is read from right to left."""
    return QStyle.visualAlignment(option.direction, alignment)
