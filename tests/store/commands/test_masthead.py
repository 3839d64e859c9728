"""Who is on the masthead, who says so, and what a desk asks for before a text goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editor.core.commands import (
    AddNote,
    AddPerson,
    RemovePerson,
    SaveHouse,
    SaveStory,
    SetPolicy,
    Submit,
)
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
    UntrustedSignature,
)
from editor.store.commands.transaction import Checker
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, ensure_key
from editor.trust.keys import PrivateKey
from tests.people import approving, joining
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    approved,
    change_database,
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
    assert reading(desk).masthead() is None


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


def test_a_desk_without_a_chief_signs_nothing(tmp_path: Path) -> None:
    first = Person(TOM, Role.EDITOR)
    with Desk.create(tmp_path / "d.desk", House("Post"), first) as desk:
        story = desk.do(SaveStory(Story(headline="X")), TOM).ids("story")[0]
        desk.do(Submit(story, 1), TOM)
        assert "no chief" in refused(desk, approving(desk, story, 1), TOM, NotAllowed).sentence


def test_approval_without_a_passphrase_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = in_review(desk)
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    error = refused(desk, approving(desk, story, 1), TOM, KeyUnavailable)
    assert "STONEHAND_PASSPHRASE" in error.hint
    desk.do(joining("Ali", Role.EDITOR), MARA)


def test_person_added_by_hand_is_not_signed(desk: Desk) -> None:
    story = in_review(desk)
    change_database(desk, f"UPDATE people SET role = 'chief' WHERE name = '{LINA}'")
    error = refused(desk, approving(desk, story, 1), TOM, UntrustedSignature)
    assert LINA in error.sentence


# What happens


def test_the_first_signature_founds_the_masthead(desk: Desk) -> None:
    assert reading(desk).masthead() is None
    story = approved(desk)
    chain = reading(desk).masthead()
    assert chain is not None
    assert [member.person for member in chain.latest.present] == list(reading(desk).people())
    assert chain.latest.policy == Policy()
    founding = reading(desk).log()[1]
    assert (founding.action, founding.note) == ("masthead", f"founded, signed by {MARA}")
    assert reading(desk).stored(story).approval
    assert reading(desk).edition(None, AT).items[0].approval == reading(desk).stored(story).approval


def test_writing_and_submitting_need_no_key(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    desk.do(AddNote(in_review(desk), "Hm."), LINA)
    assert reading(desk).masthead() is None
    assert not reading(desk).stored(reading(desk).rows()[0].id).refusal


def test_a_colleague_joins_with_a_key_made_elsewhere(desk: Desk, tmp_path: Path) -> None:
    there = KeyFolder(tmp_path / "there", "theirs")
    key = ensure_key(there, "Ali").public
    desk.do(AddPerson(Person("Ali", Role.EDITOR), key.line("Ali")), MARA)
    story = in_review(desk)
    assert "Ali" in refused(desk, approving(desk, story, 1), "Ali", KeyUnavailable).sentence
    with Desk.open(desk.path, keys=there) as away:
        away.do(approving(desk, story, 1), "Ali")
    assert reading(desk).stored(story).approval
    chain = reading(desk).masthead()
    assert chain is not None
    assert chain.latest.member("Ali").key == key


def test_approvals_of_a_removed_person_stay_and_they_may_return(desk: Desk) -> None:
    story = approved(desk)
    desk.do(RemovePerson(TOM), MARA)
    assert reading(desk).stored(story).approval
    refused(desk, approving(desk, in_review(desk, "Tides"), 1), TOM, NotFound)
    desk.do(joining(TOM, Role.EDITOR), MARA)
    desk.do(approving(desk, reading(desk).find("tides"), 1), TOM)
    assert len(reading(desk).edition(None, AT).items) == 2
    assert reading(desk).verify_audit().broken_at == 0


def test_new_key_replaces_the_old_one(desk: Desk, tmp_path: Path) -> None:
    story = approved(desk)
    there = KeyFolder(tmp_path / "there", "theirs")
    line = ensure_key(there, TOM).public.line(TOM)
    desk.do(AddPerson(Person(TOM, Role.EDITOR), line), MARA)
    assert reading(desk).stored(story).approval
    other = in_review(desk, "Tides")
    refused(desk, approving(desk, other, 1), TOM, KeyUnavailable)
    with Desk.open(desk.path, keys=there) as away:
        away.do(approving(desk, other, 1), TOM)
    assert len(reading(desk).edition(None, AT).items) == 2


def test_listed_people_are_the_masthead(desk: Desk) -> None:
    approved(desk)
    change_database(desk, "UPDATE people SET role = 'chief'")
    assert reading(desk).person(LINA).role is Role.JOURNALIST


def test_untrusted_masthead_allows_writing_only(desk: Desk) -> None:
    approved(desk)
    change_database(desk, "UPDATE mastheads SET token = 'x'")
    story = in_review(desk, "Tides")
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="K"), 1), TOM)
    for command in (
        approving(desk, story, 2),
        joining("Ali", Role.EDITOR),
        SaveHouse(House("Other"), reading(desk).house().hash),
    ):
        refused(desk, command, MARA, UntrustedSignature)
    assert {person.name for person in reading(desk).people()} == {MARA, TOM, LINA}


# Policy


def test_four_eyes_refusal_names_whom_to_ask(desk: Desk) -> None:
    story = desk.do(SaveStory(Story(headline="Mine")), TOM).ids("story")[0]
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
        story = desk.do(SaveStory(Story(headline="Mine")), MARA).ids("story")[0]
        desk.do(Submit(story, 1), MARA)
        desk.do(approving(desk, story, 1), MARA)
        (item,) = reading(desk).edition(None, AT).items
        assert item.approval
        assert item.approval.self_approved
        # What was right when it was signed stays right when a second one joins.
        desk.do(joining(TOM, Role.EDITOR), MARA)
        assert reading(desk).edition(None, AT).items == (item,)


def test_section_needs_its_approver(desk: Desk) -> None:
    desk.do(SetPolicy(Policy(sections=(("world", (MARA,)),))), MARA)
    story = in_review(desk, section="world")
    assert MARA in refused(desk, approving(desk, story, 1), TOM, NotAllowed).sentence
    desk.do(approving(desk, in_review(desk, "Goal", section="sport"), 1), TOM)
    desk.do(approving(desk, story, 1), MARA)


def checks(*levels: str) -> Checker:
    return lambda story, banner, house: levels


@pytest.mark.parametrize(
    ("gate", "checker", "passes"),
    [
        ("errors", None, False),
        ("errors", checks("warning", "error"), False),
        ("errors", checks("warning"), True),
        ("warnings", checks("warning"), False),
        ("warnings", checks(), True),
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


def test_desk_may_have_its_own_keys(desk: Desk) -> None:
    (desk.path / "keys").mkdir()
    with Desk.open(desk.path) as sample:
        assert isinstance(sample.keys, KeyFolder)
        assert sample.keys.folder == desk.path / "keys"
        approved(sample)
        assert len(list(sample.keys.folder.iterdir())) == 3


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


def test_desk_without_a_chief_can_get_one(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "d.desk", House("Post"), Person(LINA, Role.JOURNALIST)) as desk:
        refused(desk, joining(TOM, Role.EDITOR), LINA, NotAllowed)
        desk.do(joining(MARA, Role.CHIEF), LINA)
        refused(desk, joining(LINA, Role.CHIEF), LINA, NotAllowed)
