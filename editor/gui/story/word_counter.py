"""Counts a body's words off the main thread, while it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from editor.gui.session import Session
from editor.progress import Progress
from editor.text.metrics import words
from editor.text.parse import Parser
from editor.text.plain import plain

PAUSE_MS = 200


class WordCounter(QObject):
    """One count under way at a time; an unchanged paragraph is not parsed again."""

    counted = Signal(int)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._parser = Parser()
        self._body = ""
        self._counting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count)
        session.jobs.crashed.connect(self._give_up)

    def count(self, body: str, soon: bool = True) -> None:
        """Count this text after a pause, or at once."""
        self._body = body
        self._timer.start(PAUSE_MS if soon else 0)

    def _count(self) -> None:
        if self._counting:
            return
        body, parser = self._body, self._parser

        def work(_progress: Progress) -> int:
            return words(plain(parser.parse(body)))

        self._counting = True
        self._session.jobs.run(work, partial(self._counted, body))

    def _counted(self, body: str, number: int) -> None:
        self._counting = False
        if body == self._body:
            self.counted.emit(number)
        elif not self._timer.isActive():
            self._count()

    def _give_up(self) -> None:
        self._counting = False
