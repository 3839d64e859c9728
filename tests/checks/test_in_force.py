"""A house style decides which checks run, and how much each matters."""

from __future__ import annotations

from editor.checks import DeskFacts, Finding, Level, run_checks
from editor.checks.built_in import CHECKS
from editor.checks.in_force import all_checks, checks_in_force, level_in_force
from editor.core.brief import Banner
from editor.core.house_style import HouseStyle, RuleText
from editor.core.story import Picture, Story
from tests.checks.checking import HOUSE, story

RULE = """extends = "existence"
message = "Don't write “%s”."
level = "hint"
tokens = ["leverage"]
"""
SPACES = story("Two  spaces, (no end.")


def found(subject: Story, style: HouseStyle) -> tuple[Finding, ...]:
    return run_checks(subject, Banner(), HOUSE, facts=DeskFacts(style=style))


def test_plain_style_runs_every_check_at_its_own_level() -> None:
    assert {check.id for check, _ in checks_in_force(HouseStyle())} == {c.id for c in CHECKS}
    assert {finding.level for finding in found(SPACES, HouseStyle())} == {Level.WARNING}


def test_level_of_the_desk_replaces_the_checks_own_and_the_worst_comes_first() -> None:
    style = HouseStyle(levels=(("stray-spaces", Level.STOPS), ("unbalanced-marks", Level.HINT)))
    assert [(finding.check, finding.level) for finding in found(SPACES, style)] == [
        ("stray-spaces", Level.STOPS),
        ("unbalanced-marks", Level.HINT),
    ]


def test_check_that_is_off_does_not_run() -> None:
    style = HouseStyle(levels=(("stray-spaces", Level.OFF),))
    assert "stray-spaces" not in {check.id for check, _ in checks_in_force(style)}
    assert [finding.check for finding in found(SPACES, style)] == ["unbalanced-marks"]


def test_what_no_story_can_go_out_without_is_no_matter_of_style() -> None:
    style = HouseStyle(levels=(("minimum", Level.OFF), ("picture-file", Level.HINT)))
    subject = story("", pictures=(Picture(caption="A quay", credit="AP", alt="Quay"),))
    assert {(finding.check, finding.level) for finding in found(subject, style)} == {
        ("minimum", Level.STOPS),
        ("picture-file", Level.STOPS),
    }
    assert {level_in_force(check, style) for check in CHECKS if check.id == "minimum"} == {
        Level.STOPS
    }


def test_own_rules_run_beside_the_checks() -> None:
    style = HouseStyle(rules=(RuleText("terms.toml", RULE),))
    [own] = [check for check in all_checks(style) if check not in CHECKS]
    [finding] = found(story("We leverage it."), style)
    assert (finding.check, finding.level) == (own.id, Level.HINT)
    strict = style.with_level(own.id, Level.STOPS)
    assert [finding.level for finding in found(story("We leverage it."), strict)] == [Level.STOPS]


def test_words_of_the_style_do_not_make_the_list_of_checks_again() -> None:
    style = HouseStyle(rules=(RuleText("terms.toml", RULE),))
    assert checks_in_force(style) is checks_in_force(style.with_words("Quay"))


def test_own_rule_that_can_not_be_read_says_so_and_the_others_run() -> None:
    broken = RuleText("broken.toml", RULE.replace('"leverage"', '"("'))
    style = HouseStyle(rules=(broken, RuleText("terms.toml", RULE)))
    findings = {finding.check: finding for finding in found(story("They leverage it."), style)}
    assert findings["own-terms"].sentence == "Don't write “leverage”."
    assert "broken.toml, line 4" in findings["own-broken"].sentence
    assert findings["own-broken"].level is Level.HINT
    assert not any(finding.check == "own-broken" for finding in found(Story(), style))
