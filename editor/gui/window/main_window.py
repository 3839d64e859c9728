"""The window: four columns, the line above them and the line below. It decides nothing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from editor.checks.base import TextPlace
from editor.core.workflow import Action, Stage
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.library.places import BANNER, DRAFTS, MINE, REVIEW, Place
from editor.gui.library.places_view import PlacesView
from editor.gui.library.story_list import StoryList
from editor.gui.review.story_actions import StoryActions
from editor.gui.session import Session
from editor.gui.window.actions import Actions
from editor.gui.window.centre import Centre
from editor.gui.window.columns import NARROW, Columns
from editor.gui.window.commands import Commands
from editor.gui.window.focus import focus_into, tab_stops, takes_focus
from editor.gui.window.pane import Pane
from editor.gui.window.pane_pages import PaneTargets, fill_pane
from editor.gui.window.session_restore import to_open, typed_unsaved, what_waits
from editor.gui.window.status_line import StatusLine
from editor.gui.window.top_bar import TopBar
from editor.gui.window.window_state import WindowState, on_screen
from editor.i18n import _


class MainWindow(QMainWindow):
    """Everything of one desk. `closed` is emitted once all text is on disk."""

    closed = Signal()
    desk_wanted = Signal(str)
    """A path of another desk to open, or `new`, or `open` to be asked which."""

    def __init__(self, session: Session, state: WindowState | None = None) -> None:
        super().__init__()
        self.session = session
        self.state = state or WindowState()
        self.menu_actions = Actions(self.menuBar())
        self.draft = Draft(session, self)
        self.story_actions = StoryActions(session, self.draft, self)
        self.places = PlacesView(session)
        self.list = StoryList(session, self.menu_actions.by_name)
        self.centre = Centre(session, self.draft, self.menu_actions.by_name)
        self.pane = Pane()
        self.top = TopBar(session, self.draft, self.menu_actions, self)
        self.status = StatusLine(session, self.draft)
        columns = (self.places, self.list, self.centre, self.pane)
        self.columns = Columns(columns, self.state)
        self._leaving = False
        self._build()
        leads = PaneTargets(self.go_to, self.open_slug, self.set_page_width)
        fill_pane(self.pane, session, self.draft, self.centre.form, leads)
        self._commands = Commands(self)
        self._connect()
        self._restore()

    def start(self) -> None:
        """Go where this desk was left; on a first visit, to where there is work."""
        journal = self.session.desk.journal
        self.session.ask(
            lambda snapshot: typed_unsaved(snapshot, journal), owner=self, done=self._begin
        )

    def _begin(self, unsaved: tuple[str, ...]) -> None:
        remembered = self.state.on_desk(self.session.desk.path)
        first, others = to_open(remembered.get("story", ""), unsaved, self.session.slugs)
        if first:
            self.draft.open(first)
            self.list.select(first)
        else:
            self.list.open_first()
        if not self.places.go(remembered.get("place", "")):
            self._go_to_work()
        if others:
            QTimer.singleShot(0, self, lambda: self._offer_unsaved(others))
        focus_into(self.list)

    def _offer_unsaved(self, keys: tuple[str, ...]) -> None:
        """Say that more unsaved text is there, and lead from one story to the next."""
        first, *others = keys

        def go() -> None:
            if first == BANNER:
                self.places.go(BANNER)
            else:
                self.open_story(first)
                self.list.select(first)
            if others:
                self._offer_unsaved(tuple(others))

        self.centre.unsaved.show_text(
            what_waits(keys),
            _("Nothing of it is lost; it waits on this computer."),
            (_("Open it") if not others else _("Open the first"), go),
        )

    def open_story(self, story_id: str) -> None:
        """Open a story in the form."""
        self.leave_banner()
        self.centre.close_sheets()
        self.draft.open(story_id)
        self.centre.show_story()

    def go_to(self, place: TextPlace) -> None:
        """Go to a place in the text: of the story's form, or of the trends banner."""
        where, _slash, rest = place.path.partition("/")
        if where != BANNER:
            self.leave_banner()
            self.centre.go_to(place)
            return
        self.places.go(BANNER)
        number = rest.partition("/")[0]
        cards = self.centre.banner.cards if self.centre.banner is not None else None
        if cards is not None and number.isdigit() and int(number) < len(cards.cards()):
            cards.focus(int(number))

    def leave_banner(self) -> None:
        """Go back from the trends banner to the place whose stories are listed."""
        place = self.list.place
        if self.centre.shows_banner():
            self.places.go(place.key if place is not None else MINE)

    def open_slug(self, slug: str) -> None:
        """Open the story of a slug, if the desk has it."""
        for story_id, known in self.session.slugs.items():
            if known == slug:
                self.list.select(story_id)
                self.open_story(story_id)
                return

    def show_story(self, story_id: str) -> None:
        """Go to a story that has just come: mark it, open it, put the caret in it."""
        self.list.select(story_id)
        self.open_story(story_id)
        focus_into(self.centre.page())

    def show_form(self) -> None:
        """Go to the form of the open story."""
        self.centre.show_story()
        focus_into(self.centre.page())

    def set_page_width(self, name: str) -> None:
        """Lay the preview out for a desk or a phone."""
        self.state = replace(self.state, width=name)
        page = self.pane.page("preview")
        if page is not None:
            page.set_width(name)  # type: ignore[attr-defined]

    def release(self) -> None:
        """Let the web engine go before the application does."""
        page = self.pane.page("preview")
        if page is not None:
            page.release()  # type: ignore[attr-defined]
        if self.centre.banner is not None:
            self.centre.banner.release()

    def focus_in(self, column: QWidget) -> None:
        """Put the focus into a column."""
        focus_into(column)

    def focus_column(self, steps: int) -> None:
        """Go to the next column that is shown, or the one before."""
        columns = [each for each in self.columns.in_order() if each.isVisible()]
        here = QApplication.focusWidget()
        inside = [i for i, each in enumerate(columns) if here and each.isAncestorOf(here)]
        at = inside[0] if inside else (-1 if steps > 0 else 0)
        focus_into(columns[(at + steps) % len(columns)])

    def current_state(self) -> WindowState:
        """What should be there again the next time."""
        box = self.normalGeometry()
        place = self.places.current()
        desks = dict(self.state.desks)
        desks[str(self.session.desk.path)] = {
            "place": place.key if place else "",
            "story": self.draft.open_story.key,
        }
        return WindowState(
            geometry=(box.x(), box.y(), box.width(), box.height()),
            maximized=self.isMaximized(),
            columns=self.columns.kept_sizes(),
            places=self.columns.places_wanted,
            pane=self.columns.pane_wanted,
            tab=self.pane.current(),
            width=self.state.width,
            desks=desks,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave only once the text is safe on disk; say so where it isn't."""
        if self._leaving:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self.state = self.current_state()
        if self.centre.banner is not None:
            self.centre.banner.draft.save()
        key = self.draft.open_story.key
        self.draft.close(lambda safe: self._left_draft(safe, key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc put away what came by itself, then go back to the list."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.centre.toast.isHidden():
            self.centre.toast.dismiss()
        elif not self.centre.problem.isHidden():
            self.centre.problem.clear()
        else:
            focus_into(self.list)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go as the eye does, also through what was made later than its neighbours."""
        parts = (self.top, *self.columns.in_order(), self.status)
        stops = [stop for part in parts for stop in tab_stops(part) if takes_focus(stop)]
        here = QApplication.focusWidget()
        if here not in stops:
            return super().focusNextPrevChild(forward)
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(stops.index(here) + step) % len(stops)].setFocus(reason)
        return True

    def changeEvent(self, event: QEvent) -> None:
        """See what others did to the desk while another window was in front."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.check_for_changes()

    def _build(self) -> None:
        middle = QWidget()
        lines = QVBoxLayout(middle)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.top)
        lines.addWidget(self.columns, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(middle)
        self.setMinimumSize(720, 480)

    def _connect(self) -> None:
        self.columns.places_shown.connect(self._places_shown)
        self.columns.pane_shown.connect(self.menu_actions["pane"].setChecked)
        self.places.chosen.connect(self._show_place)
        self.list.opened.connect(self.open_story)
        self.list.entered.connect(lambda: focus_into(self.centre.page()))
        self.list.places_button.setMenu(self._commands.places_menu)
        self.top.search.story_chosen.connect(self.show_story)
        self.status.person.setMenu(self.menu_actions.people)
        self.status.checks_wanted.connect(lambda: self._commands.show_tab("checks"))
        self.pane.made.connect(self._page_made)
        self.draft.opened.connect(self._opened)
        self.draft.state_changed.connect(self._name_window)
        self.session.problem.connect(self._show_problem)
        self.session.message.connect(self.centre.toast.say)
        self.session.jobs.crashed.connect(self.show_crash)
        self.story_actions.carried_out.connect(self._carried_out)
        self.story_actions.carried_out.connect(self.centre.sheet.forget)
        self.story_actions.locked.connect(self.centre.passphrase.ask)
        self.centre.sheet.sent.connect(self.story_actions.do)
        self.centre.sheet.closed.connect(lambda: focus_into(self.centre.page()))

    def _restore(self) -> None:
        box = on_screen(self.state.geometry)
        if box is not None:
            self.setGeometry(box)
        else:
            screen = self.screen().availableSize()
            self.resize(min(1440, screen.width()), min(900, screen.height()))
        if self.state.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.columns.fit(self.width())
        self.pane.tabs.choose(self.state.tab)

    def _places_shown(self, shown: bool) -> None:
        self.list.show_places_button(not shown)
        self.menu_actions["places"].setChecked(shown)
        # The name gives way together with the places.
        self.top.brand.setVisible(self.width() >= NARROW)

    def _go_to_work(self) -> None:
        mine = self.places.places().place(MINE)
        wanted = mine.filter if mine else None

        def go(number: int) -> None:
            if self.places.current() is not None:
                return
            stages = self.session.counts.stages
            others = REVIEW if stages.get(Stage.REVIEW) else DRAFTS
            nothing_else = not (stages.get(Stage.REVIEW) or stages.get(Stage.DRAFT))
            self.places.go(MINE if number or nothing_else else others)

        if wanted is not None:
            self.session.ask(lambda snapshot: snapshot.count(wanted), owner=self, done=go)

    def _show_place(self, place: Place) -> None:
        if place.key == BANNER:
            editor = self.centre.show_banner()
            editor.draft.stack.indexChanged.connect(
                self._commands.refresh_later, Qt.ConnectionType.UniqueConnection
            )
            self.status.show_banner(editor.draft)
            # The banner's editor has a page of its own.
            self.columns.lend_pane(True)
        else:
            self.status.show_banner(None)
            self.columns.lend_pane(False)
            self.list.show_place(place)
            self.centre.show_story()
        self._commands.refresh()

    def _page_made(self, name: str, _page: QWidget) -> None:
        if name == "preview":
            self.set_page_width(self.state.width)

    def _name_window(self) -> None:
        title, paper = self.draft.typed.headline.strip(), self.session.house.name
        self.setWindowTitle(" – ".join(part for part in (title, paper, "Stonehand") if part))

    def _opened(self) -> None:
        self._name_window()
        self.centre.close_sheets()
        self.list.select(self.draft.open_story.key)
        if not self.centre.shows_banner():
            self.centre.show_story()
        self.centre.problem.clear()

    def _carried_out(self, action: Action, _story: str) -> None:
        if action in (Action.APPROVE, Action.RETURN, Action.SPIKE):
            self.list.advance()

    def _show_problem(self, error: EditorError) -> None:
        self.centre.problem.show_error(error)

    def show_crash(self, report: str) -> None:
        """Say that there was a bug, and where its report is."""
        self.centre.problem.show_text(
            _("Something went wrong inside Stonehand. Your text is kept."),
            _("A report without any story text is at {path}.").format(path=report)
            if report
            else "",
            severe=True,
        )

    def _left_draft(self, safe: bool, key: str) -> None:
        if safe:
            self._leave_anyway()
            return
        self.draft.open(key)
        self.centre.problem.show_text(
            _("The text could not be written to the disk, so the window stays open."),
            _("Make room or copy the text elsewhere, then close the window again."),
            (_("Close and lose the text"), self._leave_anyway),
            severe=True,
        )

    def _leave_anyway(self) -> None:
        self._leaving = True
        # Not from inside closeEvent, where Qt takes a second close for the first.
        QTimer.singleShot(0, self, self.close)
