"""What a start found out, said in the window once it is there: quietly, and nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt

from editor.gui.window.main_window import MainWindow
from editor.gui.window.program_watch import ProgramWatch
from editor.gui.window.story_links import remember_desk
from editor.gui.window.version_watch import VersionWatch
from editor.i18n import _


def show_start_notices(
    window: MainWindow, settings_problems: Sequence[str], *, ended_by_itself: bool
) -> None:
    """Say what is wrong with the settings, and that Stonehand ended by itself the last time.

    After that, ask for a newer version where a person has chosen that, watch for an update of the
    program under its window, and remember which desk this is, for links.
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
    idle, first_time = window.session.jobs.idle, Qt.ConnectionType.SingleShotConnection
    idle.connect(watch.start, first_time)
    idle.connect(ProgramWatch(window.centre.notice, window).start, first_time)
    idle.connect(partial(remember_desk, window.session), first_time)
