"""The sheet above a story that asks for the note a step needs: a return, a correction, a kill."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from editor.core.workflow import Action
from editor.gui.draft.draft import Draft
from editor.gui.kept.kept_text import KeptText
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.few_lines import FewLines
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.offsets import source
from editor.gui.widgets.send_key import SendKey
from editor.i18n import _


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, who reads the answer, an example of one, and what the two buttons say."""

    title: str
    reader: str
    example: str
    send: str
    cancel: str


def questions() -> dict[Action, Question]:
    """Return the question of each action that needs a note."""
    return {
        Action.RETURN: Question(
            _("What has to change?"),
            _("The writer reads it beside the story."),
            _("Which agency had this first? Please name both."),
            _("Return to the writer"),
            _("Leave it as it is"),
        ),
        Action.CORRECT: Question(
            _("What was wrong, and what is right?"),
            _("Readers see it on the page, with the date."),
            _("An earlier version gave the wrong year. The pier was closed in 2022."),
            _("Open for correction"),
            _("Leave it as it is"),
        ),
        Action.KILL: Question(
            _("Why is this story withdrawn?"),
            _("Only the newsroom reads it; its page will say that it was withdrawn."),
            _("The source took the document back."),
            _("Kill the story"),
            _("Keep it"),
        ),
    }


class NoteSheet(QFrame):
    """Asks for one note, which is required; Esc closes the sheet and does nothing else.

    What is typed is kept for each story and action until that action was carried
    out: closing the sheet, a refusal and a crash lose nothing.
    """

    sent = Signal(Action, str)
    """The action, and its note without white space around it."""
    closed = Signal()

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self._draft = draft
        self._action: Action | None = None
        self.text = FewLines(3)
        self._kept = KeptText(session, self.text)
        self._label = LabelRow("", self.text)
        self._reader = label(kind="count", wrap=True)
        self.send_button = button("", self.send, "primary")
        self._cancel = button("", self.close_sheet)
        buttons = row(STRETCH, self._cancel, self.send_button, spacing=6)
        parts = (self._label, self.text, self._reader, buttons)
        column(*parts, inside=self, spacing=6, margins=(14, 10, 14, 12))
        self.text.textChanged.connect(self._text_changed)
        SendKey(self.text, self.send, self.close_sheet)
        draft.opened.connect(self._opened)
        self._kept.refused.connect(session.problem)
        self.hide()

    def ask(self, action: Action) -> None:
        """Ask for the note of an action on the open story."""
        question = questions()[action]
        self._action = action
        self._kept.show(_key(action, self._draft.open_story.key))
        self._label.set_text(question.title)
        self._reader.setText(question.reader)
        self.text.setAccessibleDescription(question.reader)
        self.text.setAccessibleName(question.title)
        self.setAccessibleName(question.title)
        self.text.setPlaceholderText(question.example)
        self.send_button.setText(question.send)
        self._cancel.setText(question.cancel)
        self._text_changed()
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Send the note, if there is one."""
        note, action = self._note(), self._action
        if note and action is not None:
            # The text stays: if the action is refused, it is not typed again.
            self._action = None
            self.hide()
            self.sent.emit(action, note)
            self.closed.emit()

    def forget(self, action: Action, story: str) -> None:
        """Remove the note of an action that was carried out on a story, by its id."""
        if action in questions():
            self._kept.forget(_key(action, story))

    def close_sheet(self) -> None:
        """Close without doing anything."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _opened(self) -> None:
        self._kept.show("")

    def _note(self) -> str:
        return source(self.text.document()).strip()

    def _text_changed(self) -> None:
        self.send_button.setEnabled(bool(self._note()))


def _key(action: Action, story: str) -> str:
    return f"{action.verb}:{story}"
