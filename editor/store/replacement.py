"""Replace words in stories of the desk, each whole or not at all, and take that back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from editor.core.commands import Restore, SaveStory
from editor.errors import Stale
from editor.i18n import _
from editor.store.desk import Desk
from editor.store.reading.story_changes import StoryReplacing
from editor.text.replace import apply_changes


@dataclass(frozen=True, slots=True)
class ReplacedStory:
    """A story that was changed: from which version to which, and in how many places."""

    id: str
    before: int
    after: int
    count: int


def replace_in_story(
    desk: Desk,
    work: StoryReplacing,
    story_id: str,
    version: int,
    left_out: Collection[int] = (),
) -> ReplacedStory:
    """Save a story with its words replaced as a new version, which nobody has approved.

    `version` is the one in which the changes were shown; those of the numbers in `left_out` are
    not made. Raises Stale where it is not the latest any more, NotAllowed, BadValue, and what
    `Desk.do` raises.
    """
    desk.require_writable()
    with desk.read() as snapshot:
        row = snapshot.row(story_id)
        before, changes = work.changes(snapshot, story_id, version)
        refusal = work.refusal(row, before)
    if row.version != version:
        raise Stale(
            _("“{name}” has changed since it was looked through.").format(name=row.name),
            _("Look again, and replace what is found then."),
        )
    if refusal is not None:
        raise refusal
    kept = [change for number, change in enumerate(changes) if number not in left_out]
    command = SaveStory(apply_changes(before, kept), version, only_on_latest=True)
    done = desk.do(command, work.person.name)
    return ReplacedStory(story_id, version, done.version, len(kept))


def restore_story(desk: Desk, replaced: ReplacedStory, by: str) -> int:
    """Make the text before a replacement the latest version again; return that version.

    Raises Stale where the story was saved again since, and what `Desk.do` raises.
    """
    return desk.do(Restore(replaced.id, replaced.after, replaced.before), by).version
