"""The masthead: people, roles, keys and policy, as a chain of signed documents.

The first document is signed by a chief who is in it. Every later one names
the hash of the one before and is signed by a chief of the one before, so that
nobody can put themselves on the masthead, and none can be left out unnoticed.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Self

from editor.core.canonical import Json
from editor.core.people import Person, Role, parse_role
from editor.core.policy import FourEyes, Policy
from editor.errors import BadValue, NotFound, UntrustedSignature
from editor.trust.keys import PrivateKey, PublicKey, key_id, spoken_words


@dataclass(frozen=True, slots=True)
class Member:
    """Someone on the masthead. `left` is the audit row at which they left it, or 0."""

    person: Person
    key: PublicKey
    left: int = 0


@dataclass(frozen=True, slots=True)
class Masthead:
    """One document of the chain. `previous` is the hash of the one before, empty for the first.

    `audit` is the hash of the desk's last audit row before this was signed.
    """

    desk: str
    number: int
    members: tuple[Member, ...]
    policy: Policy = field(default_factory=Policy)
    previous: str = ""
    at: str = ""
    audit: str = ""

    @property
    def present(self) -> tuple[Member, ...]:
        """Those who have not left."""
        return tuple(member for member in self.members if not member.left)

    def member(self, name: str) -> Member:
        """Someone present, by name. Raises NotFound."""
        for member in self.present:
            if member.person.name == name:
                return member
        raise NotFound(f"{name} is not on the masthead.", "A chief can add them with their key.")

    def by_key(self, fingerprint: str) -> Member | None:
        """Whose key it is or was, by its fingerprint."""
        return next((m for m in self.members if m.key.fingerprint == fingerprint), None)

    @property
    def four_eyes(self) -> bool:
        """Whether an approver must have written none of the text."""
        if self.policy.four_eyes is not FourEyes.AUTO:
            return self.policy.four_eyes is FourEyes.ALWAYS
        return sum(member.person.role is not Role.JOURNALIST for member in self.present) > 1

    def to_json(self) -> dict[str, Json]:
        """The document as plain values: what is signed."""
        return {
            "type": "masthead",
            "desk": self.desk,
            "number": self.number,
            "previous": self.previous,
            "at": self.at,
            "audit": self.audit,
            "policy": self.policy.to_json(),
            "members": [
                {
                    "name": member.person.name,
                    "role": str(member.person.role),
                    "key": member.key.x,
                    "left": member.left,
                }
                for member in self.members
            ],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises UntrustedSignature for anything else."""
        try:
            if value["type"] != "masthead":
                raise UntrustedSignature("This is not a masthead.", "Something was altered.")
            members = tuple(
                Member(
                    Person(member["name"], parse_role(member["role"])),
                    PublicKey(member["key"]),
                    int(member["left"]),
                )
                for member in value["members"]
            )
            policy = Policy.from_json(value["policy"])
            numbers = value["desk"], value["number"]
            return cls(*numbers, members, policy, value["previous"], value["at"], value["audit"])
        except (KeyError, TypeError, ValueError, BadValue):
            raise UntrustedSignature("The masthead is damaged.", "Restore a backup.") from None

    def signed(self, key: PrivateKey) -> str:
        """The document as a compact JWS."""
        return key.sign(self.to_json())


@dataclass(frozen=True, slots=True)
class MastheadChain:
    """Every masthead a desk ever had, verified from the first to the latest."""

    mastheads: tuple[Masthead, ...]
    hashes: tuple[str, ...]

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

    @classmethod
    def verified(cls, tokens: Sequence[str]) -> Self:
        """Verify a chain of signed mastheads. Raises UntrustedSignature where it breaks."""
        if not tokens:
            raise UntrustedSignature("The desk has no masthead.", "Restore a backup.")
        mastheads: list[Masthead] = []
        hashes: list[str] = []
        for token in tokens:
            masthead = _read(token, mastheads[-1] if mastheads else None)
            before = (masthead.desk, masthead.number - 1, masthead.previous)
            last = (mastheads[-1].desk, mastheads[-1].number, hashes[-1]) if mastheads else None
            if before != (last or (masthead.desk, 0, "")):
                raise _broken(masthead.number, "it does not follow the one before")
            mastheads.append(masthead)
            hashes.append(token_hash(token))
        return cls(tuple(mastheads), tuple(hashes))


def token_hash(token: str) -> str:
    """The SHA-256 of a signed document, as 64 hexadecimal digits."""
    return sha256(token.encode()).hexdigest()


def _read(token: str, before: Masthead | None) -> Masthead:
    """Verify one document against the chiefs of the one before, or against its own."""
    fingerprint = key_id(token)
    if before is None:
        claimed = Masthead.from_json(_unverified(token))
        signer = claimed.by_key(fingerprint)
    else:
        signer = before.by_key(fingerprint)
    if signer is None or signer.left or signer.person.role is not Role.CHIEF:
        raise _broken(before.number + 1 if before else 1, "no chief signed it")
    return Masthead.from_json(json.loads(signer.key.verify(token)))


def _unverified(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError):
        value = None
    return value if isinstance(value, dict) else {}


def _broken(number: int, why: str) -> UntrustedSignature:
    return UntrustedSignature(
        f"Masthead {number} can't be trusted: {why}.",
        "Somebody altered it. Restore a backup, or ask the chief for the real one.",
    )
