"""Verifying a whole desk: the chain of the audit, and that what is there is what it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from editor.errors import UntrustedSignature
from editor.store.db.schema import approvals, papers, stories, versions
from editor.store.log.entries import APPROVED, KILLED, MAKING, Deed, Ledger, ledger
from editor.store.reading import mastheads, queries
from editor.store.reading.rows import AuditReport


def verify(connection: Connection, place: Path | None) -> AuditReport:
    """Hold the audit against itself, the masthead, the versions, the approvals and the papers.

    Without a `place`, what this computer has seen of the desk before does not count.
    """
    done = ledger(connection, afresh=True)
    if done.broken_at:
        return AuditReport(done.last, done.broken_at, done.reason)
    for row, reason in _wrong(connection, place, done):
        return AuditReport(done.last, row, reason)
    return AuditReport(done.last)


def _wrong(connection: Connection, place: Path | None, done: Ledger) -> Iterator[tuple[int, str]]:
    yield from _versions(connection, done)
    yield from _approvals(connection, done)
    yield from _papers(connection, done)
    yield from _standings(connection, done)
    try:
        mastheads.trusted(connection, place)
    except UntrustedSignature as problem:
        yield done.last, problem.sentence


def _versions(connection: Connection, done: Ledger) -> Iterator[tuple[int, str]]:
    made: dict[tuple[str, int], Deed] = {}
    for deed in chain.from_iterable(done.of_story.values()):
        if deed.action in MAKING:
            made.setdefault((deed.story, deed.version), deed)
    v = versions.c
    for row in connection.execute(
        select(v.story, v.number, v.hash, v.content, v.author, v.at, v.cause, stories.c.slug)
        .join(stories, stories.c.id == v.story)
        .execution_options(yield_per=500)
    ):
        name = f"Version {row.number} of {row.slug}"
        maker = made.pop((row.story, row.number), None)
        if maker is None:
            yield done.last, f"{name} was made outside Stonehand."
        elif queries.text_hash(row.content) != row.hash or row.hash != maker.subject:
            yield maker.id, f"The text of version {row.number} of {row.slug} was changed."
        elif (row.author, row.at, row.cause) != (maker.person, maker.at, maker.action):
            yield maker.id, f"{name} was made by {maker.person}: its entry was changed."
    for deed in made.values():
        yield deed.id, f"Version {deed.version} of the story {deed.story} is gone."


def _approvals(connection: Connection, done: Ledger) -> Iterator[tuple[int, str]]:
    everything = chain.from_iterable(done.of_story.values())
    given = {deed.id: deed for deed in everything if deed.action == APPROVED}
    for row in connection.execute(select(approvals).order_by(approvals.c.id)):
        deed = given.pop(row.audit_row, None) if row.audit_row else _unsigned(given, row)
        if deed is None:
            yield done.last, f"An approval of the story {row.story} was made outside Stonehand."
            continue
        said = (deed.story, deed.version, deed.subject, deed.person, deed.at)
        if said != (row.story, row.version, row.hash, row.person, row.at):
            yield deed.id, f"The approval by {deed.person} at {deed.at} was changed."
        end = done.end_of_approval(row.story, row.version, deed.id)
        if bool(row.withdrawn) != (end is not None) and (end is None or end.action != KILLED):
            yield deed.id, f"The approval by {deed.person} at {deed.at} was changed."
    for deed in given.values():
        yield deed.id, f"The approval by {deed.person} at {deed.at} is gone."


def _unsigned(given: dict[int, Deed], row: Any) -> Deed | None:
    """The deed of an approval from before approvals named their audit row."""
    found = next(
        (
            deed
            for deed in given.values()
            if (deed.story, deed.version, deed.at) == (row.story, row.version, row.at)
        ),
        None,
    )
    return given.pop(found.id) if found else None


def _papers(connection: Connection, done: Ledger) -> Iterator[tuple[int, str]]:
    for kind in ("house", "banner"):
        saved = [deed for deed in done.of_desk if deed.action == kind]
        texts = connection.scalars(
            select(papers.c.content)
            .where(papers.c.kind == kind, papers.c.number > 1)
            .order_by(papers.c.number)
        ).all()
        if len(saved) != len(texts):
            yield done.last, f"The {kind} was changed outside Stonehand."
        for deed, content in zip(saved, texts, strict=False):
            if deed.subject and deed.subject != queries.text_hash(content):
                yield deed.id, f"The {kind} that {deed.person} saved was changed."


def _standings(connection: Connection, done: Ledger) -> Iterator[tuple[int, str]]:
    """A story stands where what was done to it last left it."""
    for row in connection.execute(select(stories.c.id, stories.c.slug, stories.c.touched)):
        deed = done.deed(row.id, row.touched)
        if deed is None:
            yield done.last, f"The entry of {row.slug} was changed outside Stonehand."
