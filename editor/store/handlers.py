"""What each command does, once the write door has let it in: one small function a command.

A handler reads and writes through its Turn and returns what it touched. It
decides nothing about roles or stages: the workflow table does (`turn.outcome`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select

from editor.core.brief import Banner, Brief
from editor.core.canonical import canonical_json, normal
from editor.core.changes import Changes
from editor.core.commands import (
    AddNote,
    AddPerson,
    Approve,
    RemovePerson,
    Restore,
    Return,
    SaveBanner,
    SaveHouse,
    SaveStory,
    SetPolicy,
    Spike,
    Submit,
    TakeIn,
    Unspike,
)
from editor.core.people import Role
from editor.core.story import Story
from editor.core.workflow import Action
from editor.errors import BadValue, DeskDamaged, NotAllowed, Stale
from editor.store import approvals, keeping, membership, queries
from editor.store.keeping import NewVersion
from editor.store.rows import StoryRow
from editor.store.schema import papers
from editor.store.turn import Turn


def save_story(turn: Turn, command: SaveStory) -> Changes:
    """Keep a new story, or a new version of one."""
    story = command.story
    if not story.id:
        return _save_new(turn, story, command.base)
    row = turn.story(story.id)
    state = turn.outcome(Action.SAVE, row)
    story = replace(story, slug=story.slug or row.slug)
    if _is_newest(turn, row, story):
        return Changes()
    turn.same_version(row, command.base)
    story = keeping.with_own_slug(turn, story)
    keeping.keep(turn, NewVersion(story, row.version + 1, (row.version,), "saved", state))
    return Changes.of("story", row.id)


def take_in(turn: Turn, command: TakeIn) -> Changes:
    """Keep what came from outside; the desk gives ids, and slugs that are free."""
    changes = Changes()
    state = turn.outcome_of_new()
    for story in command.stories:
        named = replace(story, id=uuid4().hex)
        named = keeping.with_free_slug(turn, named, keeping.usable_slug(named))
        keeping.keep(turn, NewVersion(named, 1, (), "imported", state, normal(command.source)))
        changes += Changes.of("story", named.id)
    return changes + _append_briefs(turn, command)


def submit(turn: Turn, command: Submit) -> Changes:
    """Hand a story in."""
    return _move(turn, Action.SUBMIT, command.story, command.version)


def return_story(turn: Turn, command: Return) -> Changes:
    """Send a story back with a note; an approval it had is taken back."""
    note = _said(command.note, "A story is returned with a note.", "Say what is to be done.")
    changes = _move(turn, Action.RETURN, command.story, command.version, note)
    return changes + _note(turn, command.story, note)


def approve(turn: Turn, command: Approve) -> Changes:
    """Say for the newest version, by its hash, that it may go out, and sign it."""
    note = normal(command.note).strip()
    approvals.approve(turn, command.story, command.version, note)
    changes = Changes.of("story", turn.story(command.story).id)
    return changes + _note(turn, command.story, note) if note else changes


def spike(turn: Turn, command: Spike) -> Changes:
    """Put a story aside; an approval it had is taken back."""
    return _move(turn, Action.SPIKE, command.story, command.version)


def unspike(turn: Turn, command: Unspike) -> Changes:
    """Take a story up again."""
    return _move(turn, Action.UNSPIKE, command.story, command.version)


def restore(turn: Turn, command: Restore) -> Changes:
    """Make an earlier text the newest; where its slug has found another owner, the slug stays."""
    row = turn.story(command.story)
    state = turn.outcome(Action.RESTORE, row)
    turn.same_version(row, command.version)
    earlier = queries.stored(turn.connection, row.id, command.earlier).story
    if keeping.slug_holder(turn.connection, earlier.slug, row.id) is not None:
        earlier = replace(earlier, slug=row.slug)
    if _is_newest(turn, row, earlier):
        return Changes()
    note = f"version {command.earlier}"
    keeping.keep(
        turn, NewVersion(earlier, row.version + 1, (row.version,), "restored", state, note)
    )
    return Changes.of("story", row.id)


def add_note(turn: Turn, command: AddNote) -> Changes:
    """Keep a note about a story, whatever its state."""
    text = _said(command.text, "The note is empty.", "Write something, or close it.")
    row = turn.story(command.story)
    keeping.add_note(turn, row, text, normal(command.field))
    turn.log("noted", row.id, row.version)
    return Changes.of("notes", row.id)


def save_banner(turn: Turn, command: SaveBanner) -> Changes:
    """Keep the banner; new briefs get ids."""
    current = queries.banner(turn.connection)
    if command.banner == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            "Someone else changed the trends banner in the meantime.",
            "Look at the banner as it is now; your text is not lost.",
        )
    _keep_paper(turn, "banner", _with_ids(command.banner).to_json())
    return Changes.of("banner")


def save_house(turn: Turn, command: SaveHouse) -> Changes:
    """Keep the paper's facts and style: the chief's to change."""
    _chief_only(turn, "change the paper's facts and style")
    current = queries.house(turn.connection)
    if command.house == current:
        return Changes()
    if command.base != current.hash:
        raise Stale(
            "Someone else changed the paper's facts and style in the meantime.",
            "Look at them as they are now, then change them again.",
        )
    _keep_paper(turn, "house", command.house.to_json())
    return Changes.of("house")


HANDLERS: Mapping[type, Callable[[Turn, Any], Changes]] = {
    SaveStory: save_story,
    TakeIn: take_in,
    Submit: submit,
    Return: return_story,
    Approve: approve,
    Spike: spike,
    Unspike: unspike,
    Restore: restore,
    AddNote: add_note,
    SaveBanner: save_banner,
    SaveHouse: save_house,
    AddPerson: membership.add_person,
    RemovePerson: membership.remove_person,
    SetPolicy: membership.set_policy,
}
"""Every command and what does it. A test proves that none is missing."""


def _save_new(turn: Turn, story: Story, base: int) -> Changes:
    if base:
        raise BadValue("A story without an id has no earlier version.", "Save it as a new story.")
    story = keeping.with_own_slug(turn, replace(story, id=uuid4().hex))
    keeping.keep(turn, NewVersion(story, 1, (), "saved", turn.outcome_of_new()))
    return Changes.of("story", story.id)


def _is_newest(turn: Turn, row: StoryRow, story: Story) -> bool:
    try:
        return queries.stored(turn.connection, row.id, None).story == story
    except DeskDamaged:
        # What does not read back is no reason to refuse a text that does.
        return False


def _move(turn: Turn, action: Action, story: str, version: int, note: str = "") -> Changes:
    row = turn.story(story)
    state = turn.outcome(action, row)
    turn.same_version(row, version)
    if action in (Action.RETURN, Action.SPIKE):
        keeping.withdraw_approval(turn, row)
    keeping.move(turn, row, state, _DONE[action], note)
    return Changes.of("story", row.id)


_DONE = {
    Action.SUBMIT: "submitted",
    Action.RETURN: "returned",
    Action.APPROVE: "approved",
    Action.SPIKE: "spiked",
    Action.UNSPIKE: "unspiked",
}


def _note(turn: Turn, story: str, text: str) -> Changes:
    keeping.add_note(turn, turn.story(story), text)
    return Changes.of("notes", story)


def _said(text: str, sentence: str, hint: str) -> str:
    text = normal(text).strip()
    if not text:
        raise BadValue(sentence, hint)
    return text


def _chief_only(turn: Turn, what: str) -> None:
    if turn.person.role is not Role.CHIEF:
        raise NotAllowed(f"Only the chief may {what}.", "Ask the chief to do it.")


def _append_briefs(turn: Turn, command: TakeIn) -> Changes:
    banner = queries.banner(turn.connection)
    known = {(brief.title, brief.summary) for brief in banner.briefs}
    new: list[Brief] = []
    for brief in command.briefs:
        if (brief.title, brief.summary) not in known:
            known.add((brief.title, brief.summary))
            new.append(replace(brief, id=""))
    if not new:
        return Changes()
    _keep_paper(turn, "banner", _with_ids(Banner((*banner.briefs, *new))).to_json())
    return Changes.of("banner")


def _with_ids(banner: Banner) -> Banner:
    taken: set[str] = set()
    briefs = []
    for brief in banner.briefs:
        named = replace(brief, id=uuid4().hex) if brief.id in {"", *taken} else brief
        taken.add(named.id)
        briefs.append(named)
    return Banner(tuple(briefs))


def _keep_paper(turn: Turn, kind: str, value: Any) -> None:
    newest = turn.connection.scalar(select(func.max(papers.c.number)).where(papers.c.kind == kind))
    content = canonical_json(value)
    turn.connection.execute(
        insert(papers).values(
            kind=kind,
            number=int(newest or 0) + 1,
            content=content.decode("utf-8"),
            author=turn.person.name,
            at=turn.at,
        )
    )
    turn.log(kind, subject=sha256(content).hexdigest())
