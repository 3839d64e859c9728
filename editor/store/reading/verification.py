"""Verifying a whole desk: the chain of the log, and that the tables agree with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from editor.errors import UntrustedSignature
from editor.store.db.schema import approvals, papers, stories, versions
from editor.store.log.audit_log import AuditLog, read_audit_log
from editor.store.log.entries import APPROVED, KILLED, MAKING, LogEntry
from editor.store.reading.mastheads import read_trusted
from editor.store.reading.rows import AuditReport
from editor.store.reading.values import text_hash


def verify_desk(connection: Connection, path: Path | None) -> AuditReport:
    """Compare the log with itself, the masthead, the versions, the approvals and the papers.

    Without a `path`, what this computer has seen of the desk before does not count.
    """
    log = read_audit_log(connection, again=True)
    if log.broken_at:
        return AuditReport(log.last, log.broken_at, log.reason)
    for row, reason in _find_faults(connection, path, log):
        return AuditReport(log.last, row, reason)
    return AuditReport(log.last)


def _find_faults(
    connection: Connection, path: Path | None, log: AuditLog
) -> Iterator[tuple[int, str]]:
    """The id of the entry that a fault contradicts, and a sentence."""
    yield from _find_in_versions(connection, log)
    yield from _find_in_approvals(connection, log)
    yield from _find_in_papers(connection, log)
    yield from _find_in_stories(connection, log)
    try:
        read_trusted(connection, path)
    except UntrustedSignature as problem:
        yield log.last, problem.sentence


def _find_in_versions(connection: Connection, log: AuditLog) -> Iterator[tuple[int, str]]:
    made: dict[tuple[str, int], LogEntry] = {}
    for entry in log.entries:
        if entry.action in MAKING:
            made.setdefault((entry.story, entry.version), entry)
    v = versions.c
    for row in connection.execute(
        select(v.story, v.number, v.hash, v.content, v.author, v.at, v.cause, stories.c.slug)
        .join(stories, stories.c.id == v.story)
        .execution_options(yield_per=500)
    ):
        name = f"Version {row.number} of {row.slug}"
        maker = made.pop((row.story, row.number), None)
        if maker is None:
            yield log.last, f"{name} was made outside Stonehand."
        elif not text_hash(row.content) == row.hash == maker.subject:
            yield maker.id, f"The text of version {row.number} of {row.slug} was changed."
        elif (row.author, row.at, row.cause) != (maker.person, maker.at, maker.action):
            yield maker.id, f"{name} was made by {maker.person}: its entry was changed."
    for entry in made.values():
        yield entry.id, f"Version {entry.version} of the story {entry.story} is gone."


def _find_in_approvals(connection: Connection, log: AuditLog) -> Iterator[tuple[int, str]]:
    given = {entry.id: entry for entry in log.entries if entry.action == APPROVED}
    for row in connection.execute(select(approvals).order_by(approvals.c.id)):
        entry = given.pop(row.audit_row, None)
        if entry is None:
            yield log.last, f"An approval of the story {row.story} was made outside Stonehand."
            continue
        logged = (entry.story, entry.version, entry.subject, entry.person, entry.at)
        end = log.end_of_approval(row.story, row.version, entry.id)
        is_killed = end is not None and end.action == KILLED
        if logged != (row.story, row.version, row.hash, row.person, row.at) or (
            bool(row.withdrawn) != (end is not None) and not is_killed
        ):
            yield entry.id, f"The approval by {entry.person} at {entry.at} was changed."
    for entry in given.values():
        yield entry.id, f"The approval by {entry.person} at {entry.at} is gone."


def _find_in_papers(connection: Connection, log: AuditLog) -> Iterator[tuple[int, str]]:
    for kind in ("house", "banner"):
        saved = [entry for entry in log.of_desk() if entry.action == kind]
        texts = connection.scalars(
            select(papers.c.content)
            .where(papers.c.kind == kind, papers.c.number > 1)
            .order_by(papers.c.number)
        ).all()
        if len(saved) != len(texts):
            yield log.last, f"The {kind} was changed outside Stonehand."
        for entry, content in zip(saved, texts, strict=False):
            if entry.subject != text_hash(content):
                yield entry.id, f"The {kind} that {entry.person} saved was changed."


def _find_in_stories(connection: Connection, log: AuditLog) -> Iterator[tuple[int, str]]:
    """Every story is in the state in which its last entry left it."""
    for row in connection.execute(select(stories.c.id, stories.c.slug, stories.c.touched)):
        if log.entry(row.id, row.touched) is None:
            yield log.last, f"The entry of {row.slug} was changed outside Stonehand."
