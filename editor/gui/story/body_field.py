"""The body: Markdown in a serif, growing until it fills the form, then scrolling itself."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QTextEdit

from editor.errors import NotAllowed
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.gui.story.body_styles import Style, StyledLine, style_lines
from editor.gui.story.highlight import MarkdownHighlighter
from editor.gui.story.marks import (
    Emphasis,
    MarkEdit,
    find_address,
    toggle_emphasis,
    toggle_link,
)
from editor.gui.theme import serif_font
from editor.gui.widgets.offsets import from_qt, range_cursor, source
from editor.gui.widgets.text_area import TextArea
from editor.i18n import _
from editor.progress import Progress

_LINE_HEIGHT = 118.0
_LEAST = 180
_LARGER = 0.75


class BodyField(TextArea):
    """Markdown in many paragraphs."""

    line_changed = Signal()
    """The caret is in another line of the source."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Write in Markdown. Leave a line empty between paragraphs."))
        self._tallest = _LEAST
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
        self.cursorPositionChanged.connect(self._caret_moved)

    def set_tallest(self, height: int) -> None:
        """Grow to this height at most, in pixels."""
        self._tallest = max(_LEAST, height)
        self.fit()

    def fit(self) -> None:
        """Be as tall as the text, within the least and the most."""
        if not hasattr(self, "_tallest"):
            return
        around = self.height() - self.viewport().height()
        wanted = ceil(self.document().size().height()) + around
        height = max(_LEAST, min(self._tallest, wanted))
        if height != self.height():
            self.setFixedHeight(height)

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Begin an empty body at this side; each paragraph follows its own letters."""
        if side is not self.layoutDirection():
            self.setLayoutDirection(side)

    def line_range(self) -> tuple[int, int]:
        """Return the start and end of the line that the caret is in, as Python indexes."""
        block = self.textCursor().block()
        start = from_qt(self.text(), block.position())
        return start, start + len(block.text())

    def emphasise(self, kind: Emphasis) -> None:
        """Put emphasis on what is selected, or take it off. Raises NotAllowed."""
        start, end = self._selected_range()
        self._require_prose(start, end)
        if find_address(self.text(), start, end):
            raise NotAllowed(
                _("An address has no bold or italic words."), _("Select the words of the link.")
            )
        self._apply(toggle_emphasis(self.text(), start, end, kind))

    def link(self) -> None:
        """Make a link of what is selected, or take the link off around it. Raises NotAllowed."""
        start, end = self._selected_range()
        self._require_prose(start, end)
        self._apply(toggle_link(self.text(), start, end))

    def _selected_range(self) -> tuple[int, int]:
        start = self.selection_start()
        return start, start + len(self.selected())

    def _require_prose(self, start: int, end: int) -> None:
        """Raise NotAllowed for a range in code, where Markdown means nothing."""
        body = self.text()
        styles = b"\0".join(line.styles for line in style_lines(body, self._documents.of(body)))
        if any(style & Style.FIXED for style in styles[start : max(end, start + 1)]):
            raise NotAllowed(
                _("This is code, which readers see exactly as it is typed."),
                _("Bold, italic and links work in the other text."),
            )

    def _apply(self, edit: MarkEdit) -> None:
        cursor = range_cursor(self.document(), self.text(), edit.start, edit.end)
        cursor.insertText(edit.text)
        self.select(*edit.select)

    def changeEvent(self, event: QEvent) -> None:
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

    def _caret_moved(self) -> None:
        line = self.textCursor().blockNumber()
        if line != self._line:
            self._line = line
            self.line_changed.emit()
