"""The trends banner: its briefs to write and order, and below them what readers will see."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter

from editor.checks import DeskFacts, run_checks
from editor.core.changes import Changes
from editor.core.commands import ApproveBanner
from editor.core.findings import Finding
from editor.core.story import Story
from editor.gui.banner.approval_row import ApprovalRow
from editor.gui.banner.banner_draft import BannerDraft
from editor.gui.banner.banner_preview import BannerPreview
from editor.gui.banner.brief_cards import BriefCards
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.inset import Inset
from editor.gui.widgets.layout import STRETCH, bring_into_view, button, column, label, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural

_CHECK_AFTER_MS = 500


class BannerEditor(QFrame):
    """Everything about the banner in one place. It saves itself; an editor approves it."""

    approval_changed = Signal()
    """The banner can be approved now, or no more."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        set_kind(self, "ground")
        self._session = session
        self.draft = BannerDraft(session, self)
        self.cards = BriefCards(session, self.draft)
        self.preview = BannerPreview(session, self.draft)
        self.bar = ProblemBar()
        self.approval = ApprovalRow(session, self.draft)
        self._count, self._state = label(kind="count"), label(kind="hint")
        self._empty = label(
            _("The banner is empty. A brief is a title and one sentence, on every page."),
            "hint",
            wrap=True,
        )
        self._empty.setContentsMargins(16, 0, 16, 8)
        self._checks = Coalescer[tuple[Finding, ...]](
            session.jobs, self, self._prepare_checks, self._show_findings, pause_ms=_CHECK_AFTER_MS
        )
        self._add = button(_("&Add a brief"), self.add)
        self._lay_out()
        self.draft.changed.connect(lambda _field: self._show_count())
        self.draft.state_changed.connect(self._show_state)
        self.draft.notice.connect(self.bar.show_text)
        self.approval.changed.connect(self.approval_changed)
        session.opened.connect(self._show_state)
        self._show_count()
        self._show_state()

    def add(self) -> None:
        """Add a brief and put the caret into its title."""
        index = self.draft.add()
        self.cards.focus(index)
        bring_into_view(self._scroll, self.cards.cards()[index])

    def can_approve(self) -> bool:
        """Return whether the person at work may approve the banner as it is shown."""
        return self.approval.can_approve()

    def approve(self) -> None:
        """Save what is typed, and sign that the banner goes out as it is shown."""
        shown = self.draft.shown

        def approve() -> None:
            self._session.run(
                ApproveBanner(shown.hash),
                owner=self,
                done=self._approved,
                failed=self.bar.show_error,
            )

        self.bar.clear()
        self.draft.sign(approve)

    def _approved(self, _changes: Changes) -> None:
        self._session.message.emit(_("Approved the trends banner; it goes out from now on."), None)

    def release(self) -> None:
        """Let the web engine go, which must happen before the application ends."""
        self.preview.release()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what was typed when another place is shown."""
        super().hideEvent(event)
        self.draft.save()

    def _lay_out(self) -> None:
        head = row(
            label(_("Trends banner"), "title", wrap=True),
            (self._count, Qt.AlignmentFlag.AlignBottom),
            STRETCH,
            self._state,
            self._add,
            spacing=10,
            margins=(16, 14, 16, 4),
        )
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.cards)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._scroll)
        split.addWidget(self.preview)
        split.setStretchFactor(0, 1)
        column(head, self.approval, Inset(self.bar), self._empty, (split, 1), inside=self)

    def _show_count(self) -> None:
        count = len(self.draft.banner.briefs)
        self._count.setText(plural("{n} brief", "{n} briefs", count))
        self._empty.setVisible(count == 0)
        self._checks.ask()

    def _show_state(self) -> None:
        self._state.setText(self.draft.save_state)
        self._add.setEnabled(self._session.why_read_only is None)
        if self.draft.problem is not None:
            self.bar.show_error(self.draft.problem, (_("Try again"), self.draft.save))

    def _prepare_checks(self) -> Work[tuple[Finding, ...]]:
        banner, facts = self.draft.banner, self._session.facts
        known = DeskFacts(style=facts.style_state.style)
        return lambda _progress: run_checks(Story(), banner, facts.house, None, known)

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        first: dict[int, str] = {}
        for finding in findings:
            name, _slash, rest = finding.place.path.partition("/")
            if name == "banner" and rest:
                first.setdefault(int(rest.partition("/")[0]), finding.sentence)
        for index, card in enumerate(self.cards.cards()):
            card.show_finding(first.get(index, ""))
