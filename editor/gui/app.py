"""The application: it opens desks, shows each in its window, and says why one can't be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from editor.core.house import House
from editor.core.people import Person
from editor.crash_reports import noted_refusal, save_crash_report
from editor.errors import DeskInUse, DeskTooNew, EditorError
from editor.gui.desk_chooser import DeskChooser
from editor.gui.draft.unsaved import keep_typed
from editor.gui.facts import Facts
from editor.gui.interface_language import apply_language, system_language
from editor.gui.jobs import Jobs
from editor.gui.later import Opened, bug, clean_up, create_desk, open_desk, open_later
from editor.gui.pending_desk import PendingDesk
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.widgets.layout import laid_out_once, once
from editor.gui.window.given_files import take_asked
from editor.gui.window.main_window import MainWindow
from editor.gui.window.remembered import Remembered, forget, recall
from editor.gui.window.start_notices import show_start_notices
from editor.gui.window.start_window import StartWindow
from editor.gui.window.state_writer import StateWriter
from editor.gui.window.window_state import load_window_state, save_desk_state
from editor.settings import load_settings, save_changed, start_with_settings

if TYPE_CHECKING:
    from editor.gui.page.page_picture import PagePicture
    from editor.gui.running import Asked, RunningWindow
    from editor.gui.window.new_desk import NewDeskDialog
    from editor.store.desk import Desk

# The database and the cryptography are imported on the store's thread, where a desk is opened,
# and a dialog when it is asked for: no window waits for them.
# ruff: noqa: PLC0415

_PATIENCE_MS = 500
_RECENT = 8
_LAST_ANSWERS_MS = 3000
"""How long a process that is to end waits for what the desk still has to answer."""
_SIGNALLED = 128
"""The exit code of a process that a signal ended, less the signal's number, as in a shell."""


class Application(QObject):
    """Opens desks and shows each in its window, one at a time."""

    def __init__(self, app: QApplication, first: MainWindow | None = None) -> None:
        super().__init__(app)
        self._app = app
        system = system_language()
        self.settings, self.settings_problems = start_with_settings(system)
        apply_language(app, self.settings.interface_language(system))
        self.window_state = load_window_state()
        if self.settings_problems and not self.settings.recent_desks:
            # A file that is broken must not make a person look for their desks.
            self.settings = self.settings.changed(recent_desks=self.window_state.known_desks())
        self.ended_by_itself = False
        """Whether a fault ended the process of the last start."""
        self.window: MainWindow | None = None
        self.chooser = DeskChooser(self, self)
        self.files: Sequence[Path] = ()
        self.link = ""
        self._running: dict[MainWindow, RunningWindow] = {}
        self._first = first
        self._closed: tuple[Path, QSize, PagePicture | None] | None = None
        self._apply_theme()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def start_window(self) -> StartWindow | None:
        """The start page, while no desk is open."""
        return self.chooser.window

    def start(self, desk: Path | None, files: Sequence[Path] = ()) -> None:
        """Open a desk, else the one that was open last; without one show the start page.

        Files are taken in by the first window there is.
        """
        self.files = files
        last = Path(self.settings.last_desk) if self.settings.last_desk else None
        if path := desk or last:
            self.open(path)
        else:
            self.chooser.show_start()

    def open(self, path: Path, *, begins_story: bool = False) -> None:
        """Open a desk, and begin a story there; the present window stays until it is ready.

        At the start its window is shown at once, with what is remembered of it. A desk that is
        open in this process is shown as it is.
        """
        window = self.window
        if window is not None and path.absolute() == window.session.path.absolute():
            self.chooser.close()
            window.come_forward()
            if begins_story:
                window.parts.new_story()
            return
        remembered = None
        if self.window is None and not begins_story:
            last = self.window_state.on_desk(path.absolute())
            remembered = recall(path, self.settings.person, last)
        if remembered is not None:
            self._show_and_open(path, remembered)
        else:
            self._close_first()
            self._open(path, lambda: open_desk(path), begins_story=begins_story)

    def open_moved(self, path: Path, missing: Path) -> None:
        """Open a desk at its new place; the old one leaves the list once it is open."""
        self._open(path, lambda: open_desk(path), lambda: self.forget(missing))

    def create(
        self,
        path: Path,
        house: House,
        chief: Person,
        passphrase: str = "",
        dialog: NewDeskDialog | None = None,
    ) -> None:
        """Create a desk and open it; what goes wrong is shown in the dialog that asked for it."""

        def on_opened() -> None:
            self.settings = self.settings.changed(person=chief.name)
            if dialog is not None and isValid(dialog):
                dialog.close_made()

        def refused(error: EditorError) -> bool:
            """Show a problem in the dialog; False where it was closed."""
            is_shown = dialog is not None and isValid(dialog)
            if dialog is not None and is_shown:
                dialog.refuse(error)
            return is_shown

        begins_story = dialog is not None and dialog.begins_story
        self._open(
            path,
            lambda: create_desk(path, house, chief, passphrase),
            on_opened,
            refused,
            begins_story=begins_story,
        )

    def flush(self, *_session: object) -> None:
        """Put all that is typed on disk; the person logs out, or the process is to end."""
        if self.window is not None:
            self.window.session.flush()

    def end(self, signal: int) -> None:
        """End because the system asks for it: no text is lost, and no question is asked.

        What was typed is in the journal, as after a crash; only a person makes versions.
        """
        code = _SIGNALLED + signal
        self.flush()
        window = self.window
        if window is None:
            self._app.exit(code)
            return
        jobs = window.session.jobs
        window.setEnabled(False)
        jobs.cancel_work()

        def end() -> None:
            if self.window is window:
                self.window_state = window.state = window.current_state()
                self.flush()
                self._leave(window)
                self._app.exit(code)

        once(self, end, _LAST_ANSWERS_MS if jobs.busy else 0).start()
        jobs.idle.connect(end, Qt.ConnectionType.QueuedConnection)

    def prepare_next_start(self) -> None:
        """Take the picture of the next window, of the desk whose window was closed last."""
        if self._closed is not None:
            from editor.gui.window.next_frame import take_next_frame

            path, size, page = self._closed
            take_next_frame(path, self.settings, self.window_state, size, page)

    def report_bug(
        self, kind: type[BaseException], error: BaseException, tb: TracebackType | None
    ) -> None:
        """Write a report of a bug and show where it is; the work goes on."""
        problem = noted_refusal(error)
        if problem is not None and self.window is not None:
            self.window.centre.problem.show_error(problem)
            return
        report = save_crash_report(kind, error, tb)
        if self.window is not None:
            self.window.centre.show_crash(str(report or ""))

    def _open(
        self,
        path: Path,
        work: Callable[[], Opened],
        opened: Callable[[], object] = lambda: None,
        refused: Callable[[EditorError], bool] = lambda _error: False,
        *,
        begins_story: bool = False,
    ) -> None:
        """Open off the main thread; only a desk that takes a while is announced."""
        jobs = Jobs(self)
        announcing = once(self, lambda: self.chooser.show_opening(path), _PATIENCE_MS)
        if self.chooser.window is not None:
            self.chooser.show_opening(path)
        elif self.window is None:
            announcing.start()

        def on_crashed(_report: str) -> None:
            on_failed(bug())

        def on_failed(error: EditorError) -> None:
            jobs.close()
            announcing.stop()
            self.chooser.end_opening()
            if refused(error):
                return
            self.chooser.refuse(path, error)

        def on_opened(found: Opened) -> None:
            # From now on they are the window's jobs.
            jobs.crashed.disconnect(on_crashed)
            announcing.stop()
            opened()
            self._show(jobs, *found, begins_story=begins_story)

        jobs.crashed.connect(on_crashed)
        jobs.run(partial(clean_up, self.settings), owner=self)
        jobs.run(
            lambda _progress: work(), owner=self, done=on_opened, failed=on_failed, lane="store"
        )

    def _show_and_open(self, path: Path, remembered: Remembered) -> None:
        """Show the window with what is remembered, and open its desk once that is painted."""
        jobs, pending = Jobs(self), PendingDesk(path)
        session = Session(pending, jobs, self.settings, remembered.facts)

        def on_opened() -> None:
            self._save_as_recent(pending.path)
            self._listen(window)
            session.settings = self.settings
            jobs.run(partial(clean_up, self.settings), owner=self)

        def on_failed(error: EditorError) -> None:
            stories = [story for story in window.draft.not_safe() if story.has_unsaved_text]
            if not isinstance(error, DeskInUse):
                for story in stories:
                    keep_typed(session, story)
            self._leave(window)
            self.chooser.refuse(path, error)
            if stories:
                self.chooser.offer_text([story.typed for story in stories])

        is_painted = open_later(session, pending, on_opened, on_failed)
        window = self._show_window(session, remembered)
        window.painted.connect(is_painted.set)

    def _show(self, jobs: Jobs, desk: Desk, facts: Facts, *, begins_story: bool) -> None:
        old = self.window
        if old is not None:
            self.window_state = old.current_state()
        self._save_as_recent(desk.path)
        session = Session(desk, jobs, self.settings, facts)
        self._listen(self._show_window(session, begins_story=begins_story))
        if old is not None:
            old.close()

    def _show_window(
        self,
        session: Session,
        remembered: Remembered | None = None,
        *,
        begins_story: bool = False,
    ) -> MainWindow:
        session.settings_changed.connect(lambda: self._settings_changed(session))
        self.window = window = self._first or MainWindow()
        self._first = None
        window.fill(session, self.window_state)
        session.setParent(window)
        window.closed.connect(lambda: self._window_closed(window))
        window.desk_wanted.connect(self.chooser.choose)
        StateWriter(window)
        if remembered is not None:
            window.start(remembered)
        window.reveal()
        if remembered is None:
            window.start(begins_story=begins_story)
        show_start_notices(window, self.settings_problems, ended_by_itself=self.ended_by_itself)
        self.settings_problems, self.ended_by_itself = [], False
        self.chooser.close()
        return window

    def forget(self, path: Path) -> None:
        """Take a desk off the list of those that were opened."""
        forget(path)
        recent = tuple(desk for desk in self.settings.recent_desks if desk != str(path))
        last = "" if self.settings.last_desk == str(path) else self.settings.last_desk
        window = self.window
        change = self.change_settings if window is None else window.session.change_settings
        change(recent_desks=recent, last_desk=last)

    def change_settings(self, **values: Any) -> None:
        """Change settings where no window does, and save them."""
        before = self.settings
        self.settings = before.changed(**values)
        save_changed(before, **values)

    def _listen(self, window: MainWindow) -> None:
        """Let later starts find the window of a desk that is open, and take in this one's files."""
        from editor.gui.running import RunningWindow

        self._running[window] = running = RunningWindow(window.session.path, self)
        running.show_asked.connect(partial(self.show_again, window))
        if not isinstance(window.session.why_read_only, DeskTooNew):  # a newer one may listen there
            running.listen()
        take = partial(take_asked, window.parts, self.files, self.link)
        self.files, self.link = (), ""
        window.session.jobs.idle.connect(take, Qt.ConnectionType.SingleShotConnection)

    def show_again(self, window: MainWindow, asked: Asked) -> None:
        """Bring a window to the front for a person who opened its desk again."""
        window.come_forward(asked.token)
        self._app.alert(window)
        take_asked(window.parts, asked.files, asked.link)

    def _window_closed(self, window: MainWindow) -> None:
        """Release what a window that was closed holds: threads, web engine and desk."""
        if window is self.window:
            self.window_state = window.state
        self._leave(window)

    def _leave(self, window: MainWindow) -> None:
        is_last, size = window is self.window, window.size()
        if running := self._running.pop(window, None):
            # Before the desk's lock is released: the next window listens at the same place.
            running.close()
            running.deleteLater()
        if is_last:
            self.window = None
        window.hide()
        window.release()
        window.remember()
        window.session.close()
        if is_last:
            # After its last job, which may have saved what the window showed before.
            self.window_state = save_desk_state(self.window_state, window.session.path)
            self._save_as_last(window.session)
        self._closed = (window.session.path, size, window.page) if is_last else None
        window.deleteLater()

    def _close_first(self) -> None:
        """Close the window that shows its first frame, where another is to be shown."""
        if self._first is not None:
            self._first.hide()
            self._first.deleteLater()
            self._first = None

    def _save_as_recent(self, path: Path) -> None:
        others = [desk for desk in self.settings.recent_desks if desk != str(path)]
        recent = (str(path), *others)[:_RECENT]
        self.change_settings(last_desk=str(path), recent_desks=recent)

    def _save_as_last(self, session: Session) -> None:
        """Let the next start open this desk, also where another window was opened after it."""
        saved, problems = load_settings()
        if session.is_open and not problems and saved.last_desk != str(session.path):
            self.settings = saved
            self._save_as_recent(session.path)

    def _settings_changed(self, session: Session) -> None:
        before, new = self.settings, session.settings
        self.settings = new
        if (before.appearance, before.text_size) != (new.appearance, new.text_size):
            self._apply_theme()

    def _apply_theme(self) -> None:
        with laid_out_once():
            apply_theme(self._app, self.settings.appearance, self.settings.text_size)

    def _follow_system(self) -> None:
        if self.settings.appearance == "system":
            self._apply_theme()
