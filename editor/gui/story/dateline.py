"""Where and when: the dateline's fields, and what the house's template makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from editor.core.dateline import render_dateline
from editor.core.fields import DATELINE, Kind
from editor.core.typed_days import read_day
from editor.gui.draft.draft import Draft
from editor.gui.story.form_part import FormPart
from editor.gui.story.labelled_field import BoundField
from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.layout import STRETCH, column, label, row
from editor.gui.widgets.text_field import TextField
from editor.i18n import _, language_in_use

_ALWAYS = ("city", "country")
_NARROWEST = 96


class DatelineFields(FormPart):
    """City and country, and whatever else the template uses or somebody filled in.

    One small button shows the other fields, to keep the form calm.
    """

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._is_open = False
        self.cells: dict[str, BoundField] = {}
        self._grid = FlowGrid(_NARROWEST, parent=self)
        for part in DATELINE:
            is_day = part.kind is Kind.DAY
            field = TextField("2026-03-03" if is_day else "")
            field.edited.connect(self._show_dateline)
            read = self._read_day if is_day else _one_line
            self.cells[part.name] = BoundField(
                draft, f"dateline/{part.name}", field, read, parent=self._grid
            )
        self.cells["date"].field.installEventFilter(self)
        self.more = SmallButton()
        set_kind(self.more, "tight")
        self.more.clicked.connect(self._toggle)
        self.reads = label(kind="hint", wrap=True)
        self.reads.setAccessibleName(_("Dateline reads"))
        self.reads.setContentsMargins(0, 8, 0, 0)
        title = row(label(_("Dateline reads"), "label"), STRETCH, self.more)
        self._reading = QWidget(self._grid)
        column(title, self.reads, STRETCH, inside=self._reading)
        self._grid.add(*self.cells.values(), self._reading)
        column(self._grid, inside=self)

    def parts(self) -> Sequence[FormPart]:
        """Return every field of the dateline, also the hidden ones."""
        return tuple(self.cells.values())

    def show_value(self) -> None:
        """Show what the draft has, and what it reads like in print."""
        super().show_value()
        self._show_dateline()

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the fields, then the button that shows the others."""
        yield from super().tab_stops()
        yield self.more

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Write from this side, and order the fields from there."""
        self._grid.setLayoutDirection(side)
        # The names of the fields are the interface's, as everywhere in the form.
        for part in (self._reading, *(cell.label for cell in self.cells.values())):
            part.setLayoutDirection(QApplication.layoutDirection())
        super().set_direction(side)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the field of a part of the dateline, shown if it was not."""
        widget = super().widget_at(path)
        if widget is not None and not widget.isVisibleTo(self):
            self._toggle()
        return widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write the day in its one form once the focus leaves it."""
        day = self.cells["date"]
        if event.type() is QEvent.Type.FocusOut and watched is day.field and not day.problem():
            day.field.set_text(self._draft.typed.dateline.date)
        return super().eventFilter(watched, event)

    def _read_day(self, text: str) -> str:
        return read_day(text, (self._draft.typed.language, language_in_use()))

    def _toggle(self) -> None:
        hidden = [cell for cell in self.cells.values() if cell.isHidden()]
        self._is_open = not self._is_open
        self._show_dateline()
        if self._is_open and hidden and self.more.hasFocus():
            hidden[0].field.setFocus()

    def _show_dateline(self) -> None:
        """Show what the dateline reads like in print, and the fields that matter for it."""
        story, template = self._draft.typed, self._draft.session.house.dateline_template
        dateline = render_dateline(story.dateline, template, story.language)
        self.reads.setText(dateline.strip() or _("No dateline"))
        used = {name.lower() for name in re.findall(r"{(\w+)}", template)}
        if "place" in used:
            used.add("state")
        for name, cell in self.cells.items():
            is_filled = bool(getattr(story.dateline, name) or cell.field.text())
            cell.setVisible(self._is_open or name in _ALWAYS or name in used or is_filled)
        hides_some = any(cell.isHidden() for cell in self.cells.values())
        self.more.setVisible(hides_some or self._is_open)
        self.more.setText("−" if self._is_open else "+")
        tip = _("Fewer dateline fields") if self._is_open else _("More dateline fields")
        self.more.setToolTip(tip)
        self.more.setAccessibleName(tip)


def _one_line(text: str) -> str:
    return " ".join(text.split())
