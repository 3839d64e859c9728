"""The text of a box, such as a note not sent yet, in the desk's journal through a crash."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit

from editor.errors import EditorError
from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session
from editor.gui.widgets.offsets import source


class KeptText(QObject):
    """Keeps the text of one box under a key of the journal until it is sent.

    One box may serve many things one after the other: `show` puts the text of
    another key into it.
    """

    refused = Signal(EditorError)
    """The text could not be written. It stays in the box, and is tried again."""

    shown = Signal()
    """The kept text of the key is in the box, or there is none."""

    def __init__(self, session: Session, box: QPlainTextEdit) -> None:
        super().__init__(box)
        self._session, self._box = session, box
        self._key = ""
        self._hidden: dict[str, Entry] = {}
        """What was typed under other keys, in case it could not be written."""
        self._journal = JournalWriter(session, self._describe_entry, self)
        self._journal.refused.connect(self.refused)
        box.textChanged.connect(self._text_changed)

    def show(self, key: str) -> None:
        """Put the text of a key into the box; with an empty key nothing is kept."""
        if key == self._key:
            return
        self._hide()
        self._key = key
        if key in self._hidden:
            self._restore(key, self._hidden[key])
        elif key:
            self._session.use_desk(
                lambda desk: desk.journal.read(key), owner=self, done=partial(self._restore, key)
            )

    def forget(self, key: str) -> None:
        """Forget the text of a key, because it was sent; the box is emptied if it is shown."""
        self._hidden.pop(key, None)
        if key == self._key:
            self._journal.cancel()
            self._set_text("")
        if key:
            self._journal.remove(key)

    def flush(self) -> None:
        """Write now what waits to be written."""
        if self._journal.pending:
            self._journal.flush()

    def _hide(self) -> None:
        """Empty the box; its text stays under its own key."""
        key, entry = self._describe_entry()
        is_pending = self._journal.pending
        self._journal.cancel()
        if key and entry is not None:
            self._hidden[key] = entry
            if is_pending:
                self._session.jobs.run(
                    self._journal.write_job(key, entry),
                    owner=self,
                    failed=self.refused.emit,
                    lane="journal",
                )
        elif key:
            self.forget(key)
        self._set_text("")
        self._key = ""

    def _restore(self, key: str, entry: Entry | None) -> None:
        if key == self._key and entry and not source(self._box.document()):
            text, caret = entry.get("text"), entry.get("caret")
            if isinstance(text, str):
                self._set_text(text, caret if isinstance(caret, int) else None)
        if key == self._key:
            self.shown.emit()

    def _set_text(self, text: str, caret: int | None = None) -> None:
        """Put a text into the box that need not be written to the journal again."""
        key, self._key = self._key, ""
        self._box.setPlainText(text)
        cursor = self._box.textCursor()
        last = self._box.document().characterCount() - 1
        cursor.setPosition(last if caret is None else max(0, min(caret, last)))
        self._box.setTextCursor(cursor)
        self._key = key

    def _text_changed(self) -> None:
        if self._key:
            self._journal.touch()

    def _describe_entry(self) -> tuple[str, Entry | None]:
        text = source(self._box.document())
        if not text.strip():
            return self._key, None
        return self._key, {"text": text, "caret": self._box.textCursor().position()}
