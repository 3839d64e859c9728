"""What every part of the form can do: show its values, be locked, and find a field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.gui.widgets.text_field import TextField

Row = TypeVar("Row", bound=QWidget)


class FormPart(QWidget):
    """A part of the form. A group passes each call on to its parts."""

    def parts(self) -> Sequence[FormPart]:
        """Return the parts of a group, in the order they are seen."""
        return ()

    def show_value(self) -> None:
        """Show what the draft has, where it differs from what is shown."""
        for part in self.parts():
            part.show_value()

    def text_fields(self) -> Iterator[tuple[str, TextField]]:
        """Yield every field of text, with the path of its value."""
        for part in self.parts():
            yield from part.text_fields()

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield what Tab goes through, in the order it is seen."""
        for part in self.parts():
            yield from part.tab_stops()

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Write from this side."""
        for part in self.parts():
            part.set_direction(side)

    def set_read_only(self, read_only: bool) -> None:
        """Let the values be changed or not."""
        for part in self.parts():
            part.set_read_only(read_only)

    def show_refusal(self, path: str, sentence: str) -> None:
        """Show beside the field of a path why the story was refused; nothing once it is empty."""
        for part in self.parts():
            part.show_refusal(path, sentence)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the widget of a value, made visible; None for a value of another part."""
        found = (part.widget_at(path) for part in self.parts())
        return next((widget for widget in found if widget is not None), None)


def set_row_count(rows: list[Row], count: int, add_row: Callable[[], object]) -> bool:
    """Remove the last rows, or add some, until there are so many; return whether any was added."""
    while len(rows) > count:
        gone = rows.pop()
        gone.hide()
        gone.deleteLater()
    is_short = len(rows) < count
    while len(rows) < count:
        add_row()
    return is_short
