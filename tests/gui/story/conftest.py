"""The form as a person has it in front of them: shown, on a real desk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm

Settle = Callable[[], None]


@pytest.fixture
def draft(session: Session, settle: Settle) -> Iterator[Draft]:
    """A draft that is left safely at the end, as the window does."""
    made = Draft(session)
    yield made
    made.close()
    settle()


@pytest.fixture
def problems(session: Session) -> list[EditorError]:
    """Every problem the session told of."""
    told: list[EditorError] = []
    session.problem.connect(told.append)
    return told


@pytest.fixture
def form(session: Session, draft: Draft, qtbot: QtBot) -> StoryForm:
    """The form, shown."""
    made = StoryForm(session, draft)
    qtbot.addWidget(made)
    made.resize(460, 800)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def opened(form: StoryForm, write: Callable[..., str], hands: Hands) -> str:
    """A story that is open in the form; its id."""
    story = write("harbour-opens")
    hands.open(story)
    return story


class Hands:
    """Types as a person does. QTest aborts on what is not ASCII, so keys are sent one by one."""

    def __init__(self, qtbot: QtBot, draft: Draft, settle: Settle) -> None:
        self._qtbot, self._draft, self._settle = qtbot, draft, settle

    def open(self, story: str) -> None:
        """Open a story and wait until it is there."""
        self._draft.open(story)
        self._qtbot.waitUntil(lambda: self._draft.key == story)
        self._settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Type any text, one character a key."""
        widget.setFocus()
        for character in text:
            key = Qt.Key.Key_Return if character == "\n" else Qt.Key.Key_unknown
            self.press(widget, key, character)

    def press(
        self,
        widget: QWidget,
        key: Qt.Key,
        text: str = "",
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press and release one key."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))

    def undo(self, widget: QWidget) -> None:
        """Press Ctrl+Z."""
        self.press(widget, Qt.Key.Key_Z, "", Qt.KeyboardModifier.ControlModifier)

    def redo(self, widget: QWidget) -> None:
        """Press Ctrl+Shift+Z."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self.press(widget, Qt.Key.Key_Z, "", both)

    def compose(self, widget: QWidget, preedit: str, commit: str) -> None:
        """Type by an input method: show a text, then put another in its place."""
        widget.setFocus()
        QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))
        done = QInputMethodEvent()
        done.setCommitString(commit)
        QApplication.sendEvent(widget, done)


@pytest.fixture
def hands(qtbot: QtBot, draft: Draft, settle: Settle) -> Hands:
    """Whoever sits at the keyboard."""
    return Hands(qtbot, draft, settle)


@pytest.fixture
def jpeg() -> bytes:
    """A small picture: a bright spot on grey."""
    image = Image.new("RGB", (640, 480), (70, 80, 90))
    ImageDraw.Draw(image).ellipse((40, 40, 120, 120), fill=(240, 200, 80))
    data = io.BytesIO()
    image.save(data, "JPEG")
    return data.getvalue()
