"""What a row of the list says of its story below the headline, in its tool tip, and aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from editor.core import times
from editor.core.house import House
from editor.core.languages import own_name
from editor.core.workflow import Publication, Stage
from editor.gui.library.places import Place
from editor.gui.section_names import section_name_of
from editor.gui.session import Session
from editor.gui.widgets.ago import age, since
from editor.gui.widgets.stages import stage_color, state_name
from editor.i18n import _, listed, plural
from editor.store.reading.rows import StoryRow


@dataclass(frozen=True, slots=True)
class RowDetails:
    """The small line below a headline, and how its row is marked.

    `parts` are shortened where there is no room, `always` are not: they are short. `notes` is
    the number of open notes, `language` a code where it is not the paper's. `dot` is the colour
    role of the dot before the line. `is_open` is whether the row is that of the open story,
    `is_chosen` whether it is one of several that something is to be done to.
    """

    parts: tuple[str, ...]
    always: tuple[str, ...] = ()
    is_live: bool = False
    notes: int = 0
    language: str = ""
    dot: str = ""
    is_open: bool = False
    is_chosen: bool = False


def describe_row(row: StoryRow, place: Place | None, session: Session) -> RowDetails:
    """Say what a place's list says of a story in its small line."""
    is_queue = place is not None and place.is_queue
    is_mixed = place is not None and place.is_mixed
    is_killed = row.publication is Publication.KILLED
    section = section_name_of(session.house, row.section) if row.section else ""
    is_own = row.author == session.person.name and _lists_own(place)
    parts = (
        _never_saved(row) or _returned(row) or (_state(row) if is_mixed or is_killed else ""),
        "" if is_own else row.author,
        section,
    )
    dot = stage_color(row.stage) if is_mixed else ""
    if is_killed:
        dot = "error"
    elif _returned(row):
        dot = "accent"
    return RowDetails(
        _non_empty(parts),
        _non_empty((_waiting(row) if is_queue else _age(row), length(row))),
        row.publication is Publication.LIVE,
        row.open_notes,
        _other_language(row, session.house),
        dot,
    )


def describe_aloud(row: StoryRow, house: House) -> str:
    """Say everything that a row shows, as a screen reader reads it."""
    parts = (
        headline(row),
        _never_saved(row) or state_name(row.state),
        _live(row),
        _returned(row),
        section_name_of(house, row.section),
        row.author,
        _("{ago} ago").format(ago=since(row.updated)) if row.updated else "",
        length(row),
        _notes(row),
        own_name(row.language) if _other_language(row, house) else "",
    )
    return listed(_non_empty(parts))


def describe_tip(row: StoryRow, house: House) -> str:
    """Say what a row has no room for: the exact time, the slug, and its marks in words."""
    changed = ""
    if row.updated:
        at = times.shown_at(row.updated)
        changed = _("Changed {time} by {name}").format(time=at, name=row.author)
    lines = (
        _never_saved(row) or changed,
        _returned(row),
        _live(row),
        _notes(row),
        own_name(row.language) if _other_language(row, house) else "",
        row.slug,
    )
    return "\n".join(_non_empty(lines))


def headline(row: StoryRow) -> str:
    """Return a row's headline, or that it has none yet."""
    return row.headline.strip() or _("No headline yet")


def length(row: StoryRow) -> str:
    """Return how long a story is: `212 words`."""
    return plural("{n} word", "{n} words", row.words)


def _state(row: StoryRow) -> str:
    """Return what a state is called, where the mark of a live story does not say it."""
    is_plainly_live = row.publication is Publication.LIVE and row.stage is Stage.APPROVED
    return "" if is_plainly_live else state_name(row.state)


def _never_saved(row: StoryRow) -> str:
    return "" if row.version else _("Not saved yet")


def _returned(row: StoryRow) -> str:
    name = row.review_state.returned_by if row.stage is Stage.DRAFT else ""
    return _("Returned by {name}").format(name=name) if name else ""


def _waiting(row: StoryRow) -> str:
    instant = row.review_state.waiting_since or row.updated
    return _("waiting {time}").format(time=since(instant)) if instant else ""


def _age(row: StoryRow) -> str:
    return age(row.updated) if row.updated else ""


def _live(row: StoryRow) -> str:
    if row.publication is not Publication.LIVE:
        return ""
    return _("Live: version {n}").format(n=row.live_version)


def _notes(row: StoryRow) -> str:
    if not row.open_notes:
        return ""
    return plural("{n} open note", "{n} open notes", row.open_notes)


def _other_language(row: StoryRow, house: House) -> str:
    return row.language if row.language != house.language else ""


def _lists_own(place: Place | None) -> bool:
    wanted = place.filter if place is not None else None
    return wanted is not None and bool(wanted.writer or wanted.returned_to)


def _non_empty(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part)
