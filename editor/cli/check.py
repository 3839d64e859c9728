"""`stonehand check`: what the house style and the safety rules find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from editor.checks import run_checks
from editor.checks.base import Finding
from editor.cli.base import desk_option, json_option, open_desk, print_json
from editor.core.workflow import Stage
from editor.i18n import plural
from editor.store.reading.rows import Filter
from editor.store.reading.snapshot import Snapshot

_PAGE = 500


@click.command("check")
@click.argument("slugs", metavar="[SLUG…]", nargs=-1)
@desk_option
@json_option
def check(slugs: tuple[str, ...], desk_path: Path, as_json: bool) -> None:
    """Check stories, all that are not spiked unless some are named, and the banner once."""
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        chosen = [snapshot.find(slug) for slug in slugs] or _all(snapshot)
        findings = _findings(snapshot, chosen)
    if as_json:
        print_json({"checked": len(chosen), "findings": findings})
        return
    for found in findings:
        click.echo(f"{found['story'] or 'Trends banner'}: {found['sentence']}")
        click.echo(f"    {found['hint']}")
    click.echo(
        plural("{n} finding", "{n} findings", len(findings))
        + " in "
        + plural("{n} story", "{n} stories", len(chosen))
        + "."
    )


def _all(snapshot: Snapshot) -> list[str]:
    return [
        row.id
        for offset in range(0, snapshot.count(Filter()), _PAGE)
        for row in snapshot.rows(Filter(), offset, _PAGE)
        if row.stage is not Stage.SPIKED
    ]


def _findings(snapshot: Snapshot, chosen: list[str]) -> list[dict[str, Any]]:
    banner, house = snapshot.banner(), snapshot.house()
    views: list[dict[str, Any]] = []
    for story_id in chosen:
        story = snapshot.stored(story_id).story
        for finding in run_checks(story, banner, house):
            about_banner = finding.place.path.startswith("banner/")
            view = _view(finding, None if about_banner else story.slug)
            if view not in views:
                views.append(view)
    return views


def _view(finding: Finding, story: str | None) -> dict[str, Any]:
    return {
        "story": story,
        "check": finding.check,
        "level": str(finding.level),
        "sentence": finding.sentence,
        "hint": finding.hint,
        "field": finding.place.path,
        "start": finding.place.start,
        "end": finding.place.end,
        "fixes": [fix.title for fix in finding.fixes],
    }
