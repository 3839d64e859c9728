"""The start: a window with its first frame at once, and everything else after that."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from editor.gui.window.application import DesktopApplication, make_application
from editor.gui.window.first_frame import desk_opened_last, is_held, recall_first_frame
from editor.gui.window.main_window import MainWindow
from editor.places import split_desks

# The first frame waits for nothing that it does not need.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from editor.gui.app import Application

APP_ID = "org.stonehand.Stonehand"
"""By it desktops find the name and the icon: packages install a desktop entry of this name."""
_PATIENCE_MS = 500
"""How long a window system may take at most to show a window before the rest goes on."""


def run(desk: Path | None = None, files: Sequence[Path] = (), link: str = "") -> int:
    """Show the window on a desk, the last one, or the start page; return when it is closed.

    Where another process has the desk open, its window is shown, and this one ends. With a
    `link` the desk is that of the story that the link leads to.
    """
    if link:
        from editor.gui.window.story_links import find_linked_desk

        desk = find_linked_desk(link, desk_opened_last())
    app = _make_app()
    if desk is None and not files and sys.platform == "darwin":
        # What the Finder asks for comes as the first events, before anything is shown.
        app.processEvents()
        desks, files = split_desks(app.take_asked())
        desk = desks[-1] if desks else None
    if _is_shown_elsewhere(desk, files, link):
        return 0
    return run_until_closed(app, _start(app, desk, files, link))


def run_until_closed(app: QApplication, application: Application) -> int:
    """Run the event loop; then prepare the next start. Return the process's exit code."""
    code = app.exec()
    if not code:
        application.prepare_next_start()
    return code


def start(desk: Path | None = None) -> tuple[QApplication, Application]:
    """Start the application, which opens a desk once its event loop runs."""
    app = _make_app()
    return app, _start(app, desk)


def open_paths(application: Application, paths: Sequence[Path]) -> None:
    """Open a desk, and take in other files, that the system asks for while the program runs."""
    from editor.gui.running import Asked

    desks, files = split_desks(paths)
    window = application.window
    if window is None or not window.session.is_open:
        application.files = (*application.files, *files)
    elif files:
        application.show_again(window, Asked(tuple(files)))
    if desks:
        application.open(desks[-1])


def follow_link(application: Application, link: str) -> None:
    """Open the desk and the story of a link that the system asks for while the program runs."""
    from editor.gui.running import Asked
    from editor.gui.window.story_links import find_linked_desk

    window = application.window
    is_open = window is not None and window.session.is_open
    own = window.session.path if window is not None else None
    desk = find_linked_desk(link, own)
    if window is not None and is_open and desk in (None, own):
        application.show_again(window, Asked(link=link))
        return
    application.link = link
    if desk is not None:
        application.open(desk)


def _make_app() -> DesktopApplication:
    app = make_application(sys.argv[:1])
    app.setApplicationName("Stonehand")
    app.setDesktopFileName(APP_ID)
    return app


def _start(
    app: DesktopApplication, desk: Path | None, files: Sequence[Path] = (), link: str = ""
) -> Application:
    window = _show_first_frame(desk)
    application = _make_application(app, window)
    application.link = link
    application.start(desk, files)

    def open_asked() -> None:
        if link := app.take_link():
            follow_link(application, link)
        if paths := app.take_asked():
            open_paths(application, paths)

    app.open_asked.connect(open_asked)
    open_asked()
    return application


def _is_shown_elsewhere(desk: Path | None, files: Sequence[Path], link: str) -> bool:
    """Show the window of another process that has the desk, if one has it."""
    path = desk or desk_opened_last()
    if path is None or not is_held(path):
        return False
    from editor.gui.running import show_running

    return show_running(path, files, link=link)


def _show_first_frame(desk: Path | None) -> MainWindow | None:
    """Show a window with the picture of a desk, where there is a right one.

    Keys and clicks wait for the window's contents.
    """
    path = desk or desk_opened_last()
    frame = recall_first_frame(path) if path is not None else None
    if frame is None:
        return None
    window = MainWindow()
    is_painted = QEventLoop()
    window.painted.connect(is_painted.quit)
    QTimer.singleShot(_PATIENCE_MS, is_painted, is_painted.quit)
    window.show_frame(frame)
    is_painted.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return window


def _make_application(app: QApplication, window: MainWindow | None) -> Application:
    """Import all the rest, and make what opens desks; `window` shows its first frame already."""
    # What is imported stays: to look for garbage in it, now and ever after, would find none.
    gc.disable()
    from editor.gui.app import Application
    from editor.gui.end_signals import EndSignals
    from editor.gui.theme import app_icon
    from editor.log import divert_toolkit_output, start_log

    gc.freeze()
    start_log()
    # Not before: why there can be no window, as without a library, is for the person to read.
    divert_toolkit_output()
    app.setWindowIcon(app_icon())
    application = Application(app, window)
    _report_problems(application)
    EndSignals(application).heard.connect(application.end)
    app.commitDataRequest.connect(application.flush, Qt.ConnectionType.DirectConnection)
    return application


def _report_problems(application: Application) -> None:
    """Let bugs and faults leave reports, and find out whether a fault ended the last start."""
    import threading

    from editor.crash_reports import report_faults, report_thread, watch_for_faults

    application.ended_by_itself = bool(report_faults())
    watch_for_faults()
    sys.excepthook, threading.excepthook = application.report_bug, report_thread
