"""What every command has in common."""

from __future__ import annotations

from typing import get_args

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    AddNote,
    Command,
    OrderFront,
    RecordDelivery,
    Restore,
    Return,
    SaveBanner,
    SaveHouse,
    SaveHouseStyle,
    SaveStory,
    SaveTargets,
    Spike,
    Submit,
    Unspike,
)
from editor.core.delivery import Target, Targets
from editor.core.front import Front
from editor.core.house import House
from editor.core.house_style import HouseStyle
from editor.core.story import Story
from editor.errors import BadValue, NotFound
from editor.store.commands.handlers import HANDLERS
from editor.store.desk import Desk
from tests.people import approving_banner
from tests.reading import reading
from tests.store.commands.test_deliveries import delivery
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    approved,
    refused,
)


def test_every_command_has_a_handler() -> None:
    assert set(HANDLERS) == set(get_args(Command))


def test_unknown_person_is_refused_with_the_known_names(desk: Desk) -> None:
    error = refused(desk, SaveStory(Story(headline="X")), "Nobody", NotFound)
    assert all(name in error.hint for name in (MARA, TOM, LINA))
    refused(desk, SaveStory(Story(headline="X")), MARA.lower(), NotFound)
    desk.do(SaveStory(Story(headline="X")), f"  {MARA.replace(' ', '  ')} ")


def test_unknown_story_is_refused(desk: Desk) -> None:
    for command in (
        SaveStory(Story(id="f" * 32, headline="X"), 0),
        Submit("'; DROP TABLE stories; --", 1),
        AddNote("nowhere", "Hello"),
        Restore("nowhere", 2, 1),
    ):
        refused(desk, command, MARA, NotFound)
    refused(desk, SaveStory(Story(headline="X"), 3), MARA, BadValue)


def test_every_command_is_logged(desk: Desk) -> None:
    story = approved(desk)
    desk.do(Return(story, 1, "No."), TOM)
    desk.do(Spike(story, 1), LINA)
    desk.do(Unspike(story, 1), LINA)
    desk.do(AddNote(story, "Hm."), LINA)
    desk.do(SaveBanner(Banner((Brief(title="T"),)), reading(desk).banner().hash), LINA)
    desk.do(approving_banner(desk), TOM)
    desk.do(OrderFront(Front((story,)), Front().hash), TOM)
    website = Targets((Target("Website", "/srv/site"),))
    desk.do(SaveTargets(website, Targets().hash), TOM)
    desk.do(RecordDelivery(delivery("Website")), LINA)
    desk.do(SaveHouse(House("Harbour Mail"), reading(desk).house().hash), MARA)
    desk.do(SaveHouseStyle(HouseStyle(words=("Quay",)), HouseStyle().hash), TOM)
    done = [row.action for row in reversed(reading(desk).log()) if row.action != "opened"]
    assert done == [
        "founded",
        "house",
        "masthead",
        "masthead",
        "saved",
        "submitted",
        "approved",
        "returned",
        "spiked",
        "unspiked",
        "noted",
        "banner",
        "banner approved",
        "front",
        "targets",
        "delivered",
        "house",
        "house style",
    ]
    assert [row.action for row in reading(desk).log(story, 2)] == ["noted", "unspiked"]
