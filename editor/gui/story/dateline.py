"""Where and when: the dateline's fields, and what the house's template makes of them."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from editor.core.dateline import render_dateline
from editor.core.fields import DATELINE, Field, Kind, label
from editor.core.times import parse_day
from editor.gui.draft.draft import Draft
from editor.gui.story.field_binding import FieldBinding
from editor.gui.story.labelled_field import Labelled
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

_ALWAYS = ("city", "country")
_NARROWEST = 96


class DatelineFields(QWidget):
    """City and country, and whatever else the template uses or somebody filled in.

    The other fields wait behind one small button, to keep the form calm.
    """

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._open = False
        self.bound: dict[str, FieldBinding] = {}
        self._cells: dict[str, Labelled] = {}
        self._grid = FlowGrid(_NARROWEST)
        for part in DATELINE:
            self._add(part)
        self.more = QToolButton()
        self.more.clicked.connect(self._toggle)
        self._grid.add(self._reading())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        self.show_value()

    def show_value(self) -> None:
        """Show what the draft has, and what it reads like in print."""
        for bound in self.bound.values():
            bound.show_value()
        self.refresh()

    def refresh(self) -> None:
        """Render again and show the fields that matter."""
        story, house = self._draft.typed, self._draft.session.house
        reads = render_dateline(story.dateline, house.dateline_template, story.language)
        self.reads.setText(reads.strip() or _("No dateline"))
        used = {name.lower() for name in re.findall(r"{(\w+)}", house.dateline_template)}
        if "place" in used:
            used.add("state")
        for name, cell in self._cells.items():
            filled = bool(getattr(story.dateline, name)) or bool(self.bound[name].field.text())
            cell.setVisible(self._open or name in _ALWAYS or name in used or filled)
        hidden = [cell for cell in self._cells.values() if cell.isHidden()]
        self.more.setVisible(bool(hidden) or self._open)
        self.more.setText("−" if self._open else "+")
        words = _("Fewer dateline fields") if self._open else _("More dateline fields")
        self.more.setToolTip(words)
        self.more.setAccessibleName(words)

    def reveal(self, name: str) -> None:
        """Make sure that a field can be seen."""
        if self._cells[name].isHidden():
            self._open = True
            self.refresh()

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write from this side."""
        self._grid.setLayoutDirection(direction)
        for name, bound in self.bound.items():
            if name != "date":
                bound.field.set_direction(direction)

    def _toggle(self) -> None:
        self._open = not self._open
        self.refresh()

    def problem(self, name: str) -> str:
        """What is said to be wrong with a field."""
        return self._cells[name].problem()

    def _add(self, part: Field) -> None:
        name, path, is_day = part.name, f"dateline/{part.name}", part.kind is Kind.DAY
        field = TextField("2026-03-03" if is_day else "")
        bound = FieldBinding(self._draft, field, path, _read_day if is_day else _one_line)
        cell = Labelled(label(path), field).hear(bound)
        bound.problem.connect(self.refresh)
        field.entered.connect(field.focusNextChild)
        self.bound[name], self._cells[name] = bound, cell
        self._grid.add(cell)

    def _reading(self) -> QWidget:
        cell = QWidget()
        label = QLabel(_("Dateline reads"))
        label.setProperty("kind", "label")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self.more)
        self.more.setFixedHeight(18)
        self.reads = QLabel()
        self.reads.setProperty("kind", "hint")
        self.reads.setWordWrap(True)
        self.reads.setTextFormat(Qt.TextFormat.PlainText)
        self.reads.setAccessibleName(_("Dateline reads"))
        self.reads.setContentsMargins(0, 8, 0, 0)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.reads)
        column.addStretch(1)
        return cell


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _read_day(text: str) -> str:
    day = text.strip()
    if day:
        parse_day(day)
    return day
