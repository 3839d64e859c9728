"""What the start page and the File menu offer: other desks, new ones, and those that are gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from editor.core.house import House
from editor.core.people import Person
from editor.core.story import Story
from editor.errors import DeskInUse, EditorError, NotFound
from editor.gui.coalescer import LastAnswer
from editor.gui.interface_language import apply_language, system_language
from editor.gui.jobs import Jobs
from editor.gui.widgets.problem_bar import BarAction
from editor.gui.window.recent_desks import (
    desk_to_write_on,
    find_faults,
    nearest_folder,
    recent_desks,
)
from editor.gui.window.start_window import StartWindow
from editor.i18n import _
from editor.places import sample_desk
from editor.settings import all_settings

if TYPE_CHECKING:
    from editor.gui.window.main_window import MainWindow
    from editor.gui.window.new_desk import NewDeskDialog
    from editor.gui.window.window_state import WindowState
    from editor.settings import Settings

# Each dialog is imported when it is asked for.
# ruff: noqa: PLC0415


class OpensDesks(Protocol):
    """The application, as far as choosing a desk needs it."""

    settings: Settings
    settings_problems: list[str]
    window_state: WindowState
    window: MainWindow | None

    def open(self, path: Path, *, begins_story: bool = False) -> None:
        """Open a desk, and begin a story there."""
        ...

    def open_moved(self, path: Path, missing: Path) -> None:
        """Open a desk at its new place; the old one leaves the list."""
        ...

    def create(
        self, path: Path, house: House, chief: Person, passphrase: str, dialog: NewDeskDialog
    ) -> None:
        """Create a desk and open it."""
        ...

    def forget(self, path: Path) -> None:
        """Take a desk off the list of those that were opened."""
        ...

    def change_settings(self, **values: Any) -> None:
        """Change settings where no window does, and save them."""
        ...


class DeskChooser(QObject):
    """Shows the start page, by itself while no desk is open, and does what is chosen there."""

    def __init__(self, application: OpensDesks, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        self._jobs: Jobs | None = None
        self._last_begun, self._last_shown, self._last_located = (LastAnswer() for _n in range(3))
        self.window: StartWindow | None = None

    def choose(self, wanted: str) -> None:
        """Open the desk at a path, or do what one of the words of the start page asks for."""
        known: dict[str, Callable[[], object]] = {
            "start": self._show_again,
            "write": self._write,
            "open": self._ask_for_desk,
            "new": self._ask_for_new_desk,
            "join": self._join,
            "sample": partial(self._application.open, sample_desk()),
            "restore": self._restore,
            "help": self._show_help,
            "guide": partial(self._show_help, "quick-guide"),
            "quit": self.close,
        }
        act = known.get(wanted) or partial(self._application.open, Path(wanted))
        act()

    def show_start(self) -> None:
        """Show the start page, with nothing wrong."""
        self._start_page().show_page()

    def _show_again(self) -> None:
        """Show the start page beside the window of a desk, until something is chosen there."""
        page = self._start_page()
        self._show_recent()
        page.show_page()
        page.raise_()
        page.activateWindow()

    def show_opening(self, path: Path) -> None:
        """Say on the start page that a desk is being opened, and takes a while."""
        self._start_page().show_opening(path.stem)

    def end_opening(self) -> None:
        """Let the start page be used again, where it is shown: no desk is being opened."""
        if self.window is not None:
            self.window.show_page()

    def refuse(self, path: Path, error: EditorError) -> None:
        """Say why a desk can't be opened: in the present window, or on the start page.

        A desk that another process has open is shown there instead.
        """
        if isinstance(error, DeskInUse):
            self._show_elsewhere(path, error)
        else:
            self._say_refused(path, error)

    def _say_refused(self, path: Path, error: EditorError) -> None:
        settings = self._application.settings
        is_listed = str(path) in (settings.last_desk, *settings.recent_desks)
        if isinstance(error, NotFound) and is_listed:
            self._show_missing(path)
        elif self._has_only_window():
            self._show_problem(error, (_("Open another desk…"), partial(self.choose, "open")))
        else:
            self._show_problem(error, self._again(path))

    def _show_elsewhere(self, path: Path, error: EditorError) -> None:
        """Show a desk in the process that has it open; this one ends where it shows nothing."""
        from editor.gui.running import show_running

        def end(is_shown: bool) -> None:
            if not is_shown:
                self._say_refused(path, error)
            elif self._application.window is None and self.window is None:
                QCoreApplication.exit(0)

        # Off the main thread: a window that hangs leaves whoever asks it waiting.
        self._own_jobs().run(
            lambda progress: show_running(path, progress=progress),
            owner=self,
            done=self._last_shown.only(end),
        )

    def offer_text(self, stories: list[Story]) -> None:
        """Offer to copy what was typed into stories of a desk that could not be opened."""
        page = self._start_page()
        page.offer_text(stories)
        page.show_page()

    def close(self) -> None:
        """Close the start page, because a desk is open or the person wants to quit."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = None

    def _start_page(self) -> StartWindow:
        if self.window is None:
            self.window = StartWindow()
            self.window.chosen.connect(self.choose)
            self.window.locate_wanted.connect(lambda path: self._locate(Path(path)))
            self.window.removal_wanted.connect(lambda path: self._remove(Path(path)))
            problems = self._application.settings_problems
            if problems:
                self.window.notice.show_text(problems[0], " ".join(problems[1:]))
            if self._application.window is None:
                self._offer_languages(self.window)
            self._show_recent()
        return self.window

    def _offer_languages(self, page: StartWindow) -> None:
        setting, settings = all_settings()["language"], self._application.settings
        # By the names that each has in itself: they are for whoever reads no other.
        languages = {value: setting.words(value) for value in setting.choices or ()}
        del languages[setting.usual]
        page.offer_languages(languages, settings.interface_language(system_language()))
        page.language_chosen.connect(self._speak)

    def _speak(self, language: str) -> None:
        """Show the start page again in another language, where it was."""
        self._application.change_settings(language=language)
        spoken = self._application.settings.interface_language(system_language())
        apply_language(cast(QApplication, QApplication.instance()), spoken)
        old, self.window = self.window, None
        page = self._start_page()
        if old is not None:
            page.setGeometry(old.geometry())
            page.show_page()
            old.close()
            old.deleteLater()

    def _show_recent(self) -> None:
        """List the desks at once, and what is wrong with one as soon as that is known."""
        page, settings = self.window, self._application.settings
        if page is None:
            return
        page.show_recent(recent_desks(settings.recent_desks, self._application.window_state))
        self._own_jobs().run(
            partial(find_faults, settings.recent_desks), owner=page, done=page.show_faults
        )

    def _own_jobs(self) -> Jobs:
        if self._jobs is None:
            self._jobs = Jobs(self)
        return self._jobs

    def _show_problem(self, error: EditorError, *actions: BarAction) -> None:
        window = self._application.window
        if window is not None and self._has_only_window():
            window.centre.problem.show_error(error, *actions)
        else:
            self._start_page().show_problem(error, *actions)

    def _has_only_window(self) -> bool:
        """Return whether a desk's window is what a person sees, and no start page beside it."""
        is_beside = self.window is not None and self.window.isVisible()
        return self._application.window is not None and not is_beside

    def _show_missing(self, path: Path) -> None:
        """Say that a desk is not where it was opened before, and offer what can be done."""
        error = NotFound(
            _("The desk {desk} is no longer at {folder}.").format(desk=path.stem, folder=path),
            _("It was moved, renamed or deleted, or its disk is not connected."),
        )
        self._show_problem(
            error,
            (_("Locate…"), partial(self._locate, path)),
            self._again(path),
            (_("Remove from the list"), partial(self._remove, path)),
        )

    def _again(self, path: Path) -> BarAction:
        return _("Try again"), partial(self._application.open, path)

    def _locate(self, missing: Path) -> None:
        """Ask where a desk is now; its old place leaves the list once it is open."""

        def ask(folder: str) -> None:
            title = _("Locate {desk}").format(desk=missing.name)
            chosen = QFileDialog.getExistingDirectory(self._parent(), title, folder)
            if chosen:
                self._application.open_moved(Path(chosen), missing)

        # Off the main thread: the disk that it was on may be slow or gone.
        self._own_jobs().run(
            lambda _progress: nearest_folder(missing),
            owner=self,
            done=self._last_located.only(ask),
        )

    def _remove(self, path: Path) -> None:
        self._application.forget(path)
        self._show_recent()
        if self.window is not None:
            self.window.bar.show_text(
                _("{desk} is no longer on the list.").format(desk=path.stem),
                _("The desk itself was not touched: open it when it is there again."),
            )

    def _write(self) -> None:
        """Begin a story on the desk that was used last, or on one that is made for it."""
        paths = self._application.settings.recent_desks
        begin = self._last_begun.only(self._begin_on)  # once, however often it is clicked
        # Off the main thread: a disk may be slow or gone.
        self._own_jobs().run(lambda _progress: desk_to_write_on(paths), owner=self, done=begin)

    def _begin_on(self, desk: Path | None) -> None:
        if desk is not None:
            self._application.open(desk, begins_story=True)
        else:
            self._ask_for_new_desk(begins_story=True)

    def _ask_for_desk(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._parent(), _("Open a desk"))
        if chosen:
            self._application.open(Path(chosen))

    def _ask_for_new_desk(self, *, begins_story: bool = False) -> None:
        from editor.gui.window.new_desk import NewDeskDialog

        person = self._application.settings.person
        dialog = NewDeskDialog(self._parent(), person, begins_story=begins_story)

        def create(path: Path, house: House, chief: Person, passphrase: str) -> None:
            self._application.create(path, house, chief, passphrase, dialog)

        dialog.completed.connect(create)
        dialog.open()

    def _join(self) -> None:
        """Make a person's key, or show its line again, before there is a desk to sign on."""
        from editor.gui.preferences.join import JoinDialog

        dialog = JoinDialog(None, self._parent(), jobs=self._own_jobs())
        dialog.key_made.connect(lambda name: self._application.change_settings(person=name))
        dialog.open()

    def _restore(self) -> None:
        from editor.gui.backups.restore_dialog import ask_for_backup

        ask_for_backup(self._parent(), self._application.settings.last_desk, self.choose)

    def _show_help(self, page: str = "") -> None:
        from editor.gui.window.help import HelpWindow

        if self.window is not None:
            help_window = self.window.findChild(HelpWindow) or HelpWindow(self.window)
            help_window.show_page(page)

    def _parent(self) -> QWidget | None:
        """Return the window that a dialog belongs to: the start page, while that is shown."""
        page = self.window
        return page if page is not None and page.isVisible() else self._application.window
