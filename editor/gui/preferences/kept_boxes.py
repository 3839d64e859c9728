"""Keeps what is written in a dialog's boxes until it is closed: after a crash it is as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from editor.errors import EditorError
from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session

Boxes: TypeAlias = Mapping[str, QLineEdit | QPlainTextEdit]


class KeptBoxes(QObject):
    """The texts of some boxes, by name, in the desk's journal under one key."""

    def __init__(
        self,
        session: Session,
        key: str,
        boxes: Boxes,
        refused: Callable[[EditorError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._key, self._boxes = key, boxes
        self._keeper = JournalWriter(session, self._entry, self)
        self._keeper.refused.connect(refused)
        session.use_desk(lambda desk: desk.journal.read(key), self._begin)

    def forget(self) -> None:
        """Forget it: the dialog was closed."""
        self._keeper.leave()
        self._keeper.drop(self._key)

    def _begin(self, entry: Entry | None) -> None:
        for name, box in self._boxes.items():
            kept = entry.get(name) if entry else None
            if isinstance(kept, str) and kept != _text(box):
                box.setText(kept) if isinstance(box, QLineEdit) else box.setPlainText(kept)
            box.textChanged.connect(self._keeper.touch)

    def _entry(self) -> tuple[str, Entry]:
        return self._key, {name: _text(box) for name, box in self._boxes.items()}


def _text(box: QLineEdit | QPlainTextEdit) -> str:
    return box.text() if isinstance(box, QLineEdit) else box.toPlainText()
