"""Ties a text field to one value of the draft, both ways, without moving the caret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from editor.core.fields import Kind, field_at
from editor.core.paths import value_at, with_value
from editor.errors import BadValue
from editor.gui.draft.bad_text import BadText
from editor.gui.draft.draft import Draft
from editor.gui.widgets.text_field import TextField

Read: TypeAlias = Callable[[str], Any]
"""Makes a value of text. Raises BadValue."""
Show: TypeAlias = Callable[[Any], str]


class FieldBinding(QObject):
    """Gives the draft at once what is typed; shows what the draft has only if it differs.

    A value may be stricter than its text (a day, a slug). Text that is no such
    value yet stays in the field, with the reason beside it, and the draft keeps
    both: the text as it is typed, and the last good value.
    """

    problem_changed = Signal(str)
    """Why the text can't be used and how to write it; empty when it can."""

    def __init__(
        self, draft: Draft, field: TextField, path: str, read: Read = str, show: Show = str
    ) -> None:
        super().__init__(field)
        self._draft, self._field, self._path = draft, field, path
        self._read, self._show = read, show
        self._value: Any = None
        self._is_bad = False
        if (known := field_at(path)).prose:
            field.marks.language = self._language_typed
            field.marks.is_markdown = known.kind is Kind.MARKDOWN
        field.edited.connect(self._read_field)
        field.undo_asked.connect(self._undo)
        field.redo_asked.connect(draft.redo)
        field.paste_refused.connect(draft.session.problem)
        draft.opened.connect(self._reset)
        draft.opened.connect(field.marks.forget)
        self._reset()

    def show_value(self) -> None:
        """Show what the draft has, if that is not what is shown already."""
        is_bad = self._path in self._draft.open_story.bad_texts
        if value_at(self._draft.typed, self._path) != self._value or is_bad != self._is_bad:
            self._reset()

    def _reset(self) -> None:
        """Show what the draft has: text that is no value, or else the value."""
        self._value = value_at(self._draft.typed, self._path)
        if bad := self._draft.open_story.bad_texts.get(self._path):
            self._field.set_text(bad.text)
            self._read_field()
        else:
            self._field.set_text("" if self._value is None else self._show(self._value))
            self._set_problem(None)

    def _read_field(self) -> None:
        try:
            story = with_value(self._draft.typed, self._path, self._read(self._field.text()))
        except BadValue as error:
            self._set_problem(error)
            return
        except (KeyError, IndexError):
            return  # the point or picture was removed while its field was still there
        self._value = value_at(story, self._path)
        self._set_problem(None)
        self._draft.edit(story, self._path, self._field.step_caret())

    def _language_typed(self) -> str:
        return self._draft.session.marks_language(self._draft.typed.language)

    def _undo(self) -> None:
        """Undo text that never became a value first, then the draft's last step."""
        if self._is_bad:
            self._set_problem(None)
            self._reset()
        else:
            self._draft.undo()

    def _set_problem(self, error: BadValue | None) -> None:
        if error is not None or self._is_bad:
            self._is_bad = error is not None
            bad = BadText(self._field.text(), error) if error else None
            self._draft.set_bad_text(self._path, bad)
            self.problem_changed.emit(f"{error.sentence} {error.hint}".strip() if error else "")
