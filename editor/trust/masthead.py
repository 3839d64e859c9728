"""The masthead: people, roles, keys and policy, as a chain of signed documents.

The first document is signed by a chief who is in it. Every later one names
the hash of the one before and is signed by a chief of the one before, so that
nobody can put themselves on the masthead, and none can be left out unnoticed.

Each document also names the last entry of every log that its chief had seen. An
entry is judged by the latest masthead whose chief had not seen it: nobody who was
removed can date an entry back, and no clock is needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from editor.core.canonical import Json
from editor.core.people import Person, Role, parse_role
from editor.core.policy import FourEyes, Policy
from editor.errors import BadInput, BadValue, NotFound, UntrustedSignature
from editor.files import parse_json
from editor.i18n import _
from editor.trust.compact import SignedDocument
from editor.trust.keys import PrivateKey, PublicKey, spoken_words
from editor.trust.log_tip import LogTip, token_hash


@dataclass(frozen=True, slots=True)
class Member:
    """Someone on the masthead, with a key for each of their computers."""

    person: Person
    keys: tuple[PublicKey, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """One document of the chain. `previous` is the hash of the one before, empty for the first.

    `seen` is the last entry of each log that the chief had seen when signing.
    """

    desk: str
    number: int
    members: tuple[Member, ...]
    policy: Policy = field(default_factory=Policy)
    previous: str = ""
    at: str = ""
    seen: Mapping[str, LogTip] = field(default_factory=dict)

    def member(self, name: str) -> Member:
        """Someone by name. Raises NotFound."""
        for member in self.members:
            if member.person.name == name:
                return member
        raise NotFound(
            _("{name} is not on the masthead.").format(name=name),
            _("A chief can add them with their key."),
        )

    def owner(self, key: PublicKey) -> Member | None:
        """Whose key it is."""
        return next((member for member in self.members if key in member.keys), None)

    def owner_of(self, fingerprint: str) -> tuple[Member, PublicKey] | None:
        """Whose key it is, and the key, by its fingerprint."""
        for member in self.members:
            for key in member.keys:
                if key.fingerprint == fingerprint:
                    return member, key
        return None

    @property
    def four_eyes(self) -> bool:
        """Whether an approver must have written none of the text."""
        if self.policy.four_eyes is not FourEyes.AUTO:
            return self.policy.four_eyes is FourEyes.ALWAYS
        return sum(member.person.role is not Role.JOURNALIST for member in self.members) > 1

    def to_json(self) -> dict[str, Json]:
        """The document as plain values: what is signed."""
        return {
            "type": "masthead",
            "desk": self.desk,
            "number": self.number,
            "previous": self.previous,
            "at": self.at,
            "seen": {log: list(tip) for log, tip in self.seen.items()},
            "policy": self.policy.to_json(),
            "members": [
                {
                    "name": member.person.name,
                    "role": str(member.person.role),
                    "keys": [key.x for key in member.keys],
                }
                for member in self.members
            ],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises UntrustedSignature for anything else."""
        try:
            if value["type"] != "masthead":
                raise UntrustedSignature(_("This is not a masthead."), _("Something was altered."))
            members = tuple(
                Member(
                    Person(member["name"], parse_role(member["role"])),
                    tuple(PublicKey(x) for x in member["keys"]),
                )
                for member in value["members"]
            )
            seen = {log: LogTip(int(seq), str(hash)) for log, (seq, hash) in value["seen"].items()}
            policy = Policy.from_json(value["policy"])
            numbers = str(value["desk"]), int(value["number"])
            return cls(*numbers, members, policy, value["previous"], value["at"], seen)
        except (KeyError, TypeError, ValueError, AttributeError, BadInput):
            raise UntrustedSignature(
                _("The masthead is damaged."), _("Restore a backup.")
            ) from None

    def signed(self, key: PrivateKey) -> str:
        """The document as a compact JWS."""
        return key.sign(self.to_json())


@dataclass(frozen=True)
class MastheadChain:
    """Every masthead a desk ever had, verified from the first to the latest."""

    mastheads: tuple[Masthead, ...]
    hashes: tuple[str, ...]
    tokens: tuple[str, ...]
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def desk(self) -> str:
        """The desk's id, the same in every masthead."""
        return self.mastheads[0].desk

    @property
    def latest(self) -> Masthead:
        """The masthead in force."""
        return self.mastheads[-1]

    @property
    def latest_hash(self) -> str:
        """The hash of the masthead in force."""
        return self.hashes[-1]

    @property
    def words(self) -> str:
        """The first document's fingerprint as words to read out on the phone."""
        return spoken_words(self.hashes[0])

    def at(self, masthead_hash: str) -> Masthead | None:
        """The masthead with this hash, if it is in the chain."""
        pairs = zip(self.hashes, self.mastheads, strict=True)
        return next((masthead for known, masthead in pairs if known == masthead_hash), None)

    def in_force(self, log: str, seq: int) -> Masthead:
        """The masthead that an entry is judged by: the latest whose chief had not seen it."""
        return self.mastheads[self._place(log, seq)]

    def seen_after(self, log: str, seq: int) -> LogTip | None:
        """What the next chief had seen who had seen an entry; None where none had.

        The entry must be in that past: only then the masthead before judges it.
        """
        place = self._place(log, seq) + 1
        return self.mastheads[place].seen[log] if place < len(self.mastheads) else None

    def _place(self, log: str, seq: int) -> int:
        if log not in self._seen:
            tips = (masthead.seen.get(log) for masthead in self.mastheads)
            self._seen[log] = tuple(tip.seq if tip else 0 for tip in tips)
        return max(0, bisect_left(self._seen[log], seq) - 1)

    def role(self, log: str, seq: int, name: str, key: PublicKey) -> Role | None:
        """What an entry's person may be by the masthead in force; None for nothing."""
        owner = self.in_force(log, seq).owner(key)
        return owner.person.role if owner and owner.person.name == name else None

    @classmethod
    def verified(cls, tokens: Sequence[str]) -> Self:
        """Verify a chain of signed mastheads. Raises UntrustedSignature where it breaks."""
        if not tokens:
            raise UntrustedSignature(_("The desk has no masthead."), _("Restore a backup."))
        mastheads: list[Masthead] = []
        hashes: list[str] = []
        for token in tokens:
            masthead = _read(token, mastheads[-1] if mastheads else None)
            before = (masthead.desk, masthead.number - 1, masthead.previous)
            last = (mastheads[-1].desk, mastheads[-1].number, hashes[-1]) if mastheads else None
            if before != (last or (masthead.desk, 0, "")):
                raise _broken(masthead.number, _("it does not follow the one before"))
            if mastheads and not _has_seen_as_much(masthead, mastheads[-1]):
                raise _broken(masthead.number, _("it has seen less than the one before"))
            mastheads.append(masthead)
            hashes.append(token_hash(token))
        return cls(tuple(mastheads), tuple(hashes), tuple(tokens))


def require_a_chief(before: Sequence[Member], after: Sequence[Member]) -> None:
    """Raise BadValue, naming who it is, where nobody would be left who signs a masthead."""
    chiefs = [member.person.name for member in before if member.person.role is Role.CHIEF]
    if chiefs and not any(member.person.role is Role.CHIEF for member in after):
        raise BadValue(
            _("{value} is the desk's only chief.").format(value=chiefs[0]),
            _("Make someone else chief first, then try again."),
        )


def _has_seen_as_much(masthead: Masthead, before: Masthead) -> bool:
    none = LogTip(0, "")
    return all(masthead.seen.get(log, none).seq >= tip.seq for log, tip in before.seen.items())


def _read(token: str, before: Masthead | None) -> Masthead:
    """Verify one document against the chiefs of the one before, or against its own."""
    number = before.number + 1 if before else 1
    try:
        document = SignedDocument.of(token)
    except UntrustedSignature:
        raise _broken(number, _("it is not a signed document")) from None
    known = before or Masthead.from_json(_unverified(document))
    found = known.owner_of(document.key_id)
    if found is None or found[0].person.role is not Role.CHIEF:
        raise _broken(number, _("no chief signed it"))
    try:
        value = document.verified_by(found[1])
    except UntrustedSignature:
        raise _broken(number, _("its signature does not verify")) from None
    return Masthead.from_json(value)


def _unverified(document: SignedDocument) -> dict[str, Any]:
    try:
        value = parse_json(document.payload)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {}


def _broken(number: int, why: str) -> UntrustedSignature:
    return UntrustedSignature(
        _("Masthead {number} can't be trusted: {why}.").format(number=number, why=why),
        _("Somebody altered it. Restore a backup, or ask the chief for the real one."),
    )
