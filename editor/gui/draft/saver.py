"""Makes versions of what is typed. Whatever fails, the text stays where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from editor.core.canonical import Json
from editor.core.changes import Changes
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.draft.around import Around
from editor.gui.draft.held_save import HeldSave
from editor.gui.draft.open_story import NEW, OpenStory, journal_key
from editor.gui.kept.journal_writer import JournalWriter
from editor.gui.session import Session
from editor.i18n import _, quoted
from editor.store.reading.rows import StoredVersion

if TYPE_CHECKING:
    from editor.core.commands import SaveStory
    from editor.store.reading.snapshot import Snapshot

OnLeft: TypeAlias = Callable[[bool], object]
"""Called after a story was left, with whether its text is safe on disk."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest version of a story, and what is known besides."""

    version: StoredVersion
    around: Around

    @classmethod
    def read(cls, snapshot: Snapshot, story_id: str) -> Latest:
        """Read both."""
        stored = snapshot.stored(story_id)
        return cls(stored, Around.read(snapshot, stored))


class Saver(QObject):
    """Saves stories through the desk's write door, also those that were left."""

    caret_asked = Signal()
    """The open story is about to be written to the journal, with its caret."""
    saved = Signal(OpenStory, bool)
    """It became a version; True when the desk filled something in (an id, a slug)."""
    failed = Signal(OpenStory)
    """It could not be saved; its `save_error` says why."""
    latest_read = Signal(OpenStory, Latest)
    """What the desk has of it now, where somebody may have changed it."""

    def __init__(
        self, session: Session, journal: JournalWriter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._journal = journal
        self.lost: dict[str, dict[str, Json]] = {}
        """Entries of text that could be written neither to the desk nor to the journal, by key."""
        self.leaving: list[OpenStory] = []
        """Stories with text that were left, and of which it is not known yet whether it is safe."""
        self.held = HeldSave(session, journal, self._save_left, self)

    def save(self, open_story: OpenStory) -> None:
        """Save the text as a new version.

        What was left and is held is saved before it.

        The journal has the same text before: should the window end in between, it
        is seen that what the journal has is that version, and no later text.
        """
        self.held.release()
        sent = open_story.typed
        open_story.is_saving, open_story.sent_hash = True, sent.hash
        self.caret_asked.emit()
        write = self._journal.write_job(open_story.journal_key, open_story.to_entry())
        # Where this fails, the save reports it or makes the version all the same.
        self._session.jobs.run(write, owner=self, failed=lambda _error: None, lane="store")
        self._session.run(
            _save_command(open_story),
            owner=self,
            done=partial(self._read_back, open_story, sent),
            failed=partial(self._fail, open_story),
        )

    def leave(self, left: OpenStory, on_left: OnLeft | None = None) -> None:
        """Save a story that is no longer shown; `on_left` gets whether it is on disk.

        The journal is written first, so that the text is there even if the desk
        refuses it. Both wait in the store's lane, before whatever is read next.

        An approved text that was edited can be had back for a little while; when the
        window closes there is nobody to ask, so the edit stays in the journal.
        """
        self.held.release()
        if left.is_saving:
            leave_again = self._note_leaving(left, lambda _ended: self.leave(left, on_left))
            left.on_save_ended = partial(leave_again, False)
        elif left.is_edited_approval and self._session.can_sign:
            if on_left is None:
                self.held.hold(left)
            else:
                self._keep(left, self._note_leaving(left, on_left))
        else:
            self._save_left(left, on_left)

    def _note_leaving(self, left: OpenStory, on_left: OnLeft | None = None) -> OnLeft:
        """List a story as being left; return what is called with whether its text is safe."""
        self.leaving.append(left)

        def end(is_safe: bool) -> None:
            self.leaving.remove(left)
            if on_left is not None:
                on_left(is_safe)

        return end

    def _save_left(self, left: OpenStory, on_left: OnLeft | None = None) -> None:
        on_left = self._note_leaving(left, on_left)
        if not left.has_unsaved_text:
            if left.was_edited:
                self._remove_entry(left.journal_key)
            on_left(True)
            return
        if not self._session.can_sign or not left.is_unsaved:
            self._keep(left, on_left)
            return
        written: list[bool] = []

        def on_saved(changes: Changes) -> None:
            self.lost.pop(left.key, None)
            self._leave_entry(left, changes)
            if left.base and changes.version > left.base + 1:
                self._session.message.emit(_saved_beside(left.typed), None)
            on_left(True)

        def on_failed(error: EditorError) -> None:
            if not written:
                self.lost[left.key] = left.to_entry()
            self._session.problem.emit(_not_saved(left.typed, error))
            on_left(bool(written))

        self._session.jobs.run(
            self._journal.write_job(left.journal_key, left.to_entry()),
            owner=self,
            done=lambda _nothing: written.append(True),
            lane="store",
        )
        save = _save_command(left)
        self._session.run(save, owner=self, done=on_saved, failed=on_failed, may_ask=False)

    def _leave_entry(self, left: OpenStory, changes: Changes) -> None:
        """Remove the entry of what is a version now, or write what is still no value."""
        key = journal_key(left.story_id)
        if left.bad_texts:
            write = self._journal.write_job(key, left.bad_entry(changes.version))
            self._session.jobs.run(
                write, owner=self, failed=self._session.problem.emit, lane="store"
            )
        if not left.bad_texts or key != left.journal_key:
            self._remove_entry(left.journal_key)

    def _remove_entry(self, key: str) -> None:
        """Remove an entry, and let lists read again which new stories there are after that."""
        self._journal.remove(key)
        if key.startswith(journal_key(NEW)):
            self._session.new_stories_changed.emit()

    def _keep(self, left: OpenStory, on_left: OnLeft) -> None:
        """Write the text to the journal only: there is no key here to sign a version with."""

        def on_written(_nothing: None) -> None:
            self._session.new_stories_changed.emit()
            on_left(True)

        def on_failed(error: EditorError) -> None:
            self.lost[left.key] = left.to_entry()
            self._session.problem.emit(_not_saved(left.typed, error))
            on_left(False)

        self._session.jobs.run(
            self._journal.write_job(left.journal_key, left.to_entry()),
            owner=self,
            done=on_written,
            failed=on_failed,
            lane="store",
        )

    def read_latest(self, open_story: OpenStory) -> None:
        """Read what the desk has of a story now."""
        if open_story.stored is not None and not open_story.is_saving:
            self._session.ask(
                partial(Latest.read, story_id=open_story.key),
                owner=self,
                done=partial(self._tell_latest, open_story),
            )

    def _tell_latest(self, open_story: OpenStory, latest: Latest) -> None:
        if not open_story.is_saving and latest.version.story.id == open_story.key:
            self.latest_read.emit(open_story, latest)

    def _read_back(self, open_story: OpenStory, sent: Story, changes: Changes) -> None:
        story_id, version = open_story.story_id, changes.version

        def query(snapshot: Snapshot) -> tuple[StoredVersion, Latest]:
            latest = Latest.read(snapshot, story_id)
            if version in {0, latest.version.version}:
                return latest.version, latest
            return snapshot.stored(story_id, version), latest

        self._session.ask(
            query,
            owner=self,
            done=lambda found: self._finish(open_story, sent, *found),
            failed=partial(self._fail, open_story),
        )

    def _finish(
        self, open_story: OpenStory, sent: Story, own: StoredVersion, latest: Latest
    ) -> None:
        old_key, open_story.is_saving = open_story.journal_key, False
        is_filled = open_story.continue_from(sent, own)
        self._clean_journal(open_story, old_key)
        open_story.around = latest.around
        if open_story.on_save_ended is not None:
            # It was left; what waits for the version, as to submit it, happens all the same.
            open_story.call_on_saved()
            if not open_story.is_saving:
                open_story.on_save_ended()
            return
        self.saved.emit(open_story, is_filled)
        open_story.call_on_saved()
        if latest.version.version > own.version:
            self.latest_read.emit(open_story, latest)

    def _clean_journal(self, open_story: OpenStory, old_key: str) -> None:
        """Remove an entry that is a version now, once what was typed since is written."""
        if not open_story.has_unsaved_text:
            self._remove_entry(old_key)
            return

        def on_written(_nothing: None) -> None:
            if open_story.journal_key != old_key:
                self._remove_entry(old_key)

        self.caret_asked.emit()
        self._session.jobs.run(
            self._journal.write_job(open_story.journal_key, open_story.to_entry()),
            owner=self,
            done=on_written,
            failed=self._session.problem.emit,
            lane="journal",
        )

    def _fail(self, open_story: OpenStory, error: EditorError) -> None:
        open_story.is_saving = False
        open_story.save_error = error
        open_story.on_saved.clear()
        if open_story.on_save_ended is not None:
            open_story.on_save_ended()
            return
        self.failed.emit(open_story)
        self._session.problem.emit(error)


def _save_command(story: OpenStory) -> SaveStory:
    """Return the command that makes a version of what is typed."""
    from editor.core.commands import SaveStory  # noqa: PLC0415 - no window waits for it

    return SaveStory(story.typed, story.base, "" if story.typed.id else story.story_id)


def _saved_beside(story: Story) -> str:
    """Return the message for somebody who looks at another story now."""
    return _("{title} was also saved by somebody else. It has two versions to reconcile.").format(
        title=quoted(story.headline or story.slug)
    )


def _not_saved(story: Story, error: EditorError) -> EditorError:
    """Return the same problem, for somebody who looks at another story now."""
    title = story.headline or story.slug or _("a new story")
    return type(error)(
        _("{title} was not saved as a version: {why}").format(
            title=quoted(title), why=error.sentence
        ),
        _("Its text is still here; open it again to continue."),
    )


def crash_while_saving() -> EditorError:
    """Return what is said where a bug ended a save."""
    return EditorError(
        _("Stonehand made a mistake while saving."), _("Your text is still here; try again.")
    )
