"""What the window said while it was open, to be read again after the message has gone."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from editor.core import times
from editor.core.times import in_zone, minute_text
from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _

_MOST = 200
"""Messages that are kept; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message or a problem as it was shown."""

    at: datetime
    """When it was shown, in UTC."""
    sentence: str
    hint: str = ""


class MessageLog(QObject):
    """Keeps what a session said, in memory alone: messages name stories."""

    added = Signal()
    """There is one message more."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: deque[ShownMessage] = deque(maxlen=_MOST)
        session.message.connect(lambda sentence, _undo: self._add(sentence))
        session.problem.connect(self._add_problem)

    def newest_first(self) -> Iterator[ShownMessage]:
        """Yield the messages, the last one first."""
        return reversed(self._messages)

    def _add_problem(self, error: EditorError) -> None:
        self._add(error.sentence, error.hint)

    def _add(self, sentence: str, hint: str = "") -> None:
        self._messages.append(ShownMessage(times.now(), sentence, hint))
        self.added.emit()


class MessagesDialog(Dialog):
    """Lists the messages, to read and to copy; what is said meanwhile is added at the top."""

    def __init__(self, log: MessageLog, parent: QWidget | None = None) -> None:
        super().__init__(_("Recent messages"), parent, size=(560, 420))
        self._log = log
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Recent messages"))
        self.text.setPlaceholderText(_("Nothing was said yet since this window was opened."))
        about = label(
            _("Since this window was opened, the newest first. They are not kept on the disk."),
            "hint",
            wrap=True,
        )
        buttons = row(STRETCH, button(_("Close"), self.reject), spacing=8)
        self.lay_out(column(about, (self.text, 1), spacing=8), buttons, margins=12)
        log.added.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.text.setPlainText("\n".join(map(_line, self._log.newest_first())))


def _line(message: ShownMessage) -> str:
    at = minute_text(in_zone(message.at))
    return "  ".join(part for part in (at, message.sentence, message.hint) if part)
