"""The review screen: what changed since this person last looked, change by change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from editor.core.changes import Changes
from editor.core.revise import without
from editor.core.story import Story
from editor.gui.coalescer import Coalescer, LastAnswer
from editor.gui.draft.draft import Draft
from editor.gui.jobs import Work
from editor.gui.review.base_versions import WHOLE_TEXT, Bases, read_bases
from editor.gui.review.change_bar import ChangeBar
from editor.gui.review.comparison import compared
from editor.gui.review.ignored_issues import IgnoredIssues
from editor.gui.review.seen_versions import SeenVersion, SeenVersions
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.choice import Choice
from editor.gui.widgets.compared import Compared
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import button, column, frame, label
from editor.gui.widgets.redline import Redline
from editor.i18n import _
from editor.store.reading.rows import StoredVersion

_PAUSE_MS = 150
_SIDE = 26
_TEXT_MARGIN = 10
_SCROLL_SIDE = 4
"""What the style sheet keeps free around text to read, for the ring of the focus."""
_NOTHING = ("", 0)


class ReviewScreen(QFrame):
    """Takes the form's place while a story waits for this person's approval.

    A rejected change restores the old words as an edit of the draft: it can be
    undone, and what is approved is the text that is then saved.
    """

    edit_wanted = Signal()
    """The person wants to change the text."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self._session, self._draft = session, draft
        self._version = _NOTHING
        self._bases: Bases | None = None
        self._base: StoredVersion | None = None
        self._after: Story | None = None
        self._compared: Compared | None = None
        self._accepted: set[tuple[str, str]] = set()
        self._seen = SeenVersions(session.path, session.person.name)
        self._bases_answer, self._base_answer = LastAnswer(), LastAnswer()
        self._comparison = Coalescer[tuple[Story, Compared]](
            session.jobs, self, self._prepare, self._show_compared, lane="work", pause_ms=_PAUSE_MS
        )
        self.about, self.compared = label(kind="hint", wrap=True), label(kind="hint")
        self.versions = Choice(_("Compared with"))
        self.whole = button(
            _("All fields"), kind="quiet", tip=_("Show the fields that did not change, too")
        )
        self.beside = button(_("Side by side"), kind="quiet")
        self.edit = button(_("Edit"), self.edit_wanted.emit, tip=_("Change the text (F7)"))
        self.ignored = IgnoredIssues()
        self.redline = Redline()
        self.bar = ChangeBar()
        self._lay_out()
        self._connect()

    def step(self, by: int) -> None:
        """Go to the next change, or the previous one."""
        self.redline.step(by)
        self.redline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def accept(self) -> None:
        """Mark the current change no more."""
        spot = self.redline.current()
        if spot is not None and self._compared is not None:
            self._accepted.add(self._compared.key(spot))
            self._show()

    def reject(self) -> None:
        """Restore the old words of the current change, as an edit that can be undone."""
        spot, base, after = self.redline.current(), self._base, self._after
        if spot is None or base is None or after is None or after != self._draft.typed:
            return
        before = base.story
        self._session.jobs.run(
            lambda _progress: without(before, after, [spot]),
            owner=self,
            done=partial(self._put_back, after),
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Version and text may have changed while the form was shown.
        self._show_ignored()
        self._look()
        self._comparison.ask(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_A: self.accept,
            Qt.Key.Key_R: self.reject,
            Qt.Key.Key_J: partial(self.step, 1),
            Qt.Key.Key_K: partial(self.step, -1),
        }
        act = keys.get(Qt.Key(event.key()))
        if act is not None and not event.modifiers():
            act()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Review"))
        for choice in (self.whole, self.beside):
            choice.setCheckable(True)
            _keep_room_for_bold(choice)
        choices = FlowRow(self.compared, self.versions, self.whole, self.beside, self.edit)
        ignored = column(self.ignored, margins=(0, 0, _SIDE - _SCROLL_SIDE, 0))
        inner = frame(
            column(
                column(self.about, choices, ignored, spacing=4, margins=(_TEXT_MARGIN, 0, 0, 0)),
                (self.redline, 1),
                spacing=8,
                margins=(_SIDE - _TEXT_MARGIN, 14, _SCROLL_SIDE, 0),
            ),
            "ground",
        )
        column((inner, 1), self.bar, inside=self)
        self.setFocusProxy(self.redline)

    def _connect(self) -> None:
        self._draft.opened.connect(self._look)
        self._draft.opened.connect(self._show_ignored)
        self._draft.changed.connect(self._text_changed)
        self._draft.named.changed.connect(self._comparison.ask)
        self._draft.state_changed.connect(self._look)
        self._session.changed.connect(self._desk_changed)
        self._session.person_changed.connect(self._person_changed)
        self.versions.chosen.connect(self._choose)
        self.whole.toggled.connect(lambda _on: self._comparison.ask(0))
        self.beside.toggled.connect(lambda _on: self._show())
        self.redline.moved.connect(lambda _index: self._show_change())
        self.bar.stepped.connect(self.step)
        self.bar.accepted.connect(self.accept)
        self.bar.rejected.connect(self.reject)

    def _look(self) -> None:
        """Show another story or version; store what was seen of the one before."""
        stored = self._draft.open_story.stored
        version = (stored.story.id, stored.version) if stored is not None else _NOTHING
        if version == self._version:
            return
        self._store_seen()
        if version[0] != self._version[0]:
            self._forget()
        if stored is None or not self.isVisible():
            return
        self._version, seen, person = version, self._seen, self._session.person.name
        self._session.ask(
            lambda snapshot: read_bases(snapshot, stored, seen, person),
            owner=self,
            done=self._bases_answer.only(self._show_bases),
        )

    def _forget(self) -> None:
        """Drop all of a story; while only its version changes, the comparison stays."""
        self._version, self._bases, self._base, self._compared = _NOTHING, None, None, None
        self._bases_answer.drop()
        self._base_answer.drop()
        self._comparison.cancel()
        self._accepted.clear()
        self.redline.forget()

    def _store_seen(self) -> None:
        story, version = self._version
        if self._compared is not None:
            against = self._base.version if self._base is not None else 0
            seen = partial(self._seen.put, story, SeenVersion(version, against))
            self._session.jobs.run(lambda _progress: seen(), owner=self, lane="store")

    def _person_changed(self) -> None:
        self._store_seen()
        self._forget()
        self._seen = SeenVersions(self._session.path, self._session.person.name)
        self._look()

    def _text_changed(self, path: str) -> None:
        self._comparison.ask()
        if path in ("", "ignored"):
            self._show_ignored()

    def _show_ignored(self) -> None:
        style = self._session.facts.style_state.style
        self.ignored.show_story(self._draft.typed, style)

    def _desk_changed(self, changes: Changes) -> None:
        stored = self._draft.open_story.stored
        if changes.touches("house style"):
            self._show_ignored()
        if stored is not None and changes.touches("story", stored.story.id):
            self._look()

    def _show_bases(self, bases: Bases) -> None:
        self._bases = bases
        self.about.setText(bases.about())
        self.compared.setText(
            _("Compared with") if bases.earlier else _("Nothing to compare it with")
        )
        self.versions.setVisible(bool(bases.earlier))
        wanted = self._base.version if self._base is not None else bases.default
        choices = (*bases.earlier, WHOLE_TEXT)
        self.versions.fill({number: bases.title(number) for number in choices}, wanted)
        if wanted != WHOLE_TEXT and self._base is None:
            self.whole.setChecked(bases.shows_all)
            self._read(wanted)
        else:
            self._comparison.ask(0)

    def _choose(self, version: int) -> None:
        self.redline.forget()
        self._accepted.clear()
        if version != WHOLE_TEXT:
            self._read(version)
            return
        self._base_answer.drop()
        self._base = None
        self._comparison.ask(0)

    def _read(self, version: int) -> None:
        story = self._version[0]
        self._session.ask(
            lambda snapshot: snapshot.stored(story, version),
            owner=self,
            done=self._base_answer.only(self._compare_with),
        )

    def _compare_with(self, base: StoredVersion) -> None:
        self._base = base
        self._comparison.ask(0)

    def _prepare(self) -> Work[tuple[Story, Compared]] | None:
        if self._bases is None or not self.isVisible():
            return None
        before = self._base.story if self._base is not None else None
        after, whole = self._draft.typed, self.whole.isChecked()
        named = self._draft.named
        named.want(ids=(*after.related, *(before.related if before is not None else ())))
        slugs = named.names.slugs
        return lambda _progress: (after, compared(before, after, slugs, whole))

    def _show_compared(self, result: tuple[Story, Compared]) -> None:
        self._after, self._compared = result
        self._show()

    def _show(self) -> None:
        if self._compared is None or self._bases is None:
            return
        base, titles = self._base, None
        if self.beside.isChecked() and base is not None:
            titles = self._bases.title(base.version), self._bases.title(self._bases.latest)
        self.redline.show_comparison(self._compared, titles, frozenset(self._accepted))
        for choice in (self.whole, self.beside):
            choice.setVisible(base is not None)
        self._show_change()

    def _show_change(self) -> None:
        spot, shown = self.redline.current(), self._compared
        description = ""
        if shown is not None:
            description = shown.describe(spot) if spot is not None else shown.lasting_additions()
        position, total = self.redline.position, len(self.redline.changes)
        self.bar.setVisible(self._base is not None)
        self.bar.show_change(position, total, description, self._draft.can_edit)

    def _put_back(self, after: Story, story: Story) -> None:
        """Edit the draft, unless somebody typed meanwhile."""
        if after == self._draft.typed:
            self._draft.edit(story, "")
            self._comparison.ask(0)


def _keep_room_for_bold(choice: QPushButton) -> None:
    """A chosen button is bold: with room for that nothing moves or is cut off."""
    font = QFont(choice.font())
    font.setBold(True)
    choice.setMinimumWidth(QFontMetrics(font).horizontalAdvance(choice.text()) + 24)
