"""Open notes beside their passages in the form: a tint under the words, a mark in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from editor.core.changes import Changes
from editor.core.findings import Level
from editor.core.paths import text_fields
from editor.gui.coalescer import LastAnswer
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.elided import shortened
from editor.gui.widgets.layout import once, plain_tip
from editor.gui.widgets.squiggles import Squiggle
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

if TYPE_CHECKING:
    from editor.store.reading.rows import NoteRow
    from editor.store.reading.snapshot import Snapshot

_LONGEST = 200
_MARK = 20
"""Pixels: as wide as a mark may be; a narrow form has a narrower margin."""
_GAP = 2
_PAUSE_MS = 300


class FieldsWithNotes(Protocol):
    """The form, as far as its notes need it."""

    session: Session
    draft: Draft

    def text_fields(self) -> Iterator[tuple[str, TextField]]:
        """Yield every field of text, with the path of its value."""
        ...


class NoteMark(SmallButton):
    """A mark in the margin. A key goes to the note as well, so Tab does not stop here."""

    def __init__(self, note: NoteRow, parent: QWidget) -> None:
        super().__init__(parent)
        set_kind(self, "note")
        self.note = note
        self.setText("✎")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(_tip(note)))
        self.setAccessibleName(_tip(note))
        self.hide()


class FormNotes(QObject):
    """Reads the open story's notes, and shows where each one is in what is typed now.

    They are found in the typed text once, beside other work; then Qt moves them with the
    words. A note whose passage was removed has no mark, until the words are there again.
    """

    wanted = Signal(int)
    """Somebody wants to read the note with this id."""

    def __init__(self, form: FieldsWithNotes, ground: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._ground = form, ground
        self._session, self._draft = form.session, form.draft
        self._answer = LastAnswer()
        self._story = ""
        self._found: dict[str, list[tuple[NoteRow, int, int]]] = {}
        self._marks: list[NoteMark] = []
        self._watched: set[TextField] = set()
        self._place_soon = once(self, self._place_marks)
        self._follow_soon = once(self, self._follow_text)
        self._find_soon = once(self, self._read, _PAUSE_MS)
        self._draft.opened.connect(self._opened)
        self._draft.changed.connect(self._text_changed)
        self._session.changed.connect(self._desk_changed)
        ground.installEventFilter(self)
        self._opened()

    def marks(self) -> list[NoteMark]:
        """Return the marks that are shown, in the order of the notes."""
        return [mark for mark in self._marks if not mark.isHidden()]

    def go_to_note(self) -> bool:
        """Ask for the note at the caret, or the next one, or the first; whether there is one."""
        places, caret = [], (-1, 0)
        for number, (_path, field) in enumerate(self._form.text_fields()):
            if field.hasFocus():
                caret = (number, field.textCursor().position())
            for squiggle, cursor in field.notes.placed():
                if cursor.hasSelection():
                    places.append((number, cursor.selectionEnd(), squiggle.note))
        places.sort()
        found = [place for place in places if place[:2] >= caret] or places
        if found:
            self.wanted.emit(found[0][2])
        return bool(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the marks with their fields, and draw all again for another look."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Move):
            self._place_soon.start()
        elif event.type() is QEvent.Type.PaletteChange and watched is self._ground:
            self._find_soon.start()  # the form has cleared what was drawn in other colours
        return super().eventFilter(watched, event)

    def _opened(self) -> None:
        story = self._draft.open_story.key
        if story != self._story:
            self._story = story
            self._answer.drop()
            self._show({})
        self._read()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("notes", self._story) or changes.touches("story", self._story):
            self._read()

    def _text_changed(self, _path: str) -> None:
        self._follow_soon.start()  # once the fields show it

    def _follow_text(self) -> None:
        if not self._found:
            return
        self._place_marks()
        if any(self._has_come_back(*of_field) for of_field in self._form.text_fields()):
            self._find_soon.start()

    def _has_come_back(self, path: str, field: TextField) -> bool:
        """Return whether words that were removed with their note are in the field again."""
        shown = {squiggle.note for squiggle, now in field.notes.placed() if now.hasSelection()}
        notes = [note for note, _start, _end in self._found.get(path, []) if note.id not in shown]
        return any(note.quote in field.text() for note in notes)

    def _read(self) -> None:
        stored = self._draft.open_story.stored
        if stored is None:
            return
        texts = dict(text_fields(self._draft.typed))
        read = partial(find_notes, stored.story.id, texts)
        done = self._answer.only(partial(self._show_found, texts))
        self._session.ask(read, owner=self, done=done)

    def _show_found(
        self, texts: Mapping[str, str], found: dict[str, list[tuple[NoteRow, int, int]]]
    ) -> None:
        if dict(text_fields(self._draft.typed)) != texts and found:
            self._find_soon.start()  # somebody typed meanwhile
        else:
            self._show(found)

    def _show(self, found: dict[str, list[tuple[NoteRow, int, int]]]) -> None:
        self._found = found
        for mark in self._marks:
            mark.hide()
            mark.deleteLater()
        self._marks = []
        for path, field in self._form.text_fields():
            placed = found.get(path, [])
            shown = [_squiggle(*place) for place in placed if place[2] > place[1]]
            field.show_notes(field.text(), shown)
            for note, _start, _end in placed:
                mark = NoteMark(note, self._ground)
                mark.clicked.connect(partial(self.wanted.emit, note.id))
                self._marks.append(mark)
            if placed and field not in self._watched:
                self._watched.add(field)
                field.installEventFilter(self)
        self._place_soon.start()

    def _place_marks(self) -> None:
        """Put each mark beside the first line of its passage, below one that is there."""
        marks = {mark.note.id: mark for mark in self._marks}
        lines: dict[int, tuple[TextField, int]] = {}
        for _path, field in self._form.text_fields():
            for squiggle, cursor in field.notes.placed():
                if cursor.hasSelection() and field.isVisibleTo(self._ground):
                    start = QTextCursor(cursor)
                    start.setPosition(cursor.selectionStart())
                    lines[squiggle.note] = field, field.cursorRect(start).top()
        taken: set[tuple[int, int]] = set()
        for id, mark in marks.items():
            mark.setVisible(id in lines)
            if id in lines:
                mark.setGeometry(self._place_beside(*lines[id], taken))
                mark.raise_()

    def _place_beside(self, field: TextField, line: int, taken: set[tuple[int, int]]) -> QRect:
        """Return where a mark is in the margin, at the height of a line of a field."""
        top = field.viewport().mapTo(self._ground, QPoint(0, line)).y()
        layout = self._ground.layout()
        inner = layout.contentsRect() if layout is not None else self._ground.rect()
        if self._ground.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            width = min(_MARK, inner.left() - _GAP)
            left = inner.left() - _GAP - width
        else:
            left = inner.right() + 1 + _GAP
            width = min(_MARK, self._ground.width() - left)
        while (left, top) in taken:
            top += _MARK
        taken.add((left, top))
        return QRect(left, top, max(0, width), _MARK)


def find_notes(
    story: str, texts: Mapping[str, str], snapshot: Snapshot
) -> dict[str, list[tuple[NoteRow, int, int]]]:
    """Return a story's open notes by the fields that their passages are in, with the ranges.

    `texts` are the fields as they are typed now, which may be no version yet. The range of a
    passage that was removed is empty.
    """
    from editor.store.reading.passages import find_passage  # noqa: PLC0415  not needed to start

    found: dict[str, list[tuple[NoteRow, int, int]]] = {}
    for note in snapshot.notes(story):
        if note.resolved or note.answers or not note.quote or note.field not in texts:
            continue
        text = texts[note.field]
        start, end = find_passage(note.quote, note.context, text, note.start) or (0, 0)
        found.setdefault(note.field, []).append((note, start, end))
    return found


def _tip(note: NoteRow) -> str:
    return _("Note by {name}: {words}").format(
        name=note.author, words=shortened(note.text, _LONGEST)
    )


def _squiggle(note: NoteRow, start: int, end: int) -> Squiggle:
    return Squiggle(start, end, Level.HINT, _tip(note), note=note.id)
