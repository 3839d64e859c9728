"""The story a brief leads to, found by words of its headline."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy

from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.found_stories import find_stories
from editor.gui.widgets.layout import once, plain_tip
from editor.gui.widgets.line_field import LineField
from editor.i18n import _
from editor.store.reading.rows import StoryRow

_LIMIT = 12
_PAUSE_MS = 150


class StoryPicker(QComboBox):
    """An editable list: typing searches the desk, the first entry links to no story."""

    picked = Signal(str)
    """The id of the chosen story, or nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._story = ""
        self.setEditable(True)
        self.line = LineField()
        set_kind(self.line, "plain")
        self.line.setPlaceholderText(_("No story: search by headline"))
        self.line.setToolTip(self.line.placeholderText())
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(_("Leads to story"))
        self.setCompleter(None)  # type: ignore[arg-type]  # the stubs forget None
        self._pause = once(self, self._search, _PAUSE_MS)
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.editingFinished.connect(self._leave)
        self.activated.connect(self._pick)

    def show_story(self, story_id: str) -> None:
        """Show which story is linked; empty for none."""
        if story_id != self._story or (story_id and self.currentData() != story_id):
            self._story = story_id
            self._show_linked()

    def showPopup(self) -> None:
        """Offer the latest stories when nothing was searched for."""
        if self.count() <= 1:
            self._search()
        else:
            super().showPopup()

    def _show_linked(self) -> None:
        story_id = self._story
        if story_id:
            self._session.ask(
                lambda snapshot: snapshot.row(story_id),
                owner=self,
                done=self._show_row,
                failed=self._show_missing,
            )
        else:
            self._fill([], "")

    def _search(self) -> None:
        words = self.line.text().strip()
        if self._story and words == self.itemText(1):
            words = ""  # the linked story's own headline: nothing was typed
        self._session.ask(
            lambda snapshot: find_stories(snapshot, words, _LIMIT), owner=self, done=self._offer
        )

    def _offer(self, rows: list[StoryRow]) -> None:
        typed, at = self.line.text(), self.line.cursorPosition()
        self._fill(rows, typed)
        self.line.setCursorPosition(at)
        if self.line.hasFocus() or self.hasFocus():
            super().showPopup()
            self.line.setFocus()

    def _fill(self, rows: list[StoryRow], text: str) -> None:
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_("No story"), "")
            for row in rows:
                self.addItem(row.headline or row.slug, row.id)
                tip = plain_tip(row.slug)
                self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            self.setCurrentIndex(-1)
            self.setEditText(text)

    def _show_row(self, row: StoryRow) -> None:
        if row.id == self._story:
            self._fill([row], row.headline or row.slug)
            with QSignalBlocker(self):
                self.setCurrentIndex(1)
            # The start of a long headline says more than its end.
            self.line.setCursorPosition(0)

    def _show_missing(self, _error: EditorError) -> None:
        self._fill([], "")
        self.line.setPlaceholderText(_("The story is gone: search by headline"))

    def _pick(self, index: int) -> None:
        self._pause.stop()
        self._story = str(self.itemData(index) or "")
        if not self._story:
            self.setEditText("")
        self.picked.emit(self._story)

    def _leave(self) -> None:
        """Show the linked story again: typed words alone choose none, but no words unlink it."""
        if self.view().isVisible():
            return
        self._pause.stop()
        if self._story and not self.line.text().strip():
            self._story = ""
            self.picked.emit("")
        elif not self._story or self.currentData() != self._story:
            self._show_linked()
