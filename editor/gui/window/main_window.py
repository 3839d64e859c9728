"""The window: four columns, the line above them and the line below. It decides nothing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from editor.core.workflow import Action
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import NEW
from editor.gui.library.places import Place
from editor.gui.library.places_view import PlacesView
from editor.gui.library.story_list import StoryList
from editor.gui.review.story_actions import StoryActions
from editor.gui.session import Session
from editor.gui.widgets.dialog import room_for
from editor.gui.widgets.layout import column, once
from editor.gui.widgets.tab_order import focus_into, focus_next_stop
from editor.gui.window.actions.row import MenuChoice
from editor.gui.window.actions.table import Actions, fill_when_opened
from editor.gui.window.centre import Centre
from editor.gui.window.columns import NARROW, Columns
from editor.gui.window.idle_lock import IdleLock
from editor.gui.window.parts import WindowParts
from editor.gui.window.reading_line import ReadingLine
from editor.gui.window.remembered import Remembered, remember
from editor.gui.window.session_restore import SessionRestore
from editor.gui.window.status_line import StatusLine
from editor.gui.window.story_pane import StoryPane
from editor.gui.window.top_bar import TopBar
from editor.gui.window.window_state import WindowState, on_screen
from editor.i18n import _

_LEAVES_ITS_PLACE = {Action.APPROVE, Action.RETURN, Action.SPIKE}
"""Steps after which the list goes on to the next story."""

_USUAL_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """Everything of one desk."""

    closed = Signal()
    """The window was closed and all text is on disk."""
    painted = Signal()
    """The window was painted for the first time."""
    desk_wanted = Signal(str)
    """The path of another desk to open, `new` to make one, or `open` to be asked which."""

    def __init__(self, session: Session, state: WindowState | None = None) -> None:
        super().__init__()
        self.session = session
        self.state = state or WindowState()
        self.menu_actions = Actions(self.menuBar())
        actions = self.menu_actions.by_name
        self.draft = Draft(session, self)
        self.story_actions = StoryActions(session, self.draft, self)
        # From the outside in: what is made in its place gets its look only once.
        self._middle = QWidget()
        self.setCentralWidget(self._middle)
        self.top = TopBar(session, self.draft, actions, self._places, self)
        self.columns = Columns(self.state, self._middle)
        self.places = PlacesView(session, self.columns)
        self.list = StoryList(session, actions, self.columns)
        self.centre = Centre(session, self.draft, actions, self.columns)
        form, width = self.centre.form, self.state.width
        self.pane = StoryPane(session, self.draft, form, width, self.columns)
        self.columns.fill(self.places, self.list, self.centre, self.pane)
        self.status = StatusLine(session, self.draft)
        self.parts = WindowParts(
            window=self,
            session=session,
            draft=self.draft,
            story_actions=self.story_actions,
            places=self.places,
            list=self.list,
            centre=self.centre,
            pane=self.pane,
            columns=self.columns,
            search=self.top.search,
            actions=actions,
            open_desk=self.desk_wanted.emit,
        )
        self.reading_line = ReadingLine(session)
        IdleLock(session, self)
        self._text_is_safe = self._is_painted = False
        # Not from inside closeEvent, where Qt takes a second close for the first.
        self._close_soon = once(self, self.close)
        column(self.top, self.reading_line, (self.columns, 1), self.status, inside=self._middle)
        self.setMinimumSize(720, 480)
        self._connect()
        self._connect_menus()
        self._restore_geometry()
        self._show_title()

    def start(self, remembered: Remembered | None = None) -> None:
        """Go where this desk was left; on a first visit, to where there is work.

        What is `remembered` of it is shown until the desk is open.
        """
        SessionRestore(self.parts, self.state).start(remembered)
        # Keys are looked for once there is something to read: a keyring may take a while.
        first_time = Qt.ConnectionType.SingleShotConnection
        self.session.jobs.idle.connect(self.session.keys.read, first_time)

    def current_state(self) -> WindowState:
        """Return the window as it is now, to be restored the next time."""
        box, place = self.normalGeometry(), self.places.current()
        desk = {"place": place.key if place else "", "story": self.draft.open_story.key}
        return WindowState(
            geometry=(box.x(), box.y(), box.width(), box.height()),
            maximized=self.isMaximized(),
            columns=self.columns.wide_sizes(),
            places=self.columns.places_wanted,
            pane=self.columns.pane_wanted,
            tab=self.pane.tabs.current(),
            width=self.pane.page_width(),
            desks={**self.state.desks, str(self.session.path): desk},
        )

    def remember(self) -> None:
        """Write what the next window is to show first; the desk's last job of this one."""
        place, story = self.list.place, self.state.on_desk(self.session.path).get("story", "")
        if place is not None and self.session.is_open:
            person, key = self.session.person.name, story.removeprefix(NEW)
            self.session.use_desk(lambda desk: remember(desk, person, place, key), owner=self)

    def release(self) -> None:
        """Release the web engine, which has to end before the application does."""
        self.pane.release()
        if self.centre.banner is not None:
            self.centre.banner.release()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only once the text is on disk."""
        if self._text_is_safe:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self.state = self.current_state()
        if self.centre.banner is not None:
            self.centre.banner.draft.save()
        key = self.draft.open_story.key
        self.draft.close(lambda safe: self._draft_closed(safe, key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close the toast, then the problem, then go back to the list."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.centre.toast.isHidden():
            self.centre.toast.dismiss()
        elif not self.centre.problem.isHidden():
            self.centre.problem.clear()
        else:
            focus_into(self.list)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next_stop(self._middle, forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            # Another window may have written to the desk meanwhile.
            self.session.check_for_changes()

    def _connect(self) -> None:
        parts, centre = self.parts, self.centre
        self.columns.places_shown.connect(self._places_shown)
        self.places.chosen.connect(parts.show_place)
        self.list.opened.connect(parts.open_story)
        self.list.entered.connect(parts.focus_centre)
        self.top.search.story_chosen.connect(parts.show_story)
        self.top.search.place_chosen.connect(self.places.go)
        self.status.checks_clicked.connect(lambda: parts.show_tab("checks"))
        self.pane.place_chosen.connect(parts.go_to)
        self.pane.slug_chosen.connect(parts.open_slug)
        self.draft.opened.connect(self._story_opened)
        self.draft.state_changed.connect(self._follow_story)
        self.session.changed.connect(self._show_title)
        self.draft.notes_asked.connect(partial(parts.show_tab, "notes"))
        self.draft.action_asked.connect(lambda action: self.menu_actions[action.verb].trigger())
        self.story_actions.carried_out.connect(self._carried_out)
        self.story_actions.carried_out.connect(centre.sheet.forget)
        self.story_actions.carried_out.connect(centre.forget_refusal)
        centre.sheet.sent.connect(self.story_actions.do)
        centre.sheet.closed.connect(parts.focus_centre)
        centre.page_changed.connect(self._page_changed)

    def _connect_menus(self) -> None:
        self.menu_actions.refreshed.connect(self._show_next_step)
        self.menu_actions.connect_parts(self.parts)
        self.reading_line.join_wanted.connect(self.menu_actions["join"].trigger)
        self.reading_line.masthead_wanted.connect(self.menu_actions["masthead"].trigger)
        self.status.person.setMenu(self.menu_actions.submenu("people"))
        places = QMenu(self)
        fill_when_opened(places, self._place_choices)
        self.list.places_button.setMenu(places)

    def _places(self) -> list[Place]:
        return self.places.places().places()

    def _place_choices(self) -> list[MenuChoice]:
        current = self.places.current()
        return [
            MenuChoice(place.title, partial(self.places.go, place.key), place == current)
            for place in self._places()
        ]

    def _restore_geometry(self) -> None:
        box = on_screen(self.state.geometry)
        if box is not None:
            self.setGeometry(box)
        else:
            self.resize(QSize(*_USUAL_SIZE).boundedTo(room_for(self)))
        if self.state.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.columns.fit(self.width())
        self.pane.tabs.choose(self.state.tab)

    def _places_shown(self, shown: bool) -> None:
        self.list.show_places_button(not shown)
        # The name gives its room away together with the places.
        self.top.brand.setVisible(self.width() >= NARROW)

    def _show_next_step(self) -> None:
        self.top.show_next_step(self.parts.next_step())
        self.top.show_stage(self.parts.shows_story())

    def _page_changed(self) -> None:
        banner = self.centre.banner if self.centre.shows_banner() else None
        self.status.show_banner(banner.draft if banner is not None else None)

    def _show_title(self) -> None:
        headline, paper = self.draft.typed.headline.strip(), self.session.house.name
        self.setWindowTitle(" – ".join(part for part in (headline, paper, "Stonehand") if part))

    def _follow_story(self) -> None:
        """Mark the open story in the list, also once its first save gave it a place there."""
        self._show_title()
        if self.draft.open_error is None:
            self.list.select(self.draft.open_story.key)

    def _story_opened(self) -> None:
        self._follow_story()
        self.centre.close_sheets()
        if not self.centre.shows_banner():
            self.centre.show_story()
        self.centre.problem.clear()

    def _carried_out(self, action: Action, story: str) -> None:
        if story != self.draft.open_story.key:
            return  # somebody went on already
        if action in _LEAVES_ITS_PLACE:
            self.list.advance()
        elif action is Action.CORRECT:
            # The text is what is corrected next; there are no changes to look at yet.
            self.centre.show_text()

    def _draft_closed(self, safe: bool, key: str) -> None:
        if safe:
            self._close_anyway()
            return
        self.draft.open(key)
        self.centre.problem.show_text(
            _("The text could not be written to the disk, so the window stays open."),
            _("Make room or copy the text elsewhere, then close the window again."),
            (_("Close without saving"), self._close_anyway),
            severe=True,
        )

    def _close_anyway(self) -> None:
        self._text_is_safe = True
        self._close_soon.start()
