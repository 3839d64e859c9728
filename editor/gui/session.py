"""What one window works on: the open desk, the person at it, and the values all panels show."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from editor.core.brief import Banner
from editor.core.changes import Changes
from editor.core.house import House
from editor.core.people import Person
from editor.errors import Cancelled, DeskError, EditorError
from editor.gui.facts import Facts, person_at_work
from editor.gui.jobs import Job, Jobs, Lane, OnProgress
from editor.gui.keys import DeskKeys
from editor.gui.pending_desk import PendingDesk
from editor.i18n import _
from editor.places import settings_file
from editor.progress import Progress
from editor.settings import Settings, save_changed
from editor.store.journal import Journal
from editor.store.reading.rows import Counts
from editor.text.cache import DocumentCache

if TYPE_CHECKING:
    from editor.core.commands import Command
    from editor.store.desk import Desk
    from editor.store.reading.snapshot import Snapshot

T = TypeVar("T")
Failed = Callable[[EditorError], object]


class Session(QObject):
    """The open desk and the person at it. Every read and write of the desk goes through here.

    Not a singleton: whoever needs it is given it. `run` and `ask` never block;
    their callbacks arrive on the main thread.
    """

    opened = Signal()
    """The desk is open; until then its window shows what was remembered of it."""
    changed = Signal(Changes)
    """What is different on the desk; the values of the session already are."""
    problem = Signal(EditorError)
    """A known problem that nobody else handles."""
    message = Signal(str, object)
    """A sentence about what was done, and the `Callable[[], object]` that undoes it, or None."""
    new_stories_changed = Signal()
    """The journal has other stories that were never saved, or other words of one."""
    person_changed = Signal()
    """Another person works here, or the same one in another role."""
    settings_changed = Signal()
    flush_asked = Signal()
    """The process may end soon: whoever holds unsaved text starts to write it to the journal."""

    def __init__(
        self,
        desk: Desk | PendingDesk,
        jobs: Jobs,
        settings: Settings | None = None,
        facts: Facts | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.is_open = not isinstance(desk, PendingDesk)
        self.path = desk.path
        self.journal = Journal(desk.path / "drafts")
        """The drafts, to be read in the store's lane; who writes them waits for `desk` first."""
        if not isinstance(desk, PendingDesk):
            self._close_journal(desk)
        self.jobs = jobs
        self.documents = DocumentCache()
        self.settings = settings or Settings()
        if facts is None:
            with self.desk.read() as snapshot:
                facts = Facts.read(snapshot)
        self._facts = facts
        # For the store thread alone: of two commands given at once, the second
        # starts from the facts after the first.
        self._written = self._facts
        self._is_looking = self._looks_again = False
        self.person = person_at_work(self._facts.people, self.settings.person)
        self.keys = DeskKeys(lambda: self.desk, jobs, self)
        self.keys.changed.connect(self._keys_changed)

    @property
    def desk(self) -> Desk:
        """The desk. While it is being opened this waits, so it is for other threads only.

        Raises Cancelled where the desk can't be opened.
        """
        return self._desk.get() if isinstance(self._desk, PendingDesk) else self._desk

    @property
    def why_read_only(self) -> DeskError | None:
        """Why the desk can only be read; None where it can be changed, or is not open yet."""
        return self.desk.why_read_only if self.is_open else None

    @property
    def house(self) -> House:
        """The paper's facts and style."""
        return self._facts.house

    @property
    def banner(self) -> Banner:
        """The trends banner as it is saved."""
        return self._facts.banner

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone on the desk."""
        return self._facts.people

    @property
    def facts(self) -> Facts:
        """All of these values as they are now; they never change, so any thread may have them."""
        return self._facts

    @property
    def counts(self) -> Counts:
        """How many stories there are, by stage, publication and section."""
        return self._facts.counts

    def open(
        self,
        pending: PendingDesk,
        work: Callable[[], tuple[Desk, Facts]],
        *,
        done: Callable[[], object],
        failed: Failed,
    ) -> Job:
        """Open the desk, as the first job of the store's lane: all that is asked waits for it.

        What was remembered may be old: it is all read again, as after a foreign write.
        """

        def open_desk(_progress: Progress) -> Facts:
            desk: Desk | None = None
            try:
                desk, self._written = work()
                self._close_journal(desk)
            finally:
                pending.settle(desk)
            return self._written

        def show(facts: Facts) -> None:
            self.is_open = True
            done()
            self._replace(facts, Changes.everything())
            self.opened.emit()

        return self.jobs.run(open_desk, owner=self, done=show, failed=failed, lane="store")

    def close(self) -> None:
        """Let what is under way end, then close the desk, if it could be opened."""
        self.jobs.close()
        with suppress(Cancelled):
            self.desk.close()

    def run(
        self,
        command: Command,
        *,
        owner: QObject,
        done: Callable[[Changes], object] | None = None,
        failed: Failed | None = None,
        may_ask: bool = True,
    ) -> Job:
        """Carry out a command as the person at work.

        `done` is called before `changed` is emitted, so that whoever gave the
        command can tell its own change from somebody else's; once `owner` is
        deleted it is not called. Without `failed` a known problem is emitted as
        `problem`. Where the key is locked, the passphrase is asked for and the
        command carried out after that; not with `may_ask` False, for what happens
        by itself while somebody types.
        """
        name = self.person.name

        def work(_progress: Progress) -> tuple[Changes, Changes, Facts]:
            own = self.desk.do(command, name)
            with self.desk.read() as snapshot:
                self._written, seen = self._written.after(snapshot)
            return own, own + seen, self._written

        def finished(result: tuple[Changes, Changes, Facts]) -> None:
            own, changes, self._facts = result
            if done is not None and isValid(owner):
                done(own)
            if changes.touched:
                self._show(self._facts, changes)

        def again() -> None:
            if isValid(owner):
                self.run(command, owner=owner, done=done, failed=failed)

        def refused(error: EditorError) -> None:
            if failed is not None and not isValid(owner):
                return
            give_up = failed or self.problem.emit
            if may_ask:
                self.keys.solve(error, name, retry=again, failed=give_up)
            else:
                give_up(error)

        return self.jobs.run(work, owner=self, done=finished, failed=refused, lane="store")

    def ask(
        self,
        query: Callable[[Snapshot], T],
        *,
        owner: QObject,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Read from the desk. Without `failed` a known problem is emitted as `problem`."""

        def read(desk: Desk) -> T:
            with desk.read() as snapshot:
                return query(snapshot)

        return self.use_desk(read, owner=owner, done=done, failed=failed)

    def ask_long(  # noqa: PLR0913 - who asks, and who hears of what
        self,
        query: Callable[[Snapshot, Progress], T],
        *,
        owner: QObject,
        done: Callable[[T], object],
        failed: Failed,
        on_progress: OnProgress,
        ended: Callable[[], object],
        lane: Lane = "store",
    ) -> Job:
        """Read from the desk what takes its time: the query reports, and can be cancelled.

        In the lane `work` it sees one state of the desk while saves go on.
        """

        def read(progress: Progress) -> T:
            with self.desk.read() as snapshot:
                return query(snapshot, progress)

        return self.jobs.run(
            read,
            owner=owner,
            done=done,
            failed=failed,
            ended=ended,
            on_progress=on_progress,
            lane=lane,
        )

    def use_desk(
        self,
        work: Callable[[Desk], T],
        *,
        owner: QObject,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Use the desk itself, for its journal or its keys; otherwise like `ask`."""
        return self.jobs.run(
            lambda _progress: work(self.desk),
            owner=owner,
            done=done,
            failed=failed or self.problem.emit,
            lane="store",
        )

    def check_for_changes(self) -> None:
        """Read again what somebody outside this window touched.

        While a look is under way, however many calls become one more after it.
        """
        self._looks_again = self._is_looking
        if self._is_looking:
            return
        self._is_looking = True

        def look(_progress: Progress) -> tuple[Facts, Changes]:
            with self.desk.read() as snapshot:
                self._written, seen = self._written.after(snapshot)
            return self._written, seen

        def show(found: tuple[Facts, Changes]) -> None:
            facts, seen = found
            if seen.touched:
                self._show(facts, seen)

        def end() -> None:
            self._is_looking = False
            if self._looks_again:
                self.check_for_changes()

        failed = self.problem.emit
        self.jobs.run(look, owner=self, done=show, failed=failed, ended=end, lane="store")

    def reload(self) -> None:
        """Read everything again."""

        def read(snapshot: Snapshot) -> Facts:
            self._written = facts = Facts.read(snapshot)
            return facts

        def show(facts: Facts) -> None:
            self._show(facts, Changes.everything())

        self.ask(read, owner=self, done=show)

    def set_person(self, name: str) -> None:
        """Let another person of the desk work here; an unknown name changes nothing."""
        if name != self.person.name and any(person.name == name for person in self.people):
            self.person = person_at_work(self.people, name)
            self.change_settings(person=name)
            self.person_changed.emit()

    def lock_keys(self) -> None:
        """Lock the keys, and say so; what waits for a signature is signed before."""
        self.keys.lock(owner=self, done=lambda: self.message.emit(_("Keys locked."), None))

    def flush(self) -> None:
        """Write all unsaved text to the journal; on return it is on disk, if the disk takes it."""
        self.flush_asked.emit()
        self.jobs.wait_for("journal")

    def change_settings(self, **values: Any) -> None:
        """Change personal settings at once; save them off the main thread, in their order."""
        before = self.settings
        self.settings = before.changed(**values)
        self.jobs.run(
            lambda _progress: save_changed(before, **values),
            owner=self,
            done=self._settings_saved,
            lane="journal",  # one thread, so that an older value never comes after a newer one
        )
        self.settings_changed.emit()

    def marks_language(self, language: str) -> str:
        """Return the language whose marks are written as typed; empty where nobody wants them."""
        return language if self.settings.typographic_marks else ""

    @property
    def can_sign(self) -> bool:
        """Whether the person at work can sign on this desk: their key is here, locked or not."""
        return self.why_read_only is None and self.keys.can_sign(self.person.name)

    @property
    def can_decide(self) -> bool:
        """Whether the person at work can sign a decision: the masthead is to be trusted, too."""
        return self.can_sign and self.keys.known.doubt is None

    def _keys_changed(self) -> None:
        """Let somebody work here whose key is here, unless a person of the desk was chosen."""
        chosen = self.settings.person
        able = [person.name for person in self.people if self.keys.can_sign(person.name)]
        if chosen == self.person.name or not able:
            return
        if chosen in able:
            self._let_work(chosen)
        elif not self.can_sign:
            self._let_work(able[0])

    def _let_work(self, name: str) -> None:
        self.person = person_at_work(self.people, name)
        self.person_changed.emit()

    def _close_journal(self, desk: Desk) -> None:
        """Leave the drafts of a desk alone that can only be read: they wait for who typed them."""
        if why := desk.why_read_only:
            self.journal.close(why)

    def _settings_saved(self, saved: bool) -> None:
        if not saved:
            sentence = _("Your settings could not be written to the disk.")
            hint = _("They apply until Stonehand is closed. Make room in {folder}.")
            folder = settings_file().parent
            self.problem.emit(EditorError(sentence, hint.format(folder=folder)))

    def _show(self, facts: Facts, changes: Changes) -> None:
        """Hold what was read, then emit the changes; the person may have another role now."""
        if changes.touches("people"):
            self.keys.read()
        self._replace(facts, changes)

    def _replace(self, facts: Facts, changes: Changes) -> None:
        self._facts = facts
        before, self.person = self.person, person_at_work(facts.people, self.person.name)
        self.changed.emit(changes)
        if self.person != before:
            self.person_changed.emit()
