"""Who is on the masthead, who says so, and what a desk asks for before a text goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.core.commands import (
    AddNote,
    AddPerson,
    RemoveComputer,
    RemovePerson,
    Return,
    SaveHouse,
    SaveStory,
    SetPolicy,
    Submit,
)
from editor.core.findings import Finding, Level, TextPlace
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.errors import (
    BadInput,
    BadValue,
    KeyUnavailable,
    NotAllowed,
    NotFound,
)
from editor.store.commands.transaction import Checker
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, choose_key_store, ensure_key
from editor.trust.keys import PrivateKey
from tests.people import approving, joining
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    approved,
    edition_at,
    new,
    refused,
)

AT = datetime(2026, 3, 4, tzinfo=UTC)


def in_review(desk: Desk, headline: str = "Ferry", **rest: object) -> str:
    story = new(desk, headline, **rest)
    desk.do(Submit(story, 1), LINA)
    return story


# Refusals


def test_only_the_chief_changes_the_masthead(desk: Desk) -> None:
    line = PrivateKey.generate().public.line("Ali")
    for by in (TOM, LINA):
        refused(desk, AddPerson(Person("Ali", Role.EDITOR), line), by, NotAllowed)
        refused(desk, RemovePerson(LINA), by, NotAllowed)
        refused(desk, SetPolicy(Policy(FourEyes.NEVER)), by, NotAllowed)
    assert len(reading(desk).masthead().mastheads) == 3


@pytest.mark.parametrize("signed", [False, True])
def test_the_last_chief_stays(desk: Desk, signed: bool) -> None:
    if signed:
        desk.do(SetPolicy(Policy()), MARA)
    error = refused(desk, joining(MARA, Role.EDITOR), MARA, BadValue)
    assert MARA in error.sentence
    assert MARA in refused(desk, RemovePerson(MARA), MARA, BadValue).sentence
    desk.do(joining(TOM, Role.CHIEF), MARA)
    desk.do(RemovePerson(MARA), MARA)
    assert [person.name for person in reading(desk).people()] == [TOM, LINA]


def test_key_belongs_to_one_person(desk: Desk) -> None:
    key = PrivateKey.generate().public
    add = AddPerson(Person("Ali", Role.EDITOR), key.line("Ali"))
    refused(desk, AddPerson(Person("Ali", Role.EDITOR), key.line("Omar")), MARA, BadValue)
    refused(desk, AddPerson(Person("Ali", Role.EDITOR), "stonehand-key x Ali"), MARA, BadInput)
    desk.do(add, MARA)
    refused(desk, AddPerson(Person("Omar", Role.EDITOR), key.line("Omar")), MARA, BadValue)
    assert desk.do(add, MARA).touched == ()


def test_policy_with_unknown_sections_or_people_is_refused(desk: Desk) -> None:
    def policy(section: str, name: str) -> SetPolicy:
        return SetPolicy(Policy(sections=((section, (name,)),)))

    assert "world" in refused(desk, policy("wrld", MARA), MARA, NotFound).hint
    assert TOM in refused(desk, policy("world", "Nobody"), MARA, NotFound).hint
    refused(desk, policy("world", LINA), MARA, BadValue)
    desk.do(policy("world", TOM), MARA)
    assert "world" in refused(desk, RemovePerson(TOM), MARA, BadValue).sentence


def test_approval_without_a_passphrase_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = in_review(desk)
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    with Desk.open(desk.path) as locked:
        for command in (approving(desk, story, 1), AddNote(story, "Hm."), Return(story, 1, "No.")):
            error = refused(locked, command, TOM, KeyUnavailable)
            assert "STONEHAND_PASSPHRASE" in error.hint
        locked.unlock("test")
        locked.do(approving(desk, story, 1), TOM)
        locked.lock_keys()
        refused(locked, AddNote(story, "Hm."), TOM, KeyUnavailable)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.JOURNALIST])
def test_desk_is_made_by_its_chief(tmp_path: Path, role: Role) -> None:
    with pytest.raises(BadValue, match="made by its chief"):
        Desk.create(tmp_path / "d.desk", House("Post"), Person(TOM, role))
    assert not (tmp_path / "d.desk").exists()


def test_newcomer_needs_a_key_of_their_own(desk: Desk) -> None:
    error = refused(desk, AddPerson(Person("Ali", Role.EDITOR)), MARA, BadValue)
    assert "stonehand key" in error.hint


def test_nothing_is_done_in_the_name_of_somebody_whose_key_is_elsewhere(
    desk: Desk, tmp_path: Path
) -> None:
    story = in_review(desk)
    other = KeyFolder(tmp_path / "other", "theirs", cost=1)
    ensure_key(other, TOM)
    with Desk.open(desk.path, keys=other) as away:
        text = reading(away).stored(story).story
        for by, reason in ((MARA, "not on this computer"), (TOM, "not the one on the masthead")):
            for command in (
                SaveStory(Story(headline="Mine", body="Words.")),
                SaveStory(replace(text, kicker="K"), 1),
                AddNote(story, "Hm."),
                approving(away, story, 1),
                SaveHouse(House("Other"), reading(away).house().hash),
            ):
                assert reason in refused(away, command, by, KeyUnavailable).sentence
        assert reading(away).stored(story).story == text


def test_key_folder_inside_a_desk_is_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = KeyFolder(desk.path / "keys", "sample", cost=1)
    ensure_key(planted, TOM)
    with Desk.open(desk.path) as opened:
        assert isinstance(opened.keys, KeyFolder)
        assert opened.keys.folder != planted.folder


# What happens


def test_desk_is_founded_and_signed_by_its_chief(desk: Desk) -> None:
    chain = reading(desk).masthead()
    assert [member.person.name for member in chain.mastheads[0].members] == [MARA]
    assert chain.latest.policy == Policy()
    first = [entry.action for entry in reading(desk).log()[::-1]][:3]
    assert first == ["opened", "founded", "house"]
    assert all(entry.is_signed for entry in reading(desk).log())


def test_key_of_another_computer_is_added_and_removed(desk: Desk, tmp_path: Path) -> None:
    story = approved(desk)
    there = KeyFolder(tmp_path / "there", "theirs", cost=1)
    public = ensure_key(there, TOM).public
    desk.do(AddPerson(Person(TOM, Role.EDITOR), public.line(TOM)), MARA)
    assert len(reading(desk).masthead().latest.member(TOM).keys) == 2
    first, second, third = (in_review(desk, f"Tides {n}") for n in range(3))
    desk.do(approving(desk, first, 1), TOM)
    with Desk.open(desk.path, keys=there) as away:
        away.do(approving(away, second, 1), TOM)
        refused(desk, RemoveComputer(TOM, "no-words"), MARA, NotFound)
        desk.do(RemoveComputer(TOM, public.words), MARA)
        error = refused(away, approving(away, third, 1), TOM, KeyUnavailable)
        assert "not the one on the masthead" in error.sentence
    refused(desk, RemoveComputer(TOM, choose_key_store().public_key(TOM).words), MARA, BadValue)
    assert reading(desk).stored(story).approval
    assert len(edition_at(desk, None, AT).items) == 3
    assert reading(desk).verify_audit().reason == ""


def test_a_colleague_joins_with_a_key_made_elsewhere(desk: Desk, tmp_path: Path) -> None:
    there = KeyFolder(tmp_path / "there", "theirs", cost=1)
    key = ensure_key(there, "Ali").public
    desk.do(AddPerson(Person("Ali", Role.EDITOR), key.line("Ali")), MARA)
    story = in_review(desk)
    assert "Ali" in refused(desk, approving(desk, story, 1), "Ali", KeyUnavailable).sentence
    with Desk.open(desk.path, keys=there) as away:
        away.do(approving(desk, story, 1), "Ali")
    assert reading(desk).stored(story).approval
    assert reading(desk).masthead().latest.member("Ali").keys == (key,)


def test_approvals_of_a_removed_person_stay_and_they_may_return(desk: Desk) -> None:
    story = approved(desk)
    desk.do(RemovePerson(TOM), MARA)
    assert reading(desk).stored(story).approval
    refused(desk, approving(desk, in_review(desk, "Tides"), 1), TOM, NotFound)
    desk.do(joining(TOM, Role.EDITOR), MARA)
    desk.do(approving(desk, reading(desk).find("tides"), 1), TOM)
    assert len(edition_at(desk, None, AT).items) == 2
    assert reading(desk).verify_audit().broken_at == 0


# Policy


def test_four_eyes_refusal_names_whom_to_ask(desk: Desk) -> None:
    story = desk.do(SaveStory(Story(headline="Mine", body="Words.")), TOM).ids("story")[0]
    desk.do(Submit(story, 1), TOM)
    error = refused(desk, approving(desk, story, 1), TOM, NotAllowed)
    assert "second pair of eyes" in error.sentence
    assert MARA in error.hint
    desk.do(SetPolicy(Policy(FourEyes.NEVER)), MARA)
    desk.do(approving(desk, story, 1), TOM)
    approval = reading(desk).stored(story).approval
    assert approval
    assert approval.self_approved


def test_lone_chief_approves_her_own_text_and_it_is_marked(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "d.desk", House("Post"), Person(MARA, Role.CHIEF)) as desk:
        story = desk.do(SaveStory(Story(headline="Mine", body="Words.")), MARA).ids("story")[0]
        desk.do(Submit(story, 1), MARA)
        desk.do(approving(desk, story, 1), MARA)
        (item,) = edition_at(desk, None, AT).items
        assert item.approval
        assert item.approval.self_approved
        # What was right when it was signed stays right when a second one joins.
        desk.do(joining(TOM, Role.EDITOR), MARA)
        assert edition_at(desk, None, AT).items == (item,)


def test_section_needs_its_approver(desk: Desk) -> None:
    desk.do(SetPolicy(Policy(sections=(("world", (MARA,)),))), MARA)
    story = in_review(desk, section="world")
    assert MARA in refused(desk, approving(desk, story, 1), TOM, NotAllowed).sentence
    desk.do(approving(desk, in_review(desk, "Goal", section="sport"), 1), TOM)
    desk.do(approving(desk, story, 1), MARA)


def checks(*levels: str, path: str = "body") -> Checker:
    found = tuple(
        Finding("a", Level(level), "Wrong", "Fix it.", TextPlace(path)) for level in levels
    )
    return lambda story, transaction: found


@pytest.mark.parametrize(
    ("gate", "checker", "passes"),
    [
        ("notes", checks("warning", "stops"), False),
        ("notes", checks("hint", "warning"), True),
        ("notes", checks("stops", path="banner/0/title"), True),
        ("warnings", None, False),
        ("warnings", checks("hint", "warning"), False),
        ("warnings", checks("hint"), True),
        ("notes", None, True),
    ],
)
def test_gate_allows_or_refuses_by_findings(
    desk: Desk, gate: str, checker: Checker | None, passes: bool
) -> None:
    desk.do(SetPolicy(Policy(gates=(gate,))), MARA)
    story = in_review(desk)
    with Desk.open(desk.path, checker=checker) as gated:
        if passes:
            gated.do(approving(desk, story, 1), TOM)
        else:
            refused(gated, approving(desk, story, 1), TOM, NotAllowed)


def test_gate_of_notes_refuses_an_open_note(desk: Desk) -> None:
    desk.do(SetPolicy(Policy(gates=("notes",))), MARA)
    story = in_review(desk)
    desk.do(AddNote(story, "Who says so?"), TOM)
    assert "open note" in refused(desk, approving(desk, story, 1), TOM, NotAllowed).sentence


def test_only_the_chief_changes_people(desk: Desk) -> None:
    for by in (TOM, LINA):
        refused(desk, joining("New", Role.JOURNALIST), by, NotAllowed)
        refused(desk, joining(by, Role.CHIEF), by, NotAllowed)
    refused(desk, joining(MARA, Role.EDITOR), MARA, BadValue)
    assert not desk.do(joining(TOM, Role.EDITOR), MARA).touched
    desk.do(joining(TOM, Role.CHIEF), MARA)
    desk.do(joining(MARA, Role.EDITOR), TOM)
    assert reading(desk).person(TOM).role is Role.CHIEF
    assert reading(desk).log(limit=1)[0].note == f"{MARA}: editor"
