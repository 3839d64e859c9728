"""A story to read beside the one that is written, in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from editor.core.changes import Changes
from editor.errors import EditorError
from editor.gui.coalescer import LastAnswer
from editor.gui.review.version_page import version_html
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _
from editor.store.reading.rows import StoredVersion


class StoryBeside(Dialog):
    """Shows the latest version, which can be selected and copied, and follows later ones."""

    moved = Signal()
    """It has another place or size, or is scrolled."""

    def __init__(self, session: Session, story: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Story"), parent, size=(520, 640))
        self.story = story
        self._session, self._answer = session, LastAnswer()
        self._wanted_scroll: int | None = None
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Text of the story"))
        set_kind(self.text, "read")
        self.version = label(kind="hint")
        buttons = row(self.version, STRETCH, button(_("Close"), self.reject), spacing=8)
        self.lay_out(column(self.text), buttons, margins=12)
        session.changed.connect(self._desk_changed)
        self.text.verticalScrollBar().valueChanged.connect(self.moved)
        self._read()

    def scrolled(self) -> int:
        """Return how far the text is scrolled, in pixels."""
        wanted = self._wanted_scroll
        return self.text.verticalScrollBar().value() if wanted is None else wanted

    def scroll_to(self, pixels: int) -> None:
        """Scroll the text as soon as it is there."""
        self._wanted_scroll = pixels

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("story", self.story):
            self._read()

    def _read(self) -> None:
        self._session.ask(
            lambda snapshot: snapshot.stored(self.story),
            owner=self,
            done=self._answer.only(self._show),
            failed=self._show_error,
        )

    def _show(self, stored: StoredVersion) -> None:
        story, bar = stored.story, self.text.verticalScrollBar()
        place, self._wanted_scroll = self.scrolled(), None
        self.setWindowTitle(story.headline.strip() or story.slug)
        self.text.setHtml(version_html(story, self._session.house.dateline_template))
        self.version.setText(_("Version {n}").format(n=stored.version))
        bar.setValue(place)

    def _show_error(self, error: EditorError) -> None:
        self.text.setPlainText(f"{error.sentence} {error.hint}".strip())
        self.version.clear()
