"""The Notes tab: what is said about a story inside the newsroom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from editor.core.changes import Changes
from editor.core.commands import AddNote, ResolveNote
from editor.core.findings import TextPlace
from editor.core.paths import text_at
from editor.core.workflow import Action
from editor.errors import EditorError
from editor.gui.coalescer import LastAnswer
from editor.gui.draft.draft import Draft
from editor.gui.draft.new_stories import new_story_action
from editor.gui.draft.open_story import OpenStory
from editor.gui.kept.kept_text import KeptText
from editor.gui.review.note_card import NoteCard
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.card_list import CardList
from editor.gui.widgets.elided import ElidedLabel, shortened
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.few_lines import FewLines
from editor.gui.widgets.layout import STRETCH, button, column, row
from editor.gui.widgets.offsets import source
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.send_key import SendKey
from editor.i18n import _, quoted
from editor.store.reading.rows import NoteRow
from editor.store.reading.snapshot import Snapshot
from editor.store.reading.threads import threads

_LONGEST_QUOTE = 60


def note_key(story_id: str) -> str:
    """Return the key of an unsent note in the desk's journal."""
    return f"note:{story_id}"


@dataclass(frozen=True, slots=True)
class NoteTarget:
    """What the next note is about: the story, a passage of it, or the note it answers."""

    place: TextPlace | None = None
    quote: str = ""
    answers: int = 0
    description: str = ""


class NotesPane(QWidget):
    """Shows `notes` with their answers, the latest last, and a box for the next one.

    The text in the box is kept for each story until it is sent: it survives a
    crash, and is there again when the story is opened again.
    """

    go_to = Signal(TextPlace)
    """Go to the passage that a note is about."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._story = ""
        self._target = NoteTarget()
        self._answer = LastAnswer()
        self._wanted = 0
        self.notes: list[NoteRow] = []
        self._cards: list[NoteCard] = []
        self.bar = ProblemBar()
        self.empty = EmptyState()
        self._save = QAction(_("&Save version"), self)
        self._save.triggered.connect(lambda _checked=False: draft.save())
        self._begin = new_story_action(draft, self)
        self.box = FewLines(3, least=1)
        self.add = button(_("Add &note"), self.send, tip="Ctrl+Return")
        self._list = CardList()
        self._target_label = ElidedLabel()
        self._target_row, self._writer = QWidget(), QWidget()
        self._kept = KeptText(session, self.box)
        self._kept.refused.connect(self.bar.show_error)
        self._lay_out()
        SendKey(self.box, self.send)
        self.box.textChanged.connect(self._text_changed)
        draft.opened.connect(self._opened)
        draft.state_changed.connect(self._follow_first_save)
        session.changed.connect(self._desk_changed)
        self._show_notes([], frozenset())
        self._opened()

    def send(self) -> None:
        """Add the note that is in the box."""
        text = source(self.box.document()).strip()
        if not text or not self._story:
            return
        self._kept.flush()
        self.add.setEnabled(False)
        # Another story may be open once this one is saved.
        send = partial(self._send, self._story, self._draft.open_story, self._target, text)
        if self._target.quote:
            # A passage is one of a version: unsaved text becomes one first.
            self._draft.save(send)
        else:
            send()

    def write_about(self, place: TextPlace, quote: str) -> None:
        """Start a note on a passage of the text."""
        description = _("On {words}").format(words=quoted(shortened(quote, _LONGEST_QUOTE)))
        self._set_target(NoteTarget(place, quote, description=description))

    def answer(self, note: NoteRow) -> None:
        """Start an answer to a note."""
        text = shortened(note.text, _LONGEST_QUOTE)
        description = _("Answering {name}: {words}").format(name=note.author, words=text)
        self._set_target(NoteTarget(answers=note.id, description=description))

    def show_note(self, id: int) -> None:
        """Bring the card of a note into view and put the focus there, once it has been read."""
        self._wanted = id
        self._read()

    def resolve(self, note: NoteRow, resolved: bool) -> None:
        """Mark a note as resolved, or open it again."""
        command = ResolveNote(note.story, note.id, resolved)
        self._session.run(command, owner=self, failed=self.bar.show_error)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Notes may have been added while the tab was hidden.
        self._read()

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Notes"))
        self.box.setPlaceholderText(_("A note for the newsroom. Readers never see it."))
        self.box.setAccessibleName(_("New note"))
        set_kind(self._target_label, "hint")
        drop_tip = _("On the whole story instead")
        drop = button("×", lambda: self._set_target(NoteTarget()), "quiet", drop_tip)
        drop.setAccessibleName(drop_tip)
        row((self._target_label, 1), drop, inside=self._target_row, spacing=6)
        self._target_row.hide()
        column(
            self._target_row,
            self.box,
            row(STRETCH, self.add),
            inside=self._writer,
            spacing=6,
            margins=(12, 8, 12, 12),
        )
        column(self.bar, (self.empty, 1), (self._list, 1), self._writer, inside=self)

    def _send(self, story: str, open_story: OpenStory, target: NoteTarget, text: str) -> None:
        field, start, end = "", 0, 0
        if target.place is not None:
            field = target.place.path
            now = text_at(open_story.typed, field)
            start = _find(now, target.quote, target.place.start)
            end = start + len(target.quote) if start >= 0 else 0
        note = AddNote(story, text, field, max(start, 0), end, target.answers)
        sent = partial(self._sent, story, text)
        self._session.run(note, owner=self, done=sent, failed=self._not_sent)

    def _sent(self, story: str, text: str, _changes: Changes) -> None:
        if story == self._story:
            self._set_target(NoteTarget())
        if story != self._story or source(self.box.document()).strip() == text:
            self._kept.forget(note_key(story))

    def _not_sent(self, error: EditorError) -> None:
        self.add.setEnabled(True)
        self.bar.show_error(error)

    def _set_target(self, target: NoteTarget) -> None:
        self._target = target
        self._target_label.setText(target.description)
        self._target_row.setVisible(bool(target.description))
        self.box.setAccessibleDescription(target.description)
        if target.description:
            self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _text_changed(self) -> None:
        self.add.setEnabled(bool(source(self.box.document()).strip()) and bool(self._story))

    def _opened(self) -> None:
        stored = self._draft.open_story.stored
        story = stored.story.id if stored is not None else ""
        if story == self._story:
            if not story:
                self._show_empty()  # a story that was never saved, or none
            return
        self._story = story
        self._answer.drop()
        self._set_target(NoteTarget())
        self._kept.show(note_key(story) if story else "")
        self._show_notes([], frozenset())
        self._read()

    def _follow_first_save(self) -> None:
        """Show a story that was just saved for the first time."""
        if not self._story and self._draft.open_story.stored is not None:
            self._opened()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("notes", self._story) or changes.touches("story", self._story):
            self._read()

    def _read(self) -> None:
        if self._story and self.isVisible():
            done = self._answer.only(self._show_read)
            self._session.ask(partial(_read_notes, self._story), owner=self, done=done)

    def _show_read(self, found: tuple[list[NoteRow], frozenset[str]]) -> None:
        self._show_notes(*found)
        wanted = [card for card in self._cards if card.note.id == self._wanted]
        if wanted:
            self._wanted = 0
            self._list.bring_to(wanted[0])
        else:
            self._list.scroll_to_end()

    def _show_empty(self) -> None:
        if self._story:
            hint = _("Write one below. Readers never see it.")
            self.empty.show_text(_("No notes on this story yet."), hint, [])
        elif self._draft.open_story.is_open:
            hint = _("Save this one first.")
            self.empty.show_text(_("Notes are about a saved story."), hint, [self._save])
        else:
            sentence = _("Open a story to read and write notes about it.")
            self.empty.show_text(sentence, "", [self._begin])

    def _show_notes(self, notes: list[NoteRow], returns: frozenset[str]) -> None:
        self.notes = notes
        read_only = self._session.why_read_only is not None
        cards: list[NoteCard] = []
        for note, answers in threads(notes):
            card = NoteCard(note, answers, note.event in returns, read_only=read_only)
            card.answer_wanted.connect(partial(self.answer, note))
            card.resolve_wanted.connect(partial(self.resolve, note))
            place = TextPlace(note.field, note.start, note.end)
            card.place_wanted.connect(partial(self.go_to.emit, place))
            cards.append(card)
        self._cards = cards
        self._list.show_cards(cards)
        self._show_empty()
        self.empty.setVisible(not notes)
        self._list.setVisible(bool(notes))
        self._writer.setEnabled(bool(self._story) and not read_only)


def _read_notes(story: str, snapshot: Snapshot) -> tuple[list[NoteRow], frozenset[str]]:
    """Read a story's notes, and the events that returned it, each of which wrote its note."""
    returned = Action.RETURN.past
    returns = frozenset(row.event for row in snapshot.log(story) if row.action == returned)
    return list(snapshot.notes(story)), returns


def _find(text: str, quote: str, near: int) -> int:
    """Return where a quote is now, at `near` or elsewhere; −1 where it is gone."""
    return near if text.startswith(quote, near) else text.find(quote)
