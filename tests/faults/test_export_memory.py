"""Ways around approval by what this computer remembers of exports.

Each way around approval is tried once more on a disk that lies about the times of its
files: then an export can't tell that somebody else wrote to the desk, and takes what it
remembers. It is refused as ever, or has what it had before, and never anything else.
The suite tries one way in four, and its long mode all of them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from editor.core.commands import Publish, Update
from editor.errors import UntrustedSignature
from editor.store.exports.custody import Custody
from tests.databases import replacing
from tests.faults import (
    forging,
    test_around_approval,
    test_around_copies,
    test_around_door,
    test_around_files,
    test_around_innocents,
    test_around_logs,
    test_around_masthead,
    test_around_papers,
    test_around_signatures,
    test_around_workflow,
)
from tests.faults.newsroom import (
    LINA,
    TOM,
    Attack,
    Room,
    assert_edition_is_what_it_was,
    export,
)
from tests.reading import reading

_WAYS: list[Any] = [
    way if number % 4 == 0 else pytest.param(*way.values, id=way.id, marks=pytest.mark.slow)
    for module in (
        *(test_around_approval, test_around_copies, test_around_door, test_around_files),
        *(test_around_innocents, test_around_logs, test_around_masthead, test_around_papers),
        *(test_around_signatures, test_around_workflow),
    )
    for number, way in enumerate(module.ways.params)
]


@pytest.fixture
def lying_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which a database that was written looks as if it was not."""
    monkeypatch.setattr(Custody, "holds", lambda custody: True)


@pytest.mark.usefixtures("lying_disk")
@pytest.mark.parametrize("way", _WAYS)
def test_nothing_else_goes_out_where_no_change_is_seen(room: Room, way: Attack) -> None:
    with suppress(UntrustedSignature):  # of a text that is not the one that was approved
        try:
            way(room)
        except AssertionError as found:
            # Where it is refused, the reason may be another one.
            message = str(found)
            assert "opens as approved" not in message
            if message.startswith("exported"):
                assert_edition_is_what_it_was(room)


# What an honest change of the same story must not cover


def _hide_an_old_entry(room: Room) -> None:
    ((entry,),) = room.ask("SELECT min(id) FROM events WHERE story = ?", room.id("ferry"))
    forging.hide_from_index(room, "events_of_story", entry)


def _change_an_old_entry(room: Room) -> None:
    room.sql(
        "UPDATE events SET hash = ? WHERE id = (SELECT min(id) FROM events WHERE story = ?)",
        *("0" * 64, room.id("ferry")),
    )


def _remove_an_old_entry(room: Room) -> None:
    room.sql(
        "DELETE FROM events WHERE id = (SELECT min(id) FROM events WHERE story = ?)",
        room.id("ferry"),
    )


def _insert_an_entry_before_all(room: Room) -> None:
    columns = "log, seq, previous, skip, hash, event, body, signature, story, action"
    room.sql(
        f"INSERT INTO events (id, {columns}) SELECT -1, log, 1000, {columns[10:]} "
        "FROM events WHERE story = ? ORDER BY id DESC LIMIT 1",
        room.id("ferry"),
    )


def _swap_an_old_text(room: Room) -> None:
    room.sql(replacing("'sea'", "'air'", "WHERE story = ?"), room.id("ferry"))


@pytest.mark.usefixtures("lying_disk")
@pytest.mark.parametrize(
    "change",
    [
        *(_hide_an_old_entry, _change_an_old_entry, _remove_an_old_entry),
        *(_insert_an_entry_before_all, _swap_an_old_text),
    ],
    ids=lambda change: str(change.__name__).strip("_"),
)
def test_story_that_is_looked_at_again_is_as_it_was_before(room: Room, change: Attack) -> None:
    room.do((Publish(room.id("ferry"), 1), TOM))
    with room.desk() as desk:
        assert len(reading(desk).edition(None, room.now).listings) == 2
    room.do((Update(room.id("ferry"), 1), LINA))
    change(room)
    assert export(room, None)
