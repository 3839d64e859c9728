"""A text area for Markdown, in which lists and quotations go on and end as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextBlock, QTextCursor

from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_typing import (
    continue_list,
    is_in_list,
    remove_marker,
    shift_items,
)
from editor.gui.widgets.offsets import from_qt, to_qt
from editor.gui.widgets.text_area import TextArea

_MOST_LINES = 1_000
"""The lines above and below that are looked at: a longer list is changed around the caret."""

_STEPS = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}
_NEXT_FIELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier

Change: TypeAlias = Callable[[str, int, int], MarkEdit | None]
"""Gets the lines around the caret and what is selected in them."""


class _Around(NamedTuple):
    """The lines around the caret: where they begin in the document, and what is selected."""

    at: int
    text: str
    start: int
    end: int


class ListArea(TextArea):
    """Enter, Backspace, Tab and Shift+Tab know lists; Shift+Enter only breaks the line.

    Ctrl+Tab leaves the field from everywhere, and after Esc so does Tab.
    """

    _may_leave = False
    """Esc was pressed: Tab leaves a list."""

    def on_enter(self, event: QKeyEvent) -> None:
        """Begin the next item or quoted line, or break the line."""
        is_plain = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if is_plain or not self._change(_enter):
            super().on_enter(event)

    def event(self, event: QEvent) -> bool:
        """Let Tab move items, before Qt takes it for the next field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            is_deeper = _STEPS.get(key)
            if is_deeper is not None:
                return self._press_tab(event, deeper=is_deeper)
            self._may_leave = key is Qt.Key.Key_Escape
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Backspace at the start of an item remove its marker."""
        is_removal = (
            event.key() == Qt.Key.Key_Backspace
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and not self.textCursor().hasSelection()
            and not self.marks.can_take_back()
        )
        if not (is_removal and self._change(lambda text, at, _end: remove_marker(text, at))):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let Tab move items again for whoever comes back."""
        self._may_leave = False
        super().focusOutEvent(event)

    def _press_tab(self, event: QKeyEvent, *, deeper: bool) -> bool:
        if event.modifiers() & _NEXT_FIELD:
            self.focusNextPrevChild(deeper)
            return True
        around = self._around()
        if self.isReadOnly() or self._may_leave or not is_in_list(*around[1:]):
            return super().event(event)
        self._change(lambda text, start, end: shift_items(text, start, end, deeper=deeper))
        return True

    def _change(self, change: Change) -> bool:
        """Change the lines around the caret, if there is something to change."""
        if self.isReadOnly():
            return False
        around = self._around()
        edit = change(around.text, around.start, around.end)
        if edit is None:
            return False
        cursor = self._cursor(around, edit.start, edit.end)
        with self.own_step():
            cursor.insertText(edit.text)
        changed = around._replace(text=edit.on(around.text))
        self.setTextCursor(self._cursor(changed, *edit.select))
        self.ensureCursorVisible()
        return True

    def _cursor(self, around: _Around, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(around.at + to_qt(around.text, start))
        cursor.setPosition(around.at + to_qt(around.text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _around(self) -> _Around:
        """Return the list or the paragraph that the caret is in, or what is selected."""
        cursor, document = self.textCursor(), self.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        first, last = document.findBlock(start), document.findBlock(end)
        for block in _above(first):
            first = block
        lines = [block.text() for block in _from(first, last)]
        text, at = "\n".join(lines), first.position()
        return _Around(at, text, from_qt(text, start - at), from_qt(text, end - at))


def _enter(text: str, start: int, end: int) -> MarkEdit | None:
    """Continue a list where what is selected was."""
    body = text[:start] + text[end:]
    edit = continue_list(body, start)
    return edit and MarkEdit.between(text, edit.on(body), edit.select)


def _above(block: QTextBlock) -> Iterator[QTextBlock]:
    """Yield the lines above, up to where nothing above can say what they are."""
    for _line in range(_MOST_LINES):
        above = block.previous()
        if not above.isValid() or (_is_free(block) and not above.text().strip()):
            return
        yield above
        block = above


def _from(first: QTextBlock, last: QTextBlock) -> Iterator[QTextBlock]:
    """Yield the lines from one on, to where another paragraph begins after the last one."""
    block, after_last = first, -1
    while block.isValid() and after_last < _MOST_LINES:
        is_after = after_last >= 0
        if is_after and _is_free(block) and not block.previous().text().strip():
            return
        yield block
        if is_after or block == last:
            after_last += 1
        block = block.next()


def _is_free(block: QTextBlock) -> bool:
    """Whether a line begins a paragraph of its own if the line above is blank."""
    first = block.text()[:1]
    return bool(first) and not first.isspace() and first.isalpha()
