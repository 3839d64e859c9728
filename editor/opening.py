"""Opening a desk as the window and the command line do: with the checks an approval asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from editor.store.desk import Desk

if TYPE_CHECKING:
    from editor.core.findings import Finding
    from editor.core.house import House
    from editor.core.people import Person
    from editor.core.story import Story
    from editor.progress import Progress
    from editor.store.commands.transaction import Transaction
    from editor.store.reading.rows import AuditReport
    from editor.trust.keyring import KeyStore


def open_desk(path: Path) -> Desk:
    """Open a desk. Raises what `Desk.open` raises."""
    return Desk.open(path, checker=check_before_approval)


def make_desk(path: Path, house: House, chief: Person, keys: KeyStore | None = None) -> Desk:
    """Make a desk with the chief's key from `keys`, and open it. Raises what `create` raises."""
    return Desk.create(path, house, chief, keys=keys, checker=check_before_approval)


def restore_desk(
    file: Path, path: Path, *, undo: bool = False, progress: Progress | None = None
) -> AuditReport:
    """Make a desk from a backup, in a new folder. Raises what `restore_backup` raises."""
    from editor.store.backup import restore_backup  # noqa: PLC0415  lists need nothing of it

    return restore_backup(file, path, undo=undo, progress=progress)


def check_before_approval(story: Story, transaction: Transaction) -> tuple[Finding, ...]:
    """Check a story as the window does: with the desk's style, pictures and other stories."""
    # Only an approval needs the checks.
    from editor.core.times import parse_instant  # noqa: PLC0415
    from editor.desk_checks import DeskChecks  # noqa: PLC0415
    from editor.store.pictures import Pictures  # noqa: PLC0415
    from editor.store.reading.papers import read_house_style  # noqa: PLC0415

    style = read_house_style(transaction.connection, transaction.trusted_chain()).style
    pictures = Pictures(transaction.path / "pictures")
    checks = DeskChecks(
        transaction,
        style,
        lambda files: dict(pictures.damaged(files)),
        parse_instant(transaction.at),
    )
    return checks.find(story)
