"""What makes a version: saving, importing, restoring, reconciling.

No text is ever overwritten, or refused for being late. What was written on an
older version becomes a version of its own beside the newer one, and the story
has two versions to reconcile until a person joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from uuid import uuid4

from editor.core.canonical import normal
from editor.core.changes import Changes
from editor.core.commands import ImportItems, Reconcile, Restore, SaveStory
from editor.core.ignored import with_own_names
from editor.core.story import Story
from editor.core.workflow import Action
from editor.errors import BadValue, DeskDamaged, NotAllowed, NotFound, Stale
from editor.i18n import _
from editor.store.commands.banner import append_briefs
from editor.store.commands.slugs import slug_owner, with_imported_slug, with_own_slug
from editor.store.commands.transaction import Transaction
from editor.store.commands.values import require_values
from editor.store.commands.versions import NewVersion, save_version
from editor.store.reading.rows import StoryRow

_ID = re.compile(r"[0-9a-f]{32}")


def save_story(transaction: Transaction, command: SaveStory) -> Changes:
    """Save a new story, or a new version of one, beside whatever was saved in the meantime."""
    if not command.story.id:
        if not _is_known(transaction, command.new_id):
            return _save_new(transaction, command)
        # It was saved before, and the answer was lost.
        command = SaveStory(replace(command.story, id=command.new_id), base=1)
    story = command.story
    row = transaction.row(story.id)
    if command.only_on_latest:
        transaction.require_latest(row, command.base)
    state = transaction.outcome(Action.SAVE, row)
    story = _with_corrections(transaction, row, replace(story, slug=story.slug or row.slug))
    before = partial(_readable, transaction, row, (command.base,))
    latest = partial(_readable, transaction, row, (command.base, row.version))
    story = _with_own_names(transaction, story, latest)
    for version in dict.fromkeys((row.version, command.base)):
        if _is_saved(transaction, row, version, story):
            return Changes(version=version)
    if not 1 <= command.base <= row.version:
        raise NotFound(
            _("“{name}” has no version {base}.").format(name=row.name, base=command.base),
            _("Its latest is version {version}.").format(version=row.version),
        )
    story = with_own_slug(transaction.connection, story)
    require_values(transaction.connection, story, before)
    return save_version(transaction, NewVersion(story, row, (command.base,), "saved", state))


def import_items(transaction: Transaction, command: ImportItems) -> Changes:
    """Save stories and briefs from outside; the desk gives ids, and slugs that are free.

    A story whose language the importer can't tell is in the paper's. Another paper's
    corrections are none of ours.
    """
    changes = Changes()
    state, source = transaction.outcome(Action.SAVE), normal(command.source)
    usual_language = transaction.house().language
    for story in command.stories:
        language = story.language or usual_language
        imported = replace(story, id=uuid4().hex, language=language, corrections=())
        imported = with_imported_slug(transaction.connection, imported)
        save_version(transaction, NewVersion(imported, None, (), "imported", state, source))
        changes += Changes.of("story", imported.id)
    return changes + append_briefs(transaction, command.briefs)


def restore(transaction: Transaction, command: Restore) -> Changes:
    """Make an earlier text the latest; where its slug has another owner, the slug stays."""
    row = transaction.row(command.story)
    state = transaction.outcome(Action.RESTORE, row)
    transaction.require_latest(row, command.version)
    earlier = transaction.stored_of(row, command.earlier).story
    earlier = _with_corrections(transaction, row, earlier)
    if slug_owner(transaction.connection, earlier.slug, row.id) is not None:
        earlier = replace(earlier, slug=row.slug)
    if _is_saved(transaction, row, row.version, earlier):
        return Changes(version=row.version)
    parents = (row.version,)
    return save_version(
        transaction,
        NewVersion(earlier, row, parents, "restored", state, earlier=command.earlier),
    )


def reconcile(transaction: Transaction, command: Reconcile) -> Changes:
    """Join the versions of a story that have no successor, as a person decided."""
    row = transaction.row(command.story)
    state = transaction.outcome(Action.RECONCILE, row)
    leaves = transaction.leaves(row.id)
    if len(leaves) < 2:
        raise NotAllowed(
            _("“{name}” has one latest version, {version}: there is nothing to reconcile.").format(
                name=row.name, version=row.version
            ),
            _("Edit that one."),
        )
    if tuple(sorted(set(command.leaves))) != leaves:
        raise Stale(
            _("“{name}” has other versions to reconcile now: {names}.").format(
                name=row.name, names=" and ".join(str(leaf) for leaf in leaves)
            ),
            _("Look at them first; your text is not lost."),
        )
    if command.merged.id not in ("", row.id):
        raise BadValue(
            _("The joined text is of another story."), _("Reconcile versions of one story only.")
        )
    joined = replace(command.merged, id=row.id, slug=command.merged.slug or row.slug)
    joined = _with_corrections(transaction, row, joined)
    joined = with_own_slug(transaction.connection, joined)
    before = partial(_readable, transaction, row, leaves)
    joined = _with_own_names(transaction, joined, before)
    require_values(transaction.connection, joined, before)
    return save_version(transaction, NewVersion(joined, row, leaves, "reconciled", state))


def _is_known(transaction: Transaction, story_id: str) -> bool:
    with suppress(NotFound):
        return bool(story_id and transaction.row(story_id))
    return False


def _save_new(transaction: Transaction, command: SaveStory) -> Changes:
    if command.base:
        raise BadValue(
            _("A story without an id has no earlier version."), _("Save it as a new story.")
        )
    if command.new_id and not _ID.fullmatch(command.new_id):
        raise BadValue(
            _("That can't be the id of a story."), _("Leave it out: the desk gives one.")
        )
    state = transaction.outcome(Action.SAVE)
    story = replace(command.story, id=command.new_id or uuid4().hex)
    story = with_own_slug(transaction.connection, _with_own_names(transaction, story))
    require_values(transaction.connection, story)
    return save_version(transaction, NewVersion(story, None, (), "saved", state))


def _is_saved(transaction: Transaction, row: StoryRow, version: int, story: Story) -> bool:
    """Whether a version has exactly this text: then there is nothing to save."""
    # What is missing or does not read back is no reason to refuse a text that does.
    with suppress(DeskDamaged, NotFound):
        return transaction.stored_of(row, version).story == story
    return False


def _readable(
    transaction: Transaction, row: StoryRow, versions: tuple[int, ...]
) -> tuple[Story, ...]:
    """The texts of these versions, but for those that do not read back."""
    found = list[Story]()
    for version in versions:
        with suppress(DeskDamaged, NotFound):
            found.append(transaction.stored_of(row, version).story)
    return tuple(found)


def _with_own_names(
    transaction: Transaction, story: Story, before: Callable[[], Iterable[Story]] = tuple
) -> Story:
    """The story with the saver's name to each reason for ignoring an issue that is new in it."""
    return with_own_names(story, before() if story.ignored else (), transaction.person.name)


def _with_corrections(transaction: Transaction, row: StoryRow, story: Story) -> Story:
    """The story with every correction that readers have seen: no edit removes one."""
    if not row.live_version:
        return story
    with suppress(DeskDamaged):
        seen = transaction.stored_of(row, row.live_version).story.corrections
        own = tuple(note for note in story.corrections if note not in seen)
        return replace(story, corrections=seen + own)
    return story
