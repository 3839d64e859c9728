"""One transaction of the write door: who writes, when, and what every handler needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from secrets import token_hex
from typing import TypeAlias

from sqlalchemy import Connection, select, update

from editor.core.events import WAITING_ACTIONS, Event
from editor.core.findings import Finding
from editor.core.people import Person
from editor.core.story import Story
from editor.core.workflow import Action, State, outcome
from editor.errors import KeyUnavailable, NotAllowed, NotFound, Stale
from editor.i18n import _
from editor.store.db.schema import stories, versions
from editor.store.log.writer import LogWriter, Signer
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.queries import Queries
from editor.store.reading.rows import StoryRow
from editor.trust.approval import ApprovalStatement, ApprovedKind
from editor.trust.keys import PrivateKey
from editor.trust.masthead import MastheadChain

Checker: TypeAlias = Callable[[Story, "Transaction"], tuple[Finding, ...]]
"""Gives what the checks find in a story, by the house style in force."""


class Transaction(Queries):
    """What every handler gets. All that it writes carries the time `at` (RFC 3339).

    `path` is the desk's folder, `signer` the person with their key, `writer` appends
    to their log, and `checker` runs the checks before an approval. `chain` are the
    mastheads, if they were read and are trusted. `verifier` verifies stories.
    """

    def __init__(  # noqa: PLR0913, PLR0917  two have a default
        self,
        connection: Connection,
        path: Path,
        person: Person,
        at: str,
        signer: Signer,
        writer: LogWriter,
        chain: MastheadChain | None = None,
        checker: Checker | None = None,
    ) -> None:
        super().__init__(connection)
        self.path = path
        self.person = person
        self.at = at
        self.signer = signer
        self.writer = writer
        self.checker = checker
        self.verifier = ApprovalVerifier(connection, path, chain)

    @property
    def desk(self) -> str:
        """The desk's id."""
        return self.signer.desk

    def require_key(self) -> PrivateKey:
        """The person's private key. Raises KeyUnavailable while it is not open."""
        if self.signer.private is None:
            raise KeyUnavailable(
                _("The key of {name} is locked.").format(name=self.person.name),
                _("Give its passphrase, or set STONEHAND_PASSPHRASE; only a save may wait."),
            )
        return self.signer.private

    def trusted_chain(self) -> MastheadChain:
        """The mastheads, as this computer trusts them. Raises UntrustedSignature."""
        return self.verifier.trusted()

    def sign_approval(  # noqa: PLR0913  all but four have a default
        self,
        kind: ApprovedKind,
        hash: str,
        version: str,
        masthead: str,
        *,
        writers: Collection[str],
        story: str = "",
        section: str = "",
        gates: tuple[str, ...] = (),
    ) -> str:
        """Sign that a text goes out, as the next entry of the person's log records it; the token.

        See `ApprovalStatement`. Raises KeyUnavailable.
        """
        log, tip = self.writer.place(self.at)
        statement = ApprovalStatement(
            desk=self.desk,
            kind=kind,
            hash=hash,
            version=version,
            masthead=masthead,
            by=self.person.name,
            writers=tuple(sorted(writers)),
            at=self.at,
            story=story,
            section=section,
            gates=gates,
            log=log,
            previous=tip.hash,
        )
        return statement.signed(self.require_key())

    def append(  # noqa: PLR0913  all but one have a default
        self,
        action: str,
        row: StoryRow | None = None,
        *,
        story: str = "",
        version: str = "",
        parents: Sequence[str] = (),
        subject: str = "",
        token: str = "",
        detail: str = "",
    ) -> tuple[int, str]:
        """Append an event to the person's log; its place in the order of arrival, and its id.

        `row` is the story it is about, as it was before; see `Event` for the rest.
        """
        if action not in WAITING_ACTIONS:
            self.require_key()
        return self.writer.append(
            Event(
                action=action,
                person=self.person.name,
                at=self.at,
                desk=self.desk,
                story=row.id if row else story,
                version=version,
                parents=tuple(parents),
                after=row.tips if row else (),
                subject=subject,
                token=token,
                detail=detail,
                nonce=token_hex(8),
            )
        )

    def decide(
        self, row: StoryRow, state: State, action: str, subject: str = "", token: str = ""
    ) -> str:
        """Append a decision on the latest version and put its story into a state; its id."""
        version = self.version_ids(row.id, (row.version,))[row.version]
        place, event = self.append(action, row, version=version, subject=subject, token=token)
        self.connection.execute(
            update(stories)
            .where(stories.c.id == row.id)
            .values(
                stage=str(state.stage),
                publication=str(state.publication),
                updated=self.at,
                touched=place,
                tips=json.dumps([event]),
            )
        )
        return event

    def outcome(self, action: Action, row: StoryRow | None = None) -> State:
        """The state an action of this person leads to; of a new story without a row.

        Raises NotAllowed.
        """
        return outcome(action, row.state if row else State(), self.person.role)

    def require_latest(self, row: StoryRow, version: int) -> None:
        """Raise Stale unless `version` is still the story's latest; NotFound if it never was."""
        if version == row.version:
            return
        if not 1 <= version < row.version:
            raise NotFound(
                _("“{name}” has no version {version}.").format(name=row.name, version=version),
                _("Its latest is version {version}.").format(version=row.version),
            )
        author = self.connection.scalar(
            select(versions.c.author).where(
                versions.c.story == row.id, versions.c.number == row.version
            )
        )
        raise Stale(
            _(
                "“{name}” has changed since version {version}: {author} made version {latest}."
            ).format(name=row.name, version=version, author=author, latest=row.version),
            _("Look at version {version} first; your text is not lost.").format(
                version=row.version
            ),
        )

    def require_single_leaf(self, row: StoryRow) -> None:
        """Raise NotAllowed while a story has versions to reconcile."""
        if row.leaves > 1:
            leaves = self.leaves(row.id)
            names = " and ".join(str(number) for number in leaves)
            many = "two" if len(leaves) == 2 else str(len(leaves))
            raise NotAllowed(
                _("“{name}” has {many} versions to reconcile: {names}.").format(
                    name=row.name, many=many, names=names
                ),
                _("Reconcile them first; then one text can be decided on."),
            )
