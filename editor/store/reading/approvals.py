"""Giving an approval, and taking one only when all that it says holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, select

from editor.core.edition import Approval
from editor.core.story import Story
from editor.core.workflow import Action, Stage
from editor.errors import NotAllowed, UntrustedSignature
from editor.store.commands import masthead, version_writer
from editor.store.commands.transaction import Transaction
from editor.store.db.schema import approvals, notes, stories, versions
from editor.store.log.entries import APPROVED, Ledger, last_row, ledger
from editor.store.reading import mastheads, queries
from editor.store.reading.rows import StoredVersion, StoryRow, VersionRow
from editor.trust.approval import Claim, Statement, refusal, verify
from editor.trust.masthead import Chain

_AGAIN = "Approve the story again."

LAST = approvals.alias("last")
"""The last approval of a version, standing or not: what `with_last` joins."""

_EVERY = versions.alias("every")

EVIDENCE = (
    stories.c.id,
    stories.c.slug,
    stories.c.latest,
    stories.c.live_version,
    select(func.max(_EVERY.c.number))
    .where(_EVERY.c.story == stories.c.id)
    .scalar_subquery()
    .label("highest"),
    versions.c.number,
    versions.c.content,
    versions.c.hash,
    LAST.c.hash.label("approved_hash"),
    LAST.c.person,
    LAST.c.at.label("approved_at"),
    LAST.c.withdrawn,
    LAST.c.token,
    LAST.c.audit_row,
)
"""The columns a Judge looks at."""


def with_last(query: Select[Any]) -> Select[Any]:
    """Join the last approval of the version to a query of stories and versions."""
    latest = (
        select(func.max(approvals.c.id))
        .where(approvals.c.story == versions.c.story, approvals.c.version == versions.c.number)
        .scalar_subquery()
    )
    return query.outerjoin(LAST, LAST.c.id == latest)


def approve(turn: Transaction, story_id: str, version: int, note: str) -> int:
    """Sign the newest version of a story, by its hash, and give the audit row that says so.

    Raises NotAllowed with the reason, Stale, DeskDamaged, KeyUnavailable, UntrustedSignature.
    """
    row = turn.story(story_id)
    state = turn.outcome(Action.APPROVE, row)
    turn.require_latest(row, version)
    turn.require_single_leaf(row)
    hash = queries.sound_hash(turn.connection, row)
    story = queries.stored(turn.connection, row.id, None).story
    story.require_known()
    chain = masthead.standing(turn)
    _check_gates(turn, chain, story)
    statement = _statement(turn, chain, story, row, hash)
    token = statement.signed(masthead.sign_with(turn, chain.latest, turn.person.name))
    done = version_writer.move(turn, row, state, APPROVED, note)
    turn.connection.execute(
        insert(approvals).values(
            story=row.id,
            version=row.version,
            hash=hash,
            person=turn.person.name,
            at=turn.at,
            token=token,
            audit_row=done,
        )
    )
    _look_again(turn, row)
    return done


class ApprovalVerifier:
    """Takes or refuses approvals, by one open transaction."""

    def __init__(self, connection: Connection, place: Path) -> None:
        self._connection = connection
        self._chain: Chain | None = None
        self._ledger = Ledger()
        self._doubt: UntrustedSignature | None = None
        try:
            self._chain, self._ledger = mastheads.trusted(connection, place)
        except UntrustedSignature as doubt:
            self._doubt = doubt

    @property
    def chain(self) -> Chain | None:
        """The masthead's chain, when it can be trusted."""
        return self._chain

    def of(self, story: str, version: int) -> Approval:
        """The approval of one version. Raises UntrustedSignature with the reason against it."""
        query = select(*EVIDENCE).join(versions, versions.c.story == stories.c.id)
        found = self._connection.execute(
            with_last(query).where(stories.c.id == story, versions.c.number == version)
        ).first()
        if found is None:
            raise UntrustedSignature("This version is gone.", "Restore a backup.")
        return self.approval(found)

    def approval(self, found: Row[Any]) -> Approval:
        """The approval of a version by its `EVIDENCE`. Raises UntrustedSignature."""
        _check_rows(found)
        if self._doubt is not None:
            raise self._doubt
        if self._chain is None:
            raise UntrustedSignature("The masthead of this desk is gone.", "Restore a backup.")
        story = queries.read_story(found.content, found.slug)
        if story.id != found.id:
            raise UntrustedSignature("The approval is for another story.", _AGAIN)
        stands = (found.latest, found.live_version)
        named = story.slug if found.number == found.latest else found.slug
        if stands != (found.highest, self._ledger.live(found.id)) or named != found.slug:
            raise _changed("The story's entry")
        writers = self._ledger.writers(found.id, found.number, found.audit_row)
        claim = Claim(found.id, found.hash, story.section, writers, found.audit_row)
        statement = verify(found.token, claim, self._chain)
        self._check_audit(found, statement)
        return Approval(
            story=found.id,
            hash=found.hash,
            person=statement.by,
            at=statement.at,
            self_approved=statement.by in {*statement.writers, *writers},
        )

    def _check_audit(self, found: Row[Any], statement: Statement) -> None:
        """The signature, the approval's row and the audit must tell one story."""
        signed = (statement.version, statement.by, statement.at)
        if signed != (found.number, found.person, found.approved_at):
            raise _changed("The approval's entry")
        done = self._ledger.deed(found.id, found.audit_row)
        if done is None or (done.action, done.version, done.subject, done.person) != (
            *(APPROVED, found.number, found.hash, statement.by),
        ):
            raise UntrustedSignature("The audit knows nothing of this approval.", _AGAIN)
        if done.previous != statement.audit:
            raise UntrustedSignature("What was done before it was changed afterwards.", _AGAIN)
        chain = self._chain
        if chain and mastheads.in_force(chain, self._ledger, done.id) != statement.masthead:
            raise UntrustedSignature("It was given under an older masthead.", _AGAIN)
        end = self._ledger.end_of_approval(found.id, found.number, done.id)
        if end is not None:
            raise UntrustedSignature(f"The story was {end.action} by {end.person}.", _AGAIN)


def judged(connection: Connection, place: Path, story: str, stored: StoredVersion) -> StoredVersion:
    """A version with its approval if that verifies, or with the reason why it was not taken.

    `story` is the id it was asked for: the one in its text is not to be believed.
    """
    a = approvals.c
    given = select(func.count()).where(
        a.story == story, a.version == stored.version, a.withdrawn == ""
    )
    live = connection.scalar(select(stories.c.live_version).where(stories.c.id == story))
    approved = stored.state.stage is Stage.APPROVED and stored.version == stored.latest
    if not (approved or live == stored.version or connection.scalar(given)):
        return stored
    try:
        return replace(
            stored, approval=ApprovalVerifier(connection, place).of(story, stored.version)
        )
    except UntrustedSignature as reason:
        return replace(stored, refusal=f"{reason.sentence} {reason.hint}")


def with_approvers(
    connection: Connection, place: Path, story: str, rows: list[VersionRow]
) -> list[VersionRow]:
    """A history in which only approvals that verify are named."""
    if not any(row.approved_by for row in rows):
        return rows
    judge = ApprovalVerifier(connection, place)

    def approver(row: VersionRow) -> str:
        try:
            return judge.of(story, row.version).person if row.approved_by else ""
        except UntrustedSignature:
            return ""

    return [replace(row, approved_by=approver(row)) for row in rows]


def _check_rows(found: Row[Any]) -> None:
    if found.approved_hash is None:
        raise UntrustedSignature("Nobody approved this version.", "Approve it first.")
    if not found.approved_hash == found.hash == queries.text_hash(found.content):
        raise _changed("The text")
    if found.withdrawn:
        raise UntrustedSignature("The approval was taken back.", _AGAIN)
    if not found.token:
        raise UntrustedSignature("It was approved before approvals were signed.", _AGAIN)


def _changed(what: str) -> UntrustedSignature:
    return UntrustedSignature(f"{what} was changed outside Stonehand after the approval.", _AGAIN)


def _statement(
    turn: Transaction, chain: Chain, story: Story, row: StoryRow, hash: str
) -> Statement:
    last, tip = last_row(turn.connection)
    writers = ledger(turn.connection).writers(row.id, row.version, last + 1)
    by = turn.person.name
    if why := refusal(chain.latest, by, story.section, writers):
        raise NotAllowed(why, _who_may(chain, story.section, writers))
    return Statement(
        desk=chain.latest.desk,
        story=row.id,
        hash=hash,
        version=row.version,
        section=story.section,
        masthead=chain.latest_hash,
        by=by,
        writers=tuple(sorted(writers)),
        at=turn.at,
        audit=tip,
    )


def _who_may(chain: Chain, section: str, writers: frozenset[str]) -> str:
    names = [
        each.person.name
        for each in chain.latest.present
        if not refusal(chain.latest, each.person.name, section, writers)
    ]
    if names:
        return f"Ask {' or '.join(names[:3])} to approve it."
    return "Nobody on the masthead may; the chief can add someone or change the policy."


def _check_gates(turn: Transaction, chain: Chain, story: Story) -> None:
    gates = chain.latest.policy.gates
    if "notes" in gates:
        open_notes = select(func.count()).where(
            and_(notes.c.story == story.id, notes.c.resolved_at == "", notes.c.answers == 0)
        )
        if turn.connection.scalar(open_notes):
            raise NotAllowed(
                "This desk approves nothing with an open note.", "Resolve the story's notes first."
            )
    if not {"errors", "warnings"} & set(gates):
        return
    if turn.checker is None:
        raise NotAllowed(
            "This desk asks for the checks before an approval, and none run here.",
            "Approve in the window or with `stonehand approve`.",
        )
    house, banner = queries.house(turn.connection), queries.banner(turn.connection)
    levels = turn.checker(story, banner, house)
    if "error" in levels or ("warnings" in gates and levels):
        raise NotAllowed(
            "This desk approves nothing with findings of its checks.",
            "Look at Checks, mend the text, and hand it in again.",
        )


def _look_again(turn: Transaction, row: StoryRow) -> None:
    """Verify what was just written, as an export will. Raises UntrustedSignature."""
    ApprovalVerifier(turn.connection, masthead.signing(turn).place).of(row.id, row.version)
