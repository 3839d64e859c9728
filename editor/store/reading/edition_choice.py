"""What an export of all stories chooses: only what was done since the last one is looked at again.

What the last one chose is remembered (`store.exports`), and counts while the desk is as this
computer left it, but for entries that follow those it was chosen by. In any doubt, all is
verified, and whatever is wrong is refused as if nothing were remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Self

from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from editor.core.brief import Banner
from editor.core.times import instant_text, parse_instant
from editor.dates import utc_text
from editor.errors import BadValue, NotApproved
from editor.i18n import _
from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.exports.editions import DeskFiles, ReadState
from editor.store.exports.memory import ExportMemory
from editor.store.exports.outcomes import NEVER, LogsHead, StoryOutcome
from editor.store.log import pins
from editor.store.log.fingerprint import Fingerprint, VerifiedEntries
from editor.store.log.following import follow_logs
from editor.store.log.logs import Logs
from editor.store.log.traces import Traces, read_traces
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.choice_tasks import choose_beside
from editor.store.reading.editions import ALWAYS, Chooser, Chosen, Instants, claimed, killed
from editor.store.reading.known_texts import KnownTexts
from editor.store.reading.verifying_process import (
    ProcessEnded,
    VerifyingProcesses,
    processes_at_once,
)
from editor.trust.masthead import MastheadChain

MANY = 5_000
"""Stories that take longer to verify than processes take to start."""

_TOUCHED = "SELECT id FROM stories WHERE touched > ?"

_LOGS = 0.2
"""The share of an edition when the logs are verified; then its stories are read."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant of an export, and what the clock of this computer says.

    Of `what_if` the clock does not matter.
    """

    at: datetime
    now: datetime
    what_if: bool = False

    def require_past(self) -> None:
        """Raise BadValue for an instant that is still to come, unless it is `what_if`."""
        if self.at > self.now and not self.what_if:
            raise BadValue(
                _("{time} is still to come; it is {now}.").format(
                    time=utc_text(instant_text(self.at)), now=utc_text(instant_text(self.now))
                ),
                _("Leave the time out, or ask what an export would be then with --what-if."),
            )

    def instants(self, newest: str) -> Instants:
        """What times are compared with, where `newest` is the latest time in the logs."""
        if self.what_if:
            return Instants(self.at, self.at)
        return Instants(self.at, max(self.at, self.now, parse_instant(newest)))


class EditionChoice(NamedTuple):
    """What goes out, with the logs and the instants that it was chosen by.

    While nobody changes the desk, the same goes out `until` an instant (seconds since 1970).
    """

    chosen: Chosen
    logs: Logs
    instants: Instants
    until: float = ALWAYS

    @property
    def is_certain(self) -> bool:
        """Whether there is an instant later than those compared until which it stays the same."""
        return self.until > self.instants.expiry.timestamp()

    def until_change(self, banner: Banner) -> Self:
        """The choice with the instant at which its banner is another, where that is earlier."""
        change = banner.next_change(self.instants.at)
        return self._replace(until=min(self.until, change.timestamp())) if change else self

    def read_state(self, files: DeskFiles, chain: MastheadChain) -> ReadState:
        """By what it was chosen, read from files of a desk that has these mastheads."""
        at, expiry = self.instants.at.timestamp(), self.instants.expiry.timestamp()
        masthead = chain.latest.number, chain.latest_hash
        return ReadState(files, masthead, self.logs.tips, at, expiry, self.until)


class EditionChooser:
    """Chooses editions over one open transaction.

    `path` is the desk's folder, `read_logs` verifies all logs. Every method raises
    UntrustedSignature, Cancelled, and NotApproved with the reason for every story that may not
    leave.
    """

    def __init__(
        self,
        connection: Connection,
        path: Path,
        verifier: ApprovalVerifier,
        exports: ExportMemory,
        read_logs: Callable[[Progress], Logs],
    ) -> None:
        self._connection = connection
        self._path = path
        self._verifier = verifier
        self._exports = exports
        self._read_logs = read_logs
        self._known = KnownTexts(exports.parts)

    def named(self, ids: Sequence[str], moment: Moment, progress: Progress) -> EditionChoice:
        """Choose some stories by their ids, and all that were withdrawn; none that expired."""
        logs = self._read_logs(progress.part(0, _LOGS))
        instants, ids = moment.instants(logs.newest), list(dict.fromkeys(ids))
        all_ids = list(dict.fromkeys([*ids, *killed(self._connection, logs)]))
        outcomes = self._chooser(instants).choose(all_ids, progress.part(_LOGS, 1), ids)
        return EditionChoice(Chosen.of(outcomes), logs, instants)

    def all(self, moment: Moment, without: Collection[str], progress: Progress) -> EditionChoice:
        """Choose every approved or live story whose time has come, but those `without`."""
        followed = None if moment.what_if else self._follow(moment, progress)
        if followed is None:
            return self._verify_all(moment, without, progress)
        outcomes, logs, instants = followed
        if not without:
            return EditionChoice(Chosen.of(outcomes), logs, instants, _until(outcomes))
        shown = {
            id: outcome
            for id, outcome in outcomes.items()
            if id not in without or outcome.withdrawn
        }
        return EditionChoice(Chosen.of(shown), logs, instants)

    def _verify_all(
        self, moment: Moment, without: Collection[str], progress: Progress
    ) -> EditionChoice:
        """Verify every entry and every story, and remember what comes of them."""
        left = self._exports.custody.stamp()
        logs = self._read_logs(progress.part(0, _LOGS))
        instants = moment.instants(logs.newest)
        claims = claimed(self._connection, logs)
        ids = [id for id, was_killed in claims.items() if was_killed or id not in without]
        outcomes = self._choose(ids, logs, instants, progress.part(_LOGS, 1))
        if not (without or moment.what_if):
            all_outcomes = {
                id: _with_past(outcomes.get(id, StoryOutcome()), id, logs)
                for id in logs.traces.of
                if id
            }
            self._exports.outcomes.replace(self._head(logs, instants), all_outcomes)
            if self._exports.custody.stamp() == left:
                self._exports.custody.left(left)
            return EditionChoice(Chosen.of(outcomes), logs, instants, _until(all_outcomes))
        return EditionChoice(Chosen.of(outcomes), logs, instants)

    def _choose(
        self, ids: Sequence[str], logs: Logs, instants: Instants, progress: Progress
    ) -> Mapping[str, StoryOutcome]:
        """What comes of stories, with the help of processes where they are many."""
        count = processes_at_once()
        if len(ids) >= MANY and count > 1:
            self._exports.flush()  # what a process asks for it finds in the file
            rest = self._verifier.trusted(), logs, instants
            with (
                suppress(ProcessEnded, DBAPIError),
                VerifyingProcesses(self._connection, count) as processes,
            ):
                return choose_beside(processes, ids, self._path, rest, progress)
        return self._chooser(instants).choose(ids, progress)

    def _follow(
        self, moment: Moment, progress: Progress
    ) -> tuple[Mapping[str, StoryOutcome], Logs, Instants] | None:
        """Judge only what changed since the last export; None where that is not enough."""
        chain, exports = self._verifier.trusted(), self._exports
        known = exports.outcomes.read() if exports.custody.holds() else None
        if known is None or not _fits(known[0], chain):
            return None
        head, outcomes = known
        logs = _logs_of(head, outcomes)
        touched = follow_logs(self._connection, chain, logs)
        instants = moment.instants(logs.newest)
        at, expiry = instants.at.timestamp(), instants.expiry.timestamp()
        if logs.broken_at or at < head.at or expiry < head.expiry:
            return None
        touched |= {id for id, outcome in outcomes.items() if outcome.until <= expiry}
        raw = plain(self._connection)
        ids = sorted(touched | {id for (id,) in raw.execute(_TOUCHED, (head.last,))})
        if read_traces(raw, ["", *ids]) != {
            id: logs.traces.of[id] for id in ("", *ids) if id in logs.traces.of
        }:
            return None
        chosen = self._choose_again(ids, logs, instants, progress)
        if chosen is None:
            return None
        progress.report(1, 1)
        changed = {
            id: _with_past(chosen.get(id, StoryOutcome()), id, logs)
            for id in ids
            if id in logs.traces.of
        }
        if logs.last > head.last or any(outcomes.get(id) != changed[id] for id in changed):
            outcomes = {**outcomes, **changed}
            exports.outcomes.update(self._head(logs, instants, head.pinned), outcomes, changed)
        return outcomes, logs, instants

    def _choose_again(
        self, ids: Sequence[str], logs: Logs, instants: Instants, progress: Progress
    ) -> Mapping[str, StoryOutcome] | None:
        """What comes of those of some stories of which something may; None where one is refused."""
        self._verifier.trust_logs(logs.signed)
        ids = [*claimed(self._connection, logs, ids)]
        try:
            return self._chooser(instants).choose(ids, progress)
        except NotApproved:
            return None

    def _chooser(self, instants: Instants) -> Chooser:
        return Chooser(self._connection, self._verifier, instants, self._known)

    def _head(
        self, logs: Logs, instants: Instants, pinned: VerifiedEntries | None = None
    ) -> LogsHead:
        chain = self._verifier.trusted()
        return LogsHead(
            desk=chain.desk,
            masthead=chain.latest_hash,
            pinned=pinned or logs.verified(),
            last=logs.last,
            newest=logs.newest,
            owners=logs.owners,
            tips=logs.tips,
            signed=logs.signed,
            skips=logs.skips,
            trace=logs.traces.of.get("", b""),
            at=instants.at.timestamp(),
            expiry=instants.expiry.timestamp(),
        )


def _until(outcomes: Mapping[str, StoryOutcome]) -> float:
    """Until when all outcomes are certain."""
    return min((outcome.until for outcome in outcomes.values()), default=NEVER)


def _fits(head: LogsHead, chain: MastheadChain) -> bool:
    """Whether what is remembered is of this desk, these mastheads, and of what the pins know."""
    pinned = pins.known(chain.desk).verified
    known = head.desk, head.masthead, head.pinned
    return known == (chain.desk, chain.latest_hash, pinned)


def _logs_of(head: LogsHead, outcomes: Mapping[str, StoryOutcome]) -> Logs:
    """The logs as they were verified when the outcomes were chosen."""
    return Logs(
        Fingerprint(head.desk),
        last=head.last,
        owners=dict(head.owners),
        tips=dict(head.tips),
        signed=dict(head.signed),
        skips={log: [*tips] for log, tips in head.skips.items()},
        newest=head.newest,
        decided={id: None for id, outcome in outcomes.items() if outcome.was_decided},
        killed={id: None for id, outcome in outcomes.items() if outcome.was_killed},
        traces=Traces([("", head.trace), *((id, known.trace) for id, known in outcomes.items())]),
    )


def _with_past(outcome: StoryOutcome, id: str, logs: Logs) -> StoryOutcome:
    """The outcome of a story with what the logs say of its entries."""
    return replace(
        outcome,
        trace=logs.traces.of[id],
        was_decided=id in logs.decided,
        was_killed=id in logs.killed,
    )
