"""A field of the form with its name above and, when there is one, its problem below."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.core import fields
from editor.core.fields import Kind
from editor.core.paths import text_at, value_at
from editor.core.times import parse_instant
from editor.errors import BadValue
from editor.gui.draft.bad_text import BadText
from editor.gui.draft.draft import Draft
from editor.gui.story.field_binding import FieldBinding, Read, Show
from editor.gui.story.form_part import FormPart
from editor.gui.widgets.date_time_field import DateTimeField, read_instant
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.late_label import LateLabel
from editor.gui.widgets.layout import STRETCH, column
from editor.gui.widgets.text_field import TextField
from editor.i18n import _
from editor.text.metrics import WORDS_A_MINUTE, count_characters

_DIRECTED = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN)
"""Kinds of values that are words; the others are written from left to right in any language."""


class LabelledField(FormPart):
    """A column: label row, field, problem line. The problem takes no room while there is none."""

    def __init__(self, path: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path, self.field = path, field
        self.label = LabelRow(fields.label(path), field, self)
        self._refusal = ""
        lines = column(self.label, field, STRETCH, inside=self)
        self._problem = LateLabel(lines, lines.indexOf(field) + 1, "error", wrap=True)

    def problem(self) -> str:
        """Return what is wrong with the text, empty when nothing is."""
        return self._problem.text()

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong with the text and how to write it, or nothing."""
        self._problem.show_text(sentence)
        self.field.setAccessibleDescription(sentence)

    def show_refusal(self, path: str, sentence: str) -> None:
        """Show why the story was refused, where nothing is wrong with the text itself."""
        if path == self.path and self.problem() in ("", self._refusal):
            self._refusal = sentence
            self.show_problem(sentence)

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the field."""
        yield self.field

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be changed or not."""
        self.field.setEnabled(not read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the field, if the path is its own."""
        return self.field if path == self.path else None


class BoundField(LabelledField):
    """A text field tied to one value, with a count of characters where the house limits them."""

    field: TextField

    def __init__(  # noqa: PLR0913 - most have neither `read` nor `show`
        self,
        draft: Draft,
        path: str,
        field: TextField,
        read: Read = str,
        show: Show = str,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(path, field, parent)
        self._draft = draft
        self._binding = FieldBinding(draft, field, path, read, show)
        self._binding.problem_changed.connect(self.show_problem)
        self.label.explain_count(_count_of_words() if path == "body" else _count_of_characters())
        field.selectionChanged.connect(self._show_count)
        field.entered.connect(field.focusNextChild)

    def show_value(self) -> None:
        """Show what the draft has, and count its characters."""
        self._binding.show_value()
        self._show_count()

    def _show_count(self) -> None:
        limit = self._draft.session.house.limit(self.path)
        if not limit:
            return
        count = count_characters(text_at(self._draft.typed, self.path))
        some = count_characters(self.field.selected())
        text = _("{some} selected, {count} of {limit}") if some else _("{count} of {limit}")
        self.label.set_count(text.format(some=some, count=count, limit=limit), over=count > limit)

    def text_fields(self) -> Iterator[tuple[str, TextField]]:
        """Yield the field, with the path of its value."""
        yield self.path, self.field

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Write words from this side; each paragraph of a private note has a side of its own."""
        field = fields.field_at(self.path)
        if field.kind in _DIRECTED and not field.private:
            self.field.set_direction(side)

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be changed or only selected."""
        self.field.setReadOnly(read_only)


class InstantField(LabelledField):
    """A date and time of the draft, in this computer's zone; above it what that is in UTC."""

    def __init__(self, draft: Draft, path: str, parent: QWidget | None = None) -> None:
        self.date = DateTimeField(fields.label(path))
        super().__init__(path, self.date, parent)
        self._draft = draft
        self.date.chosen.connect(partial(draft.set_value, path))
        self.date.misread.connect(self._keep_typed)
        self.date.undo_asked.connect(draft.undo)
        self.date.redo_asked.connect(draft.redo)
        draft.opened.connect(self._reset)

    def show_value(self) -> None:
        """Show what the draft has, unless text is typed that is no date yet."""
        value = self._value()
        if self.path not in self._draft.open_story.bad_texts:
            if self.date.is_readable:
                self.date.show_instant(value)
            else:
                self.date.reset(value)
        self.label.set_count(_utc_clock(value) if value else "")

    def problem(self) -> str:
        """Return what is wrong with the text, empty when nothing is."""
        return self.date.problem()

    def text_fields(self) -> Iterator[tuple[str, TextField]]:
        """Yield the text of the field, with the path of its value."""
        yield self.path, self.date.edit

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the text and the button of its calendar."""
        yield from (self.date.edit, self.date.open_calendar)

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be changed or not."""
        self.date.set_read_only(read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the text of the field, if the path is its own."""
        return self.date.edit if path == self.path else None

    def _reset(self) -> None:
        self.date.reset(self._value())
        if bad := self._draft.open_story.bad_texts.get(self.path):
            self.date.show_typed(bad.text)

    def _keep_typed(self, text: str) -> None:
        bad = None
        if text:
            try:
                read_instant(text)
            except BadValue as error:
                bad = BadText(text, error)
        self._draft.set_bad_text(self.path, bad)

    def _value(self) -> str:
        return str(value_at(self._draft.typed, self.path))


def _utc_clock(instant: str) -> str:
    return _("{time} UTC").format(time=f"{parse_instant(instant):%H:%M}")


def _count_of_words() -> str:
    return _(
        "A word is what is between spaces or dashes and has a letter or digit; Markdown’s marks "
        "are not counted. {n} words are read in a minute."
    ).format(n=WORDS_A_MINUTE)


def _count_of_characters() -> str:
    return _(
        "Characters as readers see them: a letter with its accent, or an emoji, is one. "
        "The limit is the paper’s: File › The paper."
    )
