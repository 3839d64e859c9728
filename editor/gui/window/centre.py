"""The third column: the story's form, its review, the trends banner, or what to start with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from editor.core import times
from editor.core.findings import TextPlace
from editor.core.times import clock_doubt, parse_instant
from editor.core.workflow import Action, allowed
from editor.gui.coalescer import LastAnswer
from editor.gui.draft.draft import Draft
from editor.gui.review.approval_state import can_review, story_status
from editor.gui.review.editing_bar import EditingBar
from editor.gui.review.note_sheet import NoteSheet
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.theme import set_kind
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.inset import Inset
from editor.gui.widgets.layout import column
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.tab_order import focus_into, tab_stops, takes_focus
from editor.gui.widgets.toast import Toast
from editor.gui.window.tab_strip import TabStrip
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.banner.editor import BannerEditor
    from editor.gui.review.reconcile_page import ReconcilePage
    from editor.gui.review.review_screen import ReviewScreen
    from editor.gui.story.form_search import FormSearch
    from editor.store.reading.snapshot import Snapshot

# Pages that are seldom the first are imported when they are first shown.
# ruff: noqa: PLC0415

_LATEST_ROWS = 20


class Centre(QFrame):
    """One page at a time, with tabs, problems and questions above it and the toast below it."""

    page_changed = Signal()
    """Another page is shown."""
    next_step_changed = Signal()
    """What comes next for the trends banner is another step."""
    undo_changed = Signal()
    """What is edited, the story or the trends banner, took or undid a step."""

    def __init__(
        self,
        session: Session,
        draft: Draft,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self._session, self._draft = session, draft
        self._open_reports = actions["problem_reports"].trigger
        self.tab_strip = TabStrip(self)
        self.problem = ProblemBar()
        self.settings, self.shortcuts, self.notice = ProblemBar(), ProblemBar(), ProblemBar()
        self.unsaved = ProblemBar()
        self.sheet = NoteSheet(session, draft)
        self.passphrase = PassphraseBar(session)
        self.refusal = ProblemBar()
        self.clock = ProblemBar()
        self.toast = Toast()
        # Pages are made in their place, so that each widget gets its look only once.
        self._pages = _Pages(self)
        self.form = StoryForm(session, draft, self._pages)
        self._search: FormSearch | None = None
        self._review: ReviewScreen | None = None
        self._reconcile: ReconcilePage | None = None
        self.editing = EditingBar(actions["changes"])
        self.banner: BannerEditor | None = None
        self.unreadable = EmptyState(self._pages)
        self.welcome = EmptyState(self._pages)
        self.welcome.show_text(
            _("Choose a story, or begin one"),
            _("What you write is kept as you type, and the page appears beside it."),
            [actions["new"]],
        )
        self._empty, self._waits = QWidget(self._pages), False
        for page in (self.welcome, self.unreadable, self.form, self._empty):
            self._pages.addWidget(page)
        # The keys of the stories whose text, or whose reconciling, was asked for.
        self._edited, self._reconciled = "", ""
        self._why_refused = ""
        self._clock_answer = LastAnswer()
        self._lay_out()
        self._connect()

    @property
    def review(self) -> ReviewScreen:
        """The changes of a story in review; the page is made when it is first asked for."""
        if self._review is None:
            from editor.gui.review.review_screen import ReviewScreen

            self._review = ReviewScreen(self._session, self._draft)
            self._review.edit_wanted.connect(self.switch)
            self._pages.addWidget(self._review)
        return self._review

    @property
    def search(self) -> FormSearch:
        """The find bar of the form and what it does; it is made when it is first asked for."""
        if self._search is None:
            from editor.gui.story.form_search import FormSearch

            self._search = FormSearch(self.form)
        return self._search

    def close_search(self) -> bool:
        """Close the find bar; return whether it was open."""
        return self._search is not None and self._search.close()

    @property
    def reconcile(self) -> ReconcilePage:
        """The page that reconciles versions; it is made when it is first asked for."""
        if self._reconcile is None:
            from editor.gui.review.reconcile_page import ReconcilePage

            self._reconcile = ReconcilePage(self._session)
            self._reconcile.left.connect(self._leave_reconciling)
            self._pages.addWidget(self._reconcile)
        return self._reconcile

    def can_review(self) -> bool:
        """Return whether the open story waits for the approval of the person at work."""
        return can_review(self._draft.open_story, self._session.person.role)

    def show_story(self) -> None:
        """Show the form, the changes where they wait for approval, or what to start with."""
        story, in_review = self._draft.open_story.key, self.can_review()
        page: QWidget = self.form
        error = self._draft.open_error
        if error is not None:
            page = self.unreadable
            self.unreadable.show_text(error.sentence, error.hint, [])
        elif not self._draft.open_story.is_open:
            page = self._empty if self._waits else self.welcome
        elif self._reconciled and self._reconciled == story:
            page = self.reconcile
        elif in_review and self._edited != story:
            page = self.review
        self._turn_to(page)
        self.editing.setVisible(in_review and page is self.form)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page, with the focus where it last was in it, if it was on the one before.

        In a page that never had it Qt would choose by the order in which widgets were made.
        """
        focused, is_new = QApplication.focusWidget(), page.focusWidget() is None
        had_focus = focused is not None and self._pages.isAncestorOf(focused)
        self._pages.setCurrentWidget(page)
        if had_focus and is_new and (stops := tab_stops(page)):
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def wait_for_story(self) -> None:
        """Show nothing until a story is opened, rather than what to start with."""
        self._waits = True
        self.show_story()

    def end_wait(self) -> None:
        """Show what to start with, where no story is open: none will be opened by itself."""
        self._waits = False
        self._follow_story()

    def show_banner(self) -> None:
        """Show the trends banner's editor, which is made when it is first shown."""
        if self.banner is None:
            from editor.gui.banner.editor import BannerEditor

            self.banner = BannerEditor(self._session)
            self.banner.draft.stack.indexChanged.connect(self.undo_changed)
            self.banner.approval_changed.connect(self.next_step_changed)
            self._pages.addWidget(self.banner)
        self.close_sheets()
        self.editing.hide()
        self._turn_to(self.banner)

    def show_reconciling(self, story: str) -> None:
        """Show what has to be decided to make one of a story's versions, if it is still open."""
        if story != self._draft.open_story.key:
            return
        self._reconciled = story
        self.reconcile.start(self._reconciled)
        self.show_story()

    def switch(self) -> None:
        """Go from the changes of a story in review to its text, or back."""
        story = self._draft.open_story.key
        self._edited = "" if self._edited == story else story
        self.show_story()
        focus_into(self.page())

    def show_text(self) -> None:
        """Show the open story's text, also where its changes wait for approval."""
        self._edited = self._draft.open_story.key
        self._follow_story()

    def go_to(self, place: TextPlace) -> None:
        """Go to a place in the story's text, whichever page is shown."""
        self._leave_reconciling()
        if self.shows_review():
            self.switch()
        self.form.go_to(place)

    def page(self) -> QWidget:
        """Return the page that is shown."""
        return self._pages.currentWidget() or self.welcome

    def shows_review(self) -> bool:
        """Return whether the changes of a story in review are shown."""
        return self.page() is self._review

    def shows_banner(self) -> bool:
        """Return whether the trends banner is shown."""
        return self.banner is not None and self.page() is self.banner

    def take_focus(self) -> None:
        """Put the focus where it last was, else into the page: the tabs before it have own keys."""
        last = self.focusWidget()
        was_in_bar = last is not None and last is not self.tab_strip and takes_focus(last)
        if was_in_bar or not focus_into(self.page()):
            focus_into(self)

    def undo_stack(self) -> QUndoStack:
        """Return the steps of what is edited: of the story, or of the trends banner."""
        if self.banner is not None and self.shows_banner():
            return self.banner.draft.stack
        return self._draft.stack

    def undo(self) -> None:
        """Undo the last step of what is edited."""
        self.undo_stack().undo() if self.shows_banner() else self._draft.undo()

    def redo(self) -> None:
        """Redo the step of what is edited that was undone last."""
        self.undo_stack().redo() if self.shows_banner() else self._draft.redo()

    def close_sheets(self) -> None:
        """Close what was asked about another story."""
        self.sheet.close_sheet()
        self.passphrase.close_bar()

    def forget_refusal(self) -> None:
        """Remove why the story could not go on, once it did."""
        if self.problem.text() == self._why_refused:
            self.problem.clear()

    def dismiss(self) -> bool:
        """Close the toast, else the first problem that is shown; False where there is neither."""
        if not self.toast.isHidden():
            self.toast.dismiss()
            return True
        for bar in (self.problem, self.notice, self.settings, self.shortcuts):
            if bar.text():
                bar.dismiss()
                return True
        return False

    def show_crash(self, report: str) -> None:
        """Say that there was a bug, and offer its report, if it could be written."""
        actions = [(_("Show the report"), self._open_reports)] if report else []
        self.problem.show_text(
            _("Something went wrong inside Stonehand. Your text is kept."),
            _("The report of it stays on this computer.") if report else "",
            *actions,
            severe=True,
        )

    def _lay_out(self) -> None:
        bars = (
            self.notice,
            self.settings,
            self.shortcuts,
            self.unsaved,
            self.problem,
            self.refusal,
            self.clock,
            self.passphrase,
            self.sheet,
        )
        insets = [Inset(bar, self) for bar in bars]
        toast = Inset(self.toast, self)
        column(self.tab_strip, *insets, self.editing, (self._pages, 1), toast, inside=self)

    def _connect(self) -> None:
        draft, session = self._draft, self._session
        self._pages.currentChanged.connect(self.page_changed)
        draft.reconcile_asked.connect(self.show_reconciling)
        draft.refused.connect(self._go_to_refused)
        draft.steps_changed.connect(self.undo_changed)
        draft.state_changed.connect(self._follow_story)
        draft.opened.connect(self.end_wait)
        draft.opened.connect(self._look_at_clock)
        session.person_changed.connect(self._follow_story)
        session.keys.changed.connect(self._show_refusal)
        session.problem.connect(self.problem.show_error)
        session.message.connect(self.toast.show_text)
        session.jobs.crashed.connect(self.show_crash)

    def _go_to_refused(self, path: str, sentence: str) -> None:
        if sentence:
            self._why_refused = self.problem.text()
        self.go_to(TextPlace(path))

    def _follow_story(self) -> None:
        self._show_refusal()
        if self._edited != self._draft.open_story.key:
            self._edited = ""
        if self._reconciled != self._draft.open_story.key:
            self._reconciled = ""
        if not self.shows_banner():
            self.show_story()

    def _show_refusal(self) -> None:
        """Say what is wrong with an approval, in the words an export would use."""
        approval = story_status(self._draft.open_story.state, self._draft.open_story.stored)
        # What is wrong with the whole desk is shown at the top, and not again for each story.
        is_known = self._session.keys.known.doubt is not None
        if not approval.is_invalid or is_known or not self._draft.open_story.is_open:
            self.refusal.clear()
        elif self.refusal.text() != approval.sentence:
            self.refusal.show_text(approval.sentence, severe=True)

    def _look_at_clock(self) -> None:
        """Say that this computer's clock can't be right, where a story may be published."""
        self.clock.clear()
        story, role = self._draft.open_story, self._session.person.role
        if story.stored is not None and allowed(Action.PUBLISH, story.state, role):
            self._session.ask(
                read_clock_doubt, owner=self, done=self._clock_answer.only(self._doubt)
            )

    def _doubt(self, sentence: str) -> None:
        if sentence:
            self.clock.show_text(sentence, clock_hint())

    def _leave_reconciling(self) -> None:
        self._reconciled = ""
        had_focus = self.page() is self._reconcile
        self._follow_story()
        if had_focus:
            focus_into(self.page())


class _Pages(QStackedWidget):
    """Asks for the room that the page in sight needs; Qt would ask for what the largest needs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()


def clock_hint() -> str:
    """Return what to do about a clock that can't be right."""
    return _("Set this computer’s clock before you publish.")


def read_clock_doubt(snapshot: Snapshot) -> str:
    """Compare the clock with the latest rows of the log; publishing compares it with all."""
    rows = snapshot.log(limit=_LATEST_ROWS)
    newest = max((parse_instant(row.at) for row in rows if row.at), default=None)
    return clock_doubt(times.now(), newest) if newest is not None else ""
