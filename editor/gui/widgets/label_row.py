"""The line above a field: its name at the start, a count or a note at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.gui.widgets.late_label import LateLabel
from editor.gui.widgets.layout import STRETCH, label, row


class LabelRow(QWidget):
    """A field's label and its count: `Headline … 70 of 90`.

    The label becomes the buddy of `field`, so a screen reader says it and its
    access key focuses the field.
    """

    def __init__(
        self,
        text: str,
        field: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        follows: bool = False,
    ) -> None:
        """With `follows` it comes after another field in a column with space between its items.

        It is then nearer to its own field than to the one before.
        """
        super().__init__(parent)
        self._label = label(text, "label")
        margins = (0, 8, 0, 0) if follows else (0, 0, 0, 3)
        line = row(self._label, STRETCH, inside=self, spacing=6, margins=margins)
        # Counts keep the interface's direction: "70 of 90" is read as one phrase.
        side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        self._count = LateLabel(line, line.count(), "count", side=side)
        if field is not None:
            self.set_field(field)

    def set_field(self, field: QWidget) -> None:
        """Make this the label of a field, which gets its name where it has none."""
        self._label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(self._label.text().replace("&", ""))

    def set_text(self, text: str) -> None:
        """Show another label."""
        self._label.setText(text)

    def set_count(self, text: str, over: bool = False) -> None:
        """Show a count; `over` marks one that breaks its limit."""
        self._count.show_text(text)
        self._count.set_look("over", over)

    def explain_count(self, sentence: str) -> None:
        """Say what is counted, in the count's tool tip and to a screen reader."""
        self._count.explain(sentence)

    def count(self) -> str:
        """Return the count as it is shown."""
        return self._count.text()
