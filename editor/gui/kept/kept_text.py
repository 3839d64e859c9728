"""Keeps what stands in a box of text, such as a note that is not sent yet, through a crash."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit

from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session


class KeptText(QObject):
    """The text of one box, in the desk's journal under a key until it was sent.

    One box may serve many things one after the other: `show` puts the text of
    another key into it.
    """

    refused = Signal(object)
    """EditorError: the text could not be kept. It stays in the box, and is tried again."""

    def __init__(self, session: Session, box: QPlainTextEdit) -> None:
        super().__init__(box)
        self._session, self._box = session, box
        self._key = ""
        self._left: dict[str, Entry] = {}
        self._keeper = JournalWriter(session, self._entry, self)
        self._keeper.refused.connect(self.refused)
        box.textChanged.connect(self._typed)

    @property
    def key(self) -> str:
        """Under which key the text is kept now; empty while nothing is."""
        return self._key

    def show(self, key: str) -> None:
        """Put what was kept under a key into the box; the text before stays under its own."""
        if key == self._key:
            return
        self._leave()
        self._key = key
        if key in self._left:
            self._fill(key, self._left[key])
        elif key:
            self._session.use_desk(lambda desk: desk.journal.read(key), partial(self._fill, key))

    def forget(self, key: str) -> None:
        """Forget the text of a key, because it was sent; the box is empty if it is shown."""
        self._left.pop(key, None)
        if key == self._key:
            self._keeper.leave()
            self._put("")
        if key:
            self._keeper.drop(key)

    def flush(self) -> None:
        """Write now what waits to be written."""
        if self._keeper.pending:
            self._keeper.flush()

    def _leave(self) -> None:
        """Empty the box. Its text is held here, too, in case the disk would not take it."""
        key, entry = self._entry()
        pending = self._keeper.pending
        self._keeper.leave()
        if key and entry is not None:
            self._left[key] = entry
            if pending:
                self._session.jobs.run(self._keeper.put(key, entry), failed=self.refused.emit)
        elif key:
            self.forget(key)
        self._put("")
        self._key = ""

    def _fill(self, key: str, entry: Entry | None) -> None:
        if key == self._key and entry and not self._box.toPlainText():
            caret = entry.get("caret")
            self._put(str(entry.get("text", "")), caret if isinstance(caret, int) else None)

    def _put(self, text: str, caret: int | None = None) -> None:
        """Put a text into the box that need not be written to the journal again."""
        key, self._key = self._key, ""
        self._box.setPlainText(text)
        cursor = self._box.textCursor()
        last = self._box.document().characterCount() - 1
        cursor.setPosition(last if caret is None else max(0, min(caret, last)))
        self._box.setTextCursor(cursor)
        self._key = key

    def _typed(self) -> None:
        if self._key:
            self._keeper.touch()

    def _entry(self) -> tuple[str, Entry | None]:
        text = self._box.toPlainText()
        if not text.strip():
            return self._key, None
        return self._key, {"text": text, "caret": self._box.textCursor().position()}
