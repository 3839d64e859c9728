"""An approval: a person's signature on one version's hash, and every reason to refuse it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Self

from editor.core.people import Role
from editor.errors import NotFound, UntrustedSignature
from editor.trust.keys import PrivateKey, key_id
from editor.trust.masthead import Masthead, MastheadChain, Member

_AGAIN = "Approve the story again."


@dataclass(frozen=True, slots=True)
class ApprovalStatement:
    """What an approver signs. `masthead` is the hash of the one in force; `at` is RFC 3339.

    `audit` is the hash of the desk's last audit row before this was signed.
    """

    desk: str
    story: str
    hash: str
    version: int
    section: str
    masthead: str
    by: str
    writers: tuple[str, ...]
    at: str
    audit: str = ""

    def signed(self, key: PrivateKey) -> str:
        """The statement as a compact JWS."""
        return key.sign({"type": "approval", **asdict(self)})

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what was signed. Raises UntrustedSignature for anything else."""
        try:
            if value.pop("type") != "approval":
                raise KeyError
            return cls(**{**value, "writers": tuple(value["writers"])})
        except (KeyError, TypeError, AttributeError):
            raise UntrustedSignature("This is not an approval.", _AGAIN) from None


@dataclass(frozen=True, slots=True)
class ApprovalClaim:
    """What the desk says an approval is about, to be compared with what was signed.

    `row` is the audit row that recorded the approval; `writers` wrote the text
    since the last live version.
    """

    story: str
    hash: str
    section: str
    writers: Collection[str]
    row: int


def refusal(masthead: Masthead, by: str, section: str, writers: Collection[str]) -> str:
    """Why this person may not approve this text; empty when they may."""
    person = masthead.member(by).person
    if person.role is Role.JOURNALIST:
        return f"{by} is a journalist, and journalists don't approve."
    if (names := masthead.policy.approvers_of(section)) and by not in names:
        return f"The section {section} needs the approval of {' or '.join(names)}."
    if masthead.four_eyes and by in writers:
        return f"{by} wrote some of this text, and this desk asks for a second pair of eyes."
    return ""


def verify_approval(token: str, claim: ApprovalClaim, chain: MastheadChain) -> ApprovalStatement:
    """Verify everything about an approval, else raise UntrustedSignature.

    Recomputed hash, valid signature by a key on the masthead in force (or one
    that left after the approval was recorded), the right role, the right desk,
    a masthead of this chain, and the policy that was in force when it was given.
    """
    signer = chain.latest.by_key(key_id(token))
    if signer is None:
        raise UntrustedSignature("Its signer is not on the masthead.", _AGAIN)
    statement = ApprovalStatement.from_json(json.loads(signer.key.verify(token)))
    _check_subject(statement, claim, chain)
    _check_signer(statement, claim, signer, chain)
    return statement


def _check_subject(
    statement: ApprovalStatement, claim: ApprovalClaim, chain: MastheadChain
) -> None:
    if statement.desk != chain.latest.desk:
        raise UntrustedSignature("The approval was made on another desk.", _AGAIN)
    if statement.story != claim.story:
        raise UntrustedSignature("The approval is for another story.", _AGAIN)
    if statement.hash != claim.hash:
        raise UntrustedSignature("The text changed after it was approved.", _AGAIN)


def _check_signer(
    statement: ApprovalStatement, claim: ApprovalClaim, signer: Member, chain: MastheadChain
) -> None:
    then = chain.at(statement.masthead)
    if then is None:
        raise UntrustedSignature("The approval names a masthead this desk never had.", _AGAIN)
    if signer.person.name != statement.by:
        raise UntrustedSignature("The approval is signed with somebody else's key.", _AGAIN)
    if signer.left and not claim.row <= signer.left:
        raise UntrustedSignature(f"{statement.by} signed it after leaving the masthead.", _AGAIN)
    writers = {*statement.writers, *claim.writers}
    try:
        why = refusal(then, statement.by, claim.section, writers)
    except NotFound:
        why = f"{statement.by} was not on the masthead when this was signed."
    if why:
        raise UntrustedSignature(why, _AGAIN)
    if not signer.left and signer.person.role is Role.JOURNALIST:
        raise UntrustedSignature(f"{statement.by} may no longer approve.", _AGAIN)
