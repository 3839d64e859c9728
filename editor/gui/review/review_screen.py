"""The review screen: what changed since this person last looked, change by change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.core import times
from editor.core.changes import Changes
from editor.core.revise import without
from editor.core.story import Story
from editor.core.workflow import Action, Stage, allowed
from editor.gui.draft.draft import Draft
from editor.gui.review.base_versions import Bases, read_bases
from editor.gui.review.change_bar import ChangeBar
from editor.gui.review.comparison import Compared, compared
from editor.gui.review.redline import Redline
from editor.gui.review.seen_versions import SeenVersion, SeenVersions
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.ago import since
from editor.gui.widgets.choice import Choice
from editor.gui.widgets.flow_row import FlowRow
from editor.i18n import _
from editor.store.reading.rows import StoredVersion

_SOON_MS = 150
_SIDE = 26


class ReviewScreen(QFrame):
    """Stands in the form's place while a story waits for this person's approval.

    A rejected change puts the old words back as an edit of the draft: it can be
    undone, and what is approved is the text that is then saved.
    """

    edit_wanted = Signal()
    """The person wants to change the text."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self._session, self._draft = session, draft
        self._key, self._turn = "", 0
        self._bases: Bases | None = None
        self._base: StoredVersion | None = None
        self._after: Story | None = None
        self._compared: Compared | None = None
        self._accepted: set[tuple[str, ...]] = set()
        self._seen = SeenVersions(session.desk.path, session.person.name)
        self.about = QLabel()
        self.versions = Choice(_("Compared with"))
        self.whole = QPushButton(_("All fields"))
        self.beside = QPushButton(_("Side by side"))
        self.edit = QPushButton(_("Edit"))
        self.redline = Redline()
        self.bar = ChangeBar()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._lay_out()
        self._connect()

    def suits(self) -> bool:
        """Whether the open story waits for the approval of the person at work."""
        draft, role = self._draft, self._session.person.role
        waits = draft.open_story.stored is not None and draft.open_story.state.stage is Stage.REVIEW
        waits = waits and len(draft.open_story.leaves) < 2
        return (
            waits
            and draft.open_story.is_open
            and allowed(Action.APPROVE, draft.open_story.state, role)
        )

    def base(self) -> StoredVersion | None:
        """The version that is compared with; None while nothing is."""
        return self._base

    def compared(self) -> Compared | None:
        """What is shown; None until it has been computed."""
        return self._compared

    def step(self, by: int) -> None:
        """Go to the next change, or the one before."""
        self.redline.step(by)
        self.redline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def accept(self) -> None:
        """Take the change that is looked at as read: it is not marked any more."""
        spot = self.redline.current()
        if spot is not None and self._compared is not None:
            self._accepted.add(self._compared.key(spot))
            self._show()

    def reject(self) -> None:
        """Put the old words back where the change that is looked at is; undo brings it again."""
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
        """Look at the story as it is now."""
        super().showEvent(event)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A accepts, R rejects, J and K go on and back."""
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
        set_kind(self.about, "hint")
        for button in (self.whole, self.beside):
            button.setCheckable(True)
            set_kind(button, "quiet")
            _keep_room_for_bold(button)
        self.whole.setToolTip(_("Show the fields that did not change, too"))
        self.edit.setToolTip(_("Change the text (F7)"))
        self.about.setMinimumHeight(self.versions.sizeHint().height())
        top = FlowRow()
        for part in (self.about, self.versions, self.whole, self.beside, self.edit):
            top.add(part)
        inner = QFrame()
        set_kind(inner, "ground")
        column = QVBoxLayout(inner)
        column.setContentsMargins(_SIDE, 14, 10, 0)
        column.setSpacing(12)
        column.addWidget(top)
        column.addWidget(self.redline, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(inner, 1)
        outer.addWidget(self.bar)
        self.setFocusProxy(self.redline)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._compute)
        self._draft.opened.connect(self._look)
        self._draft.changed.connect(lambda _path: self._soon.start())
        self._draft.state_changed.connect(self._look)
        self._session.changed.connect(self._desk_changed)
        self._session.person_changed.connect(self._another_person)
        self.versions.chosen.connect(self._choose)
        self.whole.toggled.connect(lambda _on: self._compute())
        self.beside.toggled.connect(lambda _on: self._show())
        self.edit.clicked.connect(self.edit_wanted)
        self.redline.moved.connect(lambda _index: self._show_change())
        self.bar.stepped.connect(self.step)
        self.bar.accepted.connect(self.accept)
        self.bar.rejected.connect(self.reject)

    def _look(self) -> None:
        """Begin with another story or version; remember what was seen of the one before."""
        stored = self._draft.open_story.stored
        key = f"{stored.story.id}:{stored.version}" if stored is not None else ""
        if self._key and key != self._key:
            self._remember()
            if key.rpartition(":")[0] != self._key.rpartition(":")[0]:
                self._forget()
        if stored is None or not self.isVisible() or key == self._key:
            return
        self._key, seen = key, self._seen
        self._session.ask(
            lambda snapshot: read_bases(snapshot, stored, seen),
            owner=self,
            done=partial(self._show_bases, key),
        )

    def _forget(self) -> None:
        """Let go of a story; while only its version changes, the comparison stays."""
        self._key, self._bases, self._base, self._compared = "", None, None, None
        self._accepted.clear()
        self.redline.forget()

    def _remember(self) -> None:
        story, _colon, version = self._key.rpartition(":")
        if self._compared is not None:
            against = self._base.version if self._base is not None else 0
            sight, seen = SeenVersion(int(version), against), self._seen
            self._session.jobs.run(
                lambda _progress: seen.put(story, sight), owner=self, lane="store"
            )

    def _another_person(self) -> None:
        self._remember()
        self._forget()
        self._seen = SeenVersions(self._session.desk.path, self._session.person.name)
        self._look()

    def _desk_changed(self, changes: Changes) -> None:
        stored = self._draft.open_story.stored
        if stored is not None and changes.touches("story", stored.story.id):
            self._look()

    def _show_bases(self, key: str, bases: Bases) -> None:
        if key != self._key:
            return
        self._bases = bases
        verb = _("submitted {ago} ago") if bases.submitted else _("saved {ago} ago")
        ago = verb.format(ago=since(bases.since, times.now()))
        name = _("Version {n}").format(n=bases.latest)
        self.versions.setVisible(bool(bases.earlier))
        compared_with = _("compared with") if bases.earlier else _("nothing to compare it with")
        self.about.setText(f"{name}, {ago}   {compared_with}")
        wanted = self._base.version if self._base is not None else bases.default
        self.versions.fill({each: bases.title(each) for each in bases.earlier}, wanted)
        if wanted and self._base is None:
            self._read(wanted)
        else:
            self._compute()

    def _choose(self, version: int) -> None:
        self.redline.forget()
        self._accepted.clear()
        self._read(version)

    def _read(self, version: int) -> None:
        story, key = self._key.rpartition(":")[0], self._key

        def came(stored: StoredVersion) -> None:
            if key == self._key:
                self._base = stored
                self._compute()

        self._session.ask(lambda snapshot: snapshot.stored(story, version), owner=self, done=came)

    def _compute(self) -> None:
        """Compare off the main thread; only the answer to the last question is shown."""
        if not self._key or self._bases is None or not self.isVisible():
            return
        self._turn += 1
        turn, after, whole = self._turn, self._draft.typed, self.whole.isChecked()
        before = self._base.story if self._base is not None else None
        slugs = self._session.slugs
        self._session.jobs.run(
            lambda _progress: compared(before, after, whole, slugs),
            owner=self,
            done=partial(self._came, turn, after),
        )

    def _came(self, turn: int, after: Story, result: Compared) -> None:
        if turn == self._turn:
            self._after, self._compared = after, result
            self._show()

    def _show(self) -> None:
        if self._compared is None or self._bases is None:
            return
        base = self._base
        titles = None
        if self.beside.isChecked() and base is not None:
            titles = self._bases.title(base.version), self._bases.title(self._bases.latest)
        self.redline.show_comparison(self._compared, titles, frozenset(self._accepted))
        for part in (self.whole, self.beside):
            part.setVisible(base is not None)
        self._show_change()

    def _show_change(self) -> None:
        spot, shown = self.redline.current(), self._compared
        about = shown.described(spot) if spot is not None and shown is not None else ""
        total = len(self.redline.changes())
        self.bar.setVisible(self._base is not None)
        self.bar.show_change(self.redline.position(), total, about, self._draft.can_edit)

    def _put_back(self, after: Story, story: Story) -> None:
        """Edit the draft, if nobody typed meanwhile."""
        if after == self._draft.typed:
            self._draft.edit(story, "")
            self._soon.stop()
            self._compute()


def _keep_room_for_bold(button: QPushButton) -> None:
    """A chosen button is bold; nothing should move or be cut off then."""
    font = QFont(button.font())
    font.setBold(True)
    button.setMinimumWidth(QFontMetrics(font).horizontalAdvance(button.text()) + 24)
