"""Verifying a whole desk: every log, and that the tables say what the events come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from editor.core.events import NOTED, RESOLVED
from editor.core.story import Story
from editor.core.times import clock_doubt, parse_instant
from editor.errors import DeskDamaged, UntrustedSignature
from editor.i18n import _
from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.db.schema import approvals, events, notes, papers, stories, versions
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import Logs, read_logs
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.faults import check_lists, check_trees
from editor.store.reading.mastheads import read_chain
from editor.store.reading.notes import notes_of
from editor.store.reading.papers import read_banner, read_house_token
from editor.store.reading.queries import Queries
from editor.store.reading.rows import AuditReport
from editor.store.reading.search_words import WordSums
from editor.store.reading.values import read_story, text_hash
from editor.store.reading.verified_story import VerifiedStory
from editor.trust.masthead import MastheadChain

_AT_ONCE = 500


class _Along(NamedTuple):
    """What goes along: who is told how far it is, and the sums of the search's words if wanted."""

    progress: Progress
    sums: WordSums | None


def verify_desk(  # noqa: PLR0913  all but two have a default
    connection: Connection,
    path: Path | None,
    now: datetime | None = None,
    *,
    trees_are_sound: bool = False,
    progress: Progress | None = None,
    words: bool = False,
) -> AuditReport:
    """Verify the logs of a desk, its mastheads, versions, approvals, notes and papers.

    Without a `path`, what this computer has seen of the desk before does not count. With
    `trees_are_sound` SQLite has just said that they are. With `words` the search is
    verified as well, which reads every latest text once more. The entries of the logs are
    reported, then the stories. Raises Cancelled.
    """
    progress = progress or Progress()
    try:
        if not trees_are_sound:
            check_trees(plain(connection))
        chain = read_chain(connection)
    except (UntrustedSignature, DeskDamaged) as problem:
        return AuditReport(0, 1, problem.sentence)
    logs = read_logs(connection, chain, progress=progress)
    if logs.broken_at:
        return AuditReport(logs.last, logs.broken_at, logs.reason)
    along = _Along(progress, WordSums() if words else None)
    for row, reason in _find_faults(connection, path, chain, logs, along):
        return AuditReport(logs.last, row, reason)
    doubt = clock_doubt(now, parse_instant(logs.newest)) if now else ""
    return AuditReport(
        logs.last,
        unsigned=tuple(_unsigned(connection, logs)),
        notices=(doubt,) if doubt else (),
    )


def _find_faults(
    connection: Connection,
    path: Path | None,
    chain: MastheadChain,
    logs: Logs,
    along: _Along,
) -> Iterator[tuple[int, str]]:
    """The id of the entry that a fault contradicts, and a sentence."""
    verifier = ApprovalVerifier(connection, path)
    try:
        verifier.trusted()
        verifier.trust_logs(logs)
        yield from _find_in_stories(connection, verifier, logs, along)
        yield from _find_strays(connection, logs)
        read_house_token(connection, chain)
        read_banner(connection, chain).require_sound()
        yield from _find_in_papers(connection, logs)
        check_lists(plain(connection))
        if along.sums is not None:
            along.sums.compare(plain(connection))
    except (UntrustedSignature, DeskDamaged) as problem:
        yield logs.last, problem.sentence


def _find_in_stories(
    connection: Connection, verifier: ApprovalVerifier, logs: Logs, along: _Along
) -> Iterator[tuple[int, str]]:
    ids = list(connection.scalars(select(stories.c.id).order_by(stories.c.touched)))
    for start in range(0, len(ids), _AT_ONCE):
        along.progress.report(start, len(ids), _("Verifying"))
        batch = verifier.standings(ids[start : start + _AT_ONCE])
        noted = set(connection.scalars(select(notes.c.story).where(notes.c.story.in_(batch))))
        for id, found in batch.items():
            place = max(found.places.values(), default=logs.last)
            if found.doubt:
                yield place, f"{found.row.slug}: {found.doubt}"
            if id in noted or found.standing.notes:
                yield from ((place, reason) for reason in _find_in_notes(connection, found))
        found_here = _find_in_versions(connection, batch, along.sums)
        yield from ((logs.last, reason) for reason in found_here)


def find_in_story(connection: Connection, found: VerifiedStory) -> Iterator[str]:
    """What can't be trusted about a story, its versions and its notes: a sentence each."""
    if found.doubt:
        yield found.doubt
    yield from _find_in_notes(connection, found)
    yield from _find_in_versions(connection, {found.row.id: found})


def _find_in_versions(
    connection: Connection, batch: dict[str, VerifiedStory], sums: WordSums | None = None
) -> Iterator[str]:
    """Every version is what its event says, and the list shows what the latest one does.

    The words of the latest ones are added to `sums`.
    """
    v = versions.c
    query = select(v.story, v.number, v.hash, v.content, v.cause, v.id, v.headline)
    for row in connection.execute(query.where(v.story.in_(batch)).order_by(v.story, v.number)):
        found = batch[row.story]
        slug = found.row.slug
        if text_hash(row.content) != row.hash:
            yield f"The text of version {row.number} of {slug} was changed."
        if row.id not in found.events or row.cause != found.events[row.id].action:
            yield f"Version {row.number} of {slug} was made otherwise: its row was changed."
            continue
        story = read_story(row.content, slug)
        if row.headline != story.headline:
            yield f"Version {row.number} of {slug} has another headline: its row was changed."
        if row.number == found.row.version:
            yield from _find_in_entry(found, story)
            if sums is not None:
                sums.add(found.places[row.id], story)


def _find_in_entry(found: VerifiedStory, latest: Story) -> Iterator[str]:
    row = found.row
    shown = (row.slug, row.headline, row.section, row.language)
    if shown != (latest.slug, latest.headline, latest.section, latest.language):
        yield f"The list's entry of {row.slug} was changed outside Stonehand."


def _find_in_notes(connection: Connection, found: VerifiedStory) -> Iterator[str]:
    """Every note is what its event says, and open or resolved as the events say."""
    rows = {note.event: note for note in notes_of(Queries(connection), found.row.id)}
    wrote = {
        id: event.subject
        for id, event in found.events.items()
        if event.action == NOTED or id in found.standing.notes
    }
    if rows.keys() != wrote.keys():
        yield f"The notes of {found.row.slug} were changed outside Stonehand."
        return
    for id, note in rows.items():
        event = found.events[id]
        ending = found.standing.notes.get(id, "")
        resolved = found.events[ending] if ending else None
        written = (wrote[id], event.person, event.at, found.row.id)
        if (note.hash, note.author, note.at, note.story) != written:
            yield f"A note of {note.author} on {found.row.slug} was changed outside Stonehand."
        expected = (resolved.person, resolved.at) if resolved else ("", "")
        if not note.answers and (note.resolved_by, note.resolved_at) != expected:
            yield f"A note on {found.row.slug} was {RESOLVED} or reopened outside Stonehand."


def _find_strays(connection: Connection, logs: Logs) -> Iterator[tuple[int, str]]:
    """Nothing is about a story or by an event that does not exist."""
    e = events.c
    known = select(stories.c.id)
    if slug := connection.scalar(
        select(e.story).where(e.story != "", e.story.not_in(known)).limit(1)
    ):
        yield logs.last, f"The story {slug} is gone."
    for table, name in ((versions, "version"), (approvals, "signed approval"), (notes, "note")):
        column = table.c.id if table is versions else table.c.event
        stray = select(column).where(column.not_in(select(e.event))).limit(1)
        if connection.scalar(stray):
            yield logs.last, f"There is a {name} that was made outside Stonehand."
    stray_row = select(versions.c.story).where(versions.c.story.not_in(known)).limit(1)
    if connection.scalar(stray_row):
        yield logs.last, "There is a version of a story that does not exist."


def _find_in_papers(connection: Connection, logs: Logs) -> Iterator[tuple[int, str]]:
    """Every version of the house and the banner is there, as it was saved."""
    e = events.c
    for kind in ("house", "banner"):
        query = select(*ENTRY_COLUMNS).where(e.story == "", e.action == kind).order_by(e.id)
        saved = [Entry(*row) for row in connection.execute(query)]
        p = papers.c
        rows = connection.execute(
            select(p.event, p.hash, p.content).where(p.kind == kind).order_by(p.number)
        ).all()
        if [entry.event for entry in saved] != [row.event for row in rows]:
            yield logs.last, f"The {kind} was changed outside Stonehand."
        for entry, row in zip(saved, rows, strict=False):
            event = entry.read()
            if event is None or not event.subject == row.hash == text_hash(row.content):
                yield entry.id, f"The {kind} of row {entry.id} was changed outside Stonehand."


def _unsigned(connection: Connection, logs: Logs) -> Iterator[tuple[str, int]]:
    """The people of whom entries wait for a signature, with how many."""
    waiting: Counter[str] = Counter()
    for log, tip in logs.tips.items():
        if missing := tip.seq - logs.signed.get(log, 0):
            waiting[logs.owners[log].person] += missing
    yield from sorted(waiting.items())
