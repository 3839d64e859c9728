"""A field of the form that is a list of chosen things."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.core.fields import label
from editor.gui.draft.draft import Draft
from editor.gui.story.labelled_field import LabelledField
from editor.gui.widgets.pick_list import PickList


class PickField(LabelledField):
    """A list tied to a list of values of the draft; subclasses name them and find others."""

    field: PickList

    def __init__(self, draft: Draft, path: str, search: str, *, ordered: bool) -> None:
        super().__init__(path, PickList(label(path), search, ordered=ordered))
        self._draft = draft
        self.field.changed.connect(partial(draft.set_value, path))

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the list, the field that finds, and the buttons."""
        yield from self.field.stops()

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Write from this side."""
        self.field.setLayoutDirection(side)

    def set_read_only(self, read_only: bool) -> None:
        """Let the list be changed or only read."""
        self.field.set_read_only(read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the field that finds, if the path is the list's own."""
        return self.field.field if path.partition("/")[0] == self.path else None
