"""The page where a person decides between versions that were written beside each other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from editor.core.changes import Changes
from editor.core.commands import Reconcile
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.coalescer import LastAnswer
from editor.gui.review.conflict_card import ConflictCard
from editor.gui.review.conflicts import Join, Leaves, join, read_leaves
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.card_list import CardList
from editor.gui.widgets.layout import button, column, frame, label, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural
from editor.store.reading.rows import StoredVersion

_SIDE = 26


class ReconcilePage(QFrame):
    """Shows a card for each place that two versions changed differently; all else merges by itself.

    Words of two people are never combined: the marks are a help, the choice is a
    person's. Three versions and more are reconciled two at a time.
    """

    left = Signal()
    """The versions are reconciled, or the person wants to do that later."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self.setAccessibleName(_("Reconcile two versions"))
        self._session = session
        self._story, self._step = "", 0
        self._leaves: Leaves | None = None
        self._ours: Story | None = None
        self._join: Join | None = None
        self._answer = LastAnswer()
        self.cards: list[ConflictCard] = []
        self.bar = ProblemBar()
        self._title = label(kind="title", wrap=True)
        self._about = label(kind="hint", wrap=True)
        self._count = label(kind="strong")
        self.later = button(_("Later"), self.left.emit)
        self.reconcile = button(_("Reconcile"), self.take_decisions, "primary")
        above = (self._title, self._about, self.bar)
        self._list = CardList(*above, kind="ground", spacing=12, margins=(_SIDE, 16, _SIDE, 24))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = row((self._count, 1), self.later, self.reconcile, spacing=6, margins=(16, 8))
        column((self._list, 1), frame(foot, "panel"), inside=self)

    def start(self, story: str) -> None:
        """Read a story's versions, by its id, and show what waits for a decision."""
        self._story, self._leaves, self._join, self._step = story, None, None, 0
        self._show_cards([])
        self.bar.clear()
        self._session.ask(
            lambda snapshot: read_leaves(snapshot, story),
            owner=self,
            done=self._answer.only(self._show_leaves),
        )

    def take_decisions(self) -> None:
        """Merge as decided; after the last two versions, save the result."""
        merged = self._merged()
        if merged is None or self._leaves is None:
            return
        self._ours, self._step = merged, self._step + 1
        if self._step < len(self._leaves.versions) - 1:
            self._merge(self._leaves, merged)
            return
        self.reconcile.setEnabled(False)
        numbers = tuple(version.version for version in self._leaves.versions)
        self._session.run(
            Reconcile(self._story, numbers, merged),
            owner=self,
            done=self._reconciled,
            failed=self._failed,
        )

    def _show_leaves(self, leaves: Leaves) -> None:
        if len(leaves.versions) < 2:
            self.left.emit()
            return
        self._leaves, self._ours = leaves, leaves.versions[0].story
        self._merge(leaves, self._ours)

    def _merge(self, leaves: Leaves, ours: Story) -> None:
        base, theirs = leaves.ancestors[self._step], leaves.versions[self._step + 1]
        names = self._names(leaves.versions[0], theirs)
        self._session.jobs.run(
            lambda _progress: join(base, ours, theirs.story, leaves.slugs),
            owner=self,
            done=self._answer.only(lambda found: self._show_join(found, names)),
        )

    def _show_join(self, found: Join, names: tuple[str, str]) -> None:
        self._join = found
        self._title.setText(_("Two versions to reconcile"))
        self._about.setText(_about(names, len(found.conflicts)))
        self._show_cards([ConflictCard(conflict, names) for conflict in found.conflicts])
        self._count_decided()
        first = self.cards[0].choices.buttons()[0] if self.cards else self.reconcile
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_cards(self, cards: list[ConflictCard]) -> None:
        self.cards = cards
        for card in cards:
            card.decided.connect(self._count_decided)
        self._list.show_cards(cards)
        self.reconcile.setEnabled(False)

    def _names(self, first: StoredVersion, other: StoredVersion) -> tuple[str, str]:
        person = self._session.person.name
        same_author = first.author == other.author

        def name(version: StoredVersion) -> str:
            if version.author == person and not same_author:
                return _("Mine, version {n}").format(n=version.version)
            return _("{name}, version {n}").format(name=version.author, n=version.version)

        return _("As merged so far") if self._step else name(first), name(other)

    def _count_decided(self) -> None:
        decided = sum(card.answer() is not None for card in self.cards)
        total = len(self.cards)
        self._count.setText(
            _("{n} of {all} decided").format(n=decided, all=total)
            if total
            else _("Nothing to decide")
        )
        self.reconcile.setEnabled(decided == total)

    def _merged(self) -> Story | None:
        """Return the story as decided; None, with the reason shown, while it can't be made."""
        if self._join is None:
            return None
        answers = {card.conflict.place: card.answer() or () for card in self.cards}
        try:
            return self._join.merge.story(answers)
        except EditorError as error:
            self.bar.show_error(error)
            return None

    def _reconciled(self, _changes: Changes) -> None:
        self._session.message.emit(_("Versions reconciled."), None)
        self._story = ""
        self.left.emit()

    def _failed(self, error: EditorError) -> None:
        self.bar.show_error(error)
        self._count_decided()


def _about(names: tuple[str, str], conflicts: int) -> str:
    first, other = names
    sentence = _("Written beside each other: {one}; {other}.").format(one=first, other=other)
    if not conflicts:
        return f"{sentence} " + _("They changed different places, so there is nothing to decide.")
    both = plural("{n} place was changed in both", "{n} places were changed in both", conflicts)
    return f"{sentence} " + _("{places}; all else merges by itself.").format(places=both)
