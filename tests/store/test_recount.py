"""Random commands from two processes: lists, numbers and search are what a recount of all says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from random import Random
from typing import NamedTuple

import pytest
from sqlalchemy import select

from editor.core.commands import Command, ImportItems, SaveStory
from editor.core.events import NOTE_ACTIONS, Event
from editor.core.story import Story
from editor.core.workflow import Action, Publication, Stage
from editor.errors import EditorError
from editor.store.backup import restore_backup
from editor.store.db.schema import events, notes, stories, versions
from editor.store.desk import Desk
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.export_list import PageStart
from editor.store.reading.rows import Filter, WriterCounts
from editor.store.reading.snapshot import Snapshot
from editor.store.reading.values import read_story
from tests.store.conftest import LINA, MARA, TOM, everything
from tests.store.test_projection import commands, likely

PEOPLE = (LINA, TOM, MARA)
SECTIONS = ("world", "harbour", "")
EDITS = (Action.SAVE.past, Action.RESTORE.past, Action.RECONCILE.past)
WORDS = ("ferry", "tide", "quay", "crane", "ميناء", "zürich", "7", "o’brien", "fer", "feriado")
ASKED = ("ferry", "FER", "fe", "tide quay", "ميناء", "zurich", "7", "obrien", "“crane”", "nothing")


class Counted(NamedTuple):
    """A story as its versions and events alone tell it."""

    id: str
    touched: int
    stage: Stage
    publication: Publication
    text: Story
    version: int
    author: str
    updated: str
    indexed: int
    writers: frozenset[str]
    returned_by: str
    is_returned: bool
    has_notes: bool


def recount(snapshot: Snapshot) -> list[Counted]:
    """Every story of the desk, the last one changed first, from nothing but its past."""
    verifier = ApprovalVerifier(snapshot.connection, None)
    by_story: dict[str, list[tuple[int, str, Event]]] = {}
    for id, name, body in snapshot.connection.execute(
        select(events.c.id, events.c.event, events.c.body).order_by(events.c.id)
    ):
        event = Event.from_body(body)
        if event.story:
            by_story.setdefault(event.story, []).append((id, name, event))
    is_open = (notes.c.answers == 0, notes.c.resolved_at == "")
    noted = set(snapshot.connection.scalars(select(notes.c.story).where(*is_open)))
    found = []
    for story, past in by_story.items():
        standing = verifier.standing_of(story).standing
        places = {name: id for id, name, _event in past}
        v = versions.c
        texts = snapshot.connection.execute(
            select(v.number, v.id, v.content, v.author).where(v.story == story).order_by(v.number)
        ).all()
        touching = [(id, event) for id, _name, event in past if event.action not in NOTE_ACTIONS]
        returns = [event.person for _id, event in touching if event.action == Action.RETURN.past]
        found.append(
            Counted(
                story,
                touching[-1][0],
                standing.stage,
                standing.publication,
                read_story(texts[-1].content, ""),
                texts[-1].number,
                texts[-1].author,
                touching[-1][1].at,
                places[texts[-1].id],
                frozenset(row.author for row in texts),
                returns[-1] if returns else "",
                [event.action for _id, event in touching if event.action not in EDITS][-1:]
                == [Action.RETURN.past],
                story in noted,
            )
        )
    return sorted(found, key=lambda story: story.touched, reverse=True)


def is_writer(story: Counted, person: str) -> bool:
    others = story.writers - {person}
    is_own = person in story.writers and not (story.returned_by == person and others)
    return is_own and story.stage is Stage.DRAFT


def is_returned_to(story: Counted, person: str) -> bool:
    return is_writer(story, person) and story.is_returned


def waits_for(story: Counted, reviewer: str) -> bool:
    return story.stage is Stage.REVIEW and reviewer not in story.writers


def fits(story: Counted, wanted: Filter) -> bool:
    return (
        wanted.stage in (None, story.stage)
        and wanted.publication in (None, story.publication)
        and wanted.section in (None, story.text.section)
        and wanted.language in (None, story.text.language)
        and (wanted.writer is None or is_writer(story, wanted.writer))
        and (wanted.returned_to is None or is_returned_to(story, wanted.returned_to))
        and (wanted.author is None or wanted.author in story.writers)
        and (wanted.reviewer is None or waits_for(story, wanted.reviewer))
        and (not wanted.has_notes or story.has_notes)
    )


def filters() -> Iterable[Filter]:
    yield Filter()
    for stage, section in product((None, *Stage), (None, *SECTIONS)):
        yield Filter(stage=stage, section=section)
    for publication in Publication:
        yield Filter(publication=publication)
    for person in PEOPLE:
        yield Filter(writer=person)
        yield Filter(stage=Stage.DRAFT, writer=person)
        yield Filter(returned_to=person)
        yield Filter(author=person)
        yield Filter(stage=Stage.REVIEW, author=person)
        yield Filter(stage=Stage.REVIEW, reviewer=person)
        yield Filter(section="world", author=person, writer=LINA, language="en")
    yield Filter(has_notes=True)
    yield Filter(stage=Stage.REVIEW, has_notes=True, author=LINA)
    for language in ("en", "ar"):
        yield Filter(language=language)
        yield Filter(section="world", language=language)


def paged(snapshot: Snapshot, wanted: Filter, limit: int, oldest_first: bool) -> list[str]:
    """A whole list, read a page at a time."""
    found: list[str] = []
    after: int | None = None
    while rows := snapshot.rows(wanted, after=after, limit=limit, oldest_first=oldest_first):
        found += [row.id for row in rows]
        after = rows[-1].touched
    return found


def check(desk: Desk, chance: Random) -> None:
    """Compare every list, number and search of the desk with a recount."""
    with desk.read() as snapshot:
        counted = recount(snapshot)
        for wanted in filters():
            ids = [story.id for story in counted if fits(story, wanted)]
            limit = chance.randint(1, 7)
            assert paged(snapshot, wanted, limit, oldest_first=False) == ids, wanted
            assert paged(snapshot, wanted, limit, oldest_first=True) == ids[::-1], wanted
            assert snapshot.count(wanted) == len(ids), wanted
        check_rows(snapshot, counted)
        check_counts(snapshot, counted)
        check_export(snapshot, counted, chance.randint(1, 5))
        for words in ASKED:
            hits = snapshot.search(words)
            assert [hit.id for hit in hits] == naive_search(counted, words), words
            assert len(snapshot.snippets(words, hits)) == len(hits)


def check_rows(snapshot: Snapshot, counted: list[Counted]) -> None:
    for row, story in zip(snapshot.rows(limit=1_000), counted, strict=True):
        text = story.text
        shown = (row.slug, row.headline, row.section, row.language, row.version, row.author)
        assert shown == (
            *(text.slug, text.headline, text.section, text.language),
            *(story.version, story.author),
        )
        assert (row.updated, row.touched) == (story.updated, story.touched)
        assert row.words == len(re.findall(r"\S+", text.body))
    indexed = snapshot.connection.execute(select(stories.c.id, stories.c.indexed)).all()
    assert dict(indexed) == {story.id: story.indexed for story in counted}


def check_counts(snapshot: Snapshot, counted: list[Counted]) -> None:
    counts = snapshot.counts()
    assert counts.stages == Counter(story.stage for story in counted)
    assert counts.publications == Counter(story.publication for story in counted)
    assert counts.sections == Counter(story.text.section for story in counted)
    assert counts.languages == Counter(story.text.language for story in counted)
    for person in PEOPLE:
        assert counts.writers.get(person, WriterCounts()) == WriterCounts(
            sum(person in story.writers for story in counted),
            sum(is_writer(story, person) for story in counted),
            sum(is_returned_to(story, person) for story in counted),
            sum(story.stage is Stage.REVIEW and person in story.writers for story in counted),
        )
    assert counts.exportable == sum(map(is_exportable, counted))


def is_exportable(story: Counted) -> bool:
    if story.publication is Publication.KILLED:
        return False
    return story.stage is Stage.APPROVED or story.publication is Publication.LIVE


def check_export(snapshot: Snapshot, counted: list[Counted], limit: int) -> None:
    found: list[str] = []
    place: PageStart | None = PageStart()
    while place is not None:
        page = snapshot.export_page("", place, limit)
        found += [row.id for row in page.rows]
        place = page.next
    is_live = {story.id: story.publication is Publication.LIVE for story in counted}
    parts = (
        [story.id for story in counted if story.stage is Stage.APPROVED],
        [s.id for s in counted if is_live[s.id] and s.stage is not Stage.APPROVED],
        [s.id for s in counted if s.stage is Stage.REVIEW and not is_live[s.id]],
        [s.id for s in counted if s.stage is Stage.DRAFT and not is_live[s.id]],
    )
    assert found == [id for part in parts for id in part]


_PLAIN = str.maketrans({"ü": "u", "’": None, "“": None, "”": None})


def naive_search(counted: list[Counted], words: str) -> list[str]:
    """The stories with all the words, the last of which may go on, the newest text first."""
    asked = words.lower().translate(_PLAIN).split()
    found = []
    for story in counted:
        text = story.text
        there = f"{text.headline} {text.slug.replace('-', ' ')} {text.body}"
        has = there.lower().translate(_PLAIN).split()
        *whole, last = asked
        is_last = any(word.startswith(last) if len(last) > 1 else word == last for word in has)
        if is_last and all(word in has for word in whole):
            found.append(story)
    return [s.id for s in sorted(found, key=lambda story: story.indexed, reverse=True)]


def other_text(text: Story, chance: Random) -> Story:
    """A text with other words, and sometimes elsewhere, under another name or headline."""
    changed = replace(text, body=" ".join(chance.choices(WORDS, k=chance.randint(1, 6))))
    match chance.randint(0, 3):
        case 0:
            return replace(changed, section=chance.choice(SECTIONS))
        case 1:
            return replace(changed, slug=f"{chance.choice(WORDS[:4])}-{chance.randint(1, 30)}")
        case 2:
            return replace(changed, headline=" ".join(chance.choices(WORDS, k=2)))
    return changed


def step(desk: Desk, chance: Random) -> tuple[Command, str]:
    """A command that somebody might give now."""
    with desk.read() as snapshot:
        rows = snapshot.rows(limit=1_000)
        if len(rows) < 4 or chance.random() < 0.03:
            blank = Story(headline="The ferry", language="en", section=chance.choice(SECTIONS))
            texts = [other_text(blank, chance) for _ in range(chance.randint(1, 3))]
            if chance.random() < 0.5:
                return ImportItems(tuple(texts), (), "wire.txt"), TOM
            return SaveStory(texts[0]), chance.choice(PEOPLE)
        row = chance.choice(rows)
        kind, by = likely(row.state, chance)
        if row.leaves > 1 and chance.random() < 0.5:
            kind = "reconcile"
        if kind in ("save", "late"):
            stored = snapshot.stored(row.id)
            base = stored.latest if kind == "save" else max(1, stored.latest - 1)
            return SaveStory(other_text(stored.story, chance), base), by
    return commands(desk, row.id, chance)[kind](), by


def run(desk: Desk, chance: Random, steps: int) -> None:
    with Desk.open(desk.path, clock=desk._clock) as other:
        for number in range(steps):
            one, another = chance.sample((desk, other), 2)
            try:
                one.do(*step(another, chance))
            except EditorError:
                if chance.random() < 0.2:
                    check(another, chance)
            if number % 20 == 19:
                check(another, chance)
    check(desk, chance)
    with desk.read() as snapshot, desk.read_lists() as lists:
        assert snapshot.verify_audit().reason == ""
        lists.check(lists.rows())


def run_and_restore(desk: Desk, chance: Random, steps: int) -> None:
    """Go on after a backup, then restore it: the lists are those of that moment again."""
    run(desk, chance, steps)
    before, file = everything(desk), desk.path.with_name("post.backup")
    desk.backup(file)
    run(desk, chance, steps // 2)
    restored = desk.path.with_name("restored.desk")
    restore_backup(file, restored, undo=True)
    with Desk.open(restored, clock=desk._clock) as again:
        assert everything(again) == before
        check(again, chance)


@pytest.mark.parametrize("seed", [1, 2])
def test_lists_numbers_and_search_are_those_of_a_recount(desk: Desk, seed: int) -> None:
    run_and_restore(desk, Random(seed), 40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_lists_numbers_and_search_are_those_of_a_recount_after_thousands(
    desk: Desk, seed: int
) -> None:
    run_and_restore(desk, Random(seed), 80)
