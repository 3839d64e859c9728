"""One brief of the banner, as a card to write in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.brief import Brief
from editor.gui.banner.expiry import ExpiryField
from editor.gui.banner.picker import StoryPicker
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Grip(QLabel):
    """Where a card is taken to drag it; Alt+Up and Alt+Down do the same."""

    dragged = Signal(QPoint)
    """The pointer's place on screen while the button is down."""
    dropped = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("⠿", parent)
        set_kind(self, "hint")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(_("Drag to move the brief, or press Alt+Up or Alt+Down in it"))
        self._from: QPoint | None = None
        self._moving = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._from, self._moving = event.globalPosition().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag once the pointer has really moved."""
        at = event.globalPosition().toPoint()
        if self._from is None:
            return
        far = (at - self._from).manhattanLength() >= QApplication.startDragDistance()
        self._moving = self._moving or far
        if self._moving:
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._moving:
            self.dropped.emit(event.globalPosition().toPoint())
        self._from, self._moving = None, False


class BriefCard(QFrame):
    """Title, sentence, story and expiry of one brief."""

    written = Signal(str, str)
    """A field's name and its new value."""
    remove_asked = Signal()
    move_asked = Signal(int)
    """Up (-1) or down (1) by keyboard."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, session: Session, brief: Brief, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self.brief_id = brief.id
        self.grip = Grip()
        self.title = TextField(_("Title"))
        self.title.set_points(1, bold=True)
        self.summary = TextField(_("One sentence"))
        self.story = StoryPicker(session)
        self.expires = ExpiryField()
        self._remove = QPushButton(_("Remove"))
        set_kind(self._remove, "quiet")
        self._found = QLabel()
        set_kind(self._found, "warn")
        self._found.setWordWrap(True)
        self._found.hide()
        for field in (self.title, self.summary):
            set_kind(field, "plain")
        self._lay_out()
        self._connect()

    def show_brief(self, brief: Brief, number: int, count: int) -> None:
        """Show a brief; a field that already says the same is left alone, caret and all."""
        self.title.set_text(brief.title)
        self.summary.set_text(brief.summary)
        self.story.show_story(brief.story)
        self.expires.show_expiry(brief.expires)
        place = _("brief {number} of {count}").format(number=number, count=count)
        self.title.setAccessibleName(_("Title of {place}").format(place=place))
        self.summary.setAccessibleName(_("Sentence of {place}").format(place=place))
        self._remove.setAccessibleName(_("Remove {place}").format(place=place))

    def show_finding(self, sentence: str) -> None:
        """Say what the checks found in this brief, or nothing."""
        self._found.setText(sentence)
        self._found.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the brief by Alt and an arrow key in any of its fields."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            step = _MOVES.get(Qt.Key(event.key()))
            if alt and step is not None:
                self.move_asked.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.grip, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        top.addLayout(words, 1)
        top.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        under = QGridLayout()
        under.setHorizontalSpacing(8)
        under.setVerticalSpacing(2)
        for column, (text, field) in enumerate(
            ((_("Leads to"), self.story), (_("Expires"), self.expires))
        ):
            label = QLabel(text)
            set_kind(label, "label")
            label.setBuddy(field)
            under.addWidget(label, 0, column)
            under.addWidget(field, 1, column, Qt.AlignmentFlag.AlignTop)
        under.setColumnStretch(0, 3)
        under.setColumnStretch(1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 10)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addLayout(under)
        whole.addWidget(self._found)

    def _connect(self) -> None:
        self.title.edited.connect(lambda: self.written.emit("title", self.title.text()))
        self.summary.edited.connect(lambda: self.written.emit("summary", self.summary.text()))
        self.story.picked.connect(lambda story: self.written.emit("story", story))
        self.expires.chosen.connect(lambda instant: self.written.emit("expires", instant))
        self.title.entered.connect(self.summary.setFocus)
        for field in (self.title, self.summary):
            field.undo_asked.connect(self.undo_asked)
            field.redo_asked.connect(self.redo_asked)
        self._remove.clicked.connect(self.remove_asked)
        for widget in (
            self.title,
            self.summary,
            self.story,
            self.story.line,
            self.expires.edit,
            self._remove,
        ):
            widget.installEventFilter(self)
