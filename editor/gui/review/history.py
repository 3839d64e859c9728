"""The History tab: a story's versions, what an older one said, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from editor.core import times
from editor.core.changes import Changes
from editor.core.commands import Restore
from editor.core.times import parse_instant
from editor.gui.draft.draft import Draft
from editor.gui.review.version_reader import VersionReader, summaries
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.ago import since
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural
from editor.store.reading.rows import StoredVersion, VersionRow


class HistoryPane(QWidget):
    """Newest version first. Choosing one shows its text; restoring makes it a new version."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draft = draft
        self._rows: list[VersionRow] = []
        self._cards: list[VersionCard] = []
        self._chosen = 0
        self.bar = ProblemBar()
        self._empty = QLabel()
        self._list = QWidget()
        self.reader = VersionReader(session)
        self.text, self.restore = self.reader.text, self.reader.restore
        self._lay_out()
        draft.opened.connect(self._opened)
        session.changed.connect(self._desk_changed)
        self._opened()

    @property
    def versions(self) -> list[VersionRow]:
        """What the timeline shows, newest first."""
        return self._rows

    def choose(self, version: int) -> None:
        """Show a version's text."""
        story_id = self._story_id()
        self._chosen = version
        for card in self._cards:
            card.set_chosen(card.version == version)
        self._session.ask(
            lambda snapshot: snapshot.stored(story_id, version),
            owner=self,
            done=self._show_text,
            failed=self.bar.show_error,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history anew: it may have been hidden while the story changed."""
        super().showEvent(event)
        self._read()

    def _lay_out(self) -> None:
        self.setAccessibleName(_("History"))
        set_kind(self._empty, "hint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(28)
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        set_kind(self._list, "panel")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._list)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.restore.clicked.connect(self._restore)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(scroll)
        self._split.addWidget(self.reader)
        self._split.setSizes([300, 400])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(self._empty)
        outer.addWidget(self._split, 1)

    def _story_id(self) -> str:
        return self._draft.stored.story.id if self._draft.stored is not None else ""

    def _opened(self) -> None:
        self._chosen = 0
        self._show_rows([])
        self._read()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("story", self._story_id()) or not self._rows:
            self._read()

    def _read(self) -> None:
        story_id = self._story_id()
        if not story_id:
            self._show_rows([])
        elif self.isVisible():
            self._session.ask(
                lambda snapshot: snapshot.versions(story_id),
                owner=self,
                done=partial(self._came, story_id),
            )

    def _came(self, story_id: str, rows: list[VersionRow]) -> None:
        if story_id == self._story_id():
            self._show_rows(rows)
            self._session.ask(
                lambda snapshot: summaries(snapshot, story_id, rows),
                owner=self,
                done=partial(self._sum_up, rows),
            )

    def _sum_up(self, rows: list[VersionRow], words: dict[int, str]) -> None:
        """Say what each version changed, once that is known."""
        if rows is self._rows:
            for card in self._cards:
                card.show_summary(words.get(card.version, ""))

    def _show_rows(self, rows: list[VersionRow]) -> None:
        self._rows = rows
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [VersionCard(row) for row in rows]
        for index, card in enumerate(self._cards):
            self._column.insertWidget(index, card)
            card.pressed = partial(self.choose, card.version)
            card.set_chosen(card.version == self._chosen)
        self._empty.setText(
            _("Each time the story is saved, a version is kept here.")
            if self._draft.story is not None
            else _("Open a story to see its versions.")
        )
        self._empty.setVisible(not rows)
        self._split.setVisible(bool(rows))
        self.reader.setVisible(bool(rows) and self._chosen > 0)

    def _show_text(self, stored: StoredVersion) -> None:
        if stored.story.id != self._story_id() or stored.version != self._chosen:
            return
        self.reader.show()
        self.reader.show_version(stored, self._rows)

    def _restore(self) -> None:
        stored = self._draft.stored
        if stored is None:
            return
        if self._draft.dirty:
            # What is typed becomes a version first, so that restoring loses nothing.
            self._draft.save(self._restore_now)
        else:
            self._restore_now()

    def _restore_now(self) -> None:
        stored = self._draft.stored
        if stored is None or not self._rows:
            return
        story_id, before, earlier = stored.story.id, stored.version, self._chosen

        def done(_changes: Changes) -> None:
            self._session.message.emit(
                _("Version {n} is the newest again.").format(n=earlier),
                lambda: self._undo(story_id, before),
            )

        self._session.run(
            Restore(story_id, before, earlier), owner=self, done=done, failed=self.bar.show_error
        )

    def _undo(self, story_id: str, before: int) -> None:
        """Restore what was the newest before, on top of whatever is now."""
        self._session.ask(
            lambda snapshot: snapshot.stored(story_id).version,
            owner=self,
            done=lambda latest: self._session.run(Restore(story_id, latest, before), owner=self),
        )


class VersionCard(QFrame):
    """One version: who, when, why, how long, and who approved it."""

    def __init__(self, row: VersionRow) -> None:
        super().__init__()
        set_kind(self, "card")
        self.version = row.version
        self.pressed: Callable[[], None] = _nothing
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        first = QLabel(_("Version {n}").format(n=row.version))
        set_kind(first, "strong")
        when = QLabel(_("{ago} ago").format(ago=since(row.at, times.now())))
        when.setToolTip(parse_instant(row.at).astimezone().strftime("%Y-%m-%d %H:%M"))
        set_kind(when, "count")
        top = QHBoxLayout()
        top.addWidget(first)
        top.addStretch(1)
        top.addWidget(when)
        about = QLabel(" · ".join(_about(row)))
        set_kind(about, "hint")
        about.setWordWrap(True)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 9)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(about)
        column.addWidget(self._summary)
        said = [first.text(), when.text(), about.text()]
        if row.approved_by:
            approved = QLabel(_("✓ Approved by {name}").format(name=row.approved_by))
            set_kind(approved, "ok")
            column.addWidget(approved)
            said.append(approved.text())
        self.setAccessibleName(", ".join(said))

    def show_summary(self, words: str) -> None:
        """Say what the version changed."""
        self._summary.setText(words)
        self._summary.setVisible(bool(words))
        if words:
            self.setAccessibleName(f"{self.accessibleName()}, {words}")

    def set_chosen(self, chosen: bool) -> None:
        """Show whether this version's text is being read."""
        set_kind(self, "toast" if chosen else "card")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose by mouse."""
        self.pressed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed()
        else:
            super().keyPressEvent(event)


def _nothing() -> None:
    """Do nothing, before somebody listens."""


def _about(row: VersionRow) -> list[str]:
    causes = {
        "saved": _("saved by {name}"),
        "submitted": _("submitted by {name}"),
        "imported": _("taken in by {name}"),
        "restored": _("restored by {name}"),
        "reconciled": _("reconciled by {name}"),
        "corrected": _("opened for correction by {name}"),
    }
    said = [causes.get(row.cause, row.cause + " · {name}").format(name=row.author)]
    said.append(plural("{n} word", "{n} words", row.words))
    return said
