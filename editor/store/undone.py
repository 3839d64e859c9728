"""What an older copy of a desk would undo: the decisions that this computer has seen since."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, select

from editor.core.events import (
    BANNER_APPROVED,
    DECISION_ACTIONS,
    DELIVERED,
    FRONT,
    HOUSE,
    HOUSE_STYLE,
    MASTHEAD,
    TARGETS,
)
from editor.core.times import shown_at
from editor.errors import EditorError
from editor.i18n import N_, _, plural
from editor.store.db.engine import DATABASE, Database
from editor.store.db.errors import desk_errors
from editor.store.db.schema import events, stories
from editor.store.db.upgrade import check_header
from editor.store.log import pins
from editor.store.log.entries import ENTRY_COLUMNS, Entry
from editor.store.log.logs import hashes_at, last_entries
from editor.store.reading.mastheads import read_chain
from editor.trust.log_tip import LogTip

_WHAT = {
    MASTHEAD: N_("The masthead was signed"),
    HOUSE: N_("The paper's facts and style were changed"),
    HOUSE_STYLE: N_("The house style was changed"),
    BANNER_APPROVED: N_("The banner was approved"),
    FRONT: N_("The front page was ordered"),
    TARGETS: N_("The targets of deliveries were changed"),
    DELIVERED: N_("An edition was delivered"),
}
_DECISIONS = {*DECISION_ACTIONS, *_WHAT}
_SHOWN = 12


def undone_decisions(connection: Connection) -> tuple[str, ...]:
    """Sentences about what was done after a copy was made; empty where it is not older.

    They come from a newer desk of this id that is still on this computer. Where none
    is, one sentence says how many entries are missing.
    """
    chain = read_chain(connection)
    seen = pins.known(chain.desk).logs
    tips = last_entries(connection)
    for place in pins.places_of(chain.desk):
        if sentences := _decisions_since(Path(place), chain.desk, tips):
            return sentences
    found = hashes_at(connection, seen)
    missing = {log: tip for log, tip in seen.items() if found.get(log) != tip.hash}
    if not missing:
        return ()
    count = sum(tip.seq - tips.get(log, LogTip(0, "")).seq for log, tip in missing.items())
    return (
        plural(
            "This computer has seen {n} later entry of this desk; "
            "what was done can't be told any more.",
            "This computer has seen {n} later entries of this desk; "
            "what was done can't be told any more.",
            max(count, 1),
        ),
    )


def _decisions_since(path: Path, desk: str, tips: Mapping[str, LogTip]) -> tuple[str, ...]:
    """What was decided on the desk at a place after some entries, the last first."""
    if not (path / DATABASE).is_file():
        return ()
    try:
        with desk_errors(path):
            check_header(path)
            database = Database(path, read_only=True)
            try:
                with database.read() as connection:
                    if read_chain(connection).desk != desk:
                        return ()
                    return _decisions(connection, tips)
            finally:
                database.close()
    except EditorError:
        return ()


def _decisions(connection: Connection, tips: Mapping[str, LogTip]) -> tuple[str, ...]:
    query = select(*ENTRY_COLUMNS).where(events.c.action.in_(_DECISIONS))
    sentences = []
    for row in connection.execute(query.order_by(events.c.id.desc())):
        entry = Entry(*row)
        event = entry.read()
        if event is None or entry.seq <= tips.get(entry.log, LogTip(0, "")).seq:
            continue
        about = connection.scalar(select(stories.c.slug).where(stories.c.id == entry.story))
        if about:
            what = _("“{story}” was {done}").format(story=about, done=_(event.action))
        elif event.action in _WHAT:
            what = _(_WHAT[event.action])
        else:
            what = _("A story was {done}").format(done=_(event.action))
        detail = f" ({event.detail})" if event.detail and not about else ""
        at = shown_at(event.at)
        sentences.append(
            _("{at}: {what} by {person}{detail}.").format(
                at=at, what=what, person=event.person, detail=detail
            )
        )
    more = len(sentences) - _SHOWN
    return (*sentences[:_SHOWN], *([_("And {more} more.").format(more=more)] if more > 0 else []))
