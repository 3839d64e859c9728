"""A field of the form whose values are found by words and chosen, not typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.core import fields
from editor.core.paths import value_at
from editor.gui.draft.draft import Draft
from editor.gui.story.labelled_field import LabelledField
from editor.gui.widgets.pick_list import PickList
from editor.gui.widgets.pick_rows import Pick


class PickField(LabelledField):
    """A list of values of the draft; what can be added is found by each kind of field."""

    field: PickList

    def __init__(
        self,
        draft: Draft,
        path: str,
        search: str,
        *,
        ordered: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(path, PickList(fields.label(path), search, ordered=ordered), parent)
        self._draft = draft
        self.field.changed.connect(self._edit)
        self.field.searched.connect(self.search)
        self.field.field.textChanged.connect(lambda _text: self.show_problem(""))
        draft.opened.connect(self.field.clear_search)

    @abstractmethod
    def pick_of(self, value: str) -> Pick:
        """Return how a value of the draft is shown."""

    @abstractmethod
    def search(self, words: str) -> None:
        """Offer what fits some words."""

    def show_value(self) -> None:
        """Show what the draft has."""
        values: tuple[str, ...] = value_at(self._draft.typed, self.path)
        self.field.show_picks([self.pick_of(value) for value in values])

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the list, the field that searches and the buttons."""
        yield from self.field.tab_stops()

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Show names from this side."""
        self.field.setLayoutDirection(side)

    def set_read_only(self, read_only: bool) -> None:
        """Let values be added, moved and removed or not."""
        self.field.set_read_only(read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the field that searches, if the path is its own."""
        return self.field.field if path == self.path else None

    def _edit(self, values: tuple[str, ...]) -> None:
        self.show_problem("")
        self._draft.set_value(self.path, values)
