"""The pane beside a story: Preview, Checks, History and Notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QWidget

from editor.core.findings import Level, TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.page.page_picture import PagePicture
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.theme import set_kind
from editor.gui.widgets.layout import STRETCH, column, frame, once, row
from editor.gui.widgets.segments import ROOMS, Segments
from editor.gui.widgets.width_switch import width_switch
from editor.i18n import _

# Each page is imported when it is first seen; the preview brings the web engine.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from editor.gui.page.live_page import Width
    from editor.gui.preview.pane import PreviewPane
    from editor.gui.review.notes import NotesPane
    from editor.gui.story.checks import ChecksPane


class StoryPane(QFrame):
    """Tabs above the page of the one that is chosen; a page is made when it is first seen."""

    place_chosen = Signal(TextPlace)
    """A place in the text of the story or of the trends banner."""
    slug_chosen = Signal(str)
    """The slug of another story, from a link in the preview."""

    def __init__(
        self,
        session: Session,
        draft: Draft,
        form: StoryForm,
        page_width: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_kind(self, "panel")
        self._session, self._draft, self._form = session, draft, form
        self._picture: PagePicture | None = None
        self._cover: QLabel | None = None
        self._page_scroll = 0.0
        self.preview: PreviewPane | None = None
        self._checks: ChecksPane | None = None
        self._notes: NotesPane | None = None
        self._pages: dict[str, QWidget] = {}
        self._painted = self._is_away = False
        self._makers = {
            "preview": self._make_preview,
            "checks": self._make_checks,
            "history": self._make_history,
            "notes": self._make_notes,
        }
        titles = (_("Preview"), _("Checks"), _("History"), _("Notes"))
        self.tabs = Segments()
        self.tabs.setAccessibleName(_("Beside the story"))
        for name, title in zip(self._makers, titles, strict=True):
            self.tabs.add_choice(name, title)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(QWidget(self._stack))
        self._switch = width_switch()
        self._switch.choose("phone" if page_width == "phone" else "desktop")
        policy = self._switch.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # else the tabs would move when one is chosen
        self._switch.setSizePolicy(policy)
        self._header = row(self.tabs, STRETCH, self._switch, spacing=6, margins=(10, 6))
        column(frame(self._header, "bar"), (self._stack, 1), inside=self)
        self.setMinimumWidth(300)
        self.tabs.chosen.connect(self._show_chosen)
        draft.findings_changed.connect(self._count_findings)
        draft.state_changed.connect(self._check_picture)
        draft.opened.connect(self._story_opened)
        session.opened.connect(self._show)

    def page(self, name: str) -> QWidget | None:
        """Return a tab's page, or None before it was first seen."""
        return self._pages.get(name)

    def choose(self, name: str) -> None:
        """Show a tab, and make its page if need be."""
        self._painted = True
        self.tabs.choose(name)
        self._show_chosen()

    def offer_preview(self, offered: bool) -> None:
        """Have a tab for the preview, or none as long as that is in another window."""
        self._is_away = not offered
        self.tabs.set_offered("preview", offered)
        self._fit_switch()

    def take_preview(self) -> tuple[PreviewPane, Segments]:
        """Give the preview away together with the switch of its width; the desk has to be open."""
        self.forget_picture()
        page = self.preview or self._make_preview()
        self._pages["preview"] = page
        self.offer_preview(False)
        self._stack.removeWidget(page)
        self._header.removeWidget(self._switch)
        return page, self._switch

    def take_back_preview(self) -> None:
        """Have the preview again that was given away, as a tab like the others."""
        if self.preview is not None:
            self.preview.set_zoom(100)
            self._stack.addWidget(self.preview)
            self._header.addWidget(self._switch)
            self.offer_preview(True)

    def start_preview(self) -> None:
        """Start the preview's engine now, where it is asked for."""
        if self.preview is not None:
            self.preview.start()

    def page_width(self) -> str:
        """Return how wide the preview's page is: `desktop` or `phone`."""
        return self._switch.current()

    def set_page_width(self, name: Width) -> None:
        """Lay the preview out for a `desktop` or a `phone`."""
        self._switch.choose(name)

    def page_scroll(self) -> float:
        """Return how far down the preview's page is scrolled, in CSS pixels."""
        return self._page_scroll if self.preview is None else self.preview.scrolled()

    def scroll_page(self, pixels: float) -> None:
        """Scroll the page of the open story as far down, as soon as it is shown."""
        self._page_scroll = pixels
        if self.preview is not None:
            self.preview.scroll_to(pixels)

    def picture(self) -> PagePicture | None:
        """Return a picture of the preview's page, where that is what is shown."""
        if self.preview is None or self._is_away:
            return self._picture
        return self.preview.picture() if self.preview.isVisible() else None

    def show_picture(self, picture: PagePicture) -> None:
        """Show a picture of the preview's page until the page itself is there."""
        if self.tabs.current() == "preview":
            self._picture, self._cover = picture, picture.label(self._stack)
            self._stack.setCurrentIndex(self._stack.addWidget(self._cover))

    def picture_box(self) -> QRect | None:
        """Return where in the window the picture is, as far as one is shown."""
        shown = self._cover
        if shown is None or not shown.isVisible():
            return None
        return QRect(shown.mapTo(self.window(), QPoint()), shown.size())

    def next_finding(self) -> None:
        """Go to the place in the text of the next finding of the checks."""
        self.choose("checks")
        if self._checks is not None:
            self._checks.show_next_place()

    def fix_finding(self, *, whole_kind: bool = False) -> None:
        """Fix what was found at the caret or on the current card, or all of its kind."""
        self.choose("checks")
        if self._checks is not None:
            self._draft.caret_asked.emit()
            caret = self._draft.open_story.caret
            fix = self._checks.fix_all_here if whole_kind else self._checks.fix_here
            fix(caret)

    def write_note(self, passage: tuple[TextPlace, str] | None = None) -> None:
        """Put the focus into the box for a note, on a passage where one is given."""
        self.choose("notes")
        if self._notes is not None:
            self._notes.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if passage is not None:
                self._notes.write_about(*passage)

    def show_note(self, id: int) -> None:
        """Put the focus on a note."""
        self.choose("notes")
        if self._notes is not None:
            self._notes.show_note(id)

    def release(self) -> None:
        """Release the web engine; the preview can't be used afterwards."""
        if self.preview is not None:
            self.preview.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # The window is painted first, and only then the page beside the story is made.
            QTimer.singleShot(0, self, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_switch()

    def _fit_switch(self) -> None:
        """Have room for the page's width switch beside the tabs, if need be with less for each.

        Where one line is not enough, the tabs take two.
        """
        margins = self._header.contentsMargins()
        width = self.width() - margins.left() - margins.right() - self._header.spacing()
        # Not by the tab that is chosen: the others would move under the pointer.
        parts = (self.tabs,) if self._is_away else (self.tabs, self._switch)
        fitting = (room for room in ROOMS if sum(x.line_width(room) for x in parts) <= width)
        room = next(fitting, ROOMS[-1])
        self.tabs.set_room(room)
        self._switch.set_room(ROOMS[0] if self._is_away else room)
        # The tabs give way: in two lines they take no less height than two sketches.
        self._switch.setMinimumWidth(0 if self._is_away else self._switch.line_width())
        if not self._is_away:
            self._switch.setVisible(self.tabs.current() == "preview")

    def _count_findings(self) -> None:
        findings = self._draft.open_story.findings
        # What is in the trends banner is on every story's page, and nothing to do in each.
        own = (finding for finding in findings if not finding.is_in_banner)
        matter = sum(finding.level is not Level.HINT for finding in own)
        self.tabs.set_badge("checks", matter)
        self._fit_switch()

    def forget_picture(self) -> None:
        """Show no picture any more, but the page of the chosen tab."""
        cover, self._cover, self._picture = self._cover, None, None
        if cover is not None:
            self._stack.removeWidget(cover)
            cover.deleteLater()
            self._show()

    def _story_opened(self) -> None:
        self.scroll_page(0)

    def _check_picture(self) -> None:
        """Show the picture no more once another version, or another story, is open."""
        if self._picture is not None and not self._picture.is_of(self._draft.open_story.stored):
            self.forget_picture()

    def _show(self) -> None:
        name = self.tabs.current()
        self._fit_switch()
        if not self._painted or not self._session.is_open:
            return
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
            self._stack.addWidget(self._pages[name])
        self._stack.setCurrentWidget(self._pages[name])

    def _show_chosen(self) -> None:
        self._show()
        if self._painted and self.tabs.current() == "preview":
            # At the window's start nobody has chosen the tab: it waits for a pause.
            self.start_preview()

    def _make_preview(self) -> PreviewPane:
        from editor.gui.preview.pane import PreviewPane

        self.preview = page = PreviewPane(self._session, self._draft, self._switch)
        page.story_followed.connect(self.slug_chosen)
        page.place_clicked.connect(self.place_chosen)
        page.scroll_to(self._page_scroll)
        self._form.caret_moved.connect(page.show_place)
        if self._picture is not None:
            page.show_picture(self._picture)
            once(self, self.forget_picture).start()
        return page

    def _make_checks(self) -> QWidget:
        from editor.gui.story.checks import ChecksPane

        self._checks = page = ChecksPane(self._draft)
        page.place_chosen.connect(self.place_chosen)
        return page

    def _make_history(self) -> QWidget:
        from editor.gui.review.history import HistoryPane

        return HistoryPane(self._session, self._draft)

    def _make_notes(self) -> QWidget:
        from editor.gui.review.notes import NotesPane

        self._notes = page = NotesPane(self._session, self._draft)
        page.go_to.connect(self.place_chosen)
        return page
