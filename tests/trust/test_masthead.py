"""Nobody puts themselves on the masthead, and an approval means what it says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from editor.core.people import Person, Role
from editor.core.policy import FourEyes, Policy
from editor.errors import NotFound, UntrustedSignature
from editor.trust.approval import ApprovalClaim, ApprovalStatement, refusal, verify_approval
from editor.trust.keys import PrivateKey
from editor.trust.masthead import Masthead, MastheadChain, Member, token_hash

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
        members = tuple(Member(Person(n, role), self.keys[n].public) for n, role in roles)
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

    def without(self, name: str, row: int) -> Masthead:
        members = self.chain.latest.members
        return self.next(
            members=tuple(replace(m, left=row) if m.person.name == name else m for m in members)
        )

    def approve(self, by: str, *writers: str, key: str = "", **changes: object) -> str:
        statement = ApprovalStatement(
            desk="desk-1",
            story="s1",
            hash=STORY_HASH,
            version=3,
            section="world",
            masthead=self.chain.latest_hash,
            by=by,
            writers=writers,
            at="2026-03-03T12:00:00Z",
        )
        return replace(statement, **changes).signed(self.keys[key or by])  # type: ignore[arg-type]


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


def claim(*writers: str, row: int = 10, **changes: object) -> ApprovalClaim:
    return replace(ApprovalClaim("s1", STORY_HASH, "world", writers, row), **changes)  # type: ignore[arg-type]


def refused(room: Newsroom, token: str, about: ApprovalClaim) -> str:
    with pytest.raises(UntrustedSignature) as refusal:
        verify_approval(token, about, room.chain)
    assert refusal.value.hint
    return refusal.value.sentence


def test_sound_approval_is_accepted(room: Newsroom) -> None:
    statement = verify_approval(room.approve("Tom", "Ines"), claim("Ines"), room.chain)
    assert statement.by == "Tom"
    assert statement.by not in statement.writers


def test_altered_approval_is_refused_with_the_reason(room: Newsroom) -> None:
    approve = room.approve
    assert "text changed" in refused(room, approve("Tom", hash="b" * 64), claim("Ines"))
    assert "another story" in refused(room, approve("Tom", story="s2"), claim("Ines"))
    assert "another desk" in refused(room, approve("Tom", desk="desk-2"), claim("Ines"))
    assert "never had" in refused(room, approve("Tom", masthead="c" * 64), claim("Ines"))
    assert "journalist" in refused(room, approve("Ines"), claim("Tom"))
    assert "somebody else" in refused(room, approve("Tom", key="Nadia"), claim("Ines"))
    stranger = replace(room, keys={**room.keys, "Tom": PrivateKey.generate()}, tokens=[])
    assert "not on the masthead" in refused(room, stranger.approve("Tom"), claim("Ines"))


def test_four_eyes_apply_when_two_may_approve(room: Newsroom) -> None:
    assert "second pair" in refused(room, room.approve("Tom", "Tom"), claim())
    assert "second pair" in refused(room, room.approve("Tom"), claim("Tom"))
    room.issue(room.next(policy=Policy(FourEyes.NEVER)), "Nadia")
    assert "Tom" in verify_approval(room.approve("Tom", "Tom"), claim("Tom"), room.chain).writers


def test_lone_chief_may_approve_her_own_text_unless_the_policy_forbids(room: Newsroom) -> None:
    room.issue(room.without("Tom", 5), "Nadia")
    statement = verify_approval(room.approve("Nadia", "Nadia"), claim("Nadia"), room.chain)
    assert statement.writers == ("Nadia",)
    room.issue(room.next(policy=Policy(FourEyes.ALWAYS)), "Nadia")
    assert refusal(room.chain.latest, "Nadia", "world", ["Nadia"])


def test_section_may_need_a_named_approver(room: Newsroom) -> None:
    room.issue(room.next(policy=Policy(sections=(("world", ("Nadia",)),))), "Nadia")
    assert "needs the approval of Nadia" in refused(room, room.approve("Tom"), claim("Ines"))
    verify_approval(room.approve("Nadia"), claim("Ines"), room.chain)


def test_member_who_left_approves_no_more(room: Newsroom) -> None:
    before = room.approve("Tom", "Ines")
    room.issue(room.without("Tom", 10), "Nadia")
    verify_approval(before, claim("Ines", row=10), room.chain)
    assert "after leaving" in refused(room, before, claim("Ines", row=11))
    with pytest.raises(NotFound):
        room.chain.latest.member("Tom")


def test_approver_who_lost_the_role_is_refused(room: Newsroom) -> None:
    before = room.approve("Tom", "Ines")
    members = tuple(
        replace(m, person=Person("Tom", Role.JOURNALIST)) if m.person.name == "Tom" else m
        for m in room.chain.latest.members
    )
    room.issue(room.next(members=members), "Nadia")
    assert "no longer" in refused(room, before, claim("Ines"))


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
    room.issue(room.without("Tom", 5), "Nadia")
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
    member = Member(Person("Ines", Role.JOURNALIST), key.public)
    with pytest.raises(UntrustedSignature):
        MastheadChain.verified([Masthead("d", 1, (member,)).signed(key)])


def test_chain_reads_back_with_one_fingerprint(room: Newsroom) -> None:
    words = room.chain.words
    room.issue(room.next(policy=Policy(gates=("notes",))), "Nadia")
    assert room.chain.words == words
    assert room.chain.latest.policy.gates == ("notes",)
    assert room.chain.hashes == tuple(token_hash(token) for token in room.tokens)
    assert Masthead.from_json(room.chain.latest.to_json()) == room.chain.latest
