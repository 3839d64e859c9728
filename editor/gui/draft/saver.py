"""Makes versions of what is typed. Whatever fails, the text stays where it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from editor.core.changes import Changes
from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.draft.open_story import OpenStory
from editor.gui.kept.journal_writer import JournalWriter
from editor.gui.session import Session
from editor.i18n import _
from editor.store.reading.rows import StoredVersion
from editor.store.reading.snapshot import Snapshot

Heard = Callable[[bool], None]
Found = tuple[StoredVersion, StoredVersion, tuple[int, ...]]
"""The version that was made, the newest one, and those nothing grew from yet."""


class Saver(QObject):
    """Saves sheets through the desk's write door, and leaves them safely behind."""

    keeping = Signal()
    """A sheet that is open is about to be written to the journal, with its caret."""
    saved = Signal(object, bool)
    """The sheet became a version; True when the desk filled something in (an id, a slug)."""
    failed = Signal(object)
    """The sheet could not be saved; `refused` says why."""
    moved_on = Signal(object, object, object)
    """The sheet, the Stored that is the newest now, and the versions nothing grew from yet."""

    def __init__(
        self, session: Session, journal: JournalWriter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._journal = journal
        self.lost: dict[str, dict[str, Any]] = {}
        """Text that neither the desk nor the journal would take, by key."""

    def save(self, sheet: OpenStory) -> None:
        """Keep the sheet as a new version.

        The journal has the same text before: should the window end in between, it
        is seen that what the journal has is that version, and no later text.
        """
        sent = sheet.story
        sheet.saving, sheet.sent = True, sent.hash
        self.keeping.emit()
        put = self._journal.write_job(sheet.entry_key, sheet.entry())
        self._session.jobs.run(put, owner=self, failed=_leave_to_the_save, lane="store")
        self._session.run(
            SaveStory(sent, sheet.base),
            owner=self,
            done=partial(self._read_back, sheet, sent),
            failed=partial(self._fail, sheet),
        )

    def leave(self, sheet: OpenStory, done: Heard | None = None) -> None:
        """Save a sheet that nobody looks at any more; `done` hears whether it is on disk.

        The journal is written first, so that the text is there whatever the
        desk says. Both wait in the store's lane, before whatever is read next.
        """
        if sheet.saving:
            sheet.farewell = lambda: self.leave(sheet, done)
            return
        if not sheet.dirty:
            if sheet.touched:
                self._journal.remove(sheet.entry_key)
            _tell(done, True)
            return
        kept: list[bool] = []

        def left(changes: Changes) -> None:
            self.lost.pop(sheet.key, None)
            self._journal.remove(sheet.entry_key)
            if sheet.base and changes.version > sheet.base + 1:
                self._session.message.emit(_left_beside(sheet.story), None)
            _tell(done, True)

        def stays(error: EditorError) -> None:
            if not kept:
                self.lost[sheet.key] = sheet.entry()
            self._session.problem.emit(_left_unsaved(sheet.story, error))
            _tell(done, bool(kept))

        self._session.jobs.run(
            self._journal.write_job(sheet.entry_key, sheet.entry()),
            owner=self,
            done=lambda _nothing: kept.append(True),
            lane="store",
        )
        self._session.run(SaveStory(sheet.story, sheet.base), owner=self, done=left, failed=stays)

    def look_again(self, sheet: OpenStory) -> None:
        """Compare the sheet with what the desk has now."""
        if sheet.stored is not None and not sheet.saving:
            story_id = sheet.key
            self._session.ask(
                lambda snapshot: (snapshot.stored(story_id), snapshot.leaves(story_id)),
                owner=self,
                done=partial(self._compare, sheet),
            )

    def _compare(self, sheet: OpenStory, found: tuple[StoredVersion, tuple[int, ...]]) -> None:
        latest, leaves = found
        if not sheet.saving and latest.story.id == sheet.key:
            self.moved_on.emit(sheet, latest, leaves)

    def _read_back(self, sheet: OpenStory, sent: Story, changes: Changes) -> None:
        story_id = sent.id or changes.ids("story")[0]
        version = changes.version or None

        def query(snapshot: Snapshot) -> Found:
            return (
                snapshot.stored(story_id, version),
                snapshot.stored(story_id),
                snapshot.leaves(story_id),
            )

        self._session.ask(
            query,
            owner=self,
            done=partial(self._go_on, sheet, sent),
            failed=partial(self._fail, sheet),
        )

    def _go_on(self, sheet: OpenStory, sent: Story, found: Found) -> None:
        mine, latest, leaves = found
        entry_key, sheet.saving = sheet.entry_key, False
        filled = sheet.take_saved(sent, mine)
        self._tidy(sheet, entry_key)
        sheet.leaves = leaves
        if sheet.farewell is not None:
            sheet.farewell()
            return
        self.saved.emit(sheet, filled)
        sheet.tell_waiting()
        if latest.version > mine.version:
            self.moved_on.emit(sheet, latest, leaves)

    def _tidy(self, sheet: OpenStory, entry_key: str) -> None:
        """Forget a text that is a version now; but first keep what was typed since."""
        if not sheet.dirty:
            self._journal.remove(entry_key)
            return

        def kept(_nothing: None) -> None:
            if sheet.entry_key != entry_key:
                self._journal.remove(entry_key)

        self.keeping.emit()
        put = self._journal.write_job(sheet.entry_key, sheet.entry())
        self._session.jobs.run(put, owner=self, done=kept, failed=self._session.problem.emit)

    def _fail(self, sheet: OpenStory, error: EditorError) -> None:
        sheet.saving = False
        sheet.refused = error
        sheet.waiting.clear()
        if sheet.farewell is not None:
            sheet.farewell()
            return
        self.failed.emit(sheet)
        self._session.problem.emit(error)


def _leave_to_the_save(_error: EditorError) -> None:
    """Say nothing: either the version is made, or the desk says why not."""


def _tell(done: Heard | None, safe: bool) -> None:
    if done is not None:
        done(safe)


def _left_beside(story: Story) -> str:
    """Said to somebody who looks at another story by now."""
    title = story.headline or story.slug
    return _("“{title}” was saved by somebody else, too. It has two versions to reconcile.").format(
        title=title
    )


def _left_unsaved(story: Story, error: EditorError) -> EditorError:
    """The same problem, told to somebody who looks at another story by now."""
    title = story.headline or story.slug or _("a new story")
    return type(error)(
        _("“{title}” was not saved as a version: {why}").format(title=title, why=error.sentence),
        _("Its text is kept; open it again to go on."),
    )
