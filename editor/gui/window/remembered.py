"""What a window showed of its desk, in a personal file: enough to paint it before the desk is open.

Nothing is decided by it: whatever it says is read again once the desk is open. Approvals are
never in it, for they are verified before they are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editor.core.brief import Banner
from editor.core.canonical import canonical_json, content_hash
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.core.workflow import Publication, Stage, State
from editor.errors import DeskDamaged, EditorError, NotFound
from editor.files import parse_json, remove, write_file
from editor.gui.draft.around import Around
from editor.gui.draft.open_story import NEW, journal_key
from editor.gui.facts import Facts, person_at_work
from editor.gui.library.places import Place
from editor.gui.library.rows import Query
from editor.gui.window.first_frame import (
    SUFFIXES,
    first_frame_file,
    later_frame_file,
    number_of,
    number_of_closed,
    remembered_file,
    windows_folder,
)
from editor.gui.window.tab_facts import TabFacts, read_tab_facts
from editor.store.journal import UNREADABLE, Journal
from editor.store.reading.rows import (
    Counts,
    ReviewState,
    StoredVersion,
    StoryRow,
    WriterCounts,
)

if TYPE_CHECKING:
    from editor.store.desk import Desk
    from editor.store.reading.snapshot import Snapshot

_FORMAT = 3
_ROWS = 60
"""How many rows of a list are remembered: more than any screen has room for."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What one person's window showed. `stored` is the open story where that was a draft."""

    person: str
    facts: Facts
    place: str
    total: int
    rows: tuple[StoryRow, ...]
    stored: StoredVersion | None = None
    around: Around = field(default_factory=Around)
    tabs: tuple[TabFacts, ...] = ()
    """The stories in tabs, where there were several."""

    @property
    def story(self) -> str:
        """The id of the open story, or an empty text."""
        return self.stored.story.id if self.stored is not None else ""

    def is_on(self, snapshot: Snapshot) -> bool:
        """Return whether the desk has the very version that is remembered of the open story."""
        if self.stored is None:
            return True
        try:
            return snapshot.stored(self.story, self.stored.version).hash == self.stored.hash
        except (DeskDamaged, NotFound):
            return False


def remember(desk: Desk, person: str, place: Place, story: str, tabs: Collection[str] = ()) -> None:
    """Write what a window of the desk is to show first the next time; for the store's thread.

    Where text is not saved nothing is remembered: that text comes first then.
    """
    wanted = place.filter
    if wanted is None or desk.journal.has(journal_key("")):
        forget(desk.path)
        return
    with desk.read() as snapshot:
        facts = Facts.read(snapshot)
        query = Query(wanted, place.is_queue, None, person)
        total, rows = query.read(snapshot, (), _ROWS)
        stored = _read_draft(snapshot, story)
        around = Around.read(snapshot, stored) if stored is not None else Around()
        in_tabs = tuple(read_tab_facts(snapshot, desk.journal, tabs).values())
    found = Remembered(person, facts, place.key, total, tuple(rows), stored, around, in_tabs)
    file = remembered_file(desk.path)
    with suppress(OSError):  # without it the next window is only shown a little later
        value = {**_to_json(found), "last": story, "desk": number_of(desk.path)}
        data = canonical_json({"format": _FORMAT, "hash": content_hash(value), "value": value})
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, data, private=True)


def recall(desk: Path, person: str, last: Mapping[str, str]) -> Remembered | None:
    """Return what was remembered of a desk, or None where it can't be used.

    It can't where another `person` works, for another place or story than was open `last`,
    for another desk or an open one, and while there is text that was never saved.
    """
    place, story = last.get("place", ""), last.get("story", "").removeprefix(NEW)
    if not story:
        return None
    try:
        if Journal(desk / "drafts").has(journal_key("")):
            return None
        written = parse_json(remembered_file(desk).read_bytes())
        value = written["value"]
        is_ours = written["format"] == _FORMAT and written["hash"] == content_hash(value)
        if not is_ours or value["desk"] != number_of_closed(desk):
            return None
        found, last_story = _from_json(value), value["last"]
        at_work = person_at_work(found.facts.people, person).name
    except (OSError, EditorError, *UNREADABLE):
        return None
    now = (at_work, place, story)
    return found if now == (found.person, found.place, last_story) else None


def forget(desk: Path) -> None:
    """Remove what was remembered of a desk."""
    _remove_all(_files(desk))


def forget_others(desks: Iterable[Path]) -> None:
    """Remove what was remembered of all other desks: nobody can remove them from a list."""
    known = {file for desk in desks for file in _files(desk)}
    with suppress(OSError):
        found = set(windows_folder().iterdir())
        _remove_all(file for file in found - known if file.suffix in SUFFIXES)


def _files(desk: Path) -> tuple[Path, ...]:
    return first_frame_file(desk), later_frame_file(desk), remembered_file(desk)


def _remove_all(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):  # it is read for a desk that is opened, and then compared with it
            remove(file)


def _read_draft(snapshot: Snapshot, story: str) -> StoredVersion | None:
    try:
        stored = snapshot.stored(story)
    except (DeskDamaged, NotFound):
        return None
    return stored if stored.state == State() and not stored.refusal else None


def _to_json(found: Remembered) -> dict[str, Any]:
    facts, stored = found.facts, found.stored
    value: dict[str, Any] = {
        "person": found.person,
        "house": facts.house.to_json(),
        "banner": facts.banner.to_json(),
        "people": [[person.name, person.role] for person in facts.people],
        "counts": asdict(facts.counts),
        "last_entry": facts.last_entry,
        "place": found.place,
        "total": found.total,
        "rows": [asdict(row) for row in found.rows],
        "tabs": [facts.to_json() for facts in found.tabs],
        "story": found.story,
    }
    if stored is not None:
        names = ("version", "id", "latest", "hash", "author", "at", "cause")
        value["stored"] = {name: getattr(stored, name) for name in names}
        value["text"] = stored.story.to_json()
        value["leaves"] = list(found.around.leaves)
        value["review"] = asdict(found.around.review_state)
    return value


def _from_json(value: Mapping[str, Any]) -> Remembered:
    counts = value["counts"]
    facts = Facts(
        House.from_json(value["house"]),
        Banner.from_json(value["banner"]),
        tuple(Person(name, Role(role)) for name, role in value["people"]),
        Counts(
            {Stage(name): number for name, number in counts["stages"].items()},
            {Publication(name): number for name, number in counts["publications"].items()},
            dict(counts["sections"]),
            counts["exportable"],
            dict(counts["languages"]),
            {name: WriterCounts(**numbers) for name, numbers in counts["writers"].items()},
        ),
        value["last_entry"],
    )
    stored: StoredVersion | None = None
    around = Around()
    if value["story"]:
        stored = StoredVersion(
            story=Story.from_json(value["text"]), state=State(), **value["stored"]
        )
        around = Around(tuple(value["leaves"]), ReviewState(**value["review"]))
    return Remembered(
        value["person"],
        facts,
        value["place"],
        value["total"],
        tuple(_read_row(row) for row in value["rows"]),
        stored,
        around,
        tuple(TabFacts.from_json(facts) for facts in value["tabs"]),
    )


def _read_row(row: Mapping[str, Any]) -> StoryRow:
    known = {spec.name: row[spec.name] for spec in fields(StoryRow)}
    known |= {
        "stage": Stage(known["stage"]),
        "publication": Publication(known["publication"]),
        "tips": tuple(known["tips"]),
        "review_state": ReviewState(**known["review_state"]),
    }
    return StoryRow(**known)
