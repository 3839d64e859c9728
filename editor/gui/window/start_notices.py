"""What a start found out, said in the window once it is there: quietly, and nothing twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from editor.gui.window.main_window import MainWindow
from editor.gui.window.version_watch import VersionWatch
from editor.i18n import _


def show_start_notices(
    window: MainWindow, settings_problems: Sequence[str], *, ended_by_itself: bool
) -> None:
    """Say what is wrong with the settings, and that Stonehand ended by itself the last time.

    After that, ask for a newer version where a person has chosen that.
    """
    if settings_problems:
        sentence, *more = settings_problems
        act = (_("Open the settings"), window.menu_actions["settings"].trigger)
        window.centre.settings.show_text(sentence, " ".join(more), act)
    if ended_by_itself:
        window.centre.notice.show_text(
            _("Stonehand ended by itself the last time. What you typed was kept."),
            _("The report of it stays on this computer."),
            (_("Show the report"), window.menu_actions["problem_reports"].trigger),
        )
    watch = VersionWatch(window.session, window.centre.notice, window)
    window.session.jobs.idle.connect(watch.start, Qt.ConnectionType.SingleShotConnection)
