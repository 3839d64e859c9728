"""Verifying approvals: an approval counts only if everything in it is true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from editor.core.edition import Approval
from editor.errors import UntrustedSignature
from editor.store.db.schema import approvals, stories, versions
from editor.store.log.entries import APPROVED
from editor.store.reading.mastheads import Trusted, masthead_hash_at, read_trusted
from editor.store.reading.values import read_story, text_hash
from editor.trust.approval import ApprovalClaim, ApprovalStatement, verify_approval

_AGAIN = "Approve the story again."
_LAST = approvals.alias("last")
_OTHERS = versions.alias("others")

EVIDENCE = (
    stories.c.id,
    stories.c.slug,
    stories.c.latest,
    stories.c.live_version,
    select(func.max(_OTHERS.c.number))
    .where(_OTHERS.c.story == stories.c.id)
    .scalar_subquery()
    .label("highest"),
    versions.c.number,
    versions.c.content,
    versions.c.hash,
    _LAST.c.hash.label("approved_hash"),
    _LAST.c.person,
    _LAST.c.at.label("approved_at"),
    _LAST.c.withdrawn,
    _LAST.c.token,
    _LAST.c.audit_row,
)
"""The columns an ApprovalVerifier looks at."""


def with_last_approval(query: Select[Any]) -> Select[Any]:
    """Join the last approval of the version, withdrawn or not, to a query of versions."""
    last = (
        select(func.max(approvals.c.id))
        .where(approvals.c.story == versions.c.story, approvals.c.version == versions.c.number)
        .scalar_subquery()
    )
    return query.outerjoin(_LAST, _LAST.c.id == last)


class ApprovalVerifier:
    """Verifies approvals in one open transaction.

    The masthead and the log are read once, so make another one after writing.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._trusted: Trusted | UntrustedSignature
        try:
            self._trusted = read_trusted(connection, path)
        except UntrustedSignature as doubt:
            self._trusted = doubt

    def trusted(self) -> Trusted:
        """The masthead and the log. Raises UntrustedSignature when they can't be trusted."""
        if isinstance(self._trusted, UntrustedSignature):
            raise self._trusted
        return self._trusted

    def approval_of(self, story: str, version: int) -> Approval:
        """The approval of a version. Raises UntrustedSignature with the reason against it."""
        query = select(*EVIDENCE).join(versions, versions.c.story == stories.c.id)
        found = self._connection.execute(
            with_last_approval(query).where(stories.c.id == story, versions.c.number == version)
        ).first()
        if found is None:
            raise UntrustedSignature("This version is gone.", "Restore a backup.")
        return self.approval(found)

    def approval(self, found: Row[Any]) -> Approval:
        """The approval of a version by its `EVIDENCE`. Raises UntrustedSignature."""
        _check_rows(found)
        chain, log = self.trusted()
        if chain is None:
            raise UntrustedSignature("The masthead of this desk is gone.", "Restore a backup.")
        story = read_story(found.content, found.slug)
        if story.id != found.id:
            raise UntrustedSignature("The approval is for another story.", _AGAIN)
        slug = story.slug if found.number == found.latest else found.slug
        row = (found.latest, found.live_version, found.slug)
        if row != (found.highest, log.live(found.id), slug):
            raise _changed("The story's entry")
        writers = log.writers(found.id, found.number, found.audit_row)
        claim = ApprovalClaim(found.id, found.hash, story.section, writers, found.audit_row)
        statement = verify_approval(found.token, claim, chain)
        _check_log(found, statement, self.trusted())
        return Approval(
            story=found.id,
            hash=found.hash,
            person=statement.by,
            at=statement.at,
            self_approved=statement.by in {*statement.writers, *writers},
        )


def _check_rows(found: Row[Any]) -> None:
    if found.approved_hash is None:
        raise UntrustedSignature("Nobody approved this version.", "Approve it first.")
    if not found.approved_hash == found.hash == text_hash(found.content):
        raise _changed("The text")
    if found.withdrawn:
        raise UntrustedSignature("The approval was withdrawn.", _AGAIN)


def _check_log(found: Row[Any], statement: ApprovalStatement, trusted: Trusted) -> None:
    """The signature, the approval's row and the log must agree."""
    signed = (statement.version, statement.by, statement.at)
    if signed != (found.number, found.person, found.approved_at):
        raise _changed("The approval's entry")
    entry = trusted.log.entry(found.id, found.audit_row)
    if entry is None or (entry.action, entry.version, entry.subject, entry.person) != (
        *(APPROVED, found.number, found.hash, statement.by),
    ):
        raise UntrustedSignature("The audit knows nothing of this approval.", _AGAIN)
    if entry.previous != statement.audit:
        raise UntrustedSignature("What was done before it was changed afterwards.", _AGAIN)
    if masthead_hash_at(trusted, entry.id) != statement.masthead:
        raise UntrustedSignature("It was given under an older masthead.", _AGAIN)
    end = trusted.log.end_of_approval(found.id, found.number, entry.id)
    if end is not None:
        raise UntrustedSignature(f"The story was {end.action} by {end.person}.", _AGAIN)


def _changed(what: str) -> UntrustedSignature:
    return UntrustedSignature(f"{what} was changed outside Stonehand after the approval.", _AGAIN)
