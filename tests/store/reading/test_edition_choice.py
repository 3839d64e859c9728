"""An export looks again only at what changed, and chooses what it would choose of all."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    Correct,
    Kill,
    Return,
    SaveBanner,
    SaveHouse,
    SaveStory,
    SetPolicy,
    Spike,
    Submit,
)
from editor.core.edition import Edition
from editor.core.policy import FourEyes, Policy
from editor.core.times import instant_text, now
from editor.core.workflow import Stage
from editor.errors import EditorError
from editor.store.desk import Desk
from editor.store.exports.kept_file import KeptFile
from editor.store.exports.memory import ExportMemory
from editor.store.log import pins
from editor.store.reading.edition_choice import EditionChooser
from tests.bench.fill import EDITOR, PASSPHRASE, fill
from tests.people import approving, approving_banner
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    Clock,
    approved,
    change_database,
    new,
    publish,
    rewrite,
)
from tests.store.test_sql_counts import Counted, counting


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows when all stories are verified."""
    seen: list[str] = []
    verify = EditionChooser._verify_all

    def noting(self: EditionChooser, *arguments: Any) -> Any:
        seen.append("whole")
        return verify(self, *arguments)

    monkeypatch.setattr(EditionChooser, "_verify_all", noting)
    return seen


def export(desk: Desk, **options: Any) -> Edition:
    return reading(desk).edition(None, desk._clock(), **options)


def without_memory(desk: Desk, tmp_path: Path, **options: Any) -> Edition:
    """The edition as it is chosen where nothing is remembered; the pins are left as they are."""
    pinned = [(file, file.read_bytes()) for file in pins._files()]
    with Desk.open(desk.path, clock=desk._clock) as other:
        other.__dict__["exports"] = ExportMemory(tmp_path / "never seen")
        edition = export(other, **options)
        other.exports._file._remove()
    for file, data in pinned:
        file.write_bytes(data)
    return edition


def assert_same(found: Edition, expected: Edition) -> None:
    for name in (
        *(
            "listings",
            "withdrawn",
            "expired",
            "left_out",
            "former_slugs",
            "banner",
            "house",
            "proof",
        ),
        *("generated_at", "what_if"),
    ):
        assert getattr(found, name) == getattr(expected, name), name
    assert found.items == expected.items


def approve_again(desk: Desk, story: str) -> None:
    desk.do(Submit(story, reading(desk).row(story).version), LINA)
    desk.do(approving(desk, story), TOM)


# What is looked at again


def test_second_export_verifies_nothing_again(desk: Desk, whole: list[str], tmp_path: Path) -> None:
    for number in range(3):
        approved(desk, f"Story {number}")
    first = export(desk)
    assert whole == ["whole"]
    assert_same(export(desk), first)
    with Desk.open(desk.path, clock=desk._clock) as again:
        assert_same(export(again), first)
    assert whole == ["whole"]
    assert_same(without_memory(desk, tmp_path), first)


def _approve_new(desk: Desk, story: str) -> None:
    approved(desk, "Brand new", slug="brand-new")


def _edit(desk: Desk, story: str) -> None:
    rewrite(desk, story, body="It sails at six.")


def _edit_and_approve(desk: Desk, story: str) -> None:
    rewrite(desk, story, body="It sails at six.", slug="six")
    approve_again(desk, story)


def _publish_and_edit(desk: Desk, story: str) -> None:
    publish(desk, story)
    rewrite(desk, story, body="It sails at six.", slug="six")


def _correct(desk: Desk, story: str) -> None:
    publish(desk, story)
    desk.do(Correct(story, 1, "It sails at six."), LINA)
    approve_again(desk, story)


def _kill(desk: Desk, story: str) -> None:
    publish(desk, story)
    desk.do(Kill(story, 1, "Wrong."), MARA)


def _return(desk: Desk, story: str) -> None:
    desk.do(Return(story, 1, "No."), TOM)


def _spike(desk: Desk, story: str) -> None:
    desk.do(Spike(story, 1), TOM)


def _change_banner(desk: Desk, story: str) -> None:
    banner = reading(desk).banner_state().latest
    brief = Brief(title=f"Trend {len(banner.briefs)}", summary="It came by sea.")
    desk.do(SaveBanner(Banner((*banner.briefs, brief)), banner.hash), LINA)
    desk.do(approving_banner(desk), TOM)


def _save_house(desk: Desk, story: str) -> None:
    house = reading(desk).house()
    desk.do(SaveHouse(replace(house, name="Other Post"), house.hash), MARA)


def _draft(desk: Desk, story: str) -> None:
    new(desk, "A draft")


_CHANGES = [
    *(_approve_new, _edit, _edit_and_approve, _publish_and_edit, _correct, _kill),
    *(_return, _spike, _save_house, _draft, _change_banner),
]


_BY_ANOTHER_PROCESS = (_edit_and_approve, _kill, _save_house)
"""Changes of a story, of what readers have, and of the paper; the others in the long mode."""


@pytest.mark.parametrize(
    ("change", "is_closed"),
    [
        *((change, False) for change in _CHANGES),
        *((change, True) for change in _BY_ANOTHER_PROCESS),
        *(
            pytest.param(change, True, marks=pytest.mark.slow)
            for change in _CHANGES
            if change not in _BY_ANOTHER_PROCESS
        ),
    ],
)
def test_export_after_a_change_looks_at_it_alone(
    desk: Desk,
    whole: list[str],
    tmp_path: Path,
    change: Callable[[Desk, str], None],
    is_closed: bool,
) -> None:
    for number in range(3):
        approved(desk, f"Story {number}", slug=f"story-{number}")
    story = approved(desk, "Ferry", slug="ferry")
    export(desk)
    whole.clear()
    if is_closed:
        path, clock = desk.path, desk._clock
        desk.close()
        with Desk.open(path, clock=clock) as again:
            change(again, story)
        with Desk.open(path, clock=clock) as again:
            found = export(again)
            assert whole == []
            assert_same(found, without_memory(again, tmp_path))
    else:
        change(desk, story)
        found = export(desk)
        assert whole == []
        assert_same(found, without_memory(desk, tmp_path))


def test_random_work_gives_what_a_whole_export_gives(
    desk: Desk, whole: list[str], tmp_path: Path, clock: Clock
) -> None:
    chance = random.Random(5)
    stories = [approved(desk, f"Story {n}", slug=f"story-{n}") for n in range(4)]
    export(desk)
    whole.clear()
    others = 0
    for step in range(40):
        clock.go(minutes=chance.randrange(90))
        change, story = chance.choice(_CHANGES), chance.choice(stories)
        if chance.random() < 0.3:
            until = instant_text(clock.now + timedelta(hours=chance.randrange(-2, 5)))
            field = chance.choice(["embargo", "publish_at", "expires"])
            stories.append(approved(desk, f"Timed {step}", **{field: until}))
        try:
            change(desk, story)
        except EditorError:
            others += 1
        found = export(desk)
        assert whole == []
        assert_same(found, without_memory(desk, tmp_path))
        whole.clear()
    assert others < 30


@pytest.mark.parametrize("field", ["embargo", "publish_at", "expires"])
def test_story_is_looked_at_again_when_its_time_comes(
    desk: Desk, whole: list[str], tmp_path: Path, clock: Clock, field: str
) -> None:
    approved(desk, "Other")
    story = approved(desk, "Ferry", **{field: instant_text(clock.now + timedelta(hours=2))})
    is_out = field == "expires"
    for hours, changes in ((0, False), (1, False), (1, True), (1, True)):
        clock.go(hours=hours)
        found = export(desk)
        assert ((story in {listing.id for listing in found.listings}) == is_out) != changes
        assert_same(found, without_memory(desk, tmp_path))
        whole.clear()
    export(desk)
    assert whole == []


def test_live_version_goes_out_until_the_next_one_is_due(
    desk: Desk, whole: list[str], tmp_path: Path, clock: Clock
) -> None:
    story = approved(desk, "Ferry")
    publish(desk, story)
    rewrite(desk, story, headline="Later", publish_at=instant_text(clock.now + timedelta(hours=2)))
    approve_again(desk, story)
    assert [listing.headline for listing in export(desk).listings] == ["Ferry"]
    whole.clear()
    clock.go(hours=3)
    assert [listing.headline for listing in export(desk).listings] == ["Later"]
    assert whole == []


def test_stories_that_are_left_out_by_hand(desk: Desk, whole: list[str], tmp_path: Path) -> None:
    first, second = approved(desk, "One"), approved(desk, "Two")
    killed = approved(desk, "Three")
    _kill(desk, killed)
    assert_same(export(desk, without=[first]), without_memory(desk, tmp_path, without=[first]))
    export(desk)
    whole.clear()
    found = export(desk, without=[first, killed])
    assert [listing.id for listing in found.listings] == [second]
    assert whole == []
    assert_same(found, without_memory(desk, tmp_path, without=[first, killed]))


def test_late_signature_is_seen(
    desk: Desk, whole: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(desk, "Ferry")
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    with Desk.open(desk.path, clock=desk._clock) as locked:
        story = new(locked, "Tides")
        export(locked)
        whole.clear()
        locked.unlock("test")
        locked.signing_key(LINA)
        locked.seal()
        desk.unlock("test")
        desk.do(Submit(story, 1), LINA)
        desk.do(approving(desk, story), TOM)
        found = export(locked)
        assert whole == []
        assert [listing.headline for listing in found.listings] == ["Tides", "Ferry"]
        assert_same(found, without_memory(locked, tmp_path))


def test_export_of_named_stories_leaves_what_is_remembered(
    desk: Desk, whole: list[str], tmp_path: Path
) -> None:
    approved(desk, "Ferry", slug="ferry")
    export(desk)
    approved(desk, "Tides", slug="tides")
    whole.clear()
    for times in range(2):
        with Desk.open(desk.path, clock=desk._clock) as again:
            assert len(reading(again).edition(["tides"], again._clock()).listings) == 1
        found = export(desk)
        assert whole == [], times
        assert_same(found, without_memory(desk, tmp_path))
        whole.clear()


# What must lead to a whole verification


def test_instant_before_the_remembered_one_is_chosen_anew(
    desk: Desk, whole: list[str], clock: Clock
) -> None:
    approved(desk, "Ferry", publish_at=instant_text(clock.now + timedelta(hours=2)))
    clock.go(hours=3)
    assert len(export(desk).listings) == 1
    earlier = reading(desk).edition(None, clock.now - timedelta(hours=2))
    assert earlier.listings == ()
    assert whole == ["whole", "whole"]
    assert len(export(desk).listings) == 1


def test_what_if_remembers_nothing(desk: Desk, whole: list[str], clock: Clock) -> None:
    approved(desk, "Ferry", publish_at=instant_text(clock.now + timedelta(hours=2)))
    export(desk)
    later = clock.now + timedelta(hours=3)
    assert len(reading(desk).edition(None, later, what_if=True).listings) == 1
    assert whole == ["whole", "whole"]
    assert export(desk).listings == ()
    assert whole == ["whole", "whole"]


def test_another_masthead_means_all_anew(desk: Desk, whole: list[str], tmp_path: Path) -> None:
    approved(desk, "Ferry")
    export(desk)
    desk.do(SetPolicy(Policy(FourEyes.ALWAYS)), MARA)
    found = export(desk)
    assert whole == ["whole", "whole"]
    assert_same(found, without_memory(desk, tmp_path))


def test_another_version_of_stonehand_means_all_anew(
    desk: Desk, whole: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(desk, "Ferry")
    export(desk)
    monkeypatch.setattr("editor.store.exports.kept_file._FORMAT", "stonehand 99 exports 1")
    with Desk.open(desk.path, clock=desk._clock) as again:
        export(again)
    assert whole == ["whole", "whole"]


def test_desk_that_was_accepted_anew_is_verified_anew(desk: Desk, whole: list[str]) -> None:
    approved(desk, "Ferry")
    export(desk)
    desk.accept_masthead()
    export(desk)
    assert whole == ["whole", "whole"]


def test_desk_that_somebody_else_wrote_to_is_verified_anew(desk: Desk, whole: list[str]) -> None:
    approved(desk, "Ferry")
    export(desk)
    change_database(desk, "UPDATE stories SET words = words + 1")
    export(desk)
    assert whole == ["whole", "whole"]
    export(desk)
    assert whole == ["whole", "whole"]


def test_write_of_our_own_does_not_cover_what_somebody_else_wrote(
    desk: Desk, whole: list[str]
) -> None:
    approved(desk, "Ferry")
    export(desk)
    change_database(desk, "UPDATE stories SET words = 9")
    path, clock = desk.path, desk._clock
    approved(desk, "Tides")
    desk.close()
    whole.clear()
    with Desk.open(path, clock=clock) as again:
        export(again)
    assert whole == ["whole"]


def test_damaged_memory_means_all_anew(desk: Desk, whole: list[str]) -> None:
    approved(desk, "Ferry")
    first = export(desk)
    desk.exports.close()
    KeptFile(desk.path).path.write_bytes(b"nothing")
    with Desk.open(desk.path, clock=desk._clock) as again:
        assert_same(export(again), first)
        assert whole == ["whole", "whole"]
        assert_same(export(again), first)
    assert whole == ["whole", "whole"]


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_flipped_byte_in_the_memory_never_goes_out(
    desk: Desk, whole: list[str], place: float
) -> None:
    approved(desk, "Ferry")
    first = export(desk)

    def flip(raw: Any) -> None:
        ((row, data),) = raw.execute("SELECT rowid, data FROM blocks WHERE owner = 'edition'")
        data = bytearray(data)
        data[int(place * len(data))] ^= 1
        raw.execute("UPDATE blocks SET data = ? WHERE rowid = ?", (bytes(data), row))

    desk.exports._file.write(flip)
    with Desk.open(desk.path, clock=desk._clock) as again:
        assert_same(export(again), first)
    assert whole == ["whole", "whole"]


def test_two_that_export_at_once_give_the_same(desk: Desk, tmp_path: Path) -> None:
    story = approved(desk, "Ferry")
    export(desk)
    with Desk.open(desk.path, clock=desk._clock) as other:
        export(other)
        _edit_and_approve(desk, story)
        first = export(desk)
        approved(other, "Tides")
        second = export(other)
        assert_same(second, without_memory(desk, tmp_path))
        assert_same(export(desk), second)
        assert first.listings != second.listings


# What it costs


def cost_of(desk: Desk) -> Counted:
    """What an export asks of the database, with the names of the tables that it reads."""
    with desk.read() as snapshot, counting(desk, snapshot) as counted:
        snapshot.edition(None, now())
    return counted


@pytest.fixture
def sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Desk]]:
    """Two desks, one with ten times as many stories, from which all was exported."""
    for name in ("KEYS", "DATA", "CONFIG"):
        monkeypatch.setenv(f"STONEHAND_{name}", str(tmp_path / name.lower()))
    monkeypatch.setenv("STONEHAND_PASSPHRASE", PASSPHRASE)
    desks = []
    for count in (20, 200):
        fill(tmp_path / f"{count}.desk", count)
        desks.append(Desk.open(tmp_path / f"{count}.desk"))
        cost_of(desks[-1])
    yield desks
    for desk in desks:
        desk.close()


def test_nothing_or_one_story_changed_costs_the_same_on_a_larger_desk(sizes: list[Desk]) -> None:
    small, large = map(cost_of, sizes)
    assert not any("versions" in statement for statement in large.statements)
    assert len(small.statements) == len(large.statements)
    assert abs(large.steps - small.steps) < 20
    costs = []
    for desk in sizes:
        row = next(
            row
            for row in reading(desk).rows()
            if row.stage is Stage.APPROVED and row.version == 1 and not row.live_version
        )
        stored = reading(desk).stored(row.id)
        desk.do(SaveStory(replace(stored.story, body="It sails at six."), 1), row.author)
        desk.do(Submit(row.id, 2), row.author)
        desk.do(approving(desk, row.id), EDITOR.name)
        costs.append(cost_of(desk))
    small, large = costs
    assert len(small.statements) == len(large.statements)
    assert abs(large.steps - small.steps) < 50
