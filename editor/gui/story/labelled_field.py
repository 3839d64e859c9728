"""A field with its name above and, when there is one, its problem below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from editor.errors import BadValue
from editor.gui.story.field_binding import FieldBinding
from editor.gui.widgets.label_row import LabelRow


class Labelled(QWidget):
    """A column: label row, field, problem line. The problem takes no room while there is none."""

    def __init__(self, name: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.label = LabelRow(name, field)
        self._problem = QLabel()
        self._problem.setProperty("kind", "error")
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(field)
        column.addWidget(self._problem)
        column.addStretch(1)

    def hear(self, bound: FieldBinding) -> Labelled:
        """Show the problems of a bound field."""
        bound.problem.connect(self.show_problem)
        return self

    def show_problem(self, error: BadValue | None) -> None:
        """Say what is wrong with the text and how to write it, or nothing."""
        text = f"{error.sentence} {error.hint}".strip() if error else ""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.field.setAccessibleDescription(text)

    def problem(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return "" if self._problem.isHidden() else self._problem.text()
