"""The front page dialog: the stories that come first, in order, and what readers get of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from editor.core.changes import Changes
from editor.core.front import LONGEST_FRONT
from editor.core.people import Role
from editor.core.workflow import Publication
from editor.errors import EditorError, Stale
from editor.gui.coalescer import LastAnswer
from editor.gui.front.front_draft import FrontDraft
from editor.gui.section_names import section_name_of
from editor.gui.session import Session
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.pick_list import PickList
from editor.gui.widgets.pick_rows import Pick
from editor.gui.widgets.unsaved_dialog import UnsavedDialog
from editor.i18n import _, isolated
from editor.store.reading.export_list import PageStart
from editor.store.reading.rows import StoryRow
from editor.store.reading.signed_states import FrontState
from editor.store.reading.snapshot import Snapshot
from editor.text.shorten import shorten

_QUOTED = 80
"""How many characters of what was searched are said again."""
_READ, _OFFERED = 60, 12
"""How many stories are read for some words, and how many are offered."""


class _Stories(NamedTuple):
    """Stories as lists show them by their ids, and why some would not go out."""

    rows: Mapping[str, StoryRow]
    reasons: Mapping[str, str]


class FrontDialog(UnsavedDialog):
    """Orders the front page. Editors and chiefs may; others see it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Front page"), parent, size=(640, 520))
        self._session = session
        self._state = FrontState()
        self._stories = _Stories({}, {})
        self._answer, self._names = LastAnswer(), LastAnswer()
        self.draft = FrontDraft(session, self)
        self.passphrase = PassphraseBar(session)
        self.who = label(kind="hint", wrap=True)
        self.picks = PickList(
            _("Stories of the front page"),
            _("Find a story to add"),
            ordered=True,
            scrolls=True,
            empty=_(
                "Nothing is ordered by hand: the newest story leads. Find the story to put first."
            ),
        )
        self.undo = button(_("Undo"), self.draft.stack.undo)
        self.redo = button(_("Redo"), self.draft.stack.redo)
        self.save = button(_("&Save"), self._save, "primary")
        self._lay_out()
        self._connect()
        for idle in (self.undo, self.redo, self.save):
            idle.setEnabled(False)
        self.picks.set_read_only(True)
        self._read()

    def has_unsaved(self) -> bool:
        return self.draft.is_unsaved

    def _lay_out(self) -> None:
        about = label(
            _(
                "These stories come first on the home page: the first one leads, and all others "
                "follow, the newest first."
            ),
            wrap=True,
        )
        self.picks.list.setToolTip(_("Drag a story to move it, or press Alt+Up or Alt+Down."))
        buttons = row(
            self.undo, self.redo, STRETCH, button(_("Close"), self.reject), self.save, spacing=8
        )
        content = column(about, self.who, (self.picks, 1), spacing=8)
        self.lay_out(content, buttons, above=(self.bar, self.passphrase), spacing=12)

    def _connect(self) -> None:
        for key, step in (
            (QKeySequence.StandardKey.Undo, self.draft.stack.undo),
            (QKeySequence.StandardKey.Redo, self.draft.stack.redo),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(step)
        self.picks.changed.connect(self._edit)
        self.picks.searched.connect(self._search)
        self.picks.entered.connect(self._show_nothing_found)
        self.draft.changed.connect(self._show)
        stack = self.draft.stack
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.canRedoChanged.connect(self.redo.setEnabled)
        self.draft.refused.connect(self._show_refusal)
        self._session.changed.connect(self._desk_changed)
        self._session.person_changed.connect(self._show)
        self._session.keys.changed.connect(self._show)
        self.finished.connect(self.draft.forget)

    # -- what the desk has ------------------------------------------------------------

    def _read(self) -> None:
        self._session.ask(
            _read_front,
            owner=self,
            done=self._answer.only(self._show_read),
            failed=self.bar.show_error,
        )

    def _show_read(self, found: tuple[FrontState, _Stories]) -> None:
        self._state, stories = found
        self._add_stories(stories)
        if self._state.doubt:
            hint = _("Order it again, or look at the log of the desk.")
            self.bar.show_text(self._state.doubt, hint, severe=True)
        theirs = self._state.front
        if not self.draft.has_begun:
            self.draft.begin(theirs)
        elif theirs != self.draft.base:
            is_mine = not self.draft.is_unsaved or theirs == self.draft.front
            self.draft.use(theirs) if is_mine else self._ask_whose()
        self._show()

    def _ask_whose(self) -> None:
        """Let the person choose between this order and the one that somebody else saved."""
        self.bar.show_text(
            _("Someone else ordered the front page in the meantime."),
            _("Your order is still here."),
            (_("Use theirs"), lambda: self.draft.use(self._state.front)),
            (_("Keep mine"), lambda: self.draft.keep(self._state.front)),
        )

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("front") or changes.touches("people"):
            self._read()
        elif any(changes.touches("story", story) for story in self.draft.front.stories):
            self._read_stories(self.draft.front.stories)

    def _read_stories(self, ids: Sequence[str]) -> None:
        self._session.ask(partial(_read, ids), owner=self, done=self._names.only(self._name))

    def _name(self, stories: _Stories) -> None:
        self._add_stories(stories)
        self._show()

    def _add_stories(self, found: _Stories) -> None:
        kept = {id: why for id, why in self._stories.reasons.items() if id not in found.rows}
        rows = {**self._stories.rows, **found.rows}
        self._stories = _Stories(rows, {**kept, **found.reasons})

    # -- what is ordered --------------------------------------------------------------

    def _edit(self, stories: tuple[str, ...]) -> None:
        self.bar.clear()
        self.draft.order(stories)

    def _show(self) -> None:
        may_order = self._may_order()
        ids = self.draft.front.stories
        known = self._stories.rows.keys() | self._stories.reasons.keys()
        if not known.issuperset(ids):
            self._read_stories(ids)
        self.picks.show_picks([self._pick(place, id) for place, id in enumerate(ids, 1)])
        self.picks.set_read_only(not may_order)
        self.who.setText(self._describe())
        self.who.setVisible(bool(self.who.text()))
        self.save.setEnabled(may_order and (self.draft.is_unsaved or bool(self._state.doubt)))

    def _may_order(self) -> bool:
        return self._session.can_decide and self._session.person.role is not Role.JOURNALIST

    def _describe(self) -> str:
        """Say who ordered it, how much room there is, and who may."""
        parts = []
        if self.draft.is_unsaved:
            parts.append(_("Not saved yet."))
        elif self._state.approval is not None and self._state.front.stories:
            by = self._state.approval.by
            parts.append(_("Ordered by {name} · signature verified.").format(name=isolated(by)))
        if not self._may_order():
            why = self._session.why_read_only
            rule = _("Only editors and chiefs may order the front page.")
            parts.append(why.sentence if why else rule)
        count = len(self.draft.front.stories)
        if count:
            parts.append(_("{n} of {limit} stories.").format(n=count, limit=LONGEST_FRONT))
        return " ".join(parts)

    def _pick(self, place: int, story: str) -> Pick:
        """Return how a story is shown: its place and headline, and below that what readers get."""
        found, reason = self._stories.rows.get(story), self._stories.reasons.get(story, "")
        if found is None:
            name = _("A story that is not on this desk") if reason else "…"
            return Pick(story, f"{place}  {name}", story)
        if reason:
            state = _("will not appear: {reason}").format(reason=reason)
        elif found.publication is Publication.LIVE:
            state = _("live")
        else:
            state = _("goes out with the next export")
        section = section_name_of(self._session.house, found.section)
        note = " · ".join(filter(None, (isolated(section) if section else "", state)))
        name = f"{place}  {isolated(found.headline.strip() or found.slug)}"
        return Pick(story, name, found.slug, note, warns=bool(reason))

    # -- another story ----------------------------------------------------------------

    def _search(self, words: str) -> None:
        self._session.ask(
            partial(_find, words), owner=self, done=partial(self._offer, words), failed=self._refuse
        )

    def _offer(self, words: str, found: list[StoryRow]) -> None:
        picks = [Pick(row.id, row.headline.strip() or row.slug, row.slug) for row in found]
        self.picks.offer(words, picks)

    def _refuse(self, error: EditorError) -> None:
        self.bar.show_error(error)

    def _show_nothing_found(self, words: str) -> None:
        sentence = _("No other approved or live story has “{words}” in its headline.")
        self.bar.show_text(sentence.format(words=shorten(words, _QUOTED)))

    # -- saving -----------------------------------------------------------------------

    def _save(self) -> None:
        self.bar.clear()
        self.draft.save(self.accept)

    def _show_refusal(self, error: EditorError) -> None:
        if isinstance(error, Stale):
            self._read()
        else:
            self.bar.show_error(error)


def _read_front(snapshot: Snapshot) -> tuple[FrontState, _Stories]:
    state = snapshot.front_state()
    return state, _read(state.front.stories, snapshot)


def _read(ids: Sequence[str], snapshot: Snapshot) -> _Stories:
    return _Stories(snapshot.rows_of(ids), snapshot.reasons_against(ids))


def _find(words: str, snapshot: Snapshot) -> list[StoryRow]:
    """Return approved and live stories with these words in their headlines, the newest first."""
    found = snapshot.export_page(words, PageStart(), _READ).rows
    return [row for row in found if row.is_exportable][:_OFFERED]
