"""`stonehand check`: the findings of the house-style and safety checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from editor.cli.base import all_rows, desk_option, json_option, open_desk
from editor.cli.printing import one_line, say, say_json
from editor.core.times import day_at, now
from editor.core.workflow import Stage
from editor.core.zones import zone
from editor.i18n import _, plural
from editor.store.reading.rows import Filter

if TYPE_CHECKING:
    from editor.core.findings import Finding
    from editor.store.pictures import Pictures
    from editor.store.reading.snapshot import Snapshot


@click.command("check")
@click.argument("slugs", metavar="[SLUG…]", nargs=-1)
@desk_option
@json_option
def check(slugs: tuple[str, ...], desk_path: Path, as_json: bool) -> None:
    """Check the named stories, or all that are not spiked, and the trends banner once."""
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        stories = [snapshot.find(slug) for slug in slugs] or [
            row.id for row in all_rows(snapshot, Filter()) if row.stage is not Stage.SPIKED
        ]
        findings = _findings(snapshot, desk.pictures, stories)
    if as_json:
        say_json({"checked": len(stories), "findings": findings})
        return
    for finding in findings:
        say(one_line(f"{finding['story'] or _('Trends banner')}: {finding['sentence']}"))
        say(one_line(f"    {finding['hint']}"))
    issues = plural("{n} issue", "{n} issues", len(findings)) if findings else _("No problems")
    count = plural("{n} story", "{n} stories", len(stories))
    say(_("{issues} found in {stories}.").format(issues=issues, stories=count))


def _findings(
    snapshot: Snapshot, pictures: Pictures, stories: list[str]
) -> list[dict[str, object]]:
    from editor.checks import DeskFacts, run_checks  # noqa: PLC0415  `--help` needs none of them
    from editor.text.parse import parse  # noqa: PLC0415  nor this

    banner, house = snapshot.banner(), snapshot.house()
    today = day_at(now(), zone(house.timezone))
    views: list[dict[str, object]] = []
    for story_id in stories:
        story = snapshot.stored(story_id).story
        files = [picture.file for picture in story.pictures if picture.file]
        document = parse(story.body)
        names = snapshot.names(slugs=document.slugs)
        facts = DeskFacts(pictures.problems(files), names.unknown, today)
        for finding in run_checks(story, banner, house, document, facts):
            is_about_banner = finding.place.path.startswith("banner/")
            view = _view(finding, None if is_about_banner else story.slug)
            if view not in views:
                views.append(view)
    return views


def _view(finding: Finding, story: str | None) -> dict[str, object]:
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
