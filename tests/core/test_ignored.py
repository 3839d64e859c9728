"""Findings that somebody left as they are, with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.checks import run_checks
from editor.core.brief import Banner, Brief
from editor.core.findings import Finding
from editor.core.house import House
from editor.core.ignored import Ignored, can_ignore, ignored_issues, with_own_names
from editor.core.story import Story

HOUSE, BANNER = House("Harbour Post"), Banner()
STORY = Story(headline="Boats  came in", body="Boats came  in. They stayed.")


def found(story: Story) -> tuple[Finding, ...]:
    return run_checks(story, BANNER, HOUSE)


def test_ignored_words_are_not_found_again_and_all_else_is() -> None:
    first, second = run_checks(STORY, BANNER, HOUSE)
    line = Ignored.of(first, STORY, "It is how the ship is written").line
    assert "It is how the ship is written" in line
    story = replace(STORY, ignored=(line,))
    assert run_checks(story, BANNER, HOUSE) == (second,)


def test_words_that_were_moved_are_still_ignored_and_other_words_are_not() -> None:
    story = replace(STORY, headline="Boats came in")
    [spaces] = [finding for finding in found(story) if finding.place.path == "body"]
    line = Ignored.of(spaces, story, "Meant").line
    moved = replace(story, body="Before it.\n\n" + story.body, ignored=(line,))
    assert spaces.check not in [finding.check for finding in found(moved)]
    other = replace(moved, body="Two  others, and what was ignored: came  in.")
    assert spaces.check in [finding.check for finding in found(other)]


@pytest.mark.parametrize(
    ("quote", "reason"),
    [("", "no words"), ("a “b” – c", "it – is"), ("$12 bn", "in a quotation: “$12 bn”")],
)
def test_line_is_read_as_it_was_written(quote: str, reason: str) -> None:
    ignored = Ignored("money-style", "pictures/caption", quote, reason)
    read = Ignored.parse(ignored.line)
    assert read is not None
    assert read.line == ignored.line
    assert (read.check, read.path) == (ignored.check, ignored.path)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "check body",
        "check body: no reason –",
        "stray-spaces body: “came  in” –  ",
        "stray-spaces headline: “Boats came” – \u200b — Mara Quill",
        "stray-spaces headline: “Boats came” – . — Mara Quill",
    ],
)
def test_line_of_something_else_ignores_nothing(line: str) -> None:
    assert Ignored.parse(line) is None
    assert run_checks(replace(STORY, ignored=(line,)), BANNER, HOUSE) == run_checks(
        STORY, BANNER, HOUSE
    )


def test_what_a_story_needs_is_never_ignored() -> None:
    story = Story(headline="A ship", key_points=("One of them.", "Another one."))
    [minimum] = [finding for finding in found(story) if finding.check == "minimum"]
    assert not can_ignore(minimum)
    line = Ignored.of(minimum, story, "It is short").line
    assert minimum in found(replace(story, ignored=(line,)))


def test_banner_is_not_ignored_for_one_story() -> None:
    banner = Banner((Brief("b1", "It cost $12 bn", "Others say $12bn."),))
    findings = run_checks(Story(headline="A ship"), banner, HOUSE)
    places = {finding.place.path.partition("/")[0]: can_ignore(finding) for finding in findings}
    assert places["banner"] is False


def test_what_is_ignored_is_part_of_the_version_and_of_no_other() -> None:
    assert replace(STORY, ignored=("a b: – c",)).hash != STORY.hash
    assert "ignored" not in STORY.to_json()


def test_who_gave_the_reason_is_read_and_described() -> None:
    [spaces] = [finding for finding in found(STORY) if finding.check == "stray-spaces"]
    line = Ignored.of(spaces, STORY, "The ship — so written", "Ines Vale").line
    read = Ignored.parse(line)
    assert read is not None
    assert (read.reason, read.by) == ("The ship – so written", "Ines Vale")
    assert read.describe() == "“Boats came” – The ship – so written (Ines Vale)"
    older = Ignored.parse(line.partition(" — ")[0])
    assert older is not None
    assert (older.by, older.is_about(read)) == ("", True)
    assert ignored_issues(replace(STORY, ignored=(line, "nonsense"))) == (read,)


def test_new_reason_has_the_name_of_who_saves_it() -> None:
    line = Ignored("stray-spaces", "body", "a  b", "Meant", "Mara Quill").line
    own = Ignored("stray-spaces", "body", "a  b", "Meant", "Ines Vale").line
    story = replace(STORY, ignored=(line, "nonsense", own))
    assert with_own_names(story, (), "Ines Vale").ignored == (own, "nonsense")
    assert with_own_names(story, (replace(STORY, ignored=(line,)),), "Ines Vale") == story
