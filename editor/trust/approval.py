"""An approval: a person's signature on one text's hash, and every reason to refuse it.

Approved are a story's version, the trends banner, the order of the front, the targets, the
house and its style. The signed statement goes out with an edition, so it says all that a
receiver needs who has nothing but the mastheads.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self, TypeAlias, get_args

from editor.core.people import Role
from editor.errors import NotFound, UntrustedSignature
from editor.i18n import N_, _, listed
from editor.trust.compact import SignedDocument
from editor.trust.keys import PrivateKey, PublicKey
from editor.trust.masthead import Masthead, MastheadChain

ApprovedKind: TypeAlias = Literal["story", "banner", "front", "house", "house style", "targets"]
_KINDS = frozenset(get_args(ApprovedKind))

_AGAIN = N_("Approve it again.")


@dataclass(frozen=True, slots=True)
class ApprovalStatement:
    """What an approver signs. `at` is RFC 3339.

    `hash` is the SHA-256 of the text's canonical JSON, `version` names the event
    that made it. `masthead` is the hash of the one in force, `writers` wrote the
    text since what readers have, and `gates` are the conditions of the policy that
    were met. `log` and `previous` place it: the entry before it in its signer's log.
    """

    desk: str
    kind: ApprovedKind
    hash: str
    version: str
    masthead: str
    by: str
    writers: tuple[str, ...]
    at: str
    story: str = ""
    section: str = ""
    gates: tuple[str, ...] = ()
    log: str = ""
    previous: str = ""

    def signed(self, key: PrivateKey) -> str:
        """The statement as a compact JWS."""
        return key.sign({"type": "approval", **asdict(self)})

    @property
    def is_self_approved(self) -> bool:
        """Whether the approver wrote some of the text."""
        return self.by in self.writers

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read what was signed. Raises UntrustedSignature for anything else."""
        try:
            if value.pop("type") != "approval" or value["kind"] not in _KINDS:
                raise KeyError
            lists = {name: tuple(value[name]) for name in ("writers", "gates")}
            if not all(isinstance(item, str) for items in lists.values() for item in items):
                raise TypeError
            return cls(**{**value, **lists})
        except (KeyError, TypeError, AttributeError):
            raise UntrustedSignature(_("This is not an approval."), _(_AGAIN)) from None


_TEXTS = [field.name for field in fields(ApprovalStatement) if field.type == "str"]


def refusal(
    masthead: Masthead,
    kind: ApprovedKind,
    by: str,
    section: str = "",
    writers: Collection[str] = (),
) -> str:
    """Why this person may not approve this text; empty when they may."""
    try:
        role = masthead.member(by).person.role
    except NotFound as unknown:
        return unknown.sentence
    if role is Role.JOURNALIST:
        return _("{by} is a journalist, and journalists don't approve.").format(by=by)
    if kind not in {"story", "banner"}:
        may_sign = kind != "house" or role is Role.CHIEF
        return (
            ""
            if may_sign
            else _("{by} is not a chief, and only chiefs sign the house.").format(by=by)
        )
    if (names := masthead.policy.approvers_of(section)) and by not in names:
        return _("The section {section} needs the approval of {names}.").format(
            section=section, names=_(" or ").join(names)
        )
    if masthead.four_eyes and by in writers:
        return _(
            "{by} wrote some of this text, and this desk asks for a second pair of eyes."
        ).format(by=by)
    return ""


def check_statement(statement: ApprovalStatement, signer: PublicKey, masthead: Masthead) -> None:
    """Raise UntrustedSignature unless a masthead lets the signer approve this."""
    owner = masthead.owner(signer)
    if owner is None:
        raise UntrustedSignature(
            _("{by} was not on the masthead with this key when it was signed.").format(
                by=statement.by
            ),
            _(_AGAIN),
        )
    if owner.person.name != statement.by:
        raise UntrustedSignature(_("The approval is signed with somebody else's key."), _(_AGAIN))
    why = refusal(masthead, statement.kind, statement.by, statement.section, statement.writers)
    if why:
        raise UntrustedSignature(why, _(_AGAIN))
    if statement.kind == "story" and (missing := set(masthead.policy.gates) - {*statement.gates}):
        raise UntrustedSignature(
            _("It was approved without what this desk asks for: {names}.").format(
                names=listed(sorted(missing))
            ),
            _(_AGAIN),
        )


class ApprovalReader:
    """Verifies the approvals of one desk by its mastheads; made for thousands of them."""

    def __init__(self, chain: MastheadChain) -> None:
        self._desk = chain.desk
        self._mastheads = dict(zip(chain.hashes, chain.mastheads, strict=True))
        self._keys = {
            key.fingerprint: key
            for masthead in chain.mastheads
            for member in masthead.members
            for key in member.keys
        }

    def masthead(self, masthead_hash: str) -> Masthead | None:
        """The masthead with a hash, if the desk ever had it."""
        return self._mastheads.get(masthead_hash)

    def signer(self, document: SignedDocument) -> PublicKey:
        """The key that a document names. Raises UntrustedSignature for a stranger's."""
        if found := self._keys.get(document.key_id):
            return found
        raise UntrustedSignature(_("Its signer is not on the masthead."), _(_AGAIN))

    def read(self, token: str) -> ApprovalStatement:
        """Verify an approval by the masthead that it names. Raises UntrustedSignature.

        Anybody can who has the mastheads: the signature, whose key it is, the desk,
        the role, the section, four eyes and the gates.
        """
        document = SignedDocument.of(token)
        signer = self.signer(document)
        statement = ApprovalStatement.from_json(document.verified_by(signer))
        if not all(isinstance(getattr(statement, name), str) for name in _TEXTS):
            raise UntrustedSignature(_("This is not an approval."), _(_AGAIN))
        if statement.desk != self._desk:
            raise UntrustedSignature(_("The approval was made on another desk."), _(_AGAIN))
        masthead = self.masthead(statement.masthead)
        if masthead is None:
            raise UntrustedSignature(
                _("The approval names a masthead this desk never had."), _(_AGAIN)
            )
        check_statement(statement, signer, masthead)
        return statement
