"""The Notes tab: what is said about a story inside the newsroom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.core import times
from editor.core.changes import Changes
from editor.core.commands import AddNote
from editor.core.times import parse_instant
from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.story.draft import Draft
from editor.gui.story.kept import KeptText
from editor.gui.theme import set_kind
from editor.gui.widgets.ago import since
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.send_key import SendKey
from editor.i18n import _
from editor.store.desk import Desk
from editor.store.rows import NoteRow

_BOX = 88


def note_key(story_id: str) -> str:
    """Where an unsent note is kept in the desk's journal."""
    return f"note:{story_id}"


class NotesPane(QWidget):
    """Notes in the order they were written, and a box for the next one.

    What is typed in the box is kept like any other text: it is there again after
    a crash, and when one comes back to the story.
    """

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draft = draft
        self._story = ""
        self._rows: list[NoteRow] = []
        self._returned: frozenset[str] = frozenset()
        self.bar = ProblemBar()
        self.box = QPlainTextEdit()
        self.add = QPushButton(_("Add &note"))
        self._empty = QLabel()
        self._kept = KeptText(session, self.box)
        self._kept.refused.connect(self.bar.show_error)
        self._lay_out()
        self.box.textChanged.connect(self._typed)
        self.add.clicked.connect(self.send)
        draft.opened.connect(self._opened)
        session.changed.connect(self._desk_changed)
        self._show_rows([])
        self._opened()

    @property
    def notes(self) -> list[NoteRow]:
        """What is shown, the last said last."""
        return self._rows

    def send(self) -> None:
        """Add the note that is in the box."""
        text = self.box.toPlainText().strip()
        if text and self._story:
            self._kept.flush()
            self.add.setEnabled(False)
            story = self._story
            self._session.run(
                AddNote(story, text), partial(self._sent, story, text), self._not_sent
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Read the notes anew: some may have come while the tab was hidden."""
        super().showEvent(event)
        self._read()

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Notes"))
        for label in (self._empty,):
            set_kind(label, "hint")
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMargin(28)
        self.box.setPlaceholderText(_("A note for the newsroom. Readers never see it."))
        self.box.setAccessibleName(_("New note"))
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(_BOX)
        self.add.setToolTip("Ctrl+Return")
        SendKey(self.box, self.send)
        inner = QWidget()
        set_kind(inner, "panel")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inner)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.add)
        self._writer = QWidget()
        writer = QVBoxLayout(self._writer)
        writer.setContentsMargins(12, 8, 12, 12)
        writer.addWidget(self.box)
        writer.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(self._empty)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._writer)

    # -- the box ----------------------------------------------------------------------

    def _typed(self) -> None:
        self.add.setEnabled(bool(self.box.toPlainText().strip()) and bool(self._story))

    def _sent(self, story: str, text: str, _changes: Changes) -> None:
        if story != self._story or self.box.toPlainText().strip() == text:
            self._kept.forget(note_key(story))

    def _not_sent(self, error: EditorError) -> None:
        self.add.setEnabled(True)
        self.bar.show_error(error)

    # -- the notes ----------------------------------------------------------------------

    def _opened(self) -> None:
        stored = self._draft.stored
        story = stored.story.id if stored is not None else ""
        if story == self._story:
            return
        self._story = story
        self._kept.show(note_key(story) if story else "")
        self._show_rows([])
        if story:
            self._read()

    def _desk_changed(self, changes: Changes) -> None:
        if not self._story and self._draft.stored is not None:
            self._opened()
        elif changes.touches("notes", self._story) or changes.touches("story", self._story):
            self._read()

    def _read(self) -> None:
        story = self._story
        if story and self.isVisible():
            self._session.ask(partial(_said, story), partial(self._came, story))

    def _came(self, story: str, found: tuple[list[NoteRow], frozenset[str]]) -> None:
        if story == self._story:
            rows, self._returned = found
            self._show_rows(rows)
            # The newest note is at the end: show it once it has its place.
            bar = self._scroll.verticalScrollBar()
            QTimer.singleShot(0, bar, lambda: bar.setValue(bar.maximum()))

    def _show_rows(self, rows: list[NoteRow]) -> None:
        self._rows = rows
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, row in enumerate(rows):
            self._column.insertWidget(index, _card(row, row.text in self._returned))
        self._empty.setText(
            _("Nothing has been said about this story yet.")
            if self._story
            else _("Open a saved story to read and write notes about it.")
        )
        self._empty.setVisible(not rows)
        self._scroll.setVisible(bool(rows))
        self._writer.setEnabled(bool(self._story))


def _said(story: str, desk: Desk) -> tuple[list[NoteRow], frozenset[str]]:
    """The notes of a story, and the texts of those that it was returned with."""
    returned = frozenset(row.note for row in desk.log(story) if row.action == "returned")
    return list(desk.notes(story)), returned


def _card(row: NoteRow, returned: bool) -> QFrame:
    card = QFrame()
    set_kind(card, "problem" if returned else "card")
    who = QLabel(row.author)
    set_kind(who, "strong")
    when = QLabel(_("{ago} ago").format(ago=since(row.at, times.now())))
    when.setToolTip(parse_instant(row.at).astimezone().strftime("%Y-%m-%d %H:%M"))
    set_kind(when, "count")
    top = QHBoxLayout()
    top.addWidget(who)
    top.addStretch(1)
    top.addWidget(when)
    text = QLabel(row.text)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 8, 12, 9)
    column.setSpacing(3)
    column.addLayout(top)
    column.addWidget(text)
    about = _about(row, returned)
    if about:
        label = QLabel(about)
        set_kind(label, "warn" if returned else "hint")
        column.addWidget(label)
    card.setAccessibleName(f"{row.author}, {when.text()}: {row.text}. {about}")
    return card


def _about(row: NoteRow, returned: bool) -> str:
    if returned:
        return _("Returned with this note, version {n}").format(n=row.version)
    if row.field:
        return _("On {field}, version {n}").format(field=row.field, n=row.version)
    return _("Version {n}").format(n=row.version) if row.version else ""
