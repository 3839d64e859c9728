"""The application: it opens desks, shows each in its window, and says why one can't be opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import isValid

from editor.core.house import House
from editor.core.people import Person
from editor.errors import DeskInUse, EditorError, NotFound
from editor.gui.draft.unsaved import keep_typed
from editor.gui.facts import Facts
from editor.gui.interface_language import apply_language
from editor.gui.jobs import Jobs
from editor.gui.later import Opened, bug, clean_up, create_desk, open_desk, open_later
from editor.gui.pending_desk import PendingDesk
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.widgets.layout import laid_out_once, once
from editor.gui.window.main_window import MainWindow
from editor.gui.window.remembered import Remembered, forget, recall
from editor.gui.window.start_window import StartWindow
from editor.gui.window.window_state import load_window_state, save_window_state
from editor.i18n import _
from editor.log import save_crash_report
from editor.places import sample_desk
from editor.settings import save_settings, start_with_settings

if TYPE_CHECKING:
    from editor.gui.page.page_picture import PagePicture
    from editor.gui.window.new_desk import NewDeskDialog
    from editor.store.desk import Desk

# The database and the cryptography are imported on the store's thread, where a desk is opened,
# and a dialog when it is asked for: no window waits for them.
# ruff: noqa: PLC0415

_PATIENCE_MS = 500
_RECENT = 8
_OFFERED = 3
"""How many desks the start page offers by name."""
_LAST_ANSWERS_MS = 3000
"""How long a process that is to end waits for what the desk still has to answer."""
_SIGNALLED = 128
"""The exit code of a process that a signal ended, less the signal's number, as in a shell."""


class Application(QObject):
    """Opens desks and shows each in its window, one at a time."""

    def __init__(self, app: QApplication, first: MainWindow | None = None) -> None:
        super().__init__(app)
        self._app = app
        self.settings, self._problems = start_with_settings()
        apply_language(app, self.settings.language)
        self.window_state = load_window_state()
        self.window: MainWindow | None = None
        self.start_window: StartWindow | None = None
        self._first = first
        self._closed: tuple[Path, QSize, PagePicture | None] | None = None
        self._last_tried: Path | None = None
        self._apply_theme()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def start(self, desk: Path | None) -> None:
        """Open a desk, else the one that was open last; the sample only where there was none."""
        last = Path(self.settings.last_desk) if self.settings.last_desk else None
        self.open(desk or last or sample_desk())

    def open(self, path: Path) -> None:
        """Open a desk; the present window stays until the new one is ready.

        At the start its window is shown at once, with what is remembered of it.
        """
        remembered = recall(path, self.settings.person, self.window_state.on_desk(path.absolute()))
        if self.window is None and remembered is not None:
            self._show_and_open(path, remembered)
        else:
            self._close_first()
            self._open(path, lambda: open_desk(path))

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

        self._open(path, lambda: create_desk(path, house, chief, passphrase), on_opened, refused)

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
        report = save_crash_report(kind, error, tb)
        if self.window is not None:
            self.window.centre.show_crash(str(report or ""))

    def _open(
        self,
        path: Path,
        work: Callable[[], Opened],
        opened: Callable[[], object] = lambda: None,
        refused: Callable[[EditorError], bool] = lambda _error: False,
    ) -> None:
        """Open off the main thread; only a desk that takes a while is announced."""
        self._last_tried = path
        jobs = Jobs(self)

        def on_crashed(_report: str) -> None:
            on_failed(bug())

        def on_failed(error: EditorError) -> None:
            jobs.close()
            if refused(error):
                return
            self._refuse(path, error)

        def on_opened(found: Opened) -> None:
            # From now on they are the window's jobs.
            jobs.crashed.disconnect(on_crashed)
            opened()
            self._show(jobs, *found)

        jobs.crashed.connect(on_crashed)
        jobs.run(partial(clean_up, self.settings), owner=self)
        jobs.run(
            lambda _progress: work(), owner=self, done=on_opened, failed=on_failed, lane="store"
        )
        QTimer.singleShot(_PATIENCE_MS, self, lambda: self._announce(path))

    def _show_and_open(self, path: Path, remembered: Remembered) -> None:
        """Show the window with what is remembered, and open its desk once that is painted."""
        self._last_tried = path
        jobs, pending = Jobs(self), PendingDesk(path)
        session = Session(pending, jobs, self.settings, remembered.facts)

        def on_opened() -> None:
            self._save_as_recent(pending.path)
            session.settings = self.settings
            jobs.run(partial(clean_up, self.settings), owner=self)

        def on_failed(error: EditorError) -> None:
            stories = [story for story in window.draft.not_safe() if story.has_unsaved_text]
            if not isinstance(error, DeskInUse):
                for story in stories:
                    keep_typed(session, story)
            self._leave(window)
            self._refuse(path, error)
            if stories:
                self._start_page().offer_text([story.typed for story in stories])

        is_painted = open_later(session, pending, on_opened, on_failed)
        window = self._show_window(session, remembered)
        window.painted.connect(is_painted.set)

    def _announce(self, path: Path) -> None:
        if self.window is None and self.start_window is None:
            self._start_page().show_opening(path.stem)

    def _show(self, jobs: Jobs, desk: Desk, facts: Facts) -> None:
        old = self.window
        if old is not None:
            self.window_state = old.current_state()
        self._save_as_recent(desk.path)
        self._show_window(Session(desk, jobs, self.settings, facts))
        if old is not None:
            old.close()

    def _show_window(self, session: Session, remembered: Remembered | None = None) -> MainWindow:
        session.settings_changed.connect(lambda: self._settings_changed(session))
        self.window = window = self._first or MainWindow()
        self._first = None
        window.fill(session, self.window_state)
        session.setParent(window)
        window.closed.connect(lambda: self._window_closed(window))
        window.desk_wanted.connect(self._open_wanted)
        if remembered is not None:
            window.start(remembered)
        window.reveal()
        if remembered is None:
            window.start()
        if self._problems:
            sentence, *more = self._problems
            act = (_("Open the settings"), window.menu_actions["settings"].trigger)
            window.centre.problem.show_text(sentence, " ".join(more), act)
            self._problems = []
        self._close_start_page()
        return window

    def _refuse(self, path: Path, error: EditorError) -> None:
        """Say why a desk can't be opened: in the present window, or on a page of its own."""
        listed = (self.settings.last_desk, *self.settings.recent_desks)
        if isinstance(error, NotFound) and str(path) in listed:
            self._show_missing(path)
        elif self.window is not None:
            self.window.centre.problem.show_error(
                error, (_("Open another desk…"), lambda: self._open_wanted("open"))
            )
        else:
            self._start_page().show_problem(error)

    def _show_missing(self, path: Path) -> None:
        """Say that a desk is not where it was opened before, and offer what can be done."""
        error = NotFound(
            _("The desk {desk} is no longer at {folder}.").format(desk=path.stem, folder=path),
            _("It was moved, renamed or deleted, or its disk is not connected."),
        )
        if self.window is not None:
            self.window.centre.problem.show_error(
                error,
                (_("Locate…"), lambda: self._locate(path)),
                (_("Remove from the list"), lambda: self._forget(path)),
            )
        else:
            self._start_page().show_missing(error)

    def _locate(self, missing: Path) -> None:
        """Ask where a desk is now; its old place leaves the list once it is open."""
        folder = next((str(above) for above in missing.parents if above.is_dir()), "")
        title = _("Locate {desk}").format(desk=missing.name)
        chosen = QFileDialog.getExistingDirectory(self._dialog_parent(), title, folder)
        if chosen:
            path = Path(chosen)
            self._open(path, lambda: open_desk(path), lambda: self._forget(missing))

    def _forget(self, path: Path) -> None:
        """Take a desk off the list of those that were opened."""
        forget(path)
        recent = tuple(desk for desk in self.settings.recent_desks if desk != str(path))
        last = "" if self.settings.last_desk == str(path) else self.settings.last_desk
        if self.window is not None:
            self.window.session.change_settings(recent_desks=recent, last_desk=last)
            return
        self.settings = self.settings.changed(recent_desks=recent, last_desk=last)
        save_settings(self.settings)

    def _remove_last_tried(self) -> None:
        path = self._last_tried or sample_desk()
        self._forget(path)
        self._start_page().show_removed(path.stem, self.settings.recent_desks[:_OFFERED])

    def _window_closed(self, window: MainWindow) -> None:
        """Release what a window that was closed holds: threads, web engine and desk."""
        if window is self.window:
            self.window_state = window.state
        self._leave(window)

    def _leave(self, window: MainWindow) -> None:
        is_last, size = window is self.window, window.size()
        if is_last:
            self.window = None
            save_window_state(self.window_state)
        window.hide()
        window.release()
        window.remember()
        window.session.close()
        self._closed = (window.session.path, size, window.page) if is_last else None
        window.deleteLater()

    def _open_wanted(self, wanted: str) -> None:
        """Open the desk at a path, or do what one of the start page's words asks for."""
        if wanted == "new":
            self._ask_for_new_desk()
        elif wanted == "open":
            chosen = QFileDialog.getExistingDirectory(self._dialog_parent(), _("Open a desk"))
            if chosen:
                self.open(Path(chosen))
        elif wanted == "restore":
            from editor.gui.backups.restore_dialog import ask_for_backup

            ask_for_backup(self._dialog_parent(), self.settings.last_desk, self._open_wanted)
        elif wanted == "sample":
            self.open(sample_desk())
        elif wanted == "again":
            self.open(self._last_tried or sample_desk())
        elif wanted == "locate":
            self._locate(self._last_tried or sample_desk())
        elif wanted == "remove":
            self._remove_last_tried()
        else:
            self.open(Path(wanted))

    def _ask_for_new_desk(self) -> None:
        from editor.gui.window.new_desk import NewDeskDialog

        dialog = NewDeskDialog(self._dialog_parent())

        def create(path: Path, house: House, chief: Person, passphrase: str) -> None:
            self.create(path, house, chief, passphrase, dialog)

        dialog.completed.connect(create)
        dialog.open()

    def _dialog_parent(self) -> QWidget | None:
        return self.window or self.start_window

    def _start_page(self) -> StartWindow:
        if self.start_window is None:
            self.start_window = StartWindow()
            self.start_window.chosen.connect(self._open_wanted)
        return self.start_window

    def _close_first(self) -> None:
        """Close the window that shows its first frame, where another is to be shown."""
        if self._first is not None:
            self._first.hide()
            self._first.deleteLater()
            self._first = None

    def _close_start_page(self) -> None:
        if self.start_window is not None:
            self.start_window.close()
            self.start_window.deleteLater()
            self.start_window = None

    def _save_as_recent(self, path: Path) -> None:
        others = [desk for desk in self.settings.recent_desks if desk != str(path)]
        self.settings = self.settings.changed(
            last_desk=str(path),
            recent_desks=(str(path), *others)[:_RECENT],
        )
        save_settings(self.settings)

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
