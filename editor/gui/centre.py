"""The third column: the story's form, the trends banner, or what to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from editor.gui.review.return_note import ReturnNote
from editor.gui.session import Session
from editor.gui.story.draft import Draft
from editor.gui.story.form import StoryForm
from editor.gui.theme import set_kind
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.inset import Inset
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
        self.return_note = ReturnNote()
        self.toast = Toast()
        self.form = StoryForm(session, draft)
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.unsaved, self.problem, self.return_note):
            column.addWidget(Inset(bar))
        column.addWidget(self._pages, 1)
        column.addWidget(Inset(self.toast))
        self.setMinimumWidth(320)

    def show_story(self) -> None:
        """Show the form, or what to begin with when no story is open."""
        self._pages.setCurrentWidget(self.form if self._draft.story is not None else self.welcome)

    def show_banner(self) -> BannerEditor:
        """Show the trends banner's editor; it is made when it is first wanted."""
        if self.banner is None:
            from editor.gui.banner.editor import BannerEditor  # noqa: PLC0415 - seldom needed

            self.banner = BannerEditor(self._session)
            self._pages.addWidget(self.banner)
        self.return_note.close_sheet()
        self._pages.setCurrentWidget(self.banner)
        return self.banner

    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget() or self.welcome

    def shows_banner(self) -> bool:
        """Whether the trends banner is what is edited now."""
        return self.banner is not None and self.page() is self.banner
