"""Opening a desk as the window and the command line do: with the checks its gates ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from editor.store.desk import Desk

if TYPE_CHECKING:
    from editor.core.brief import Banner
    from editor.core.house import House
    from editor.core.people import Person
    from editor.core.story import Story
    from editor.progress import Progress
    from editor.store.reading.rows import AuditReport
    from editor.trust.keyring import KeyStore


def open_desk(path: Path) -> Desk:
    """Open a desk. Raises what `Desk.open` raises."""
    return Desk.open(path, checker=levels)


def make_desk(path: Path, house: House, chief: Person, keys: KeyStore | None = None) -> Desk:
    """Make a desk with the chief's key from `keys`, and open it. Raises what `create` raises."""
    return Desk.create(path, house, chief, keys=keys, checker=levels)


def restore_desk(
    file: Path, path: Path, *, undo: bool = False, progress: Progress | None = None
) -> AuditReport:
    """Make a desk from a backup, in a new folder. Raises what `restore_backup` raises."""
    from editor.store.backup import restore_backup  # noqa: PLC0415  lists need nothing of it

    return restore_backup(file, path, undo=undo, progress=progress)


def levels(story: Story, banner: Banner, house: House) -> tuple[str, ...]:
    """The level of each finding of the checks about a story."""
    from editor.checks import run_checks  # noqa: PLC0415  nor of the checks

    return tuple(str(finding.level) for finding in run_checks(story, banner, house))
