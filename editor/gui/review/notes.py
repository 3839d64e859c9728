"""The Notes tab: what is said about a story inside the newsroom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.checks.base import TextPlace
from editor.core.changes import Changes
from editor.core.commands import AddNote, ResolveNote
from editor.core.paths import text_at
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.kept.kept_text import KeptText
from editor.gui.review.note_card import NoteCard, threads
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.send_key import SendKey
from editor.i18n import _
from editor.store.reading.rows import NoteRow
from editor.store.reading.snapshot import Snapshot

_BOX = 88
_SHORT = 60


def note_key(story_id: str) -> str:
    """Where an unsent note is kept in the desk's journal."""
    return f"note:{story_id}"


@dataclass(frozen=True, slots=True)
class NoteTarget:
    """What the next note is about: the story, a passage of it, or the note it answers."""

    place: TextPlace | None = None
    quote: str = ""
    answers: int = 0
    words: str = ""


class NotesPane(QWidget):
    """Notes and their answers as they were written, and a box for the next one.

    What is typed in the box is kept like any other text: it is there again after
    a crash, and when one comes back to the story.
    """

    go_to = Signal(object)
    """Place: a passage that a note is about."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = NoteTarget()
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
        if not text or not self._story:
            return
        self._kept.flush()
        self.add.setEnabled(False)
        if self._about.quote and self._draft.dirty:
            # A passage is one of a version: what is typed becomes one first.
            self._draft.save(partial(self._send, text))
        else:
            self._send(text)

    def write_about(self, place: TextPlace, quote: str) -> None:
        """Begin a note on a passage of the text."""
        self._set_about(
            NoteTarget(place, quote, words=_("On “{words}”").format(words=_short(quote)))
        )

    def answer(self, note: NoteRow) -> None:
        """Begin an answer to a note."""
        said = _("Answering {name}: {words}").format(name=note.author, words=_short(note.text))
        self._set_about(NoteTarget(answers=note.id, words=said))

    def resolve(self, note: NoteRow, resolved: bool) -> None:
        """Say that a note is dealt with, or is not."""
        self._session.run(
            ResolveNote(note.story, note.id, resolved), owner=self, failed=self.bar.show_error
        )

    def _send(self, text: str) -> None:
        story, about = self._story, self._about
        field, start, end = "", 0, 0
        if about.place is not None:
            field = about.place.path
            now = text_at(self._draft.text, field)
            start = _find(now, about.quote, about.place.start)
            end = start + len(about.quote) if start >= 0 else 0
        note = AddNote(story, text, field, max(start, 0), end, about.answers)
        self._session.run(
            note, owner=self, done=partial(self._sent, story, text), failed=self._not_sent
        )

    def _set_about(self, about: NoteTarget) -> None:
        self._about = about
        self._about_words.setText(about.words)
        self._about_row.setVisible(bool(about.words))
        self.box.setAccessibleDescription(about.words)
        if about.words:
            self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
        writer.addWidget(self._make_about_row())
        writer.addWidget(self.box)
        writer.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(self._empty)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._writer)

    def _make_about_row(self) -> QWidget:
        self._about_row, self._about_words = QWidget(), ElidedLabel()
        set_kind(self._about_words, "hint")
        drop = QPushButton("×")
        set_kind(drop, "quiet")
        drop.setAccessibleName(_("On the whole story instead"))
        drop.setToolTip(drop.accessibleName())
        drop.clicked.connect(lambda: self._set_about(NoteTarget()))
        row = QHBoxLayout(self._about_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._about_words, 1)
        row.addWidget(drop)
        self._about_row.hide()
        return self._about_row

    # -- the box ----------------------------------------------------------------------

    def _typed(self) -> None:
        self.add.setEnabled(bool(self.box.toPlainText().strip()) and bool(self._story))

    def _sent(self, story: str, text: str, _changes: Changes) -> None:
        if story == self._story:
            self._set_about(NoteTarget())
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
        self._set_about(NoteTarget())
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
            self._session.ask(partial(_said, story), owner=self, done=partial(self._came, story))

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
        for index, (note, answers) in enumerate(threads(rows)):
            card = NoteCard(note, answers, note.text in self._returned)
            card.answer_wanted.connect(partial(self.answer, note))
            card.resolve_wanted.connect(partial(self.resolve, note))
            card.place_wanted.connect(
                partial(self.go_to.emit, TextPlace(note.field, note.start, note.end))
            )
            self._column.insertWidget(index, card)
        self._empty.setText(
            _("Nothing has been said about this story yet.")
            if self._story
            else _("Open a saved story to read and write notes about it.")
        )
        self._empty.setVisible(not rows)
        self._scroll.setVisible(bool(rows))
        self._writer.setEnabled(bool(self._story))


def _said(story: str, snapshot: Snapshot) -> tuple[list[NoteRow], frozenset[str]]:
    """The notes of a story, and the texts of those that it was returned with."""
    returned = frozenset(row.note for row in snapshot.log(story) if row.action == "returned")
    return list(snapshot.notes(story)), returned


def _find(text: str, quote: str, near: int) -> int:
    """Where a quote stands now, if need be a little elsewhere; −1 where it is gone."""
    return near if text.startswith(quote, near) else text.find(quote)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHORT else flat[:_SHORT].rsplit(" ", 1)[0] + "…"
