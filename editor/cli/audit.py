"""`stonehand audit`: verify the whole log of a desk, and print it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import desk_argument, json_option, open_desk
from editor.cli.printing import say, say_json, say_table, showing_progress
from editor.i18n import _, plural

if TYPE_CHECKING:
    from editor.store.log.entries import LogEntry
    from editor.store.reading.rows import AuditReport
    from editor.store.reading.used_pictures import PictureProblem

_ALL = 1 << 62


@click.command("audit")
@desk_argument
@click.option("--story", "slug", default=None, metavar="SLUG", help="Print only this story's rows.")
@json_option
@click.pass_context
def audit(context: click.Context, desk_path: Path, slug: str | None, as_json: bool) -> None:
    """Verify the log of DESK, and print it, the oldest row first.

    The whole log is verified whatever is printed, and every picture is read. Exit
    code 1 means that something was changed outside Stonehand; a sentence says where.
    """
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        with showing_progress() as progress:
            report = snapshot.verify_audit(progress)
        story = snapshot.find(slug) if slug else None
        rows = snapshot.log(story, _ALL)[::-1]
        slugs = snapshot.slugs({row.story for row in rows})
        # The tables of a broken audit need not say which pictures there are.
        pictures = [] if report.broken_at else snapshot.picture_problems()
    if as_json:
        say_json(_as_json(report, rows, pictures))
    else:
        say_table([_cells(row, slugs) for row in rows])
    for problem in pictures:
        say(str(problem), err=True)
    if report.broken_at:
        sentence = _("The audit breaks at row {n}. {reason}")
        say(sentence.format(n=report.broken_at, reason=report.reason), err=True)
    elif not as_json:
        _print_verified(report)
    if report.broken_at or pictures:
        context.exit(1)


def _as_json(
    report: AuditReport, rows: Sequence[LogEntry], pictures: Sequence[PictureProblem]
) -> dict[str, object]:
    return {
        "rows": report.rows,
        "broken_at": report.broken_at or None,
        "reason": report.reason or None,
        "unsigned": dict(report.unsigned),
        "notices": list(report.notices),
        "pictures": [
            {"file": problem.file, "sentence": problem.sentence, "stories": list(problem.slugs)}
            for problem in pictures
        ],
        "log": [row._asdict() for row in rows],
    }


def _cells(row: LogEntry, slugs: Mapping[str, str]) -> tuple[str, ...]:
    story = slugs.get(row.story, row.story) or "–"
    return str(row.id), row.at, row.person, row.action, story, row.note


def _print_verified(report: AuditReport) -> None:
    say(plural("{n} row verified.", "{n} rows verified.", report.rows))
    for name, count in report.unsigned:
        waiting = plural("{n} entry waits", "{n} entries wait", count)
        sentence = _("{waiting} for the signature of {name}.")
        say(sentence.format(waiting=waiting, name=name))
    for notice in report.notices:
        say(notice)
