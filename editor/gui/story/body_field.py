"""The body: Markdown in a serif, growing until it fills the form, then scrolling itself."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.gui.story.body_styles import StyledLine, style_lines
from editor.gui.story.highlight import MarkdownHighlighter
from editor.gui.theme import serif_font
from editor.gui.widgets.offsets import from_qt, source
from editor.gui.widgets.text_field import TextField
from editor.i18n import _
from editor.progress import Progress

_LINE_HEIGHT = 118.0
_LEAST = 180
_LARGER = 0.75


class BodyField(TextField):
    """Many paragraphs. Tab leaves the field, as everywhere in the form."""

    caret_block = Signal(int)
    """The source line (from 0) that the caret went to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Write in Markdown. Leave a line empty between paragraphs."), parent)
        self._most = _LEAST
        self._line = -1
        self.highlighter = MarkdownHighlighter(self.document())
        self._documents, self._styled = session.documents, ""
        self._styles = Coalescer[list[StyledLine]](
            session.jobs, self, self._prepare_styles, self.highlighter.show_lines
        )
        self.document().contentsChanged.connect(self._styles.ask)
        self.document().setDocumentMargin(4)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.set_line_height(_LINE_HEIGHT)
        self._dress()
        self.cursorPositionChanged.connect(self._follow)

    def set_most(self, height: int) -> None:
        """Grow to this height at most, in pixels."""
        self._most = max(_LEAST, height)
        self.fit()

    def fit(self) -> None:
        """Be as tall as the text, within the least and the most."""
        if not hasattr(self, "_most"):
            return
        around = self.height() - self.viewport().height()
        wanted = ceil(self.document().size().height()) + around
        height = max(_LEAST, min(self._most, wanted))
        if height != self.height():
            self.setFixedHeight(height)

    def on_enter(self, event: QKeyEvent) -> None:
        """Begin a new paragraph."""
        self.textCursor().insertText("\n")
        self.ensureCursorVisible()

    def clean(self, pasted: str) -> str:
        """Keep paragraphs; only the ends of lines are made one kind."""
        return pasted.replace("\r\n", "\n").replace("\r", "\n")

    def set_base_direction(self, side: Qt.LayoutDirection) -> None:
        """Begin an empty body at this side; each paragraph follows its own letters."""
        if side is not self.layoutDirection():
            self.setLayoutDirection(side)

    def line_range(self) -> tuple[int, int]:
        """The Python indexes of the line the caret is in."""
        block = self.textCursor().block()
        start = from_qt(self.text(), block.position())
        return start, start + len(block.text())

    def surround(self, before: str, after: str) -> None:
        """Put signs around the selection; without one the caret goes between them."""
        cursor = self.textCursor()
        chosen = self.selected()
        cursor.insertText(before + chosen + after)
        if not chosen:
            cursor.setPosition(cursor.position() - len(after))
            self.setTextCursor(cursor)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of look or of the interface's font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "highlighter"):
            self._dress()

    def _prepare_styles(self) -> Work[list[StyledLine]] | None:
        body, documents = source(self.document()), self._documents
        if body == self._styled:
            return None
        self._styled = body

        def job(_progress: Progress) -> list[StyledLine]:
            return style_lines(body, documents.of(body))

        return job

    def _dress(self) -> None:
        font = serif_font(_LARGER)
        if font != self.font():
            self.setFont(font)
        self.highlighter.dress()
        self.highlighter.rehighlight()

    def _follow(self) -> None:
        line = self.textCursor().blockNumber()
        if line != self._line:
            self._line = line
            self.caret_block.emit(line)
