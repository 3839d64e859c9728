"""Joining versions that were written beside each other: a person decides where they differ."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.core.commands import Reconcile
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.review.conflict_card import ConflictCard
from editor.gui.review.conflicts import Join, Leaves, join, read_leaves
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural
from editor.store.reading.rows import StoredVersion

_SIDE = 26


class ReconcilePage(QFrame):
    """Shows only what two people changed differently; all else joins by itself.

    Words are never woven together: the marks are a help, the choice is a person's.
    With more than two versions it goes on until all of them are joined.
    """

    left = Signal()
    """The versions are one now, or the person wants to leave that for later."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self._session = session
        self._story, self._step = "", 0
        self._leaves: Leaves | None = None
        self._ours: Story | None = None
        self._join: Join | None = None
        self.cards: list[ConflictCard] = []
        self.bar = ProblemBar()
        self._title, self._about = QLabel(), QLabel()
        self._count = QLabel()
        self.done = QPushButton(_("Reconcile"))
        self.later = QPushButton(_("Later"))
        self._lay_out()
        self.done.clicked.connect(self.go_on)
        self.later.clicked.connect(self.left)

    def story(self) -> str:
        """The id of the story that is reconciled, or nothing."""
        return self._story

    def begin(self, story: str) -> None:
        """Read a story's versions and show what waits for a decision."""
        self._story, self._leaves, self._step = story, None, 0
        self._clear()
        self.bar.clear()
        self._session.ask(
            lambda snapshot: read_leaves(snapshot, story),
            owner=self,
            done=partial(self._came, story),
        )

    def go_on(self) -> None:
        """Take the decisions; with the last of the versions, join them all."""
        joined = self._joined()
        if joined is None or self._leaves is None:
            return
        self._ours, self._step = joined, self._step + 1
        if self._step < len(self._leaves.numbers) - 1:
            self._compute()
            return
        self.done.setEnabled(False)
        self._session.run(
            Reconcile(self._story, self._leaves.numbers, joined),
            owner=self,
            done=self._finished,
            failed=self._failed,
        )

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Reconcile two versions"))
        set_kind(self._title, "title")
        set_kind(self._about, "hint")
        for label in (self._title, self._about):
            label.setWordWrap(True)
        self.done.setProperty("kind", "primary")
        ground = QWidget()
        set_kind(ground, "ground")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(_SIDE, 16, _SIDE, 24)
        self._column.setSpacing(12)
        for part in (self._title, self._about, self.bar):
            self._column.addWidget(part)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(ground)
        foot = QFrame()
        set_kind(foot, "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        set_kind(self._count, "strong")
        row.addWidget(self._count, 1)
        row.addWidget(self.later)
        row.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(foot)

    def _came(self, story: str, leaves: Leaves) -> None:
        if story != self._story:
            return
        if len(leaves.numbers) < 2:
            self.left.emit()
            return
        self._leaves, self._ours = leaves, leaves.versions[0].story
        self._compute()

    def _compute(self) -> None:
        leaves, ours, step = self._leaves, self._ours, self._step
        if leaves is None or ours is None:
            return
        base, theirs = leaves.ancestors[step], leaves.versions[step + 1].story
        slugs = self._session.slugs
        self._session.jobs.run(
            lambda _progress: join(base, ours, theirs, slugs),
            owner=self,
            done=partial(self._show, self._story, step),
        )

    def _show(self, story: str, step: int, found: Join) -> None:
        if (story, step) != (self._story, self._step) or self._leaves is None:
            return
        self._join = found
        self._clear()
        one, other = self._leaves.versions[0], self._leaves.versions[step + 1]
        names = self._names(one, other)
        self._title.setText(_("Two versions to reconcile"))
        self._about.setText(_about(names, len(found.conflicts)))
        for conflict in found.conflicts:
            card = ConflictCard(conflict, names)
            card.decided.connect(self._count_decided)
            self._column.insertWidget(self._column.count() - 1, card)
            self.cards.append(card)
        self._count_decided()
        first = self.cards[0].choices.buttons()[0] if self.cards else self.done
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _names(self, one: StoredVersion, other: StoredVersion) -> tuple[str, str]:
        person = self._session.person.name
        mine = [version.author == person for version in (one, other)]
        names = []
        for version, is_mine in zip((one, other), mine, strict=True):
            if is_mine and not all(mine):
                names.append(_("Mine, version {n}").format(n=version.version))
            else:
                said = _("{name}, version {n}").format(name=version.author, n=version.version)
                names.append(said)
        if self._step:
            names[0] = _("As joined so far")
        return names[0], names[1]

    def _count_decided(self) -> None:
        decided = sum(card.answer() is not None for card in self.cards)
        total = len(self.cards)
        self._count.setText(
            _("{n} of {all} decided").format(n=decided, all=total)
            if total
            else _("Nothing to decide")
        )
        self.done.setEnabled(decided == total)

    def _joined(self) -> Story | None:
        """The story as decided; None, with the reason shown, while it can't be made."""
        if self._join is None:
            return None
        answers = {card.conflict.place: card.answer() or () for card in self.cards}
        try:
            return self._join.merge.story(answers)
        except EditorError as error:
            self.bar.show_error(error)
            return None

    def _finished(self, _changes: object) -> None:
        self._session.message.emit(_("The versions are one again."), None)
        self._story = ""
        self.left.emit()

    def _failed(self, error: EditorError) -> None:
        self.bar.show_error(error)
        self._count_decided()

    def _clear(self) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        self.done.setEnabled(False)


def _about(names: tuple[str, str], conflicts: int) -> str:
    one, other = names
    said = _("Written beside each other: {one}; {other}.").format(one=one, other=other)
    if not conflicts:
        return said + " " + _("They changed different places, and join by themselves.")
    waits = plural("{n} place was changed in both", "{n} places were changed in both", conflicts)
    return f"{said} " + _("{places}; all else joins by itself.").format(places=waits)
