"""`stonehand backup` and `stonehand restore-desk`: a whole desk as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import OutPath, desk_argument, force_option, open_desk
from editor.cli.printing import can_ask, say, showing_progress
from editor.errors import WouldUndo
from editor.i18n import _, plural
from editor.opening import restore_desk

if TYPE_CHECKING:
    from editor.store.reading.rows import AuditReport


@click.command("backup")
@desk_argument
@click.option(
    "--out",
    required=True,
    type=OutPath(),
    help="The file to write, or a folder of backups.",
)
@click.option("--whole", is_flag=True, help="A whole backup in the folder, not the changes.")
@force_option
@click.pass_context
def backup(context: click.Context, desk_path: Path, out: Path, whole: bool, force: bool) -> None:
    """Back DESK up into a file or a folder; the desk may be in use meanwhile.

    A file is the whole desk. Into a folder it writes a file that is named for the desk
    and the time in UTC: the first is whole, the later ones have only what changed since.
    To restore one of those, keep the whole one beside it.

    Private keys are not included: they belong to people, not to the desk. Exit
    code 1 means that pictures are damaged or missing, so that they are not in it; a
    line names each, and its stories.
    """
    with open_desk(desk_path) as desk, showing_progress() as progress:
        report = desk.backup(out, force=force, is_whole=whole, progress=progress)
    say(_("Wrote {file}.").format(file=report.file))
    if report.base:
        say(_("It has what changed since {file}; keep both.").format(file=report.base))
    for problem in report.problems:
        say(problem, err=True)
    if report.problems:
        context.exit(1)


@click.command("restore-desk")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@desk_argument
@click.option("--undo", is_flag=True, help="Restore it though it undoes what was done since.")
def restore(file: Path, desk_path: Path, undo: bool) -> None:
    """Make the folder DESK from a backup FILE, which is verified first.

    One that has only changes takes the whole backup beside it that it names.

    A backup that is older than what this computer has seen of the desk would undo
    what was decided since: it is listed, and you are asked, or a script gives --undo.
    """
    try:
        report = _restore(file, desk_path, undo=undo)
    except WouldUndo as older:
        for sentence in older.undone:
            say(sentence, err=True)
        if not (can_ask() and click.confirm(_("Undo this by restoring the backup?"), err=True)):
            raise
        report = _restore(file, desk_path, undo=True)
    rows = plural("{n} row", "{n} rows", report.rows)
    say(_("Restored {desk}; verified {rows} of its audit.").format(desk=desk_path, rows=rows))


def _restore(file: Path, desk_path: Path, *, undo: bool) -> AuditReport:
    with showing_progress() as progress:
        return restore_desk(file, desk_path, undo=undo, progress=progress)
