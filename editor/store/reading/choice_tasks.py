"""Choosing many stories of an edition in processes beside this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.exports.memory import ExportMemory
from editor.store.exports.outcomes import StoryOutcome
from editor.store.log.logs import LogOwner, Logs, read_owners
from editor.store.log.traces import read_traces
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.editions import (
    AT_ONCE,
    Chooser,
    Instants,
    Refusal,
    raise_refused,
)
from editor.store.reading.known_texts import KnownTexts
from editor.store.reading.mastheads import read_chain
from editor.store.reading.verifying_process import OnCounted, ProcessEnded, VerifyingProcesses
from editor.trust.masthead import MastheadChain

_outcomes = msgspec.msgpack.Decoder(dict[str, StoryOutcome])


class ChoiceTask(NamedTuple):
    """Judge some stories of the desk at `path`, of logs whose entries are sound.

    The process has a snapshot of its own: the mastheads (`tokens`), the `owners` of logs and the
    entries of the stories (`traces`) must be those that were verified. `signed` is the last
    entry of each log that a signature covers.
    """

    path: Path
    ids: Sequence[str]
    instants: Instants
    tokens: tuple[str, ...]
    owners: Mapping[str, LogOwner]
    signed: Mapping[str, int]
    traces: Mapping[str, bytes]

    def run(self, connection: Connection, on_counted: OnCounted) -> tuple[bytes, list[Refusal]]:
        """Do it: the outcomes, packed, and which may not leave. Raises ProcessEnded."""
        chain, raw = read_chain(connection), plain(connection)
        found = chain.tokens, read_owners(connection), read_traces(raw, self.ids)
        if found != (self.tokens, self.owners, self.traces):
            raise ProcessEnded
        verifier = ApprovalVerifier(connection, None, chain)
        verifier.trust_logs(self.signed)
        exports = ExportMemory(self.path)
        try:
            known = KnownTexts(exports.parts)
            chooser = Chooser(connection, verifier, self.instants, known)
            outcomes, refused = chooser.choose_some(self.ids)
        finally:
            exports.close()
        return msgspec.msgpack.encode(outcomes), refused


def choose_beside(
    processes: VerifyingProcesses,
    ids: Sequence[str],
    path: Path,
    verified: tuple[MastheadChain, Logs, Instants],
    progress: Progress,
) -> Mapping[str, StoryOutcome]:
    """Return what comes of stories by their ids, as `Chooser.choose` does.

    `verified` are the mastheads, the logs, and what times are compared with. Raises as `choose`
    does, and ProcessEnded where a process does not answer or sees another state.
    """
    chain, logs, instants = verified
    outcomes: dict[str, StoryOutcome] = {}
    refused: list[Refusal] = []
    tasks = [
        ChoiceTask(
            *(path, some, instants, chain.tokens, logs.owners, logs.signed),
            {id: logs.traces.of[id] for id in some if id in logs.traces.of},
        )
        for some in (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    ]

    def report(_count: int) -> None:
        progress.report(len(outcomes), len(ids))

    report(0)
    for packed, refusals in processes.answers(tasks, report):
        outcomes |= _outcomes.decode(packed)
        refused += refusals
        report(0)
    raise_refused(refused)
    return outcomes
