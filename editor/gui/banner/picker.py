"""The story a brief leads to, found by words of its headline."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from editor.errors import EditorError, NotFound
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.line_field import LineField
from editor.i18n import _
from editor.store.reading.rows import Filter, StoryRow
from editor.store.reading.snapshot import Snapshot

_MANY = 12
_PAUSE_MS = 150


class StoryPicker(QComboBox):
    """An editable list: typing searches the desk, the first entry links to no story."""

    picked = Signal(str)
    """The id of the chosen story, or nothing."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._story = ""
        self.setEditable(True)
        self.line = LineField()
        set_kind(self.line, "plain")
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(_("Leads to story"))
        self.setCompleter(None)  # type: ignore[arg-type]  # the stubs forget None
        self.line.setPlaceholderText(_("No story: search by headline"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.editingFinished.connect(self._left)
        self.activated.connect(self._activated)

    def show_story(self, story_id: str) -> None:
        """Show which story is linked."""
        if story_id == self._story and (not story_id or self.currentData() == story_id):
            return
        self._story = story_id
        if not story_id:
            self._fill([], "")
            return
        self._session.ask(partial(_row, story_id), owner=self, done=self._named, failed=self._gone)

    def showPopup(self) -> None:
        """Offer the newest stories when nothing was searched for."""
        if self.count() <= 1:
            self._search(popup=True)
        else:
            super().showPopup()

    def _search(self, popup: bool = True) -> None:
        words = self.line.text().strip()
        linked = words == self.itemText(1) and self._story != ""
        query = partial(_find, "" if linked else words)
        self._session.ask(query, owner=self, done=partial(self._offer, popup))

    def _offer(self, popup: bool, rows: list[StoryRow]) -> None:
        typed, at = self.line.text(), self.line.cursorPosition()
        self._fill(rows, typed)
        self.line.setCursorPosition(at)
        if popup and (self.line.hasFocus() or self.hasFocus()):
            super().showPopup()
            self.line.setFocus()

    def _fill(self, rows: list[StoryRow], text: str) -> None:
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_("No story"), "")
            for row in rows:
                self.addItem(row.headline or row.slug, row.id)
                self.setItemData(self.count() - 1, row.slug, Qt.ItemDataRole.ToolTipRole)
            self.setCurrentIndex(-1)
            self.setEditText(text)

    def _named(self, row: StoryRow) -> None:
        if row.id == self._story:
            self._fill([row], row.headline or row.slug)
            with QSignalBlocker(self):
                self.setCurrentIndex(1)
            # The start of a long headline says more than its end.
            self.line.setCursorPosition(0)

    def _gone(self, _error: EditorError) -> None:
        self._fill([], "")
        self.line.setPlaceholderText(_("The story is gone: search by headline"))

    def _activated(self, index: int) -> None:
        self._pause.stop()
        story_id = str(self.itemData(index) or "")
        if not story_id:
            self.setEditText("")
        self._story = story_id
        self.picked.emit(story_id)

    def _left(self) -> None:
        """Typed words alone choose nothing, except that none means no story."""
        if self.view().isVisible():
            return
        self._pause.stop()
        if not self.line.text().strip() and self._story:
            self._story = ""
            self.picked.emit("")
        elif self.currentData() != self._story or self._story == "":
            story, self._story = self._story, "\0"
            self.show_story(story)


def _row(story_id: str, snapshot: Snapshot) -> StoryRow:
    stored = snapshot.stored(story_id)
    story = stored.story
    return StoryRow(
        story.id, story.slug, story.headline, story.section, story.language,
        stored.state.stage, stored.state.publication, stored.version, 0, stored.at, stored.author,
    )  # fmt: skip


def _find(words: str, snapshot: Snapshot) -> list[StoryRow]:
    if not words:
        return list(snapshot.rows(Filter(), 0, _MANY))
    try:
        return [hit.row for hit in snapshot.search(words, _MANY)]
    except NotFound:
        return []
