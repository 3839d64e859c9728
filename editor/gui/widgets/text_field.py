"""A text field that wraps, grows with its text, and leaves undo to the draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit, QToolTip, QWidget

from editor.core.canonical import normal
from editor.core.findings import Fix
from editor.core.text_change import Splice
from editor.errors import EditorError
from editor.gui.theme import interface_font, refresh_look
from editor.gui.widgets.clipboard import insert_pasted, own_copy, pasted_words
from editor.gui.widgets.field_menu import field_menu
from editor.gui.widgets.layout import plain_tip
from editor.gui.widgets.offsets import from_qt, range_cursor, same_length, source
from editor.gui.widgets.squiggles import Squiggle, SquiggleLayer
from editor.gui.widgets.typed_marks import TypedMarks
from editor.gui.widgets.undo_keys import is_redo, is_undo

_BREAKS = re.compile(r"\s*[\r\n\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]\s*")
_LINE_HEIGHT = 100.0
"""Per cent of the font's own height."""


class TextField(QTextEdit):
    """Plain text only. Enter does not break the line but emits `entered`."""

    edited = Signal()
    """The person changed the text; not sent for `set_text`."""
    entered = Signal()
    removal_asked = Signal()
    """Backspace was pressed in a field that is already empty."""
    undo_asked = Signal()
    redo_asked = Signal()
    fix_asked = Signal(Fix)
    """A fix was chosen from the menu of a squiggle."""
    suggestions_asked = Signal(int, QPoint)
    """A menu is wanted for the misspelled word at a Python index: call `show_menu`, at a point."""
    picture_pasted = Signal(QMimeData)
    """What was pasted is no text."""
    paste_refused = Signal(EditorError)
    """What was pasted is too long; nothing of it is in the field."""

    _larger: float | None = None
    _bold = False
    _writing: tuple[str, float] = ("", 0)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self._placeholder = placeholder
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(1)
        self._text = ""
        self.notes = SquiggleLayer()
        self._found, self._misspelled = SquiggleLayer(), SquiggleLayer()
        self._is_own_step = False
        self.marks = TypedMarks(self)
        self._direction = Qt.LayoutDirection.LayoutDirectionAuto
        self._line_height = _LINE_HEIGHT
        self._style_blocks()
        self.setAccessibleDescription(placeholder)
        self.textChanged.connect(self._text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)

    # What is in it

    def text(self) -> str:
        """Return the text as it was typed, lines ended by LF."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a text. Only what differs is touched, so caret and scroll stay where they can."""
        if text == self._text:
            return
        self.marks.note_shown(self._text, text)
        change = Splice.between(self._text, text)
        end = change.start + len(change.removed)
        cursor = range_cursor(self.document(), self._text, change.start, end)
        self.blockSignals(True)
        cursor.insertText(change.inserted)
        self.blockSignals(False)
        self._hold(text)
        if not same_length(self.document(), text):
            self._write_whole(text)

    def caret(self) -> int:
        """Return where the caret is, as a Python index."""
        return from_qt(self._text, self.textCursor().position())

    @contextmanager
    def own_step(self) -> Iterator[None]:
        """Make an undo step of its own of each edit inside, however short it is."""
        before, self._is_own_step = self._is_own_step, True
        try:
            yield
        finally:
            self._is_own_step = before

    def step_caret(self) -> int | None:
        """Return the caret's place while `edited` is a step of its own; else None."""
        return self.caret() if self._is_own_step else None

    def selected(self) -> str:
        """Return the selected text, empty when nothing is."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if start == end:
            return ""
        return self._text[from_qt(self._text, start) : from_qt(self._text, end)]

    def selection_start(self) -> int:
        """Return where the selection begins, as a Python index; without one the caret's place."""
        return from_qt(self._text, self.textCursor().selectionStart())

    def select(self, start: int, end: int) -> None:
        """Select a range of Python indexes and bring it into view; the caret is at its end."""
        self.setTextCursor(range_cursor(self.document(), self._text, start, end))
        self.ensureCursorVisible()

    def show_squiggles(self, text: str, squiggles: Sequence[Squiggle]) -> None:
        """Underline what the checks found in a text, unless the text has changed since."""
        self._show_layer(self._found, text, squiggles)

    def show_misspellings(self, text: str, squiggles: Sequence[Squiggle]) -> None:
        """Underline the misspelled words of a text, unless the text has changed since."""
        self._show_layer(self._misspelled, text, squiggles)

    def show_notes(self, text: str, squiggles: Sequence[Squiggle]) -> None:
        """Mark the passages of a text that have notes, unless the text has changed since."""
        self._show_layer(self.notes, text, squiggles)

    def _show_layer(self, layer: SquiggleLayer, text: str, squiggles: Sequence[Squiggle]) -> None:
        if text == self._text and layer.show(self.document(), text, squiggles):
            layers = (self.notes, self._found, self._misspelled)
            self.setExtraSelections([found for shown in layers for found in shown.selections])

    def clear_squiggles(self) -> None:
        """Underline nothing until it is shown again, because the colours changed."""
        self.notes, self._found, self._misspelled = (SquiggleLayer() for _layer in range(3))
        self.setExtraSelections([])

    def squiggles_at(self, index: int) -> list[Squiggle]:
        """Return what was found at a Python index; nothing while the text is another."""
        layers = (self.notes, self._found, self._misspelled)
        return [found for layer in layers for found in layer.at(self._text, index)]

    # How it looks

    def set_placeholder(self, text: str) -> None:
        """Show what belongs here, for as long as the field is empty."""
        if text != self._placeholder:
            self._placeholder = text
            self.fit()
            self.viewport().update()

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write from this side; `LayoutDirectionAuto` follows each paragraph's own letters."""
        if direction != self._direction:
            self._direction = direction
            self._style_blocks()
        fixed = direction is Qt.LayoutDirection.RightToLeft
        self.setLayoutDirection(direction if fixed else Qt.LayoutDirection.LeftToRight)

    def set_line_height(self, per_cent: float) -> None:
        """Space the lines, in per cent of the font's own height."""
        self._line_height = per_cent
        self._style_blocks()

    def set_points(self, larger: float, bold: bool = False) -> None:
        """Use a font larger than the interface's, in points."""
        self._larger, self._bold = larger, bold
        self._set_font()

    def set_writing(self, family: str, larger: float) -> None:
        """Use a font that a person chose for what is written, and so many points more.

        Without a family it stays the usual one.
        """
        if (family, larger) != self._writing:
            self._writing = family, larger
            self._larger = self._larger or 0  # from now on it has a font of its own
            self._set_font()

    def _set_font(self) -> None:
        if self._larger is not None and (font := self._own_font(self._larger)) != self.font():
            self.setFont(font)

    def _own_font(self, larger: float) -> QFont:
        family, chosen = self._writing
        return interface_font(larger + chosen, family, bold=self._bold)

    def fit(self) -> None:
        """Be as tall as the text."""
        around = self.height() - self.viewport().height()
        if around < 0:
            return  # not laid out yet: its first resize fits it
        height = ceil(max(self.document().size().height(), self._placeholder_height())) + around
        if height != self.height():
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what belongs here, wrapped, at the side where writing begins."""
        super().paintEvent(event)
        if self.document().isEmpty() and self._placeholder:
            painter = QPainter(self.viewport())
            painter.setFont(self.font())
            painter.setPen(self.palette().placeholderText().color())
            right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
            option.setWrapMode(QTextOption.WrapMode.WordWrap)
            option.setTextDirection(QApplication.layoutDirection())
            painter.drawText(QRectF(self._inner()), self._placeholder, option)

    def _inner(self) -> QRect:
        margin = ceil(self.document().documentMargin())
        return self.viewport().rect().adjusted(margin, margin, -margin, -margin)

    def _placeholder_height(self) -> int:
        if not self._placeholder or not self.document().isEmpty():
            return 0
        room = QRect(0, 0, max(40, self._inner().width()), 0)
        wrap = int(Qt.TextFlag.TextWordWrap)
        needed = self.fontMetrics().boundingRect(room, wrap, self._placeholder).height()
        return needed + ceil(2 * self.document().documentMargin())

    def _style_blocks(self) -> None:
        style = QTextBlockFormat()
        style.setLineHeight(
            self._line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        style.setLayoutDirection(self._direction)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.blockSignals(True)
        cursor.mergeBlockFormat(style)
        self.blockSignals(False)

    # Events

    def _text_changed(self) -> None:
        """Emit `edited` for a change of the text; formats and input methods change nothing."""
        text = source(self.document())
        if not same_length(self.document(), text):
            self._write_whole(text)
        if text != self._text:
            self._hold(text)
            # The desk keeps letters and their accents composed: places must be counted alike.
            self.set_text(normal(text))
            self.edited.emit()

    def _hold(self, text: str) -> None:
        was_empty, self._text = not self._text, text
        if was_empty == bool(text):
            self.fit()  # a wrapped placeholder is taller than a line of text

    def _write_whole(self, text: str) -> None:
        """Write the text again: what Qt held was no text (half of a surrogate pair)."""
        caret = self.textCursor().position()
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self._style_blocks()
        cursor = self.textCursor()
        cursor.setPosition(min(caret, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Leave the keys for undo and redo to the window."""
        if event.type() is QEvent.Type.ShortcutOverride and (is_undo(event) or is_redo(event)):
            event.ignore()
            return False
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain a squiggle under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def setReadOnly(self, read_only: bool) -> None:
        """Change it where it differs: Qt draws a field again even for the value that it has."""
        if read_only != self.isReadOnly():
            super().setReadOnly(read_only)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the interface's font, and look like text to read where it can't be changed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ReadOnlyChange:
            refresh_look(self)
        if event.type() is QEvent.Type.PaletteChange:
            self._set_font()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the fixes of what is under the mouse, then what fields usually offer."""
        index = from_qt(self._text, self.cursorForPosition(event.pos()).position())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.caret()
        if any(found.is_misspelling for found in self.squiggles_at(index)):
            self.suggestions_asked.emit(index, event.globalPos())
        else:
            self.show_menu(index, event.globalPos())

    def show_menu(self, index: int, position: QPoint, first: Sequence[QAction] = ()) -> QMenu:
        """Open the menu of a Python index at a point of the screen, with these actions first."""
        menu = field_menu(self, index)
        menu.insertActions(menu.actions()[0], first)
        for action in first:
            action.setParent(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(position)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo(event):
            self.undo_asked.emit()
        elif is_redo(event):
            self.redo_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            with self.marks.typing("\n"):
                self.on_enter(event)
        elif event.key() == Qt.Key.Key_Backspace and not self._text:
            self.removal_asked.emit()
        elif _is_plain_backspace(event) and self.marks.can_take_back():
            self.undo_asked.emit()
        else:
            with self.marks.typing(event.text()):
                super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method or a dead key writes as typed."""
        with self.marks.typing("" if event.replacementLength() else event.commitString()):
            super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget what was undone here: whoever comes back begins to type again."""
        super().focusOutEvent(event)
        self.marks.forget()

    def on_enter(self, event: QKeyEvent) -> None:
        """Handle Enter; a field of many lines breaks the line instead."""
        self.entered.emit()

    def createMimeDataFromSelection(self) -> QMimeData:
        return own_copy(super().createMimeDataFromSelection(), self.selected())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Accept text; a dropped file goes to the form."""
        return (source.hasText() or source.hasHtml()) and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text without its formatting, or pass a picture on."""
        if self.canInsertFromMimeData(source):
            insert_pasted(self, pasted_words(source))
        else:
            self.picture_pasted.emit(source)

    def clean_pasted(self, pasted: str) -> str:
        """Return pasted text as one line. Spaces at its ends may be meant."""
        return _BREAKS.sub(" ", pasted.strip("\r\n"))

    def _tip_at(self, position: QPoint) -> str:
        at = from_qt(self._text, self.cursorForPosition(position).position())
        return plain_tip("\n".join(found.tip for found in self.squiggles_at(at)))


def _is_plain_backspace(event: QKeyEvent) -> bool:
    plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
    return plain and event.key() == Qt.Key.Key_Backspace
