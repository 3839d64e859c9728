"""An approval behind the door asks the checks, with all that the desk knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from editor.core.commands import Approve, SaveHouseStyle, SaveStory, Submit
from editor.core.findings import Level
from editor.core.house import House
from editor.core.house_style import HouseStyle, RuleText
from editor.core.ignored import Ignored
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.times import now
from editor.desk_checks import DeskChecks
from editor.errors import NotAllowed
from editor.opening import make_desk
from editor.store.desk import Desk
from tests.reading import reading

MARA = "Mara Nwosu"
RULE = """extends = "existence"
message = "Don't write “%s”."
level = "stops"
tokens = ["leverage"]
"""
STORY = Story(
    headline="Ferry “will surely resume”",
    key_points=("The ferry is back", "The port is not"),
    body="The ferry  is back, she said. See [the plan](harbour-plan). We leverage it.",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(tmp_path / "Post.desk", House("Post"), Person(MARA, Role.CHIEF)) as made:
        yield made


def submitted(desk: Desk, story: Story) -> Approve:
    """Save and submit a story; what approves it."""
    changes = desk.do(SaveStory(story), MARA)
    [id] = changes.ids("story")
    desk.do(Submit(id, 1), MARA)
    return Approve(id, 1, reading(desk).stored(id).hash)


def set_style(desk: Desk, style: HouseStyle) -> None:
    base = reading(desk).house_style_state().saved.hash
    desk.do(SaveHouseStyle(style, base), MARA)


def refused(desk: Desk, command: Approve) -> NotAllowed:
    with pytest.raises(NotAllowed) as problem:
        desk.do(command, MARA)
    return problem.value


def test_finding_that_stops_refuses_the_approval_and_names_its_place(desk: Desk) -> None:
    problem = refused(desk, submitted(desk, STORY))
    assert problem.sentence.startswith("1 issue stops the approval: The quotation in the headline")
    assert problem.path == "headline"


def test_finding_that_stops_and_was_ignored_for_a_reason_refuses_nothing(desk: Desk) -> None:
    checks = DeskChecks(reading(desk), HouseStyle(), desk.pictures.problems, now())
    [quotation] = [found for found in checks.find(STORY) if found.level is Level.STOPS]
    line = Ignored.of(quotation, STORY, "Said in the film", MARA).line
    desk.do(submitted(desk, replace(STORY, ignored=(line,))), MARA)


def test_style_of_the_desk_decides_what_stops(desk: Desk) -> None:
    command = submitted(desk, STORY)
    off = HouseStyle(levels=(("quotation-in-body", Level.OFF), ("stray-spaces", Level.STOPS)))
    set_style(desk, off)
    assert "double space" in refused(desk, command).sentence
    set_style(desk, HouseStyle(levels=(("quotation-in-body", Level.HINT),)))
    desk.do(command, MARA)


def test_own_rule_that_stops_refuses_the_approval(desk: Desk) -> None:
    rules = (RuleText("terms.toml", RULE),)
    set_style(desk, HouseStyle((("quotation-in-body", Level.OFF),), rules=rules))
    assert "leverage" in refused(desk, submitted(desk, STORY)).sentence


def test_link_to_no_story_of_the_desk_is_known_to_the_door(desk: Desk) -> None:
    levels = (("quotation-in-body", Level.OFF), ("links", Level.STOPS))
    set_style(desk, HouseStyle(levels))
    assert "harbour-plan" in refused(desk, submitted(desk, STORY)).sentence


def test_desk_whose_style_decides_something_approves_nothing_without_checks(desk: Desk) -> None:
    command = submitted(desk, replace(STORY, headline="Ferry"))
    set_style(desk, HouseStyle(levels=(("length", Level.STOPS),)))
    desk.close()
    with Desk.open(desk.path) as unchecked:
        assert "none run here" in refused(unchecked, command).sentence
