"""Nobody puts themselves on the masthead, and an approval means what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pytest

from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.errors import NotFound, UntrustedSignature
from editor.trust.approval import ApprovalReader, ApprovalStatement, refusal
from editor.trust.keys import PrivateKey
from editor.trust.log_tip import LogTip, token_hash
from editor.trust.masthead import Masthead, MastheadChain, Member

STORY_HASH = "a" * 64


@dataclass
class Newsroom:
    """A desk with a chief, an editor and a journalist, who all have their keys here."""

    keys: dict[str, PrivateKey] = field(
        default_factory=lambda: {name: PrivateKey.generate() for name in ("Nadia", "Tom", "Ines")}
    )
    tokens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        roles = (("Nadia", Role.CHIEF), ("Tom", Role.EDITOR), ("Ines", Role.JOURNALIST))
        members = tuple(Member(Person(n, role), (self.keys[n].public,)) for n, role in roles)
        self.issue(Masthead("desk-1", 1, members, at="2026-03-03T12:00:00Z"), "Nadia")

    @property
    def chain(self) -> MastheadChain:
        return MastheadChain.verified(self.tokens)

    def issue(self, masthead: Masthead, by: str) -> None:
        self.tokens.append(masthead.signed(self.keys[by]))

    def next(self, **changes: object) -> Masthead:
        latest = self.chain.latest
        number, previous = latest.number + 1, self.chain.latest_hash
        return replace(latest, number=number, previous=previous, **changes)  # type: ignore[arg-type]

    def without(self, name: str, **changes: object) -> Masthead:
        members = self.chain.latest.members
        return self.next(members=tuple(m for m in members if m.person.name != name), **changes)

    def approve(self, by: str, *writers: str, key: str = "", **changes: object) -> str:
        statement = ApprovalStatement(
            desk="desk-1",
            kind="story",
            hash=STORY_HASH,
            version="v3",
            masthead=self.chain.latest_hash,
            by=by,
            writers=writers,
            at="2026-03-03T12:00:00Z",
            story="s1",
            section="world",
        )
        return replace(statement, **changes).signed(self.keys[key or by])  # type: ignore[arg-type]


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


def refused(room: Newsroom, token: str) -> str:
    with pytest.raises(UntrustedSignature) as refusal:
        ApprovalReader(room.chain).read(token)
    assert refusal.value.hint
    return refusal.value.sentence


def test_sound_approval_is_accepted(room: Newsroom) -> None:
    statement = ApprovalReader(room.chain).read(room.approve("Tom", "Ines"))
    assert statement.by == "Tom"
    assert not statement.is_self_approved


def test_altered_approval_is_refused_with_the_reason(room: Newsroom) -> None:
    approve = room.approve
    assert "another desk" in refused(room, approve("Tom", desk="desk-2"))
    assert "never had" in refused(room, approve("Tom", masthead="c" * 64))
    assert "journalist" in refused(room, approve("Ines"))
    assert "somebody else" in refused(room, approve("Tom", key="Nadia"))
    assert "not an approval" in refused(room, approve("Tom", kind="picture"))
    assert "only chiefs sign" in refused(room, approve("Tom", kind="house"))
    stranger = replace(room, keys={**room.keys, "Tom": PrivateKey.generate()}, tokens=[])
    assert "not on the masthead" in refused(room, stranger.approve("Tom"))


@pytest.mark.parametrize("value", ["[]", '"x"', "{}", '{"type":"approval"}', "3", "null"])
def test_statement_of_another_shape_is_refused(value: str) -> None:

    with pytest.raises(UntrustedSignature, match="not an approval"):
        ApprovalStatement.from_json(json.loads(value))


def test_four_eyes_apply_when_two_may_approve(room: Newsroom) -> None:
    assert "second pair" in refused(room, room.approve("Tom", "Tom"))
    room.issue(room.next(policy=Policy(FourEyes.NEVER)), "Nadia")
    assert ApprovalReader(room.chain).read(room.approve("Tom", "Tom")).is_self_approved


def test_lone_chief_may_approve_her_own_text_unless_the_policy_forbids(room: Newsroom) -> None:
    room.issue(room.without("Tom"), "Nadia")
    assert ApprovalReader(room.chain).read(room.approve("Nadia", "Nadia")).writers == ("Nadia",)
    room.issue(room.next(policy=Policy(FourEyes.ALWAYS)), "Nadia")
    assert refusal(room.chain.latest, "story", "Nadia", "world", ["Nadia"])


def test_section_may_need_a_named_approver(room: Newsroom) -> None:
    room.issue(room.next(policy=Policy(sections=(("world", ("Nadia",)),))), "Nadia")
    assert "needs the approval of Nadia" in refused(room, room.approve("Tom", "Ines"))
    ApprovalReader(room.chain).read(room.approve("Nadia", "Ines"))


def test_gates_must_have_been_met(room: Newsroom) -> None:
    room.issue(room.next(policy=Policy(gates=("notes",))), "Nadia")
    assert "without what this desk asks for: notes" in refused(room, room.approve("Tom", "Ines"))
    ApprovalReader(room.chain).read(room.approve("Tom", "Ines", gates=("notes",)))


def test_member_who_left_is_judged_by_what_the_chief_had_seen(room: Newsroom) -> None:
    key = room.keys["Tom"].public
    room.issue(room.without("Tom", seen={"log": LogTip(10, "f" * 64)}), "Nadia")
    chain = room.chain
    assert chain.role("log", 10, "Tom", key) is Role.EDITOR
    assert chain.role("log", 11, "Tom", key) is None
    assert chain.role("another log", 1, "Tom", key) is None
    with pytest.raises(NotFound):
        chain.latest.member("Tom")


def test_role_changes_from_the_entry_on_that_the_chief_had_not_seen(room: Newsroom) -> None:
    key = room.keys["Tom"].public
    members = tuple(
        replace(m, person=Person("Tom", Role.JOURNALIST)) if m.person.name == "Tom" else m
        for m in room.chain.latest.members
    )
    room.issue(room.next(members=members, seen={"log": LogTip(3, "f" * 64)}), "Nadia")
    room.issue(room.next(seen={"log": LogTip(9, "f" * 64)}), "Nadia")
    assert room.chain.role("log", 3, "Tom", key) is Role.EDITOR
    assert room.chain.role("log", 4, "Tom", key) is Role.JOURNALIST
    assert room.chain.role("log", 20, "Tom", key) is Role.JOURNALIST
    assert room.chain.role("log", 3, "Ines", key) is None


def test_computer_is_removed_with_its_key(room: Newsroom) -> None:
    other = PrivateKey.generate().public
    both = tuple(
        replace(m, keys=(*m.keys, other)) if m.person.name == "Tom" else m
        for m in room.chain.latest.members
    )
    room.issue(room.next(members=both), "Nadia")
    room.issue(
        room.next(members=room.chain.mastheads[0].members, seen={"l": LogTip(2, "")}), "Nadia"
    )
    assert room.chain.role("l", 2, "Tom", other) is Role.EDITOR
    assert room.chain.role("l", 3, "Tom", other) is None


def test_masthead_that_has_seen_less_than_the_one_before_is_refused(room: Newsroom) -> None:
    room.issue(room.next(seen={"log": LogTip(9, "f" * 64)}), "Nadia")
    room.issue(room.next(seen={"log": LogTip(8, "f" * 64)}), "Nadia")
    with pytest.raises(UntrustedSignature, match="seen less"):
        _ = room.chain


def test_masthead_is_signed_by_a_chief_of_the_previous_one(room: Newsroom) -> None:
    promoted = tuple(
        replace(m, person=Person(m.person.name, Role.CHIEF)) for m in room.chain.latest.members
    )
    for signer in ("Tom", "Ines"):
        forged = Newsroom(room.keys, [])
        forged.tokens = [*room.tokens, room.next(members=promoted).signed(room.keys[signer])]
        with pytest.raises(UntrustedSignature, match="no chief"):
            _ = forged.chain


def test_missing_altered_or_foreign_masthead_breaks_the_chain(room: Newsroom) -> None:
    room.issue(room.without("Tom"), "Nadia")
    room.issue(room.next(policy=Policy(FourEyes.ALWAYS)), "Nadia")
    first, second, third = room.tokens
    other = Newsroom().tokens[0]
    for tokens in ([], [first, third], [second, third], [first, second, second], [other, second]):
        with pytest.raises(UntrustedSignature):
            MastheadChain.verified(tokens)
    with pytest.raises(UntrustedSignature):
        MastheadChain.verified([first, second[:-4] + "AAAA"])
    with pytest.raises(UntrustedSignature):
        MastheadChain.verified(["rubbish"])


def test_first_masthead_is_signed_by_its_chief() -> None:
    key = PrivateKey.generate()
    member = Member(Person("Ines", Role.JOURNALIST), (key.public,))
    with pytest.raises(UntrustedSignature):
        MastheadChain.verified([Masthead("d", 1, (member,)).signed(key)])


def test_chain_reads_back_with_one_fingerprint(room: Newsroom) -> None:
    words = room.chain.words
    room.issue(room.next(policy=Policy(gates=("notes",))), "Nadia")
    assert room.chain.words == words
    assert room.chain.latest.policy.gates == ("notes",)
    assert room.chain.hashes == tuple(token_hash(token) for token in room.tokens)
    assert Masthead.from_json(room.chain.latest.to_json()) == room.chain.latest
