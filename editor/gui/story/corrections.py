"""What readers are told was wrong, above the text: seen, edited, and withdrawn until it is out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from editor.core.story import Correction
from editor.core.times import in_zone, parse_instant
from editor.dates import day_text
from editor.gui.draft.draft import Draft
from editor.gui.story.form_part import FormPart, set_row_count
from editor.gui.story.labelled_field import BoundField
from editor.gui.widgets.layout import button, column
from editor.gui.widgets.text_area import TextArea
from editor.i18n import _


class CorrectionRow(FormPart):
    """One correction. Readers have it, once its version was published; then it stays."""

    def __init__(self, draft: Draft, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._index = draft, index
        self._read_only = False
        area = TextArea(_("What was wrong, and what is right"))
        self.cell = BoundField(draft, f"corrections/{index}/text", area)
        self.cell.label.set_text(_("Correction for readers"))
        self.withdraw = button(_("Withdraw"), self._withdraw, tip=_("Tell readers nothing of it"))
        leading = Qt.AlignmentFlag.AlignLeading
        column(self.cell, (self.withdraw, leading), inside=self, spacing=4)

    def parts(self) -> Sequence[FormPart]:
        """Return its field."""
        return (self.cell,)

    def show_value(self) -> None:
        """Show what the draft has, and whether readers have it."""
        super().show_value()
        is_published = self._is_published()
        if self._index < len(self._draft.typed.corrections):
            day = in_zone(parse_instant(self._draft.typed.corrections[self._index].at)).date()
            self.cell.label.set_count(
                _("Readers have it, {date}").format(date=day_text(day)) if is_published else ""
            )
        self._lock()

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the field and the button."""
        yield from super().tab_stops()
        yield self.withdraw

    def set_read_only(self, read_only: bool) -> None:
        """Let the note be changed or not; what readers have never is."""
        self._read_only = read_only
        self._lock()

    def _lock(self) -> None:
        locked = self._read_only or self._is_published()
        self.cell.set_read_only(locked)
        self.withdraw.setVisible(not locked)

    def _is_published(self) -> bool:
        notes = self._draft.typed.corrections
        is_known = self._index < len(notes)
        return (
            is_known and notes[self._index] in self._draft.open_story.around.published_corrections
        )

    def _withdraw(self) -> None:
        notes: tuple[Correction, ...] = self._draft.typed.corrections
        left = notes[: self._index] + notes[self._index + 1 :]
        self._draft.edit(replace(self._draft.typed, corrections=left), "corrections")


class CorrectionsBox(FormPart):
    """A row for each correction of the story; nothing while there is none."""

    rows_added = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._read_only = False
        self.rows: list[CorrectionRow] = []
        self._side = Qt.LayoutDirection.LayoutDirectionAuto
        self._column = column(inside=self, spacing=8)

    def parts(self) -> Sequence[FormPart]:
        """Return the row of each correction."""
        return self.rows

    def show_value(self) -> None:
        """Have a row for each correction, and show what the draft has."""
        if set_row_count(self.rows, len(self._draft.typed.corrections), self._add_row):
            self.rows_added.emit()
        self.setVisible(bool(self.rows))
        super().show_value()

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Write from this side, also in rows to come."""
        self._side = side
        super().set_direction(side)

    def set_read_only(self, read_only: bool) -> None:
        """Let the corrections be changed or not, also those to come."""
        self._read_only = read_only
        super().set_read_only(read_only)

    def _add_row(self) -> None:
        made = CorrectionRow(self._draft, len(self.rows), self)
        made.set_read_only(self._read_only)
        made.set_direction(self._side)
        self._column.addWidget(made)
        self.rows.append(made)
