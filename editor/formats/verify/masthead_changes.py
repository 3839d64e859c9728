"""What has changed on the masthead since an approval was signed under an earlier one.

An approval is judged by the masthead that it names, and no clock proves when it was
signed: somebody who was demoted can still name the masthead on which they were an editor.
"""

from __future__ import annotations

from collections.abc import Mapping

from editor.core.people import Role
from editor.errors import UntrustedSignature
from editor.i18n import N_, _
from editor.trust.approval import ApprovalReader, ApprovalStatement, check_statement
from editor.trust.compact import SignedDocument
from editor.trust.masthead import MastheadChain

_ROLES: Mapping[Role, str] = {
    Role.JOURNALIST: N_("a journalist"),
    Role.EDITOR: N_("an editor"),
    Role.CHIEF: N_("a chief"),
}


class MastheadChanges:
    """Compares the masthead of a verified approval with the last one of the edition."""

    def __init__(self, chain: MastheadChain, reader: ApprovalReader) -> None:
        self._chain = chain
        self._reader = reader
        self._roles = {member.person.name: member.person.role for member in chain.latest.members}

    def has_left(self, statement: ApprovalStatement) -> bool:
        """Whether the approver is no longer on the masthead."""
        return statement.by not in self._roles

    def since(self, statement: ApprovalStatement, token: str) -> str:
        """Say which role, key or policy is another since; empty for none, or who has left."""
        masthead = self._reader.masthead(statement.masthead)
        if statement.masthead == self._chain.latest_hash or masthead is None:
            return ""
        role = self._roles.get(statement.by)
        if role is None:
            return ""
        number = masthead.number
        if (before := masthead.member(statement.by).person.role) is not role:
            sentence = _("approved under masthead {number} as {role}; {role_since} since")
            return sentence.format(
                number=number, role=_(_ROLES[before]), role_since=_(_ROLES[role])
            )
        signer = self._reader.signer(SignedDocument.of(token))
        if self._chain.latest.owner(signer) is None:
            sentence = _("approved under masthead {number} with a key that was removed since")
            return sentence.format(number=number)
        try:
            check_statement(statement, signer, self._chain.latest)
        except UntrustedSignature:
            sentence = _("approved under masthead {number}; the policy since asks for more")
            return sentence.format(number=number)
        return ""
