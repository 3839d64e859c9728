"""What one window works on: the open desk, who is working, and the values every panel shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.core.brief import Banner
from editor.core.changes import Changes
from editor.core.commands import Command
from editor.core.house import House
from editor.core.people import Person, Role
from editor.errors import EditorError
from editor.gui.jobs import Job, Jobs, alive
from editor.i18n import _
from editor.progress import Progress
from editor.settings import Settings, save_settings, settings_file
from editor.store.reading.rows import Counts

if TYPE_CHECKING:
    from editor.store.desk import Desk
    from editor.store.reading.snapshot import Snapshot

T = TypeVar("T")
Failed = Callable[[EditorError], object]

_FEW = 20


@dataclass(frozen=True, slots=True)
class Facts:
    """The desk's small values, kept at hand so that no panel has to ask for them."""

    house: House
    banner: Banner
    people: tuple[Person, ...]
    slugs: Mapping[str, str]
    counts: Counts
    latest: int
    """The number of the last command that was carried out, by whomever."""

    @classmethod
    def read(cls, snapshot: Snapshot) -> Facts:
        """Read them all."""
        return cls(
            snapshot.house(),
            snapshot.banner(),
            tuple(snapshot.people()),
            dict(snapshot.slugs()),
            snapshot.counts(),
            latest(snapshot),
        )

    def after(self, snapshot: Snapshot, changes: Changes) -> Facts:
        """Read again only what the changes touched."""
        facts = replace(self, latest=latest(snapshot))
        if changes.touches("house"):
            facts = replace(facts, house=snapshot.house())
        if changes.touches("people"):
            facts = replace(facts, people=tuple(snapshot.people()))
        if changes.touches("banner"):
            facts = replace(facts, banner=snapshot.banner())
        if changes.touches("story"):
            slugs = self._slugs_after(snapshot, changes.ids("story"))
            facts = replace(facts, slugs=slugs, counts=snapshot.counts())
        return facts

    def _slugs_after(self, snapshot: Snapshot, ids: tuple[str, ...]) -> Mapping[str, str]:
        if len(ids) > _FEW:
            return dict(snapshot.slugs())
        return {**self.slugs, **{id: snapshot.row(id).slug for id in ids}}


class Session(QObject):
    """The open desk and the person at it. Every read and write of the desk goes through here.

    Not a singleton: whoever needs it is given it. `run` and `ask` never block;
    their callbacks arrive on the main thread.
    """

    changed = Signal(object)
    """Changes: something on the desk is different now; the cached values already are."""
    problem = Signal(object)
    """EditorError: a known problem nobody else took on."""
    message = Signal(str, object)
    """A sentence worth reading once, and a callable that undoes what it tells of, or None."""
    person_changed = Signal()
    settings_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        settings: Settings | None = None,
        facts: Facts | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.jobs = jobs
        self.settings = settings or Settings()
        if facts is None:
            with desk.read() as snapshot:
                facts = Facts.read(snapshot)
        self._facts = facts
        # Only the store thread touches this one: two commands given at once each
        # start from what the one before them left.
        self._written = self._facts
        self.person = _who(self._facts.people, self.settings.person)

    @property
    def house(self) -> House:
        """The paper's facts and style."""
        return self._facts.house

    @property
    def banner(self) -> Banner:
        """The trends banner as it is kept."""
        return self._facts.banner

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone on the desk."""
        return self._facts.people

    @property
    def slugs(self) -> Mapping[str, str]:
        """Every story's slug, by its id."""
        return self._facts.slugs

    @property
    def counts(self) -> Counts:
        """How many stories there are, by stage, publication and section."""
        return self._facts.counts

    def run(
        self,
        command: Command,
        done: Callable[[Changes], object] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Carry out a command as the person at work.

        `done` is called before `changed` is emitted, so that whoever gave the
        command can tell its own change from somebody else's. Without `failed` a
        known problem is emitted as `problem`.
        """
        name = self.person.name

        def work(_progress: Progress) -> tuple[Changes, Facts]:
            changes = self.desk.do(command, name)
            with self.desk.read() as snapshot:
                self._written = facts = self._written.after(snapshot, changes)
            return changes, facts

        return self.jobs.run(
            work,
            lambda result: self._carried_out(*result, done),
            failed or self.problem.emit,
            lane="store",
        )

    def ask(
        self,
        query: Callable[[Snapshot], T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Read from the desk. Without `failed` a known problem is emitted as `problem`."""

        def read(desk: Desk) -> T:
            with desk.read() as snapshot:
                return query(snapshot)

        return self.use_desk(read, done, failed)

    def use_desk(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Use the desk itself, for its journal or its keys; otherwise like `ask`."""
        return self.jobs.run(
            lambda _progress: work(self.desk), done, failed or self.problem.emit, lane="store"
        )

    def look_around(self) -> None:
        """Read everything again if somebody outside this window wrote to the desk."""

        def compare(number: int) -> None:
            if number > self._facts.latest:
                self.reread()

        self.ask(latest, compare)

    def reread(self) -> None:
        """Read everything again."""
        everything = Changes.of("house") + Changes.of("people") + Changes.of("banner")

        def read(snapshot: Snapshot) -> Facts:
            self._written = facts = Facts.read(snapshot)
            return facts

        def show(facts: Facts) -> None:
            self._take(facts, everything + Changes.of("story", *facts.slugs))

        self.ask(read, show)

    def work_as(self, name: str) -> None:
        """Let another person of the desk take the seat; nothing happens for an unknown name."""
        if name != self.person.name and any(each.name == name for each in self.people):
            self.person = _who(self.people, name)
            self.prefer(person=name)
            self.person_changed.emit()

    def prefer(self, **values: Any) -> None:
        """Change personal settings and keep them, off the main thread."""
        self.settings = settings = replace(self.settings, **values)
        self.jobs.run(lambda _progress: save_settings(settings), self._tell_settings_kept)
        self.settings_changed.emit()

    def _tell_settings_kept(self, kept: bool) -> None:
        if not kept:
            self.problem.emit(
                EditorError(
                    _("Your settings could not be written to the disk."),
                    _("They hold until Stonehand is closed. Make room in {folder}.").format(
                        folder=settings_file().parent
                    ),
                )
            )

    def _carried_out(
        self, changes: Changes, facts: Facts, done: Callable[[Changes], object] | None
    ) -> None:
        self._facts = facts
        if done is not None and alive(done):
            done(changes)
        if changes.touched:
            self._take(facts, changes)

    def _take(self, facts: Facts, changes: Changes) -> None:
        """Hold what was read, then tell everyone; a person may have another role now."""
        self._facts = facts
        before, self.person = self.person, _who(facts.people, self.person.name)
        self.changed.emit(changes)
        if self.person != before:
            self.person_changed.emit()


def latest(snapshot: Snapshot) -> int:
    """The number of the last command in the desk's log; 0 before the first."""
    rows = snapshot.log(limit=1)
    return rows[0].id if rows else 0


def _who(people: tuple[Person, ...], name: str) -> Person:
    """The person of that name, else the desk's first chief, else whoever comes first."""
    named = [each for each in people if each.name == name]
    chiefs = [each for each in people if each.role is Role.CHIEF]
    return (named or chiefs or list(people))[0]
