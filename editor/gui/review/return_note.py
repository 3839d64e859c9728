"""The sheet that asks why a story goes back: one note, which is required."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.gui.theme import set_kind
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.send_key import SendKey
from editor.i18n import _


class ReturnNote(QFrame):
    """Stands above the story while it is open; Esc closes it and keeps what was written."""

    sent = Signal(str)
    """The note, without white space around it."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self.setAccessibleName(_("Return with a note"))
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(_("Which agency had this first? Please name both."))
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * 3 + 22)
        self._send = QPushButton(_("Return to the writer"))
        self._send.setProperty("kind", "primary")
        self._send.setEnabled(False)
        keep = QPushButton(_("Keep in review"))
        label = LabelRow(_("What has to change?"), self._text)
        label.set_count(_("The writer reads it beside the story"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(keep)
        buttons.addWidget(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(label)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self._text.textChanged.connect(lambda: self._send.setEnabled(bool(self.note())))
        SendKey(self._text, self.send, self.close_sheet)
        self._send.clicked.connect(self.send)
        keep.clicked.connect(self.close_sheet)
        self.hide()

    def open_sheet(self) -> None:
        """Ask for the note."""
        self.show()
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_sheet(self) -> None:
        """Close without returning the story."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def note(self) -> str:
        """What was written, without white space around it."""
        return self._text.toPlainText().strip()

    def field(self) -> QPlainTextEdit:
        """Where the note is written."""
        return self._text

    def send(self) -> None:
        """Return the story, if there is a note."""
        if note := self.note():
            # The text stays: should the return be refused, it is not typed again.
            self.hide()
            self.sent.emit(note)
