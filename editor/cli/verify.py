"""`stonehand verify`: check an exported edition, with nothing but its files."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.language import json_option
from editor.cli.printing import say, say_json
from editor.formats.verify.before import VerifiedBefore
from editor.formats.verify.report import (
    Conclusion,
    EditionReport,
    Severity,
    printable,
    trust_conclusion,
)
from editor.formats.verify.verifier import verify_edition
from editor.i18n import _, plural
from editor.trust.known_mastheads import KnownMastheads, Trust
from editor.trust.seen_editions import SeenEditions

_SIGNS = {Severity.OK: "✓", Severity.NOTE: "!", Severity.PROBLEM: "✗"}
_MOST = 20


# No desk is opened here, and nothing of cli.base is imported: that would take longer
# than verifying an edition which was verified before.
@click.command("verify")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@json_option
@click.option(
    "--trust", "confirm", is_flag=True, help="Confirm that the masthead's words are right."
)
@click.option("--again", is_flag=True, help="Read every file, also those verified before.")
@click.option("--unsigned", is_flag=True, help="Accept an edition that nobody signed.")
@click.option(
    "--older", is_flag=True, help="Accept an older masthead or edition than you have seen."
)
@click.pass_context
def verify(
    context: click.Context,
    path: Path,
    as_json: bool,
    confirm: bool,
    again: bool,
    unsigned: bool,
    older: bool,
) -> None:
    """Check the edition in PATH, a folder or a zip file: whole or altered, and whose it is.

    Exit code 0 means that every file is as it was signed and every approval is valid,
    by a masthead that you confirmed or have not confirmed yet. 1 means that something
    was altered, is not proven, is unsigned, is no edition, or comes from another
    masthead than the one you confirmed for this desk, or from an older one than the
    newest you have seen, or is older than the newest edition you have seen.
    """
    before = VerifiedBefore()
    if again:
        before.forget(path)
    report = verify_edition(path, before=before)
    facts, known = report.facts, KnownMastheads()
    if confirm and report.is_whole and not facts.problems:
        known.confirm(facts.desk, facts.mastheads)
    trust = known.trust(facts.desk, facts.mastheads)
    known.remember(facts.desk, facts.mastheads)
    report = report.remembered(trust, SeenEditions())
    headline = report.headline(trust)
    is_older = trust is Trust.OLDER or bool(report.newer_seen)
    is_refused_as_older = is_older and not older
    is_accepted = (
        headline.severity is not Severity.PROBLEM
        and (bool(facts.signed_by) or unsigned)
        and not is_refused_as_older
    )
    if as_json:
        value = {"accepted": is_accepted, "headline": headline.sentence, "trust": str(trust)}
        say_json(value | report.to_json())
    else:
        _print(report, headline, trust)
        if is_refused_as_older and headline.severity is not Severity.PROBLEM:
            say()
            say(_refusal(trust))
    context.exit(0 if is_accepted else 1)


def _refusal(trust: Trust) -> str:
    """Why an earlier edition is not accepted, and what to do for one that is meant."""
    if trust is Trust.OLDER:
        return _(
            "Not accepted: its masthead is older than one you have seen. Add --older if you "
            "mean an earlier edition."
        )
    return _(
        "Not accepted: you have seen a newer edition of this desk and format. Add --older if "
        "you mean an earlier one."
    )


def _print(report: EditionReport, headline: Conclusion, trust: Trust) -> None:
    say(headline.sentence)
    say()
    for conclusion in report.conclusions():
        _print_conclusion(conclusion)
    if report.facts.mastheads:
        _print_conclusion(trust_conclusion(report.facts, trust))
    _print_list(_("Files that are not as they were exported:"),
                [file.sentence for file in report.altered])  # fmt: skip
    stories = sorted(report.facts.stories, key=lambda story: not story.problem)
    lines = [f"{printable(story.slug)}: {printable(story.sentence)}" for story in stories]
    _print_list(_("Stories:"), lines)


def _print_conclusion(conclusion: Conclusion) -> None:
    say(f"{_SIGNS[conclusion.severity]} {printable(conclusion.sentence)}")


def _print_list(title: str, lines: list[str]) -> None:
    if not lines:
        return
    say(f"\n{title}")
    for line in lines[:_MOST]:
        say(f"  {line}")
    if (more := len(lines) - _MOST) > 0:
        sentence = plural("and {n} more; --json has all.", "and {n} more; --json has all.", more)
        say(f"  {sentence}")
