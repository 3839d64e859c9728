"""What can't be trusted about stories: their events, their versions, and their notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from editor.core.events import NOTED, RESOLVED
from editor.core.story import Story
from editor.errors import DeskDamaged, UntrustedSignature
from editor.i18n import N_, _
from editor.store.db.errors import damaged_if_unreadable
from editor.store.db.schema import notes, versions
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.faults import shown_of
from editor.store.reading.notes import notes_of
from editor.store.reading.queries import Queries
from editor.store.reading.search_words import WordSums
from editor.store.reading.values import read_object, text_hash
from editor.store.reading.verified_story import VerifiedStory


@dataclass(slots=True)
class VerifiedStories:
    """What was found in some stories: the id of the entry that the first fault contradicts.

    `reason` is empty without a fault. `sums` are those of their words in the search, if wanted.
    """

    place: int = 0
    reason: str = ""
    sums: WordSums | None = None


def verify_stories(
    connection: Connection,
    verifier: ApprovalVerifier,
    ids: Sequence[str],
    last: int,
    *,
    words: bool,
) -> VerifiedStories:
    """Verify some stories up to the first fault; `last` is the id of the last entry."""
    found = VerifiedStories(sums=WordSums() if words else None)
    try:
        for place, reason in _find_faults(connection, verifier, ids, last, found.sums):
            found.place, found.reason = place, reason
            break
    except (UntrustedSignature, DeskDamaged) as problem:
        found.place, found.reason = last, problem.sentence
    return found


def find_in_story(connection: Connection, found: VerifiedStory) -> Iterator[str]:
    """What can't be trusted about a story, its versions and its notes: a sentence each."""
    if found.doubt:
        yield found.doubt
    yield from _find_in_notes(connection, found)
    yield from _find_in_versions(connection, {found.row.id: found})


def _find_faults(
    connection: Connection,
    verifier: ApprovalVerifier,
    ids: Sequence[str],
    last: int,
    sums: WordSums | None,
) -> Iterator[tuple[int, str]]:
    """The id of the entry that a fault contradicts, and a sentence."""
    batch = verifier.standings(ids)
    noted = set(connection.scalars(select(notes.c.story).where(notes.c.story.in_(batch))))
    for id, found in batch.items():
        place = max(found.places.values(), default=last)
        if found.doubt:
            yield place, f"{found.row.slug}: {found.doubt}"
        if id in noted or found.standing.notes:
            yield from ((place, reason) for reason in _find_in_notes(connection, found))
    yield from ((last, reason) for reason in _find_in_versions(connection, batch, sums))


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
            yield _("The text of version {number} of {slug} was changed.").format(
                number=row.number, slug=slug
            )
        if row.id not in found.events or row.cause != found.events[row.id].action:
            yield _("Version {number} of {slug} was made otherwise: its row was changed.").format(
                number=row.number, slug=slug
            )
            continue
        with damaged_if_unreadable(N_("A version of the story “{name}”"), slug):
            text = read_object(row.content)
            story = Story.from_json(text)
        if row.headline != story.headline:
            yield _("Version {number} of {slug} has another headline: its row was changed.").format(
                number=row.number, slug=slug
            )
        if row.number == found.row.version:
            if shown_of(text) != [slug, found.row.section, found.row.language, found.row.headline]:
                yield _("The list's entry of {slug} was changed outside Stonehand.").format(
                    slug=slug
                )
            if sums is not None:
                sums.add_story(found.places[row.id], story)


def _find_in_notes(connection: Connection, found: VerifiedStory) -> Iterator[str]:
    """Every note is what its event says, and open or resolved as the events say."""
    rows = {note.event: note for note in notes_of(Queries(connection), found.row.id)}
    wrote = {
        id: event.subject
        for id, event in found.events.items()
        if event.action == NOTED or id in found.standing.notes
    }
    if rows.keys() != wrote.keys():
        yield _("The notes of {slug} were changed outside Stonehand.").format(slug=found.row.slug)
        return
    for id, note in rows.items():
        event = found.events[id]
        ending = found.standing.notes.get(id, "")
        resolved = found.events[ending] if ending else None
        written = (wrote[id], event.person, event.at, found.row.id)
        if (note.hash, note.author, note.at, note.story) != written:
            yield _("A note of {author} on {slug} was changed outside Stonehand.").format(
                author=note.author, slug=found.row.slug
            )
        expected = (resolved.person, resolved.at) if resolved else ("", "")
        if not note.answers and (note.resolved_by, note.resolved_at) != expected:
            yield _("A note on {slug} was {resolved} or reopened outside Stonehand.").format(
                slug=found.row.slug, resolved=RESOLVED
            )
