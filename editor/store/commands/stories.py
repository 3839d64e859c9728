"""What makes a version: saving, taking in, restoring, reconciling.

No text is ever overwritten or turned away for being late. What was written on
an older version becomes a version of its own beside the newer one, and the
story has two versions to reconcile until a person joins them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import ImportItems, Reconcile, Restore, SaveStory
from editor.core.story import Story
from editor.core.workflow import Action
from editor.errors import BadValue, DeskDamaged, NotAllowed, NotFound, Stale
from editor.store.commands import paper, version_writer
from editor.store.commands.transaction import Transaction
from editor.store.commands.version_writer import NewVersion
from editor.store.reading import queries
from editor.store.reading.rows import StoryRow


def save_story(turn: Transaction, command: SaveStory) -> Changes:
    """Keep a new story, or a new version of one, beside whatever was saved in the meantime."""
    story = command.story
    if not story.id:
        return _save_new(turn, story, command.base)
    row = turn.story(story.id)
    state = turn.outcome(Action.SAVE, row)
    story = _with_corrections(turn, row, replace(story, slug=story.slug or row.slug))
    for version in (row.version, command.base):
        if _holds(turn, row, version, story):
            return Changes(version=version)
    _check_base(row, command.base)
    story = version_writer.with_own_slug(turn, story)
    return _keep(turn, NewVersion(story, row.version + 1, (command.base,), "saved", state))


def import_items(turn: Transaction, command: ImportItems) -> Changes:
    """Keep what came from outside; the desk gives ids, and slugs that are free.

    What some other paper told its readers is no correction of ours.
    """
    changes = Changes()
    state = turn.outcome_of_new()
    for story in command.stories:
        named = replace(story, id=uuid4().hex, corrections=())
        named = version_writer.with_free_slug(turn, named, version_writer.usable_slug(named))
        version_writer.keep(
            turn, NewVersion(named, 1, (), "imported", state, normal(command.source))
        )
        changes += Changes.of("story", named.id)
    return changes + paper.append_briefs(turn, command.briefs)


def restore(turn: Transaction, command: Restore) -> Changes:
    """Make an earlier text the newest; where its slug has found another owner, the slug stays."""
    row = turn.story(command.story)
    state = turn.outcome(Action.RESTORE, row)
    turn.require_latest(row, command.version)
    earlier = queries.stored(turn.connection, row.id, command.earlier).story
    earlier = _with_corrections(turn, row, earlier)
    if version_writer.slug_holder(turn.connection, earlier.slug, row.id) is not None:
        earlier = replace(earlier, slug=row.slug)
    if _holds(turn, row, row.version, earlier):
        return Changes(version=row.version)
    note = f"version {command.earlier}"
    return _keep(
        turn, NewVersion(earlier, row.version + 1, (row.version,), "restored", state, note)
    )


def reconcile(turn: Transaction, command: Reconcile) -> Changes:
    """Join the versions of a story that nothing grew from yet, as a person decided."""
    row = turn.story(command.story)
    state = turn.outcome(Action.RECONCILE, row)
    leaves = turn.leaves(row.id)
    name = row.headline or row.slug
    if len(leaves) < 2:
        raise NotAllowed(
            f"“{name}” has one newest version, {row.version}: there is nothing to reconcile.",
            "Go on with that one.",
        )
    if tuple(sorted(set(command.leaves))) != leaves:
        raise Stale(
            f"“{name}” has other versions to reconcile by now: "
            f"{' and '.join(str(head) for head in leaves)}.",
            "Look at them first; your text is not lost.",
        )
    if command.joined.id not in ("", row.id):
        raise BadValue(
            "The joined text is of another story.", "Reconcile versions of one story only."
        )
    joined = replace(command.joined, id=row.id, slug=command.joined.slug or row.slug)
    joined = version_writer.with_own_slug(turn, _with_corrections(turn, row, joined))
    return _keep(turn, NewVersion(joined, row.version + 1, leaves, "reconciled", state))


def _save_new(turn: Transaction, story: Story, base: int) -> Changes:
    if base:
        raise BadValue("A story without an id has no earlier version.", "Save it as a new story.")
    story = version_writer.with_own_slug(turn, replace(story, id=uuid4().hex))
    return _keep(turn, NewVersion(story, 1, (), "saved", turn.outcome_of_new()))


def _keep(turn: Transaction, new: NewVersion) -> Changes:
    version_writer.keep(turn, new)
    return replace(Changes.of("story", new.story.id), version=new.number)


def _check_base(row: StoryRow, base: int) -> None:
    if not 1 <= base <= row.version:
        raise NotFound(
            f"“{row.headline or row.slug}” has no version {base}.",
            f"Its newest is version {row.version}.",
        )


def _holds(turn: Transaction, row: StoryRow, version: int, story: Story) -> bool:
    """Whether a version has exactly this text: then there is nothing to save."""
    # What is not there or does not read back is no reason to refuse a text that does.
    with suppress(DeskDamaged, NotFound):
        return queries.stored(turn.connection, row.id, version).story == story
    return False


def _with_corrections(turn: Transaction, row: StoryRow, story: Story) -> Story:
    """The story with all that readers were told was wrong: no edit takes that back."""
    if not row.live_version:
        return story
    with suppress(DeskDamaged):
        live = queries.stored(turn.connection, row.id, row.live_version).story
        own = tuple(each for each in story.corrections if each not in live.corrections)
        return replace(story, corrections=live.corrections + own)
    return story
