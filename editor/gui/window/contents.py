"""What a window shows of its desk: four columns, the line above them and the line below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from editor.core import times
from editor.core.times import instant_text
from editor.core.workflow import Action
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import NEW
from editor.gui.library.chosen_actions import ChosenActions
from editor.gui.library.places import Place
from editor.gui.library.places_view import PlacesView
from editor.gui.library.story_list import StoryList
from editor.gui.review.story_actions import StoryActions
from editor.gui.session import Session
from editor.gui.theme import text_scale
from editor.gui.widgets.dialog import room_for
from editor.gui.widgets.file_drop import FileDrop, dropped_files
from editor.gui.widgets.layout import column, once
from editor.gui.widgets.tab_order import focus_into, has_focus
from editor.gui.window.actions.help import open_help
from editor.gui.window.actions.row import MenuChoice
from editor.gui.window.actions.table import Actions, fill_when_opened
from editor.gui.window.beside_windows import BesideWindows
from editor.gui.window.centre import Centre
from editor.gui.window.columns import NARROW, Columns
from editor.gui.window.detached_preview import DetachedPreview
from editor.gui.window.focus_mode import FocusMode
from editor.gui.window.given_files import say_what_files_do, take_dropped
from editor.gui.window.idle_lock import IdleLock
from editor.gui.window.messages import MessageLog
from editor.gui.window.palette_answers import find_answers
from editor.gui.window.parts import WindowParts
from editor.gui.window.reading_line import ReadingLine
from editor.gui.window.remembered import Remembered, remember
from editor.gui.window.session_restore import SessionRestore
from editor.gui.window.status_line import StatusLine
from editor.gui.window.story_pane import StoryPane
from editor.gui.window.story_tabs import StoryTabs
from editor.gui.window.story_view import page_scroll_in, show_view, view_of
from editor.gui.window.tab_facts import tabs_from_text
from editor.gui.window.top_bar import TopBar
from editor.gui.window.visits import Visits
from editor.gui.window.window_state import WindowState, on_screen
from editor.i18n import _

_LEAVES_ITS_PLACE = {Action.APPROVE, Action.RETURN, Action.SPIKE}
"""Steps after which the list goes on to the next story."""

_USUAL_SIZE = (1440, 900)


class Contents(QWidget):
    """Everything of one desk, inside its window. It decides nothing."""

    view_changed = Signal()
    """Another story is open, or what is shown of it, and where, is another."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        state: WindowState,
        open_desk: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._state = window, session, state
        self.menu_actions = Actions(window.menuBar())
        actions = self.menu_actions.by_name
        self.draft = Draft(session, self)
        self._visits = Visits(self.draft, self)
        self._visits.restore_views(state.on_desk(session.path).get("views", ""))
        self.tabs = StoryTabs(self.draft, self)
        self.story_actions = StoryActions(session, self.draft, window)
        self.chosen_actions = ChosenActions(session, self.draft, window)
        self.top = TopBar(session, self.draft, actions, window)
        # From the outside in: what is made in its place gets its look only once.
        self.columns = columns = Columns(state, self)
        self.places = PlacesView(session, columns)
        self.list = StoryList(session, actions, columns)
        self.list.filters.restore(state.on_desk(session.path).get("filters", ""))
        self.centre = Centre(session, self.draft, actions, columns)
        self.pane = StoryPane(session, self.draft, self.centre.form, state.width, columns)
        columns.fill(self.places, self.list, self.centre, self.pane)
        self.status = StatusLine(session, self.draft, self)
        self.preview = DetachedPreview(state, self.pane, self)
        self.beside = BesideWindows(session, window)
        self.focus_mode = FocusMode(window, columns, self.top, self.status, self)
        self.parts = self._make_parts(open_desk)
        self.drop = FileDrop(
            self,
            lambda data: say_what_files_do(dropped_files(data)),
            lambda data: take_dropped(self.parts, dropped_files(data)),
        )
        self.reading_line = ReadingLine(session)
        IdleLock(session, self)
        column(self.top, self.reading_line, (self.columns, 1), self.status, inside=self)
        # Once the form and what else follows the story show it.
        self._view_soon = once(self, self.show_last_view)
        self._connect()
        self._connect_menus()
        self._connect_view()
        self._show_title()

    def start(self, remembered: Remembered | None = None, *, begins_story: bool = False) -> None:
        """Go where this desk was left, or begin a story; on a first visit, to where there is work.

        What is `remembered` of it is shown until the desk is open.
        """
        self._visits.follow_mouse()
        restore = SessionRestore(self.parts, self._state)
        restore.start(remembered, begins_story=begins_story)
        # Keys are looked for once there is something to read: a keyring may take a while.
        first_time = Qt.ConnectionType.SingleShotConnection
        self._session.jobs.idle.connect(self._session.keys.read, first_time)
        self._session.jobs.idle.connect(self._restore_windows, first_time)
        if remembered is None and not begins_story:
            self.draft.opened.connect(self._view_soon.start, first_time)
        if (error := self.parts.shortcuts.problem) is not None:
            self.centre.shortcuts.show_error(error)

    def current_state(self) -> WindowState:
        """Return the window as it is now, to be restored the next time."""
        window, place = self._window, self.places.current()
        box = window.normalGeometry()
        desk = {
            "place": place.key if place else "",
            "story": self.draft.open_story.key,
            "closed": instant_text(times.now()),
            "filters": self.list.filters.to_text(),
            "beside": self.beside.to_text(),
            **self._view(),
            "tabs": (tabs := self.tabs.to_text()),
            "views": self._visits.views_to_text(tabs_from_text(tabs)),
        }
        return WindowState(
            geometry=(box.x(), box.y(), box.width(), box.height()),
            maximized=window.isMaximized(),
            columns=self.columns.wide_sizes(),
            places=self.columns.places_wanted,
            pane=self.columns.pane_wanted,
            tab=self.pane.tabs.current(),
            width=self.pane.page_width(),
            **self.preview.remembered(),
            desks={**self._state.desks, str(self._session.path): desk},
        )

    def remember(self, story: str) -> None:
        """Write what the next window is to show first; the desk's last job of this one."""
        place = self.list.shown_place()
        if place is not None and self._session.is_open:
            person, key = self._session.person.name, story.removeprefix(NEW)
            tabs = tabs_from_text(self.tabs.to_text())
            self._session.use_desk(
                lambda desk: remember(desk, person, place, key, tabs), owner=self
            )

    def put_away(self, on_safe: Callable[[], object]) -> None:
        """Put all text on disk; where that fails, say so, and let the person decide."""
        if self.centre.banner is not None:
            self.centre.banner.draft.save()
        key = self.draft.open_story.key
        self.draft.close(lambda safe: on_safe() if safe else self._stay(key, on_safe))

    def release(self) -> None:
        """Release the web engine, which has to end before the application does."""
        self.pane.release()
        self.preview.release()
        if self.centre.banner is not None:
            self.centre.banner.release()

    def focus_list(self) -> None:
        """Put the focus into the list of stories."""
        focus_into(self.list)

    def step_back(self) -> None:
        """Close the find bar, else end the focus mode, else close the toast or the problem.

        Where there is none of these, go back to the list.

        In the list, where several stories are chosen, choose none instead.
        """
        if self.centre.close_search() or self.focus_mode.leave():
            return
        if self.list.chosen and has_focus(self.list):
            self.list.clear_choice()
            return
        if not self.centre.dismiss():
            self.focus_list()

    def restore_geometry(self) -> None:
        """Put the window where it was, as far as that is on a screen."""
        window, box = self._window, on_screen(self._state.geometry)
        if box is not None:
            window.setGeometry(box)
        else:
            window.resize(QSize(*_USUAL_SIZE).boundedTo(room_for(window)))
        if self._state.maximized:
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def fit(self) -> None:
        """Give the columns and the pane the look they had, in the window as wide as it is."""
        self.columns.fit(self._window.width())
        self.pane.tabs.choose(self._state.tab)

    def show_last_view(self) -> None:
        """Show form and page of the story that was open the last time as they were, if it is it."""
        show_view(self.centre.form, self._last_view())
        self.pane.scroll_page(page_scroll_in(self._last_view()))

    def _view(self) -> dict[str, str]:
        """Return the view of the form; where nobody was in it, the caret is where it was before."""
        view, last = view_of(self.centre.form), self._last_view()
        page = str(round(self.pane.page_scroll()))
        return {"caret": last.get("caret", ""), **view, "page": page}

    def _last_view(self) -> Mapping[str, str]:
        """Return what is remembered of the open story, if it was open the last time."""
        last = self._state.on_desk(self._session.path)
        story = self.draft.open_story.story_id
        return last if story and story == last.get("story", "").removeprefix(NEW) else {}

    def _restore_windows(self) -> None:
        """Open the windows of the last time again, once the main one has what it shows."""
        self.preview.restore()
        self.beside.restore(self._state.on_desk(self._session.path).get("beside", ""))

    def _make_parts(self, open_desk: Callable[[str], object]) -> WindowParts:
        return WindowParts(
            window=self._window,
            session=self._session,
            draft=self.draft,
            story_actions=self.story_actions,
            chosen_actions=self.chosen_actions,
            places=self.places,
            list=self.list,
            centre=self.centre,
            pane=self.pane,
            columns=self.columns,
            focus_mode=self.focus_mode,
            preview=self.preview,
            beside=self.beside,
            search=self.top.search,
            visits=self._visits,
            tabs=self.tabs,
            actions=self.menu_actions.by_name,
            shortcuts=self.menu_actions.shortcuts,
            messages=MessageLog(self._session, self),
            open_desk=open_desk,
        )

    def _connect(self) -> None:
        parts, centre = self.parts, self.centre
        self.columns.places_shown.connect(self._places_shown)
        self.places.chosen.connect(self.focus_mode.leave)
        self.places.chosen.connect(parts.show_place)
        self.list.opened.connect(parts.open_story)
        self.list.entered.connect(parts.focus_centre)
        self.list.place_wanted.connect(self.places.go)
        self.chosen_actions.progressed.connect(self.list.chosen_bar.show_progress)
        self.chosen_actions.finished.connect(self.list.end_progress)
        self.chosen_actions.finished.connect(self.menu_actions.refresh)
        self.list.chosen_bar.stopped.connect(self.chosen_actions.cancel)
        self.top.search.story_chosen.connect(parts.show_story)
        self.top.search.use(partial(find_answers, parts), self._visits.recent)
        self.top.search.help_wanted.connect(partial(open_help, parts))
        self.status.checks_clicked.connect(lambda: parts.show_tab("checks"))
        self.centre.form.notes.wanted.connect(parts.show_note)
        spelling = self.centre.form.spelling
        spelling.counted.connect(self.status.show_misspelled)
        self.status.misspelled_clicked.connect(spelling.go_to_next)
        self.pane.place_chosen.connect(parts.go_to)
        self.pane.slug_chosen.connect(parts.open_slug)
        self.draft.opened.connect(self._story_opened)
        self.draft.state_changed.connect(self._follow_story)
        self._session.changed.connect(self._show_title)
        self.draft.notes_asked.connect(partial(parts.show_tab, "notes"))
        self.draft.action_asked.connect(lambda action: self.menu_actions[action.verb].trigger())
        self.story_actions.carried_out.connect(self._carried_out)
        self.story_actions.carried_out.connect(centre.sheet.forget)
        self.story_actions.carried_out.connect(centre.forget_refusal)
        centre.sheet.sent.connect(self.story_actions.do)
        centre.sheet.closed.connect(parts.focus_centre)
        centre.page_changed.connect(self._page_changed)
        self.preview.connect_parts(parts)
        self._visits.connect_parts(parts)
        self.tabs.connect_parts(parts)

    def _connect_view(self) -> None:
        """Follow all that a next window is to show as this one does."""
        form, columns, preview = self.centre.form, self.columns, self.preview
        for signal in (
            *(self.draft.opened, self.tabs.changed, self.places.chosen, self.list.filters.changed),
            *(columns.splitterMoved, columns.places_shown, columns.pane_shown),
            *(self.pane.tabs.chosen, preview.changed, preview.moved, self.beside.changed),
            *(form.caret_moved, form.verticalScrollBar().valueChanged),
        ):
            signal.connect(self.view_changed)

    def _connect_menus(self) -> None:
        self.menu_actions.refreshed.connect(self._show_next_step)
        self.menu_actions.connect_parts(self.parts)
        self.reading_line.join_wanted.connect(self.menu_actions["join"].trigger)
        self.reading_line.masthead_wanted.connect(self.menu_actions["masthead"].trigger)
        self.status.person.setMenu(self.menu_actions.submenu("people"))
        places = QMenu(self)
        fill_when_opened(places, self._place_choices)
        self.list.places_button.setMenu(places)
        self.list.set_menu(self.menu_actions.submenu("chosen"))
        tabs = self.menu_actions.submenu("tabs")
        # PySide can't connect to a menu's own method: Qt has made the menu.
        self.centre.tab_strip.menu_wanted.connect(lambda at: tabs.popup(at))  # noqa: PLW0108

    def _places(self) -> list[Place]:
        return self.places.places().places()

    def _place_choices(self) -> list[MenuChoice]:
        current = self.places.current()
        return [
            MenuChoice(place.title, partial(self.places.go, place.key), place == current)
            for place in self._places()
        ]

    def _places_shown(self, shown: bool) -> None:
        self.list.show_places_button(not shown)
        # The name gives its room away together with the places.
        self.top.brand.setVisible(self._window.width() >= NARROW * text_scale())

    def _show_next_step(self) -> None:
        self.top.show_next_step(self.parts.next_step())
        self.top.show_stage(self.parts.shows_story())

    def _page_changed(self) -> None:
        banner = self.centre.banner if self.centre.shows_banner() else None
        self.status.show_banner(banner.draft if banner is not None else None)
        self._show_title()

    def _show_title(self) -> None:
        shown = self.draft.typed.headline.strip()
        if self.centre.shows_banner():
            shown = _("Trends banner")
        parts = (shown, self._session.house.name, "Stonehand")
        self._window.setWindowTitle(" – ".join(part for part in parts if part))

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

    def _stay(self, key: str, close: Callable[[], object]) -> None:
        self.draft.open(key)
        self.centre.problem.show_text(
            _("The text could not be written to the disk, so the window stays open."),
            _("Make room or copy the text elsewhere, then close the window again."),
            (_("Close without saving"), close),
            severe=True,
        )
