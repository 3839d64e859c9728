"""Ties a text field to one value of the draft, both ways, without moving the caret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from editor.core.paths import value_at, with_value
from editor.errors import BadValue
from editor.gui.draft.draft import Draft
from editor.gui.widgets.text_field import TextField

Read = Callable[[str], Any]
Show = Callable[[Any], str]


class FieldBinding(QObject):
    """What is typed goes to the draft at once; what the draft has comes back only if it differs.

    A value may be stricter than its text (a day, a slug). Text that is no such
    value yet stays in the field, with the reason beside it, and the draft keeps
    the last good one.
    """

    problem = Signal(object)
    """BadValue why the text can't be used, or None when it can."""

    def __init__(
        self, draft: Draft, field: TextField, path: str, read: Read = str, show: Show = str
    ) -> None:
        super().__init__(field)
        self._draft, self.field, self.path = draft, field, path
        self._read, self._show = read, show
        self._value: Any = None
        self._bad = False
        field.edited.connect(self._take)
        field.undo_asked.connect(self._undo)
        field.redo_asked.connect(draft.redo)
        self.show_value()

    def show_value(self) -> None:
        """Show what the draft has, if that is not what is shown already."""
        value = value_at(self._draft.typed, self.path)
        if value != self._value:
            self._put(value)

    def reset(self) -> None:
        """Show what the draft has, whatever is typed."""
        self._put(value_at(self._draft.typed, self.path))

    def _put(self, value: Any) -> None:
        self._value = value
        self.field.set_text("" if value is None else self._show(value))
        self._say(None)

    def _take(self) -> None:
        try:
            story = with_value(self._draft.typed, self.path, self._read(self.field.text()))
        except BadValue as error:
            self._say(error)
            return
        except (KeyError, IndexError):
            return  # the point or picture went while its field was still there
        self._value = value_at(story, self.path)
        self._say(None)
        self._draft.edit(story, self.path)

    def _undo(self) -> None:
        """Take back text that never became a value first, then the draft's last step."""
        if self._bad:
            self.reset()
        else:
            self._draft.undo()

    def _say(self, error: BadValue | None) -> None:
        if error is not None or self._bad:
            self._bad = error is not None
            self.problem.emit(error)
