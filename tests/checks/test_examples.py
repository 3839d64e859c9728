"""Every check finds exactly what its wrong examples say, and nothing in its right ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.checks import CHECKS, Check, DeskFacts, Finding, Subject, apply_fix
from editor.checks.examples import Example
from editor.core.brief import Banner
from editor.core.paths import text_at
from editor.text.parse import parse
from tests.checks.checking import HOUSE

BUILT_IN = Path(__file__).parents[2] / "editor" / "checks" / "built_in"


def examples() -> Iterator[object]:
    for check in CHECKS:
        for number, example in enumerate(check.examples):
            kind = "right" if example.is_right else "wrong"
            yield pytest.param(check, example, id=f"{check.id}-{number}-{kind}")


def findings_of(check: Check, example: Example) -> list[Finding]:
    document, facts = parse(example.story.body), DeskFacts(style=example.style)
    subject = Subject(example.story, Banner(), HOUSE, document, facts)
    return [subject.in_source(finding) for finding in check.find(subject)]


@pytest.mark.parametrize(("check", "example"), list(examples()))
def test_check_finds_what_its_example_says(check: Check, example: Example) -> None:
    story, found = example.story, findings_of(check, example)
    if example.is_right:
        assert found == []
        return
    [finding] = found
    place = finding.place
    words = text_at(story, place.path)[place.start : place.end]
    assert (words or place.path) == example.found
    assert finding.check == check.id
    assert finding.sentence
    assert finding.hint
    if not example.fixed:
        assert finding.fixes == ()
        return
    fixed, _banner = apply_fix(story, Banner(), finding.fixes[0])
    assert text_at(fixed, place.path) == example.fixed


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.id))
def test_check_has_right_and_wrong_examples_and_a_name(check: Check) -> None:
    assert {example.is_right for example in check.examples} == {True, False}
    assert check.title
    assert check.about.endswith(".")


def test_each_check_is_in_a_file_named_for_its_id() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    files = {path.stem for path in BUILT_IN.glob("*.py")} - {"__init__"}
    assert files == {check.id.replace("-", "_") for check in CHECKS}
    for check in CHECKS:
        assert type(check).__module__.endswith(f".{check.id.replace('-', '_')}")
