"""Ways around approval by what this computer remembers of exports.

Each way around approval is tried once more on a disk that lies about the times of its
files: then an export can't tell that somebody else wrote to the desk, and takes what it
remembers. It is refused as ever, or has what it had before, and never anything else.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from editor.errors import UntrustedSignature
from editor.store.exports.custody import Custody
from tests.faults import (
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
from tests.faults.newsroom import Attack, Room, assert_edition_is_what_it_was

_WAYS: list[Any] = [
    way
    for module in (
        *(test_around_approval, test_around_copies, test_around_door, test_around_files),
        *(test_around_innocents, test_around_logs, test_around_masthead, test_around_papers),
        *(test_around_signatures, test_around_workflow),
    )
    for way in module.ways.params
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
