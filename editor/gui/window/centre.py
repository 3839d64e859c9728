"""The third column: the story's form, the trends banner, or what to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from editor.checks.base import TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.review.approval_state import story_status
from editor.gui.review.editing_bar import EditingBar
from editor.gui.review.note_sheet import NoteSheet
from editor.gui.review.reconcile_page import ReconcilePage
from editor.gui.review.review_screen import ReviewScreen
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.theme import set_kind
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.inset import Inset
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.toast import Toast
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.banner.editor import BannerEditor


class Centre(QFrame):
    """One page at a time, with problems above it and what was just done below it."""

    def __init__(
        self,
        session: Session,
        draft: Draft,
        actions: dict[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self._session, self._draft = session, draft
        self.problem = ProblemBar()
        self.unsaved = ProblemBar()
        self.sheet = NoteSheet(session, draft)
        self.passphrase = PassphraseBar(session)
        self.refusal = ProblemBar()
        self.toast = Toast()
        self.form = StoryForm(session, draft)
        self.review = ReviewScreen(session, draft)
        self.reconcile = ReconcilePage(session)
        self.editing = EditingBar(actions["changes"])
        self._edited, self._joining = "", ""
        self.banner: BannerEditor | None = None
        self.welcome = EmptyState()
        self.welcome.show_text(
            _("Choose a story, or begin one"),
            _("What you write is kept as you type, and the page appears beside it."),
            [actions["new"]],
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.form)
        self._pages.addWidget(self.review)
        self._pages.addWidget(self.reconcile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        asking = (self.passphrase, self.sheet)
        for bar in (self.unsaved, self.problem, self.refusal, *asking):
            column.addWidget(Inset(bar))
        column.addWidget(self.editing)
        column.addWidget(self._pages, 1)
        column.addWidget(Inset(self.toast))
        self.setMinimumWidth(320)
        self.review.edit_wanted.connect(self.switch)
        self.reconcile.left.connect(self._leave_reconciling)
        draft.reconcile_asked.connect(self.show_reconciling)
        draft.state_changed.connect(self._follow)
        draft.opened.connect(self._follow)
        session.person_changed.connect(self._follow)

    def show_story(self) -> None:
        """Show the form, the changes where they wait for approval, or what to begin with."""
        waits = self.review.can_review()
        if not self._draft.open_story.is_open:
            page: QWidget = self.welcome
        else:
            page = (
                self.review if waits and self._edited != self._draft.open_story.key else self.form
            )
            if self._joining and self._joining == self._draft.open_story.key:
                page = self.reconcile
        self._pages.setCurrentWidget(page)
        self.editing.setVisible(waits and page is self.form)

    def switch(self) -> None:
        """Go from the changes of a story in review to its text, or back."""
        self._edited = (
            "" if self._edited == self._draft.open_story.key else self._draft.open_story.key
        )
        self.show_story()
        self.page().setFocus()

    def show_reconciling(self) -> None:
        """Show what has to be decided to make one of the open story's versions."""
        self._joining = self._draft.open_story.key
        self.reconcile.start(self._joining)
        self.show_story()

    def go_to(self, place: TextPlace) -> None:
        """Go to a place in the story's text, whichever page is shown."""
        self._leave_reconciling()
        if self.page() is self.review:
            self.switch()
        self.form.go_to(place)

    def shows_review(self) -> bool:
        """Whether the changes of a story in review are what is looked at."""
        return self.page() is self.review

    def close_sheets(self) -> None:
        """Put away what was asked about another story."""
        self.sheet.close_sheet()
        self.passphrase.close_bar()

    def _show_refusal(self) -> None:
        """Say loudly what is wrong with an approval, as an export would."""
        where = story_status(self._draft.open_story.state, self._draft.open_story.stored)
        if not where.is_invalid or not self._draft.open_story.is_open:
            self.refusal.clear()
        elif self.refusal.text() != where.sentence:
            self.refusal.show_text(where.sentence, severe=True)

    def _leave_reconciling(self) -> None:
        self._joining = ""
        self._follow()

    def _follow(self) -> None:
        self._show_refusal()
        if self._edited not in ("", self._draft.open_story.key):
            self._edited = ""
        if self._joining not in ("", self._draft.open_story.key):
            self._joining = ""
        if not self.shows_banner():
            self.show_story()

    def show_banner(self) -> BannerEditor:
        """Show the trends banner's editor; it is made when it is first wanted."""
        if self.banner is None:
            from editor.gui.banner.editor import BannerEditor  # noqa: PLC0415 - seldom needed

            self.banner = BannerEditor(self._session)
            self._pages.addWidget(self.banner)
        self.close_sheets()
        self.editing.hide()
        self._pages.setCurrentWidget(self.banner)
        return self.banner

    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget() or self.welcome

    def shows_banner(self) -> bool:
        """Whether the trends banner is what is edited now."""
        return self.banner is not None and self.page() is self.banner
