"""Each command through the write door: refusals first, then what it does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    AddNote,
    AddPerson,
    Approve,
    Command,
    ImportItems,
    Restore,
    Return,
    SaveBanner,
    SaveHouse,
    SaveStory,
    Spike,
    Submit,
    Unspike,
)
from editor.core.house import House, Section
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.errors import BadValue, DeskDamaged, EditorError, NotAllowed, NotFound, Stale
from editor.store.commands.handlers import HANDLERS
from editor.store.db.engine import DATABASE, sqlite
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, MARA, TOM, Clock, approved, new


def story_in(desk: Desk, stage: Stage) -> str:
    """A story with two versions by the journalist, brought to a stage by the chief."""
    story = new(desk)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="Weather"), 1), LINA)
    if stage in (Stage.REVIEW, Stage.APPROVED):
        desk.do(Submit(story, 2), MARA)
    if stage is Stage.APPROVED:
        desk.do(Approve(story, 2), MARA)
    if stage is Stage.SPIKED:
        desk.do(Spike(story, 2), MARA)
    return story


def everything(desk: Desk) -> tuple[object, ...]:
    """All that a command could change."""
    ids = [row.id for row in reading(desk).rows()]
    return (
        reading(desk).rows(),
        [reading(desk).versions(id) for id in ids],
        [reading(desk).notes(id) for id in ids],
        reading(desk).log(),
        reading(desk).people(),
        reading(desk).house(),
        reading(desk).banner(),
    )


def refused(desk: Desk, command: Command, by: str, error: type[EditorError]) -> EditorError:
    """Do what must be refused: with a sentence and a hint, and nothing changed."""
    before = everything(desk)
    with pytest.raises(error) as caught:
        desk.do(command, by)
    assert caught.value.sentence.endswith(".")
    assert caught.value.hint.endswith(".")
    assert everything(desk) == before
    return caught.value


def test_every_command_has_a_handler() -> None:
    assert set(HANDLERS) == set(get_args(Command))


def test_a_stranger_is_refused_with_the_names_there_are(desk: Desk) -> None:
    error = refused(desk, SaveStory(Story(headline="X")), "Nobody", NotFound)
    assert all(name in error.hint for name in (MARA, TOM, LINA))
    refused(desk, SaveStory(Story(headline="X")), MARA.lower(), NotFound)
    desk.do(SaveStory(Story(headline="X")), f"  {MARA.replace(' ', '  ')} ")


def test_a_story_that_is_not_there(desk: Desk) -> None:
    for command in (
        SaveStory(Story(id="f" * 32, headline="X"), 0),
        Submit("'; DROP TABLE stories; --", 1),
        AddNote("nowhere", "Hello"),
        Restore("nowhere", 2, 1),
    ):
        refused(desk, command, MARA, NotFound)
    refused(desk, SaveStory(Story(headline="X"), 3), MARA, BadValue)


def test_a_later_version_makes_every_decision_stale(desk: Desk) -> None:
    story = story_in(desk, Stage.REVIEW)
    for command in (
        Return(story, 1, "Why?"),
        Approve(story, 1),
        Restore(story, 1, 1),
        Spike(story, 1),
    ):
        error = refused(desk, command, TOM, Stale)
        assert LINA in error.sentence
        assert "version 2" in error.sentence
    for version in (0, -1, 3):
        refused(desk, Approve(story, version), TOM, NotFound)


def test_saving_makes_immutable_versions_with_parents(desk: Desk, clock: Clock) -> None:
    story = new(desk, body="One two three.")
    clock.go(hours=-5)
    first = reading(desk).stored(story)
    desk.do(SaveStory(replace(first.story, body="One two."), 1), TOM)
    latest, oldest = reading(desk).versions(story)
    assert (latest.version, latest.parents, latest.author, latest.words) == (2, (1,), TOM, 2)
    assert (oldest.version, oldest.parents, oldest.author, oldest.words) == (1, (), LINA, 3)
    assert latest.at < oldest.at
    assert reading(desk).stored(story, 1).story == first.story
    assert reading(desk).stored(story).latest == 2
    assert reading(desk).stored(story).hash == reading(desk).stored(story).story.hash != first.hash


def test_saving_the_same_text_again_is_nothing_new(desk: Desk) -> None:
    story = approved(desk)
    before = everything(desk)
    assert not desk.do(SaveStory(reading(desk).stored(story).story, 1), LINA).touched
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="K"), 1), LINA)
    assert not desk.do(SaveStory(reading(desk).stored(story).story, 1), LINA).touched
    assert everything(desk) != before


def test_slugs_are_unique_and_well_formed(desk: Desk) -> None:
    story = new(desk, slug="ferry")
    error = refused(desk, SaveStory(Story(slug="ferry", headline="Other")), MARA, BadValue)
    assert "Ferry resumes after storm" in error.sentence
    assert "ferry-2" in error.hint
    for slug in ("Ferry", "fer ry", "../etc", "page", "-", "x" * 81, "ف"):
        refused(desk, SaveStory(Story(slug=slug)), MARA, BadValue)
    other = new(desk, "Other", slug="other")
    refused(desk, SaveStory(Story(id=other, slug="ferry", headline="Other"), 1), MARA, BadValue)
    desk.do(SaveStory(Story(id=story, slug="ferry", headline="Still mine"), 1), MARA)
    desk.do(SaveStory(Story(id=story, headline="No slug given"), 2), MARA)
    assert reading(desk).stored(story).story.slug == "ferry"


def test_a_story_without_a_slug_gets_one_that_is_free(desk: Desk) -> None:
    for _ in range(3):
        new(desk, "Ferry resumes")
    new(desk, "!!!")
    new(desk, "")
    new(desk, "Page")
    assert sorted(reading(desk).slugs().values()) == [
        "ferry-resumes",
        "ferry-resumes-2",
        "ferry-resumes-3",
        "page-story",
        "story",
        "story-2",
    ]
    assert len({reading(desk).find(slug) for slug in reading(desk).slugs().values()}) == 6


def test_a_section_the_house_does_not_have_is_kept(desk: Desk) -> None:
    story = new(desk, section="Harbour & docks")
    assert reading(desk).stored(story).story.section == "Harbour & docks"
    assert reading(desk).counts().sections == {"Harbour & docks": 1}


def test_incoming_stories_get_ids_and_free_slugs(desk: Desk) -> None:
    new(desk, slug="ferry")
    stories = (
        Story(slug="ferry", headline="A"),
        Story(id="pretended", slug="Not A Slug!", headline="B"),
        Story(slug="index"),
        Story(headline="عبّارة تعود", language="ar"),
    )
    briefs = (
        Brief(id="pretended", title="Tides", summary="High at six."),
        Brief(title="Tides", summary="High at six."),
        Brief(title="Tides", summary="Low at noon."),
    )
    changes = desk.do(ImportItems(stories, briefs, "wire.txt"), LINA)
    ids = changes.ids("story")
    assert [reading(desk).slugs()[id] for id in ids][:3] == ["ferry-2", "not-a-slug", "index-story"]
    assert len(set(ids)) == 4
    assert "pretended" not in ids
    assert all(reading(desk).stored(id).story.id == id for id in ids)
    assert {reading(desk).stored(id).cause for id in ids} == {"imported"}
    assert reading(desk).log(ids[0])[0].note == "wire.txt"
    assert changes.touches("banner")
    assert [brief.summary for brief in reading(desk).banner().briefs] == [
        "High at six.",
        "Low at noon.",
    ]
    assert len({brief.id for brief in reading(desk).banner().briefs} - {"", "pretended"}) == 2
    again = desk.do(ImportItems((), briefs), LINA)
    assert not again.touched
    assert len(reading(desk).banner().briefs) == 2


def test_one_bad_story_keeps_the_whole_import_out(desk: Desk) -> None:
    before = everything(desk)
    with pytest.raises(TypeError):
        desk.do(ImportItems((Story(headline="Good"), "not a story")), LINA)  # type: ignore[arg-type]
    assert everything(desk) == before


def test_a_return_needs_a_note_and_takes_the_approval_back(desk: Desk) -> None:
    story = approved(desk)
    refused(desk, Return(story, 1, " \n\t"), TOM, BadValue)
    assert reading(desk).stored(story).approval
    changes = desk.do(Return(story, 1, "Who says so?\r\nAsk the pilot."), TOM)
    assert changes.touches("notes", story)
    note = reading(desk).notes(story)[0]
    assert (note.text, note.author, note.version) == ("Who says so?\nAsk the pilot.", TOM, 1)
    assert reading(desk).stored(story).approval is None
    assert reading(desk).versions(story)[0].approved_by == ""
    desk.do(Submit(story, 1), LINA)
    assert reading(desk).stored(story).approval is None


def test_an_approval_is_of_one_version(desk: Desk, clock: Clock) -> None:
    story = approved(desk)
    first = reading(desk).stored(story)
    assert first.approval is not None
    assert (first.approval.person, first.approval.hash) == (TOM, first.hash)
    desk.do(SaveStory(replace(first.story, kicker="Weather"), 1), TOM)
    assert reading(desk).stored(story).approval is None
    assert reading(desk).stored(story, 1).approval == first.approval
    desk.do(Restore(story, 2, 1), TOM)
    restored = reading(desk).stored(story)
    assert restored.hash == first.hash
    assert restored.approval is None
    assert restored.state.stage is Stage.REVIEW
    assert [row.approved_by for row in reading(desk).versions(story)] == ["", "", TOM]


def test_a_note_given_with_an_approval_can_be_read(desk: Desk) -> None:
    story = new(desk)
    desk.do(Submit(story, 1), LINA)
    assert desk.do(Approve(story, 1, "Lovely."), TOM).touches("notes", story)
    assert [note.text for note in reading(desk).notes(story)] == ["Lovely."]


def test_text_changed_behind_the_door_is_not_approved(desk: Desk) -> None:
    story = new(desk)
    desk.do(Submit(story, 1), LINA)
    with sqlite.connect(desk.path / DATABASE) as raw:
        raw.execute("UPDATE versions SET content = replace(content, 'resumes', 'sinks')")
    raw.close()
    assert "changed outside" in refused(desk, Approve(story, 1), TOM, DeskDamaged).sentence


@pytest.mark.parametrize("content", ["{", "[]", '{"headline": 3}'])
def test_a_damaged_version_is_mended_by_a_new_one(desk: Desk, content: str) -> None:
    saved, restored = new(desk), new(desk, "Other")
    for story in (saved, restored):
        desk.do(SaveStory(Story(id=story, headline="Second"), 1), LINA)
    with sqlite.connect(desk.path / DATABASE) as raw:
        raw.execute("UPDATE versions SET content = ? WHERE number = 2", (content,))
    raw.close()
    with pytest.raises(DeskDamaged):
        reading(desk).stored(saved)
    desk.do(SaveStory(Story(id=saved, headline="Third"), 2), LINA)
    desk.do(Restore(restored, 2, 1), LINA)
    assert reading(desk).stored(saved).story.headline == "Third"
    assert reading(desk).stored(restored).story.headline == "Other"


def test_many_stories_of_one_name(desk: Desk) -> None:
    ids = desk.do(ImportItems(tuple(Story(headline="Brief") for _ in range(100))), LINA).ids(
        "story"
    )
    slugs = reading(desk).slugs()
    wanted = ["brief", *(f"brief-{number}" for number in range(2, 101))]
    assert [slugs[id] for id in ids] == wanted
    long = "word-" * 15 + "words"
    one, two = (desk.do(ImportItems((Story(slug=long),)), LINA).ids("story")[0] for _ in range(2))
    assert (reading(desk).slugs()[one], reading(desk).slugs()[two]) == (
        long,
        f"{long[:70].rstrip('-')}-2",
    )


def test_restoring(desk: Desk) -> None:
    story = new(desk, slug="ferry", body="First.")
    desk.do(SaveStory(Story(id=story, slug="boat", headline="H", body="Second."), 1), LINA)
    new(desk, "Another", slug="ferry")
    for earlier in (0, 3, -1):
        refused(desk, Restore(story, 2, earlier), LINA, NotFound)
    assert not desk.do(Restore(story, 2, 2), LINA).touched
    desk.do(Restore(story, 2, 1), LINA)
    now = reading(desk).stored(story)
    assert (now.version, now.cause, now.story.body) == (3, "restored", "First.")
    assert now.story.slug == "boat", "the earlier slug has found another story"
    assert reading(desk).versions(story)[0].parents == (2,)


def test_notes_are_never_empty_and_may_be_about_a_field(desk: Desk) -> None:
    story = new(desk)
    refused(desk, AddNote(story, "  "), LINA, BadValue)
    assert desk.do(AddNote(story, "Check the name", "key_points/0"), LINA).touched == (
        ("notes", story),
    )
    desk.do(AddNote(story, "Did so"), TOM)
    assert [(note.text, note.field) for note in reading(desk).notes(story)] == [
        ("Check the name", "key_points/0"),
        ("Did so", ""),
    ]


def test_the_banner_is_not_overwritten(desk: Desk) -> None:
    empty = reading(desk).banner()
    one = Banner((Brief(title="Tides", summary="High."), Brief(title="Fog", summary="Thick.")))
    assert desk.do(SaveBanner(one, empty.hash), LINA).touched == (("banner", ""),)
    refused(desk, SaveBanner(Banner(), empty.hash), MARA, Stale)
    refused(desk, SaveBanner(Banner(), ""), MARA, Stale)
    now = reading(desk).banner()
    assert [brief.title for brief in now.briefs] == ["Tides", "Fog"]
    assert not desk.do(SaveBanner(now, "whatever"), LINA).touched
    twice = Banner((now.briefs[0], now.briefs[0], now.briefs[1]))
    desk.do(SaveBanner(twice, now.hash), LINA)
    assert len({brief.id for brief in reading(desk).banner().briefs}) == 3


def test_the_house_is_the_chiefs(desk: Desk) -> None:
    house = reading(desk).house()
    changed = replace(house, sections=(Section("docks", "Docks"),))
    for by in (TOM, LINA):
        refused(desk, SaveHouse(changed, house.hash), by, NotAllowed)
    refused(desk, SaveHouse(changed, "other"), MARA, Stale)
    assert desk.do(SaveHouse(changed, house.hash), MARA).touched == (("house", ""),)
    assert reading(desk).house() == changed


def test_people_are_the_chiefs(desk: Desk) -> None:
    for by in (TOM, LINA):
        refused(desk, AddPerson(Person("New", Role.JOURNALIST)), by, NotAllowed)
        refused(desk, AddPerson(Person(by, Role.CHIEF)), by, NotAllowed)
    refused(desk, AddPerson(Person(MARA, Role.EDITOR)), MARA, BadValue)
    assert not desk.do(AddPerson(Person(TOM, Role.EDITOR)), MARA).touched
    desk.do(AddPerson(Person(TOM, Role.CHIEF)), MARA)
    desk.do(AddPerson(Person(MARA, Role.EDITOR)), TOM)
    assert reading(desk).person(TOM).role is Role.CHIEF
    assert reading(desk).log(limit=1)[0].note == f"{MARA}: editor"


def test_a_desk_made_without_a_chief_can_get_one(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "d.desk", House("Post"), Person(LINA, Role.JOURNALIST)) as desk:
        refused(desk, AddPerson(Person(TOM, Role.EDITOR)), LINA, NotAllowed)
        desk.do(AddPerson(Person(MARA, Role.CHIEF)), LINA)
        refused(desk, AddPerson(Person(LINA, Role.CHIEF)), LINA, NotAllowed)


def test_each_thing_done_is_in_the_log(desk: Desk) -> None:
    story = approved(desk)
    desk.do(Return(story, 1, "No."), TOM)
    desk.do(Spike(story, 1), LINA)
    desk.do(Unspike(story, 1), LINA)
    desk.do(AddNote(story, "Hm."), LINA)
    desk.do(SaveBanner(Banner((Brief(title="T"),)), reading(desk).banner().hash), LINA)
    desk.do(SaveHouse(House("Harbour Mail"), reading(desk).house().hash), MARA)
    assert [row.action for row in reversed(reading(desk).log())] == [
        "founded",
        "masthead",
        "masthead",
        "saved",
        "submitted",
        "masthead",
        "approved",
        "returned",
        "spiked",
        "unspiked",
        "noted",
        "banner",
        "house",
    ]
    assert [row.action for row in reading(desk).log(story, 2)] == ["noted", "unspiked"]
