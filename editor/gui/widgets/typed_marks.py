"""Writes typographic marks as somebody types: the character first, then the change of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from editor.gui.widgets.offsets import from_qt, to_qt
from editor.text.typing_place import TypingPlace, is_indented_code

_MOST = 2_000
"""The characters of a paragraph that are looked at; no key gets slower with a longer one."""

_CHECKED = 100
"""The characters before the caret that must be as expected for a change to be made."""


class TypedIn(Protocol):
    """What marks need of the field that is typed in."""

    def document(self) -> QTextDocument:
        """The document, a block for each line."""
        ...

    def textCursor(self) -> QTextCursor:
        """A copy of the caret."""
        ...

    def text(self) -> str:
        """The text; another object after each edit."""
        ...

    @contextmanager
    def own_step(self) -> Iterator[None]:
        """Make a step of its own of the edits inside."""
        ...


class _Exchange(NamedTuple):
    """At `start` in the field's text, `written` took the place of what was `typed`."""

    start: int
    typed: str
    written: str

    def forward(self, text: str) -> str:
        return text[: self.start] + self.written + text[self.start + len(self.typed) :]

    def is_undone(self, before: str, after: str) -> bool:
        """Whether one text has the change, and the other is the same without it."""
        return before == self.forward(after) and after.startswith(self.typed, self.start)


class _Plan(NamedTuple):
    """A change to make once a character is typed: positions are those of the document."""

    expected: str
    """The text of the paragraph up to `place` if the character was typed as usual."""
    place: int
    start: int
    end: int
    text: str
    typed: str


class TypedMarks:
    """The marks of one field. A change that was undone is not made at that place again."""

    def __init__(self, field: TypedIn) -> None:
        self._field = field
        self.language: Callable[[], str] = str
        """Gives the language (BCP 47) of what is typed; empty to change nothing."""
        self.is_markdown = False
        self._made: list[_Exchange] = []
        self._undone: list[_Exchange] = []
        self._just_changed = ""
        """The text after the last change."""
        self._caret = -1
        """Where the caret was after it, as the document counts."""

    @contextmanager
    def typing(self, typed: str) -> Iterator[None]:
        """Make the change, if there is one, of what is typed inside. A line end is `\\n`."""
        plan = self._plan(typed, self._field.textCursor().selectionStart())
        if plan is None:
            yield
            return
        with self._field.own_step():
            yield
        self._carry_out(plan)

    def finish(self, typed: str) -> None:
        """Make the change of a character that was typed before the caret already."""
        plan = self._plan(typed, self._field.textCursor().position() - to_qt(typed, len(typed)))
        if plan is not None:
            self._carry_out(plan)

    def can_take_back(self) -> bool:
        """Whether the last key made a change, so that Backspace may take it back."""
        cursor = self._field.textCursor()
        return (
            self._field.text() is self._just_changed
            and cursor.position() == self._caret
            and not cursor.hasSelection()
        )

    def note_shown(self, before: str, after: str) -> None:
        """Note that the field shows another text, which may be an undo or a redo of a change."""
        if self._made and self._made[-1].is_undone(before, after):
            self._undone.append(self._made.pop())
        elif self._undone and self._undone[-1].is_undone(after, before):
            self._made.append(self._undone.pop())

    def forget(self) -> None:
        """Forget what was changed and undone: typing goes on elsewhere."""
        self._made, self._undone, self._just_changed = [], [], ""

    def _plan(self, typed: str, position: int) -> _Plan | None:
        is_typed = len(typed) == 1 and (typed.isprintable() or typed == "\n")
        language = self.language() if is_typed else ""
        if not language:
            return None
        from editor.text.typography import change_typed  # noqa: PLC0415 - until somebody types

        block = self._field.document().findBlock(position)
        before = text_before(block, position)
        after = block.text()[from_qt(block.text(), position - block.position()) :]
        change = change_typed(TypingPlace(before, after, language, self.is_markdown), typed)
        if change is None or (self.is_markdown and is_indented_code(lines_above(block))):
            return None
        text = before + typed
        first = position - to_qt(before, len(before))
        exchanged = text[change.start : change.end]
        start = first + to_qt(text, change.start)
        if self._undone and self._is_undone(start, exchanged):
            return None
        expected = before if typed == "\n" else text
        return _Plan(
            expected,
            first + to_qt(expected, len(expected)),
            start,
            first + to_qt(text, change.end),
            change.text,
            exchanged,
        )

    def _is_undone(self, start: int, typed: str) -> bool:
        at = from_qt(self._field.text(), start)
        return any((undone.start, undone.typed) == (at, typed) for undone in self._undone)

    def _carry_out(self, plan: _Plan) -> None:
        document = self._field.document()
        block = document.findBlock(plan.place)
        if text_before(block, plan.place)[-_CHECKED:] != plan.expected[-_CHECKED:]:
            return  # it went elsewhere, or nowhere: the field is full or can't be changed
        self._made.append(_Exchange(from_qt(self._field.text(), plan.start), plan.typed, plan.text))
        with self._field.own_step():
            cursor = QTextCursor(document)
            cursor.setPosition(plan.start)
            cursor.setPosition(plan.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(plan.text)
        self._just_changed = self._field.text()
        self._caret = self._field.textCursor().position()


def text_before(block: QTextBlock, position: int) -> str:
    """Return a paragraph's text up to a position in one of its lines, from a blank line on."""
    line = block.text()
    lines = [line[: from_qt(line, position - block.position())]]
    room = _MOST - len(lines[0])
    for above in lines_above(block.previous()):
        room -= len(above)
        if room < 0 or not above.strip():
            break
        lines.append(above)
    return "\n".join(reversed(lines))[-_MOST:]


def lines_above(block: QTextBlock) -> Iterator[str]:
    """Yield a line and those above it, upwards."""
    while block.isValid():
        yield block.text()
        block = block.previous()
