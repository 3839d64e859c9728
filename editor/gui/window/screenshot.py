"""A picture of the real window, for a machine without a screen and for the README."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.window.application import make_application
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.i18n import _
from editor.opening import open_desk
from editor.settings import Settings
from editor.targets import check_target_file

_PATIENCE_MS = 20_000
_STILL_MS = 700


def take_picture(
    desk: Path, picture: Path, theme: str = "light", size: tuple[int, int] = (1440, 900)
) -> None:
    """Open the window on a desk, wait until its preview is painted, and save what it shows.

    Writes a PNG. Raises OutputError for a place inside a desk and NotOurs for a file that is
    no picture. Nothing of the person's own settings is read or changed.
    """
    check_target_file(picture, _("a picture"), _is_png)
    app = QApplication.instance() or make_application(sys.argv[:1])
    if isinstance(app, QApplication):
        apply_theme(app, theme)
    jobs = Jobs()
    session = Session(open_desk(desk), jobs, Settings())
    window = MainWindow(session, WindowState())
    # Not by geometry, which is held to the screen: an offscreen one has 800 by 800 points.
    window.resize(*size)
    window.show()
    window.start()
    window.pane.choose("preview")
    _wait_until_still(jobs, window)
    window.grab().save(str(picture))
    window.closed.connect(window.release)
    window.close()
    _wait_until_still(jobs, window)
    jobs.close()
    session.desk.close()


def _is_png(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(8) == b"\x89PNG\r\n\x1a\n"


def _wait_until_still(jobs: Jobs, window: MainWindow) -> None:
    """Run the window until no job has been under way, and nothing painted, for a while."""
    loop, clock, still = QEventLoop(), QElapsedTimer(), QElapsedTimer()
    clock.start()
    still.start()
    if window.pane.preview is not None:
        window.pane.preview.shown.connect(still.restart)

    def check() -> None:
        if jobs.busy:
            still.restart()
        if still.elapsed() > _STILL_MS or clock.elapsed() > _PATIENCE_MS:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(check)
    timer.start(50)
    loop.exec()
