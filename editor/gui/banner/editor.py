"""The trends banner: its briefs to write and order, and below them what readers will see."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from editor.checks import run_checks
from editor.checks.base import Finding
from editor.core.brief import Banner
from editor.core.story import Story
from editor.gui.banner.banner_preview import BannerStrip
from editor.gui.banner.brief_cards import Cards
from editor.gui.banner.draft import BannerDraft
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.inset import Inset
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural

_LOOK_AFTER_MS = 500


class BannerEditor(QFrame):
    """Everything about the banner in one place. It saves itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self._session = session
        self.draft = BannerDraft(session, self)
        self.cards = Cards(session, self.draft)
        self.strip = BannerStrip(session, self.draft)
        self.bar = ProblemBar()
        self._count, self._state = QLabel(), QLabel()
        self._empty = QLabel(
            _("The banner is empty. A brief is a title and one sentence, on every page.")
        )
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_AFTER_MS)
        self._lay_out()
        self.draft.changed.connect(self._changed)
        self.draft.state_changed.connect(self._show_state)
        self.draft.told.connect(self.bar.show_text)
        self._look.timeout.connect(self._check)
        self._changed("")
        self._show_state()

    def add(self) -> None:
        """Add a brief and go to it."""
        index = self.draft.add()
        self.cards.focus(index)
        self._scroll.ensureWidgetVisible(self.cards.cards()[index])

    def release(self) -> None:
        """Let the web engine go before the application does."""
        self.strip.release()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what was typed when somebody goes elsewhere."""
        super().hideEvent(event)
        self.draft.save()

    def _lay_out(self) -> None:
        title = QLabel(_("Trends banner"))
        set_kind(title, "title")
        set_kind(self._count, "count")
        set_kind(self._state, "hint")
        set_kind(self._empty, "hint")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 0, 16, 8)
        add = QPushButton(_("&Add a brief"))
        add.clicked.connect(self.add)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 6)
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self._state)
        head.addWidget(add)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.cards)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._scroll)
        split.addWidget(self.strip)
        split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Inset(self.bar))
        column.addWidget(self._empty)
        column.addWidget(split, 1)

    def _changed(self, _where: str) -> None:
        count = len(self.draft.banner.briefs)
        self._count.setText(plural("{n} brief", "{n} briefs", count))
        self._empty.setVisible(count == 0)
        self._look.start()

    def _show_state(self) -> None:
        self._state.setText(self.draft.save_state)
        if self.draft.trouble is not None:
            self.bar.show_error(self.draft.trouble, (_("Try Again"), self.draft.save))

    def _check(self) -> None:
        banner, house = self.draft.banner, self._session.house

        def found(findings: tuple[Finding, ...]) -> None:
            self._show_findings(banner, findings)

        self._session.jobs.run(
            lambda _progress: run_checks(Story(), banner, house), owner=self, done=found
        )

    def _show_findings(self, banner: Banner, findings: tuple[Finding, ...]) -> None:
        if banner != self.draft.banner:
            return
        first: dict[int, str] = {}
        for finding in findings:
            parts = finding.place.path.split("/")
            if parts[0] == "banner" and len(parts) > 1:
                first.setdefault(int(parts[1]), finding.sentence)
        for index, card in enumerate(self.cards.cards()):
            card.show_finding(first.get(index, ""))
