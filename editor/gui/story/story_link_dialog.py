"""The dialog that finds a story of the desk for a link in the text to lead to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from editor.gui.section_names import section_name_of
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.found_stories import find_stories
from editor.gui.widgets.layout import STRETCH, button, column, label, once, row
from editor.gui.widgets.line_field import LineField
from editor.gui.widgets.pick_rows import Pick, PickRows
from editor.gui.widgets.stages import state_name
from editor.i18n import _
from editor.store.reading.rows import StoryRow

_PAUSE_MS = 150
_MOST = 50
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}


class StoryLinkDialog(Dialog):
    """Words find stories, arrow keys choose one of them without leaving the field."""

    chosen = Signal(str, str)
    """The slug of the chosen story, and its headline or else its slug."""

    def __init__(self, session: Session, own: str, parent: QWidget | None = None) -> None:
        """`own` is the id of the story that the link is in, which is not offered."""
        super().__init__(_("Link to a story"), parent, size=(560, 420))
        self._session, self._own = session, own
        self._rows: list[StoryRow] = []
        self.field = _StepField()
        self.field.setPlaceholderText(_("Words of the headline or the text"))
        self.field.setAccessibleName(_("Find a story"))
        self.list = PickRows(scrolls=True, empty=_("No other story has these words."))
        self.list.setAccessibleName(_("Stories found"))
        self.link = button(_("&Link"), self._choose, "primary")
        self.link.setDefault(True)
        self._pause = once(self, self._search, _PAUSE_MS)
        self.field.textEdited.connect(lambda _text: self._pause.start())
        self.field.stepped.connect(self._step)
        self.list.itemDoubleClicked.connect(lambda _item: self._choose())
        self.list.currentRowChanged.connect(lambda at: self.link.setEnabled(at >= 0))
        self.lay_out(
            column(
                label(_("&Story"), "label", buddy=self.field), self.field, (self.list, 1), spacing=6
            ),
            row(STRETCH, button(_("Cancel"), self.reject), self.link, spacing=8),
        )
        self._show("", [])
        self._search()

    def _search(self) -> None:
        words = self.field.text().strip()
        self._session.ask(
            lambda snapshot: find_stories(snapshot, words, _MOST),
            owner=self,
            done=partial(self._show, words),
        )

    def _show(self, words: str, rows: list[StoryRow]) -> None:
        if words != self.field.text().strip():
            return  # somebody has typed on
        self._rows = [row for row in rows if row.id != self._own and row.slug]
        self.list.show_picks([self._pick(row) for row in self._rows], 0 if self._rows else -1)
        self.link.setEnabled(bool(self._rows))

    def _pick(self, row: StoryRow) -> Pick:
        section = section_name_of(self._session.house, row.section) if row.section else ""
        note = " · ".join(part for part in (section, state_name(row.state), row.slug) if part)
        return Pick(row.id, row.name.strip() or row.slug, note=note)

    def _step(self, steps: int) -> None:
        if self._rows:
            at = self.list.currentRow() + steps
            self.list.setCurrentRow(max(0, min(at, len(self._rows) - 1)))

    def _choose(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._rows):
            story = self._rows[at]
            # First: whoever waits for it puts the focus back into the text.
            self.done(QDialog.DialogCode.Accepted)
            self.chosen.emit(story.slug, story.name.strip() or story.slug)


class _StepField(LineField):
    """A line in which the arrow keys go through the list below it."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(steps)
