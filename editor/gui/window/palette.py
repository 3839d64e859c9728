"""Ctrl+K: one field that finds stories by their words and commands by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.errors import EditorError
from editor.gui.library.rows import headline
from editor.gui.session import Session
from editor.gui.widgets.stages import stage_name
from editor.i18n import _
from editor.store.reading.rows import Hit

_PAUSE_MS = 120
_HITS = 30
_COMMANDS = 8
_WHAT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Found:
    """One line of the answer and what choosing it does."""

    title: str
    detail: str
    act: Callable[[], object]


class SearchField(QLineEdit):
    """Type to search; arrow keys choose; Enter goes there; Esc gives the focus back."""

    story_chosen = Signal(str)
    """A story's id."""

    def __init__(
        self, session: Session, actions: Callable[[], Iterable[QAction]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self._asked = 0
        self._from: QWidget | None = None
        self._answers = Answers(parent)
        self._answers.list.itemClicked.connect(lambda _item: self._choose())
        self.setProperty("kind", "search")
        self.setPlaceholderText(_("Search stories, commands…"))
        self.setAccessibleName(_("Search stories and commands"))
        self.setMinimumWidth(120)
        self.setMaximumWidth(340)
        keys = QLabel("Ctrl K")
        keys.setProperty("kind", "key")
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 0, 7, 0)
        row.addStretch(1)
        row.addWidget(keys, 0, Qt.AlignmentFlag.AlignVCenter)
        self._keys = keys
        self._make_room()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._typed)

    def begin(self, from_widget: QWidget | None) -> None:
        """Take the focus; Esc gives it back to where it was."""
        if from_widget is not self:
            self._from = from_widget
        self.selectAll()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def answers(self) -> list[str]:
        """The titles that are offered now, best first."""
        return [] if self._answers.isHidden() else self._answers.titles()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the answers, choose one, or leave."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}
        key = Qt.Key(event.key())
        if key in moves and not self._answers.isHidden():
            self._answers.move_by(moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the words clear of the key's name, on whichever side it stands."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._make_room()

    def _make_room(self) -> None:
        room = self._keys.sizeHint().width() + 6
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)

    def leave(self) -> None:
        """Forget the words and give the focus back."""
        self.clear()
        self._answers.hide()
        if self._from is not None and self._from.isVisible():
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._from = None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the answers; the words stay."""
        super().focusOutEvent(event)
        self._answers.hide()

    def _typed(self, text: str) -> None:
        self._keys.setVisible(not text)
        if not text.strip():
            self._asked += 1
            self._pause.stop()
            self._answers.hide()
            return
        self._answers.show_found([], self._commands(text), _("Searching…"))
        self._answers.place(self)
        self._pause.start()

    def _search(self) -> None:
        words = self.text().strip()
        self._asked += 1
        asked = self._asked

        def show(hits: list[Hit]) -> None:
            if asked == self._asked and not self._answers.isHidden():
                self._answers.show_found([self._story(hit) for hit in hits], self._commands(words))

        def fail(_error: EditorError) -> None:
            show([])

        self._session.ask(
            lambda snapshot: snapshot.search(words, _HITS), owner=self, done=show, failed=fail
        )

    def _commands(self, text: str) -> list[_Found]:
        wanted = text.casefold().split()
        found = []
        for action in self._actions():
            title = action.text().replace("&", "")
            if action.isEnabled() and all(word in title.casefold() for word in wanted):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                found.append(_Found(title, keys, action.trigger))
        return found[:_COMMANDS]

    def _story(self, hit: Hit) -> _Found:
        row = hit.row
        section = self._session.house.section_title(row.section) if row.section else ""
        detail = " · ".join(part for part in (section, stage_name(row.stage)) if part)
        return _Found(headline(row), detail, lambda: self.story_chosen.emit(row.id))

    def _choose(self) -> None:
        found = self._answers.chosen()
        if found is not None:
            self.leave()
            found.act()


class Answers(QFrame):
    """The list under the field. It never takes the focus, so typing goes on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "palette")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel(_("No story and no command has these words."))
        self._nothing.setProperty("kind", "hint")
        self._nothing.setContentsMargins(12, 8, 12, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        self.hide()

    def show_found(self, stories: list[_Found], commands: list[_Found], nothing: str = "") -> None:
        """Show what was found; `nothing` is what to say when nothing was."""
        self.list.clear()
        self._add(_("Stories"), stories)
        self._add(_("Commands"), commands)
        any_found = bool(self.list.count())
        self._nothing.setText(nothing or _("No story and no command has these words."))
        self._nothing.setVisible(not any_found)
        self.list.setVisible(any_found)
        self.move_by(1)
        self._fit()

    def titles(self) -> list[str]:
        """The titles of what can be chosen."""
        return [item.data(_WHAT).title for item in self._choosable()]

    def chosen(self) -> _Found | None:
        """What is marked now."""
        item = self.list.currentItem()
        found = item.data(_WHAT) if item is not None else None
        return found if isinstance(found, _Found) else None

    def move_by(self, steps: int) -> None:
        """Mark another answer, staying within the list."""
        choosable = self._choosable()
        if choosable:
            item = self.list.currentItem()
            at = choosable.index(item) if item in choosable else -1
            target = choosable[min(max(at + steps, 0), len(choosable) - 1)]
            self.list.setCurrentItem(target)

    def _choosable(self) -> list[QListWidgetItem]:
        items = (self.list.item(i) for i in range(self.list.count()))
        return [item for item in items if item.data(_WHAT) is not None]

    def _add(self, heading: str, found: list[_Found]) -> None:
        if not found:
            return
        title = QListWidgetItem(self.list)
        title.setFlags(Qt.ItemFlag.NoItemFlags)
        title.setData(Qt.ItemDataRole.AccessibleTextRole, heading)
        self._dress(title, heading, "", "label")
        for each in found:
            item = QListWidgetItem(self.list)
            item.setData(_WHAT, each)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.title}, {each.detail}")
            self._dress(item, each.title, each.detail, "")

    def _dress(self, item: QListWidgetItem, title: str, detail: str, kind: str) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(8, 4, 8, 4)
        words = QLabel(line.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, 360))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("kind", kind)
        row.addWidget(words, 1)
        end = QLabel(detail)
        end.setProperty("kind", "count")
        row.addWidget(end)
        item.setSizeHint(line.sizeHint())
        self.list.setItemWidget(item, line)

    def place(self, field: QWidget) -> None:
        """Open below a field."""
        window = self.parentWidget()
        if window is not None:
            width = min(max(field.width(), 520), window.width() - 24)
            corner = field.mapTo(window, QPoint(0, field.height() + 4))
            left = min(corner.x(), window.width() - width - 12)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                left = max(12, corner.x() + field.width() - width)
            self.setGeometry(left, corner.y(), width, self.height())
        self._fit()
        self.show()
        self.raise_()

    def _fit(self) -> None:
        """Be as high as the answers need, and no higher than most of the window."""
        window = self.parentWidget()
        rows = sum(self.list.sizeHintForRow(i) for i in range(self.list.count()))
        most = window.height() * 2 // 3 if window is not None else rows
        self.resize(self.width(), min((rows or self._nothing.sizeHint().height()) + 12, most))
