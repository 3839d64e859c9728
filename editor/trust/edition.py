"""What an exporter signs: one small statement that fixes every byte of an edition.

The statement names the SHA-256 of the edition's SHA256SUMS, which has a line for
every other file; among them edition.json with the stories, their approvals and
the mastheads. So whoever has a tool for JWS and one for SHA-256 can check all of
it, without Stonehand.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from editor.core.people import Role
from editor.errors import UntrustedSignature
from editor.i18n import N_, _
from editor.trust.approval import ApprovalReader
from editor.trust.compact import SignedDocument
from editor.trust.keys import PrivateKey
from editor.trust.masthead import Masthead

_AGAIN = N_("Export it again, or ask the newsroom for the real one.")


@dataclass(frozen=True, slots=True)
class EditionStatement:
    """What the person who exports an edition signs.

    `generated_at` is the edition's instant (RFC 3339), not that of the signature:
    the same desk, time and signer give the same bytes. `masthead` is the hash of
    the one in force, `sums` the SHA-256 of SHA256SUMS. `what_if` says that it is no
    edition: how one would be at another instant.
    """

    desk: str
    format: str
    generated_at: str
    by: str
    masthead: str
    sums: str
    what_if: bool = False

    def signed(self, key: PrivateKey) -> str:
        """The statement as a compact JWS."""
        return key.sign({"type": "edition", **asdict(self)})

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read what was signed. Raises UntrustedSignature for anything else."""
        try:
            if value.pop("type") != "edition" or not isinstance(value["what_if"], bool):
                raise KeyError
            if not all(isinstance(value[name], str) for name in value.keys() - {"what_if"}):
                raise TypeError
            return cls(**value)
        except (KeyError, TypeError, AttributeError):
            raise UntrustedSignature(
                _("This is not the signature of an edition."), _(_AGAIN)
            ) from None


def read_edition_statement(
    token: str, reader: ApprovalReader
) -> tuple[EditionStatement, Role, Masthead]:
    """Verify who signed an edition; return it, their role and the masthead. Any role may export.

    Raises UntrustedSignature.
    """
    document = SignedDocument.of(token)
    signer = reader.signer(document)
    statement = EditionStatement.from_json(document.verified_by(signer))
    masthead = reader.masthead(statement.masthead)
    if masthead is None:
        raise UntrustedSignature(_("The edition names a masthead this desk never had."), _(_AGAIN))
    if masthead.desk != statement.desk:
        raise UntrustedSignature(_("The edition was signed on another desk."), _(_AGAIN))
    owner = masthead.owner(signer)
    if owner is None or owner.person.name != statement.by:
        raise UntrustedSignature(
            _("{value} was not on the masthead with this key when it was signed.").format(
                value=statement.by[:80]
            ),
            _(_AGAIN),
        )
    return statement, owner.person.role, masthead
