"""Verifying a whole desk: every log, and that the tables say what the events come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import get_args

from sqlalchemy import Connection, case, func, select
from sqlalchemy.exc import DBAPIError

from editor.core.times import clock_doubt, parse_instant
from editor.errors import DeskDamaged, UntrustedSignature
from editor.i18n import _
from editor.progress import Progress
from editor.store.db.schema import approvals, events, notes, papers, stories, versions
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Logs, read_logs
from editor.store.reading.deliveries import find_in_deliveries
from editor.store.reading.mastheads import read_chain, read_trusted
from editor.store.reading.papers import (
    PaperKind,
    SignedKind,
    read_banner,
    read_front,
    read_house_style,
    read_house_token,
    read_targets,
)
from editor.store.reading.rows import AuditReport
from editor.store.reading.search_tasks import BeginningsTask, IndexTask
from editor.store.reading.search_words import WordSums
from editor.store.reading.stories_task import StoriesTask
from editor.store.reading.table_tasks import ListsTask, TreesTask
from editor.store.reading.values import text_hash
from editor.store.reading.verifying_process import (
    ProcessEnded,
    ThisProcess,
    VerifyingProcesses,
    Waiting,
    processes_at_once,
)
from editor.trust.masthead import MastheadChain

MANY = 5_000
"""Stories that take longer to verify than processes take to start."""

_SHARES = {False: (0.2, 0.98), True: (0.05, 0.7)}
"""The shares of the work when the logs are verified, and the stories: without words, with words."""

_AT_ONCE = 100
"""Stories that are verified together: a cancelled job stops after so many."""

_LIKE_WORDS = 1_000
"""To look up the beginning of a word takes as long as to count so many words."""


def verify_desk(
    connection: Connection,
    path: Path | None,
    now: datetime | None = None,
    *,
    progress: Progress | None = None,
    words: bool = False,
) -> AuditReport:
    """Verify the logs of a desk, its mastheads, versions, approvals, notes and papers.

    Without a `path`, what this computer has seen of the desk before does not count. Of
    `words`, the search is verified as well, which reads every latest text once more.
    Raises DeskDamaged for a database whose tables and indexes disagree, and Cancelled.
    """
    # As one part, so that it does not go back where processes end early.
    progress, count = (progress or Progress()).part(0, 1), processes_at_once()
    stories_there = connection.scalar(select(func.count()).select_from(stories)) or 0
    if stories_there >= MANY and count > 1:
        # What ends a process is found once more without them, in the order of the steps.
        with (
            suppress(ProcessEnded, DBAPIError),
            VerifyingProcesses(connection, count) as processes,
        ):
            return _Verification(connection, progress, processes, words=words).run(path, now)
    here = ThisProcess(connection)
    return _Verification(connection, progress, here, words=words).run(path, now)


class _Verification:
    """One verification of a whole desk, with the help of processes or without.

    Of `words`, the search is verified as well.
    """

    def __init__(
        self,
        connection: Connection,
        progress: Progress,
        processes: VerifyingProcesses | ThisProcess,
        *,
        words: bool,
    ) -> None:
        self._connection = connection
        self._processes = processes
        self._words = words
        logs, stories = _SHARES[words]
        self._logs_progress = progress.part(0, logs)
        self._stories_progress = progress.part(logs, stories)
        self._end_progress = progress.part(stories, 1)
        self._now_reported = (self._logs_progress, 0, 1)

    def run(self, path: Path | None, now: datetime | None) -> AuditReport:
        """Verify all of it, up to the first fault. Raises DeskDamaged, Cancelled."""
        tables = self._processes.start(TreesTask(), ListsTask())
        # Beside this process the trees are read meanwhile, but what they say comes first.
        if not self._processes.are_beside:
            self._require_trees(tables)
        report = self._report_on(path, now)
        if self._processes.are_beside:
            self._require_trees(tables)
        if not report.broken_at and (reason := tables.answer(self._on_counted)):
            report = AuditReport(report.rows, report.rows, reason)
        self._report(self._end_progress, 1, 1)
        return report

    def _require_trees(self, tables: Waiting) -> None:
        if problem := tables.answer(self._on_counted):
            raise DeskDamaged(problem, _("Restore a backup from before."))

    def _report_on(self, path: Path | None, now: datetime | None) -> AuditReport:
        """Verify all but the tables."""
        connection = self._connection
        try:
            chain = read_chain(connection)
        except UntrustedSignature as problem:
            return AuditReport(0, 1, problem.sentence)
        index = self._processes.start(IndexTask()) if self._words else None
        logs = read_logs(connection, chain, progress=self._logs_progress)
        if logs.broken_at:
            return AuditReport(logs.last, logs.broken_at, logs.reason)
        for row, reason in self._find_faults(path, chain, logs, index):
            return AuditReport(logs.last, row, reason)
        doubt = clock_doubt(now, parse_instant(logs.newest)) if now else ""
        return AuditReport(
            logs.last,
            unsigned=tuple(_unsigned(connection, logs)),
            notices=(doubt,) if doubt else (),
        )

    def _find_faults(
        self,
        path: Path | None,
        chain: MastheadChain,
        logs: Logs,
        index: Waiting | None,
    ) -> Iterator[tuple[int, str]]:
        """The id of the entry that a fault contradicts, and a sentence."""
        connection = self._connection
        try:
            read_trusted(connection, path)
            sums = WordSums()
            yield from self._find_in_stories(logs, sums)
            yield from _find_strays(connection, logs)
            read_house_token(connection, chain)
            read_banner(connection, chain).require_sound()
            read_front(connection, chain).require_sound()
            read_targets(connection, chain).require_sound()
            read_house_style(connection, chain).require_sound()
            yield from _find_in_papers(connection, logs)
            yield from find_in_deliveries(connection, logs)
            if index is not None and not self._is_same(sums, index):
                yield logs.last, _("The words of the search were changed outside Stonehand.")
        except (UntrustedSignature, DeskDamaged) as problem:
            yield logs.last, problem.sentence

    def _find_in_stories(self, logs: Logs, sums: WordSums) -> Iterator[tuple[int, str]]:
        """Faults of stories; the sums of their words are added to `sums`, if they are wanted."""
        ids = self._connection.scalars(select(stories.c.id).order_by(stories.c.touched)).all()
        tasks = [
            StoriesTask(ids[start : start + _AT_ONCE], logs.last, logs.signed, self._words)
            for start in range(0, len(ids), _AT_ONCE)
        ]
        self._report(self._stories_progress, 0, len(tasks))
        answers = self._processes.answers(tasks, self._on_counted)
        for done, found in enumerate(answers, 1):
            if found.reason:
                yield found.place, found.reason
            if found.sums is not None:
                sums.add_sums(found.sums)
            self._report(self._stories_progress, done, len(tasks))

    def _is_same(self, texts: WordSums, index: Waiting) -> bool:
        """Whether the index holds the words of the texts."""
        done, total = 0, texts.number + _LIKE_WORDS * len(texts.beginnings)

        def on_words(count: int) -> None:
            nonlocal done
            done += count
            self._report(self._end_progress, done, total)

        sums = index.answer(on_words)
        index.ask(BeginningsTask(tuple(sorted(texts.beginnings))))
        sums.add_sums(index.answer(lambda count: on_words(_LIKE_WORDS * count)))
        return texts.is_same(sums)

    def _report(self, progress: Progress, done: int, total: int) -> None:
        self._now_reported = (progress, done, total)
        self._on_counted(0)

    def _on_counted(self, _count: int) -> None:
        """Report the same once more: raises Cancelled if the job was cancelled."""
        progress, done, total = self._now_reported
        progress.report(done, total, _("Verifying"))


def _find_strays(connection: Connection, logs: Logs) -> Iterator[tuple[int, str]]:
    """Nothing is about a story or by an event that does not exist."""
    e = events.c
    known = select(stories.c.id)
    if slug := connection.scalar(
        select(e.story).where(e.story != "", e.story.not_in(known)).limit(1)
    ):
        yield logs.last, _("The story {slug} is gone.").format(slug=slug)
    for table, name in ((versions, "version"), (approvals, "signed approval"), (notes, "note")):
        column = table.c.id if table is versions else table.c.event
        stray = select(column).where(column.not_in(select(e.event))).limit(1)
        if connection.scalar(stray):
            yield (
                logs.last,
                _("There is a {name} that was made outside Stonehand.").format(name=name),
            )
    stray_row = select(versions.c.story).where(versions.c.story.not_in(known)).limit(1)
    if connection.scalar(stray_row):
        yield logs.last, _("There is a version of a story that does not exist.")
    # Who has a slug is looked up by what was approved.
    approved = case(
        (e.action.in_(get_args(SignedKind)), e.event),
        else_=func.json_extract(e.body, "$.version"),
    )
    query = select(e.id).join(approvals, approvals.c.event == e.event)
    for id in connection.scalars(query.where(approvals.c.text.is_distinct_from(approved)).limit(1)):
        yield id, _("The signed approval of row {id} is listed for another text.").format(id=id)


def _find_in_papers(connection: Connection, logs: Logs) -> Iterator[tuple[int, str]]:
    """Every version of each paper is as it was saved."""
    e = events.c
    for kind in get_args(PaperKind):
        query = select(*ENTRY_COLUMNS).where(e.story == "", e.action == kind).order_by(e.id)
        saved = [Entry(*row) for row in connection.execute(query)]
        p = papers.c
        rows = connection.execute(
            select(p.event, p.hash, p.content).where(p.kind == kind).order_by(p.number)
        ).all()
        if [entry.event for entry in saved] != [row.event for row in rows]:
            yield logs.last, _("The {kind} was changed outside Stonehand.").format(kind=kind)
        for entry, row in zip(saved, rows, strict=False):
            event = entry.read()
            if event is None or not event.subject == row.hash == text_hash(row.content):
                yield (
                    entry.id,
                    _("The {kind} of row {id} was changed outside Stonehand.").format(
                        kind=kind, id=entry.id
                    ),
                )


def _unsigned(connection: Connection, logs: Logs) -> Iterator[tuple[str, int]]:
    """The people of whom entries wait for a signature, with how many."""
    waiting: Counter[str] = Counter()
    for log, tip in logs.tips.items():
        if missing := tip.seq - logs.signed.get(log, 0):
            waiting[logs.owners[log].person] += missing
    yield from sorted(waiting.items())
