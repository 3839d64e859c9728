"""`stonehand deliveries` says what went where, and where a story is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.core.commands import RecordDelivery, SaveTargets
from editor.core.delivery import Target, Targets
from editor.store.desk import Desk
from tests.cli.conftest import Run
from tests.reading import reading
from tests.store.commands.test_deliveries import delivery

TOM = "Tom Vale"


def test_nothing_delivered_is_said(run: Run, desk_path: Path) -> None:
    assert "Nothing was delivered" in run("deliveries", "--desk", desk_path)[1]
    story = ("deliveries", "--story", "ferry-returns", "--desk", desk_path)
    assert "not delivered to any target" in run(*story)[1]
    code, _out, err = run(*story, "--target", "Website")
    assert (code, "either --target or --story" in err) == (2, True)
    assert "no story “nowhere”" in run("deliveries", "--story", "nowhere", "--desk", desk_path)[2]


def test_deliveries_and_the_places_of_a_story_are_printed(
    run: Run, run_json: Callable[..., Any], desk_path: Path
) -> None:
    with Desk.open(desk_path) as desk:
        story = reading(desk).find("ferry-returns")
        text = reading(desk).stored(story).hash
        targets = Targets((Target("Website", "/srv/site"), Target("Stick", "/media/paper.zip")))
        desk.do(SaveTargets(targets, Targets().hash), TOM)
        desk.do(RecordDelivery(delivery("Stick", stories=((story, "0" * 64),))), TOM)
        desk.do(RecordDelivery(delivery(stories=((story, text),))), TOM)
        desk.do(RecordDelivery(delivery("Stick", withdrawn=(story,))), TOM)
    rows = run_json("deliveries")
    assert [(row["target"], row["stories"], row["withdrawn"]) for row in rows] == [
        ("Stick", {}, [story]),
        ("Website", {story: text}, []),
        ("Stick", {story: "0" * 64}, []),
    ]
    assert {row["by"] for row in rows} == {TOM}
    assert len(run_json("deliveries", "--target", "Website")) == 1
    out = run("deliveries", "--desk", desk_path, "--limit", "1")[1]
    assert "Stick" in out
    assert "site: 3 files, 0 stories new or changed, 1 withdrawn" in out
    places = run_json("deliveries", "--story", "ferry-returns")
    assert [(place["target"], place["withdrawn"]) for place in places] == [
        ("Stick", True),
        ("Website", False),
    ]
    out = run("deliveries", "--desk", desk_path, "--story", "ferry-returns")[1]
    assert "withdrawn" in out
    assert "version " in out
