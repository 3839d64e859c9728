"""The History tab: a story's versions, what an older one said, and how to restore it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from editor.core.changes import Changes
from editor.core.commands import Restore
from editor.gui.coalescer import LastAnswer
from editor.gui.draft.draft import Draft
from editor.gui.draft.new_stories import new_story_action
from editor.gui.draft.open_story import OpenStory
from editor.gui.review.version_reader import VersionReader, summaries
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.ago import age_label
from editor.gui.widgets.card_list import CardList
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.layout import STRETCH, Item, column, label, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, listed, plural
from editor.store.reading.rows import StoredVersion, VersionRow


class HistoryPane(QWidget):
    """Lists the versions, the latest first. Choosing one shows its text; restoring saves it again.

    `cards` has one card a version.
    """

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._story = ""
        self._rows: list[VersionRow] = []
        self._chosen = self._restored = 0
        self._rows_answer, self._text_answer = LastAnswer(), LastAnswer()
        self.cards: list[VersionCard] = []
        self.bar = ProblemBar()
        self.empty = EmptyState()
        self._save = QAction(_("&Save version"), self)
        self._save.triggered.connect(lambda _checked=False: draft.save())
        self._begin = new_story_action(draft, self)
        self.reader = VersionReader(session)
        self._list = CardList()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._list)
        self._split.addWidget(self.reader)
        self._split.setSizes([300, 400])
        column(self.bar, (self.empty, 1), (self._split, 1), inside=self)
        self.setAccessibleName(_("History"))
        self.reader.restore.clicked.connect(self._save_and_restore)
        draft.opened.connect(self._opened)
        draft.state_changed.connect(self._follow_first_save)
        session.changed.connect(self._desk_changed)
        self._opened()

    def choose(self, version: int) -> None:
        """Show a version's text."""
        story = self._story
        self._chosen = version
        for card in self.cards:
            card.set_chosen(card.version == version)
        self._session.ask(
            lambda snapshot: snapshot.stored(story, version),
            owner=self,
            done=self._text_answer.only(self._show_text),
            failed=self.bar.show_error,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The story may have changed while the tab was hidden.
        self._read()

    def _opened(self) -> None:
        stored = self._draft.open_story.stored
        self._story = stored.story.id if stored is not None else ""
        self._chosen = 0
        self._rows_answer.drop()
        self._text_answer.drop()
        self._show_rows([])
        self._read()

    def _follow_first_save(self) -> None:
        """Show a story that was just saved for the first time."""
        if not self._story and self._draft.open_story.stored is not None:
            self._opened()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("story", self._story):
            self._read()

    def _read(self) -> None:
        story = self._story
        if story and self.isVisible():
            self._session.ask(
                lambda snapshot: snapshot.versions(story),
                owner=self,
                done=self._rows_answer.only(self._show_versions),
            )

    def _show_versions(self, rows: list[VersionRow]) -> None:
        story = self._story
        self._show_rows(rows)
        # What each version changed takes longer to find out.
        self._session.ask(
            lambda snapshot: summaries(snapshot, story, rows),
            owner=self,
            done=self._rows_answer.only(self._show_summaries),
        )

    def _show_summaries(self, texts: dict[int, str]) -> None:
        for card in self.cards:
            card.show_summary(texts.get(card.version, ""))

    def _show_rows(self, rows: list[VersionRow]) -> None:
        self._rows = rows
        focused = next((card.version for card in self.cards if card.hasFocus()), 0)
        self.cards = [VersionCard(row) for row in rows]
        self._list.show_cards(self.cards)
        for card in self.cards:
            card.pressed.connect(partial(self.choose, card.version))
            card.set_chosen(card.version == self._chosen)
        if self._draft.open_story.is_open:
            is_new = self._draft.open_story.stored is None
            self.empty.show_text(
                _("Each time the story is saved, a version appears here."),
                _("Any of them can be read, compared and restored."),
                [self._save] if is_new else [],
            )
        else:
            self.empty.show_text(_("Open a story to see its versions."), "", [self._begin])
        self.empty.setVisible(not rows)
        self._split.setVisible(bool(rows))
        self.reader.setVisible(bool(rows) and self._chosen > 0)
        self._focus_card(self._restored or focused)

    def _focus_card(self, version: int) -> None:
        """Put the focus on a version's card; a restored version is read from then on."""
        card = next((card for card in self.cards if card.version == version), None)
        if card is not None:
            card.show()  # a layout would show it a moment later, too late to give it the focus
            card.setFocus()
            if version == self._restored:
                self._restored = 0
                self.choose(version)

    def _show_text(self, stored: StoredVersion) -> None:
        self.reader.show()
        self.reader.show_version(stored, self._rows)

    def _save_and_restore(self) -> None:
        """Restore the chosen version once unsaved text is saved, so that nothing is lost."""
        self._draft.save(partial(self._restore, self._draft.open_story, self._chosen))

    def _restore(self, open_story: OpenStory, earlier: int) -> None:
        stored = open_story.stored
        if stored is None or not earlier:
            return
        story_id, before = stored.story.id, stored.version

        def done(changes: Changes) -> None:
            if self._story == story_id:
                self._restored = changes.version
                self._focus_card(changes.version)
            self._session.message.emit(
                _("Restored version {n}.").format(n=earlier), partial(self._undo, story_id, before)
            )

        self._session.run(
            Restore(story_id, before, earlier), owner=self, done=done, failed=self.bar.show_error
        )

    def _undo(self, story_id: str, before: int) -> None:
        """Restore what was the latest version before, on top of whatever is the latest now."""
        self._session.ask(
            lambda snapshot: snapshot.stored(story_id).version,
            owner=self,
            done=lambda latest: self._session.run(Restore(story_id, latest, before), owner=self),
        )


class VersionCard(QFrame):
    """One version: who saved it, when and why, how long it is, and who approved it."""

    pressed = Signal()

    def __init__(self, version: VersionRow) -> None:
        super().__init__()
        set_kind(self, "card")
        self.version = version.version
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = label(_("Version {n}").format(n=version.version), "strong")
        age = age_label(version.at)
        about = label(_about(version), "hint", wrap=True)
        approved = _("✓ Approved by {name}").format(name=version.approved_by)
        approvals = [label(approved, "ok")] if version.approved_by else []
        self._summary = label(wrap=True)
        self._summary.hide()
        parts: list[Item] = [row(name, STRETCH, age), about, self._summary, *approvals]
        column(*parts, inside=self, spacing=3, margins=(12, 8, 12, 9))
        self.setAccessibleName(listed(part.text() for part in (name, age, about, *approvals)))

    def show_summary(self, text: str) -> None:
        """Say what the version changed."""
        self._summary.setText(text)
        self._summary.setVisible(bool(text))
        if text:
            self.setAccessibleName(f"{self.accessibleName()}, {text}")

    def set_chosen(self, is_chosen: bool) -> None:
        """Show whether this version is the one that is read."""
        set_kind(self, "chosen" if is_chosen else "card")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


def _about(version: VersionRow) -> str:
    causes = {
        "saved": _("saved by {name}"),
        "submitted": _("submitted by {name}"),
        "imported": _("imported by {name}"),
        "restored": _("restored by {name}"),
        "reconciled": _("reconciled by {name}"),
        "corrected": _("opened for correction by {name}"),
    }
    cause = causes.get(version.cause, version.cause + " · {name}").format(name=version.author)
    return f"{cause} · {plural('{n} word', '{n} words', version.words)}"
