"""Whether the trends banner goes out: who proposed it, who approved it, and who still may."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from editor.core.changes import Changes
from editor.errors import EditorError
from editor.gui.banner.banner_draft import BannerDraft
from editor.gui.coalescer import LastAnswer
from editor.gui.session import Session
from editor.gui.widgets.chip import Chip
from editor.gui.widgets.layout import label, row
from editor.i18n import _, listed
from editor.store.reading.papers import BannerState
from editor.store.reading.snapshot import Snapshot
from editor.trust.approval import refusal
from editor.trust.masthead import Masthead


@dataclass(frozen=True, slots=True)
class BannerStatus:
    """A word, the colour role of its dot, and a sentence."""

    word: str
    dot: str
    sentence: str


class ApprovalRow(QWidget):
    """A chip and a sentence under the banner's title; nothing for a banner without a word."""

    changed = Signal()
    """What is shown, or what the person at work may do, is different."""

    def __init__(self, session: Session, draft: BannerDraft) -> None:
        super().__init__()
        self._session, self._draft = session, draft
        self._found: tuple[BannerState, Masthead] | None = None
        self._problem = ""
        self._shown: tuple[BannerStatus | None, bool] = (None, False)
        self._answer = LastAnswer()
        self.chip = Chip()
        self.sentence = label(kind="hint", wrap=True)
        row(self.chip, (self.sentence, 1), inside=self, spacing=10, margins=(16, 0, 16, 6))
        session.changed.connect(self._desk_changed)
        session.person_changed.connect(self._show)
        session.keys.changed.connect(self._show)
        draft.state_changed.connect(self._show)
        self.hide()
        self._read()

    def can_approve(self) -> bool:
        """Return whether the person at work may approve the banner as it is typed."""
        if self._found is None or self._found[0].doubt or not self._session.can_decide:
            return False
        is_due = self._found[0].needs_approval or self._draft.is_unsaved
        return is_due and not self._refusal()

    def _refusal(self) -> str:
        """Say why the person at work may not approve what is typed; empty when they may."""
        if self._found is None:
            return ""
        state, masthead = self._found
        name = self._session.person.name
        own = {name} if self._draft.is_unsaved else set[str]()
        return refusal(masthead, "banner", name, writers=state.writers | own)

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("banner") or changes.touches("people"):
            self._read()

    def _read(self) -> None:
        self._session.ask(
            _read_state,
            owner=self,
            done=self._answer.only(self._show_found),
            failed=self._show_problem,
        )

    def _show_found(self, found: tuple[BannerState, Masthead]) -> None:
        self._found, self._problem = found, ""
        self._show()

    def _show_problem(self, error: EditorError) -> None:
        self._found, self._problem = None, error.sentence
        self._show()

    def _show(self) -> None:
        status = self._status()
        shown, self._shown = self._shown, (status, self.can_approve())
        if self._shown == shown:
            return
        self.setVisible(status is not None)
        if status is not None:
            self.chip.show_state(status.word, status.dot)
            self.sentence.setText(status.sentence)
            self.setAccessibleName(f"{status.word}. {status.sentence}")
        self.changed.emit()

    def _status(self) -> BannerStatus | None:
        if self._found is None:
            return self._problem_status(self._problem) if self._problem else None
        state, _masthead = self._found
        if state.doubt:
            return self._problem_status(state.doubt)
        if not state.event and not self._draft.shown.briefs:
            return None
        if state.needs_approval or self._draft.is_unsaved:
            sentences = [self._proposed_by(state), self._refusal()]
            if state.approval is not None:
                sentences.append(_("Readers have the one approved before."))
            text = " ".join(sentence for sentence in sentences if sentence)
            return BannerStatus(_("Waits for an editor"), "info", text)
        name = state.approval.by if state.approval is not None else ""
        approved = _("Approved by {name} · signature verified.").format(name=name)
        return BannerStatus(_("Goes out"), "ok", approved)

    def _proposed_by(self, state: BannerState) -> str:
        own = {self._session.person.name} if self._draft.is_unsaved else set[str]()
        names = listed(sorted(state.writers | own))
        return _("Proposed by {names}.").format(names=names) if names else ""

    def _problem_status(self, sentence: str) -> BannerStatus:
        return BannerStatus(_("Not trusted"), "error", sentence)


def _read_state(snapshot: Snapshot) -> tuple[BannerState, Masthead]:
    return snapshot.banner_state(), snapshot.masthead().latest
