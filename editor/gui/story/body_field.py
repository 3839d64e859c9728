"""The body: Markdown in a serif, as tall as its text; the form scrolls it with the rest."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.gui.story.body_commands import BodyCommands
from editor.gui.story.body_styles import StyledLines
from editor.gui.story.highlight import MarkdownHighlighter
from editor.gui.story.list_area import ListArea
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.theme import serif_font
from editor.gui.widgets.clipboard import is_own
from editor.gui.widgets.offsets import from_qt, to_qt
from editor.i18n import _
from editor.progress import Progress

# What reads documents is imported where one is read: no window waits for it.
# ruff: noqa: PLC0415

_LEAST = 180
_LARGER = 0.75
_MORE = 2
"""Characters more than a line is to have: most end before the last word that would fit."""
_SAMPLE = "The harbour board said on Tuesday that two boats would sail again next week."
_DRAG_MS = 60
_MOVE, _SELECT = QTextCursor.MoveMode.MoveAnchor, QTextCursor.MoveMode.KeepAnchor
_LEAVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_SCROLL_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_PAGE_KEYS = (
    (QKeySequence.StandardKey.MoveToPreviousPage, -1, _MOVE),
    (QKeySequence.StandardKey.MoveToNextPage, 1, _MOVE),
    (QKeySequence.StandardKey.SelectPreviousPage, -1, _SELECT),
    (QKeySequence.StandardKey.SelectNextPage, 1, _SELECT),
)


class BodyField(ListArea):
    """Markdown in many paragraphs."""

    line_changed = Signal()
    """The caret is in another line of the source."""
    paste_asked = Signal(QMimeData)
    """Text that was copied elsewhere is pasted: what is kept of it has to be read first."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Write in Markdown. Leave a line empty between paragraphs."))
        self.page_height = _LEAST
        """How far Page Up and Page Down go, in pixels: what is seen of the form."""
        self._characters = 0
        self._line = -1
        self._dragged_to = QPoint()
        self._drag = QTimer(self, interval=_DRAG_MS)
        self._drag.timeout.connect(self._select_on)
        self.highlighter = MarkdownHighlighter(self.document())
        self._documents, self._styled = session.documents, ""
        self.commands = BodyCommands(self, session.documents)
        self._styles = Coalescer[tuple[StyledLines, ...]](
            session.jobs, self, self._prepare_styles, self.highlighter.show_lines
        )
        self.document().setDocumentMargin(4)
        # No scroll bar, not even for a moment: it would lay out the whole text again.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self._larger = _LARGER
        self.set_lines(session.settings.line_width, session.settings.line_height)
        self._dress()
        self.cursorPositionChanged.connect(self._caret_moved)

    def fit(self) -> None:
        """Be as tall as the text, and never very low."""
        around = self.height() - self.viewport().height()
        height = max(_LEAST, ceil(self.document().size().height()) + around)
        if height != self.height():
            self.setFixedHeight(height)

    def set_lines(self, characters: int, height: int) -> None:
        """Let lines have about so many characters, and a height in per cent of the letters'."""
        self._characters = characters
        if height != self._line_height:
            self.set_line_height(height)

    def widest(self) -> int:
        """Return the width in pixels at which a line has about as many characters as it may."""
        character = self.fontMetrics().horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        margins = 2 * ceil(self.document().documentMargin())
        return (
            ceil((self._characters + _MORE) * character)
            + margins
            + self.width()
            - self.viewport().width()
        )

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Begin an empty body at this side; each paragraph follows its own letters."""
        if side is not self.layoutDirection():
            self.setLayoutDirection(side)

    def line_range(self) -> tuple[int, int]:
        """Return the start and end of the line that the caret is in, as Python indexes."""
        block = self.textCursor().block()
        start = from_qt(self.text(), block.position())
        return start, start + len(block.text())

    def apply(self, *edits: MarkEdit) -> None:
        """Change the text as a person does, in one step, and select what the last edit says.

        Of several edits those further down come first.
        """
        if any(edit.text or edit.start < edit.end for edit in edits):
            cursor = QTextCursor(self.document())
            with self.own_step():
                cursor.beginEditBlock()
                for edit in edits:
                    cursor.setPosition(to_qt(self.text(), edit.start))
                    cursor.setPosition(to_qt(self.text(), edit.end), _SELECT)
                    cursor.insertText(edit.text)
                cursor.endEditBlock()
        self.select(*edits[-1].select)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; an address that is pasted over words makes a link of them."""
        if self.commands.link_pasted(_pasted_address(source)):
            return
        is_picture = source.hasImage() and not source.text().strip()
        if is_own(source) or is_picture or not self.canInsertFromMimeData(source):
            if is_picture:
                self.picture_pasted.emit(source)
            else:
                super().insertFromMimeData(source)
        else:
            self.paste_asked.emit(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by the page that is seen: Qt would go by the height of the whole body."""
        if self.isReadOnly() and event.key() in _SCROLL_KEYS:
            event.ignore()  # there is no caret: the form scrolls
            return
        for keys, direction, mode in _PAGE_KEYS:
            if event.matches(keys):
                self._go_page(direction, mode)
                return
        super().keyPressEvent(event)

    def _press_tab(self, event: QKeyEvent, *, deeper: bool) -> bool:
        """Go from cell to cell of a table; Esc before Tab leaves the field."""
        leaves = event.modifiers() & _LEAVE or self._may_leave or self.isReadOnly()
        if not leaves and self.commands.go_to_cell(1 if deeper else -1):
            return True
        return super()._press_tab(event, deeper=deeper)

    def _go_page(self, direction: int, mode: QTextCursor.MoveMode) -> None:
        caret, bottom = self.cursorRect(), self.viewport().height() - 1
        y = caret.center().y() + direction * max(caret.height(), self.page_height - caret.height())
        there = self.cursorForPosition(QPoint(caret.x(), max(0, min(bottom, y))))
        cursor = self.textCursor()
        cursor.setPosition(there.position(), mode)
        self.setTextCursor(cursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on selecting while the mouse is held outside of what is seen of the body."""
        super().mouseMoveEvent(event)
        is_dragged = bool(event.buttons() & Qt.MouseButton.LeftButton)
        self._dragged_to = event.globalPosition().toPoint()
        # Where it is now: the form may have scrolled to the caret in between.
        place = self.viewport().mapFromGlobal(self._dragged_to)
        if is_dragged and not self.viewport().visibleRegion().contains(place):
            self._drag.start()
        else:
            self._drag.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag.stop()
        super().mouseReleaseEvent(event)

    def _select_on(self) -> None:
        """Select to the mouse. The form has scrolled to the caret, so that is further now."""
        there = self.cursorForPosition(self.viewport().mapFromGlobal(self._dragged_to))
        cursor = self.textCursor()
        cursor.setPosition(there.position(), _SELECT)
        self.setTextCursor(cursor)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "highlighter"):
            self._dress()

    def _hold(self, text: str) -> None:
        super()._hold(text)
        self._styles.ask()

    def _prepare_styles(self) -> Work[tuple[StyledLines, ...]] | None:
        body, documents = self.text(), self._documents
        if body == self._styled:
            return None
        self._styled = body

        def job(_progress: Progress) -> tuple[StyledLines, ...]:
            from editor.gui.story.document_styles import style_lines

            return style_lines(documents.of(body))

        return job

    def _dress(self) -> None:
        self._set_font()
        self.highlighter.dress()

    def _own_font(self, larger: float) -> QFont:
        family, chosen = self._writing
        return serif_font(larger + chosen, family)

    def _caret_moved(self) -> None:
        line = self.textCursor().blockNumber()
        if line != self._line:
            self._line = line
            self.line_changed.emit()


def _pasted_address(source: QMimeData) -> str:
    """Return what may be one address: browsers give a copied one as text, or as a URL."""
    urls = source.urls() if source.hasUrls() else []
    if len(urls) == 1 and not urls[0].isLocalFile():
        return urls[0].toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return "" if urls or source.hasImage() else source.text()
