"""Text that was typed but never became a version, read back from the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from editor.core.fields import field_at
from editor.core.findings import TextPlace
from editor.core.story import Story
from editor.errors import DeskDamaged, EditorError, NotFound
from editor.gui.draft.around import Around
from editor.gui.draft.bad_text import BadText
from editor.gui.draft.open_story import NEW, OpenStory, journal_key
from editor.i18n import _
from editor.store.journal import UNREADABLE, Journal

if TYPE_CHECKING:
    from editor.gui.session import Session
    from editor.store.reading.snapshot import Snapshot

JournalEntry: TypeAlias = Mapping[str, Any]
"""What a file of the journal holds: any JSON, until `_read_entry` made values of it."""


_MOST = 2**31 - 1
"""The greatest number that Qt takes for a place in a text, and no desk has more versions."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A story whose text in the journal is no version; its key is its id, or `new-…`.

    `author` began it, where it is new and that is known.
    """

    key: str
    story: Story
    author: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the desk doesn't have the story at all."""
        return self.key.startswith(NEW)


@dataclass(frozen=True, slots=True)
class Opened:
    """A story as it was found, and what could not be read of its unsaved text."""

    open_story: OpenStory
    is_recovered: bool = False
    problem: EditorError | None = None


def read_open_story(
    snapshot: Snapshot, journal: Journal, key: str, lost: JournalEntry | None = None
) -> Opened:
    """Read a story with its unsaved text, from the journal or from `lost`.

    Raises NotFound when neither the desk nor the journal has it.
    """
    found = OpenStory(key)
    if not key.startswith(NEW):
        stored = snapshot.stored(key)
        found = OpenStory.of(stored, Around.read(snapshot, stored))
    entry = lost or journal.read(found.journal_key)
    found.author = str(entry.get("author", "")) if entry else ""
    if entry is None:
        if found.stored is None:
            raise NotFound(_("This unsaved story is gone."), _("It may have been saved since."))
        return Opened(found)
    try:
        read = _read_entry(entry)
    except DeskDamaged as error:
        # What is typed next takes the entry's place, so what it was goes elsewhere first.
        journal.write(f"unreadable:{found.journal_key}", dict(entry))
        return Opened(found, problem=error)
    found.bad_texts = {path: BadText.recovered(text) for path, text in read.bad_texts.items()}
    found.was_edited = bool(found.bad_texts)
    if read.story is None or read.story == found.saved:
        return Opened(found)
    base = _saved_since(snapshot, found, read.base, entry.get("sent"))
    found.typed, found.base, found.caret, found.was_edited = read.story, base, read.caret, True
    return Opened(found, is_recovered=True)


def keep_typed(session: Session, story: OpenStory) -> None:
    """Write what was typed to the drafts of a desk that could not be opened, if they are there."""
    key, entry = story.journal_key, story.to_entry()
    session.jobs.run(
        lambda _progress: session.journal.write(key, entry), owner=session, lane="journal"
    )


def continue_cut_off(snapshot: Snapshot, journal: Journal) -> None:
    """Make text of the story itself what is left of a new story whose first save was cut off.

    The desk has that story by now. What was typed after it was sent is text on version 1;
    where nothing was, the entry is removed.
    """
    for name, entry in journal.entries(journal_key(NEW)).items():
        key = name.removeprefix(journal_key(""))
        story_id = key.removeprefix(NEW)
        try:
            read, first = _read_entry(entry), snapshot.stored(story_id, 1).story
            typed = replace(read.story or first, id=story_id)
            typed = replace(typed, slug=typed.slug or first.slug)
            is_saved = typed.hash in {row.hash for row in snapshot.versions(story_id)}
            own_name = journal_key(story_id)
            if journal.read(own_name) is None and (read.bad_texts or not is_saved):
                journal.write(own_name, {**entry, "story": typed.to_json(), "base": 1})
            journal.remove(name)
        except EditorError:
            continue  # it was never saved, or can't be read or written: it stays as it is


def unsaved_stories(snapshot: Snapshot, journal: Journal) -> tuple[Unsaved, ...]:
    """Return every story of the journal whose text is not what the desk has, as after a crash."""
    return tuple(
        unsaved
        for unsaved in journal_stories(journal)
        if unsaved.is_new or _is_changed(snapshot, unsaved)
    )


def journal_stories(journal: Journal, start: str = "") -> Iterator[Unsaved]:
    """Yield the stories whose text is in the journal, whatever the desk has of them.

    With a `start`, only those whose keys begin so, and no other entry is read.
    """
    for name, entry in journal.entries(journal_key(start)).items():
        key = name.removeprefix(journal_key(""))
        try:
            story = _read_entry(entry).story
        except DeskDamaged:
            continue  # it stays in the journal, and the problem is shown when it is opened
        if story is not None:
            yield Unsaved(key, story, str(entry.get("author", "")))


def typed_headline(snapshot: Snapshot, journal: Journal, key: str) -> str | None:
    """Return the headline of a story's text that is only in the journal; None without any."""
    entry = journal.read(journal_key(key))
    if entry is None:
        return None
    try:
        read = _read_entry(entry)
        stored = None if key.startswith(NEW) else snapshot.stored(key).story
    except (DeskDamaged, NotFound):
        return None  # the problem is shown when it is opened
    story = read.story or stored
    is_saved = story == stored and not read.bad_texts
    return None if story is None or is_saved else story.headline


def _is_changed(snapshot: Snapshot, unsaved: Unsaved) -> bool:
    try:
        return unsaved.story != snapshot.stored(unsaved.key).story
    except (DeskDamaged, NotFound):
        return False  # as above


def _saved_since(snapshot: Snapshot, found: OpenStory, base: int, sent: object) -> int:
    """Return the version made of what was sent last, as when a save was cut off; else `base`."""
    if sent and found.stored is not None and found.stored.version > base:
        rows = snapshot.versions(found.key)
        return max((row.version for row in rows if row.hash == sent), default=base)
    return base


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry says; the story is None where all that can be read is a version."""

    story: Story | None
    base: int
    caret: TextPlace
    bad_texts: Mapping[str, str]


def _read_entry(entry: JournalEntry) -> _Entry:
    """Return what an entry says. Raises DeskDamaged for anything else."""
    try:
        texts = {str(path): str(text) for path, text in entry.get("typed", {}).items()}
        for path in texts:
            field_at(path)
        story = Story.from_json(entry["story"]) if "story" in entry or not texts else None
        base, caret = int(entry["base"]), int(entry.get("caret", 0))
        if not 0 <= base <= _MOST:
            raise ValueError("no version has that number")
        caret = max(0, min(caret, _MOST))
        place = TextPlace(str(entry.get("field", "")), caret, caret)
        return _Entry(story, base, place, texts)
    except (EditorError, *UNREADABLE) as error:
        raise DeskDamaged(
            _("Unsaved text of this story can't be read."),
            _("It is still in the desk's drafts folder; the saved version is shown."),
        ) from error
