"""The sheet that asks for the note a step needs: a correction's, a kill's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.gui.theme import set_kind
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.send_key import SendKey
from editor.i18n import _


@dataclass(frozen=True, slots=True)
class Question:
    """What it is for, what is asked, who reads it, an example, and what its two buttons say."""

    name: str
    title: str
    reader: str
    example: str
    send: str
    keep: str


def correction() -> Question:
    """What a correction asks."""
    return Question(
        "correct",
        _("What was wrong, and what is right?"),
        _("Readers see it on the page, with the date."),
        _("An earlier version gave the wrong year. The pier was closed in 2022."),
        _("Open for correction"),
        _("Leave it as it is"),
    )


def kill() -> Question:
    """What a kill asks."""
    return Question(
        "kill",
        _("Why is this story withdrawn?"),
        _("Only the newsroom reads it; its page will say that it was withdrawn."),
        _("The source took the document back."),
        _("Kill the story"),
        _("Keep it"),
    )


class NoteSheet(QFrame):
    """Stands above the story while it asks; Esc closes it. Nothing is done without a note."""

    asked = Signal(str)
    """It asks for the note of this step: `correct` or `kill`."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self._answer: Callable[[str], object] | None = None
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + 22)
        self.send_button = QPushButton()
        self.send_button.setProperty("kind", "primary")
        self._keep = QPushButton()
        self._label = LabelRow("", self.text)
        self._reader = QLabel()
        self._reader.setWordWrap(True)
        set_kind(self._reader, "count")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        buttons.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(self._label)
        column.addWidget(self.text)
        column.addWidget(self._reader)
        column.addLayout(buttons)
        self.text.textChanged.connect(self._typed)
        SendKey(self.text, self.send, self.close_sheet)
        self.send_button.clicked.connect(self.send)
        self._keep.clicked.connect(self.close_sheet)
        self.hide()

    def ask(self, question: Question, answer: Callable[[str], object]) -> None:
        """Ask; `answer` gets the note, without white space around it."""
        self._answer = answer
        self.asked.emit(question.name)
        self._label.set_text(question.title)
        self._reader.setText(question.reader)
        self.text.setAccessibleDescription(question.reader)
        self.text.setAccessibleName(question.title)
        self.setAccessibleName(question.title)
        self.text.setPlaceholderText(question.example)
        self.send_button.setText(question.send)
        self._keep.setText(question.keep)
        self._typed()
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Give the note to whoever asked, if there is one."""
        note, answer = self._note(), self._answer
        if note and answer is not None:
            # The text stays: should the step be refused, it is not typed again.
            self._answer = None
            self.hide()
            answer(note)
            self.closed.emit()

    def close_sheet(self) -> None:
        """Close without doing anything."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _note(self) -> str:
        return self.text.toPlainText().strip()

    def _typed(self) -> None:
        self.send_button.setEnabled(bool(self._note()))
