"""What only starts once a window is painted: it imports the database and the cryptography."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from editor.core.house import House
from editor.core.people import Person
from editor.errors import EditorError
from editor.gui.facts import Facts
from editor.gui.pending_desk import PendingDesk
from editor.gui.session import Session
from editor.gui.window.remembered import forget_others
from editor.i18n import _

if TYPE_CHECKING:
    from editor.progress import Progress
    from editor.settings import Settings
    from editor.store.desk import Desk

# All of it is imported on the thread where it works: no window waits for it.
# ruff: noqa: PLC0415

Opened: TypeAlias = "tuple[Desk, Facts]"

_PATIENCE_S = 5.0
"""How long a desk waits at most for its window to be painted before it is opened."""


def open_later(
    session: Session,
    pending: PendingDesk,
    on_opened: Callable[[], object],
    on_failed: Callable[[EditorError], object],
) -> threading.Event:
    """Open the desk of a session once the event that is returned is set, or soon anyway."""
    is_painted = threading.Event()

    def work() -> Opened:
        is_painted.wait(_PATIENCE_S)
        return open_desk(pending.path)

    def opened() -> None:
        session.jobs.crashed.disconnect(crashed)
        on_opened()

    def crashed(_report: str) -> None:
        session.jobs.crashed.disconnect(crashed)
        on_failed(bug())

    session.jobs.crashed.connect(crashed)
    # Words are counted and pages made after that, too.
    session.jobs.run(lambda _progress: is_painted.wait(_PATIENCE_S), owner=session, lane="render")
    session.open(pending, work, done=opened, failed=on_failed)
    return is_painted


def open_desk(path: Path) -> Opened:
    """Open a desk for a window; raises what opening it raises."""
    from editor.gui.desk_opener import open_for_window

    return open_for_window(path)


def create_desk(path: Path, house: House, chief: Person, passphrase: str) -> Opened:
    """Make a desk for a window; raises what making it raises."""
    from editor.gui.desk_opener import create_for_window

    return create_for_window(path, house, chief, passphrase)


def clean_up(settings: Settings, _progress: Progress) -> None:
    """Remove what a killed process left behind, and what is remembered of desks off the list."""
    from editor.janitor import clean_up as remove_leftovers

    remove_leftovers(settings)
    forget_others(map(Path, (*settings.recent_desks, settings.last_desk)))


def bug() -> EditorError:
    """Return what a bug in the opening of a desk is for a person."""
    return EditorError(
        _("Something went wrong inside Stonehand while it opened the desk."),
        _("The desk itself was not changed. A report is in the logs folder."),
    )
