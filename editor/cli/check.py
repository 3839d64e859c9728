"""`stonehand check`: the findings of the house-style and safety checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from editor.cli.base import all_rows, desk_option, json_option, open_desk
from editor.cli.printing import one_line, say, say_json
from editor.core.times import now
from editor.core.workflow import Stage
from editor.i18n import _, plural
from editor.store.reading.rows import Filter

if TYPE_CHECKING:
    from editor.core.findings import Finding
    from editor.core.ignored import Ignored
    from editor.core.story import Story
    from editor.desk_checks import DeskChecks


@click.command("check")
@click.argument("slugs", metavar="[SLUG…]", nargs=-1)
@desk_option
@json_option
def check(slugs: tuple[str, ...], desk_path: Path, as_json: bool) -> None:
    """Check the named stories, or all that are not spiked, and the trends banner once.

    They are checked by the house style of the desk. What somebody chose to ignore is
    listed with the reason.
    """
    from editor.desk_checks import DeskChecks  # noqa: PLC0415  `--help` needs none of them

    report = _Report()
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        stories = [snapshot.find(slug) for slug in slugs] or [
            row.id for row in all_rows(snapshot, Filter()) if row.stage is not Stage.SPIKED
        ]
        state = snapshot.house_style_state()
        checks = DeskChecks(snapshot, state.style, desk.pictures.problems, now())
        for story in stories:
            report.add(snapshot.stored(story).story, checks)
    if state.doubt:
        say(_("The checks go by no house style. {why}").format(why=state.doubt), err=True)
    if as_json:
        found = {"findings": report.findings, "ignored": report.ignored}
        say_json({"checked": len(stories), **found})
    else:
        report.say(len(stories))


class _Report:
    """What was found in the stories, and what somebody chose to ignore there."""

    def __init__(self) -> None:
        self.findings: list[dict[str, Any]] = []
        self.ignored: list[dict[str, Any]] = []

    def add(self, story: Story, checks: DeskChecks) -> None:
        from editor.core.ignored import ignored_issues  # noqa: PLC0415  as above

        for finding in checks.find(story):
            is_about_banner = finding.is_in_banner
            view = _view(finding, None if is_about_banner else story.slug)
            if view not in self.findings:
                self.findings.append(view)
        self.ignored += [_ignored_view(issue, story.slug) for issue in ignored_issues(story)]

    def say(self, stories: int) -> None:
        from editor.checks.help import level_name  # noqa: PLC0415  as above
        from editor.core.findings import Level  # noqa: PLC0415  nor this

        for finding in self.findings:
            about = finding["story"] or _("Trends banner")
            level = level_name(Level(finding["level"]))
            say(one_line(f"{about}: {finding['sentence']} ({level})"))
            say(one_line(f"    {finding['hint']}"))
        for issue in self.ignored:
            sentence = _("{story}: {check} was ignored: {reason} ({by})")
            say(one_line(sentence.format(**{**issue, "by": issue["by"] or _("nobody says who")})))
        count = len(self.findings)
        issues = plural("{n} issue", "{n} issues", count) if count else _("No problems")
        of = plural("{n} story", "{n} stories", stories)
        say(_("{issues} found in {stories}.").format(issues=issues, stories=of))


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


def _ignored_view(issue: Ignored, story: str) -> dict[str, Any]:
    return {
        "story": story,
        "check": issue.check,
        "field": issue.path,
        "words": issue.quote,
        "reason": issue.reason,
        "by": issue.by,
    }
