"""Counts a body's words off the main thread, while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.progress import Progress

PAUSE_MS = 200


class WordCounter(QObject):
    """Count the latest body."""

    counted = Signal(int)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = session.documents
        self._body = ""
        self._counts = Coalescer[int](
            session.jobs, self, self._prepare, self.counted.emit, pause_ms=PAUSE_MS
        )

    def count(self, body: str, pause_ms: int | None = None) -> None:
        """Count this text after a pause, or with 0 at once."""
        self._body = body
        self._counts.ask(pause_ms)

    def _prepare(self) -> Work[int]:
        body, documents = self._body, self._documents

        def job(_progress: Progress) -> int:
            from editor.text.plain import document_words  # noqa: PLC0415 - after the first paint

            return document_words(documents.of(body))

        return job
