"""A search that was changed outside: the audit tells, and nothing false is shown as sound."""

from __future__ import annotations

import pytest

from editor.core.commands import SaveStory
from editor.errors import DeskDamaged
from editor.store.desk import Desk
from tests.reading import reading
from tests.store.conftest import LINA, change_database, new

_ADDED = "INSERT INTO search (rowid, headline, points, body, rest) VALUES (?, ?, '', ?, ?)"


@pytest.fixture
def indexed(desk: Desk) -> int:
    """A desk with two stories of two versions; the number in the index of one of them."""
    for headline in ("Ferry", "Market"):
        id = new(desk, headline, body="The **harbour** is open.", slug=headline.lower())
        story = reading(desk).stored(id).story
        desk.do(SaveStory(story, 1), LINA)
    assert reading(desk).verify_audit().reason == ""
    with desk.read() as snapshot:
        query = "SELECT indexed FROM stories WHERE slug = 'ferry'"
        return int(snapshot.connection.exec_driver_sql(query).scalar_one())


@pytest.mark.usefixtures("indexed")
def test_sound_hits_are_proven(desk: Desk) -> None:
    for words in ("ferry", "harb", '"harbour is" op', "market open"):
        with desk.read() as snapshot:
            rows = snapshot.search(words)
            assert rows
            assert all(snapshot.snippets(words, rows))


@pytest.mark.parametrize(
    "texts",
    [
        ("ferry", "the harbour is closed", "ferry"),
        ("ferry", "the is harbour open", "ferry"),
        ("", "ferry the harbour is open", "ferry"),
        ("ferry", "the harbour is open open", "ferry"),
        (),
    ],
)
def test_audit_tells_of_words_that_are_not_those_of_the_text(
    desk: Desk, indexed: int, texts: tuple[str, ...]
) -> None:
    change_database(desk, "DELETE FROM search WHERE rowid = ?", indexed)
    if texts:
        change_database(desk, _ADDED, indexed, *texts)
    assert "words of the search" in reading(desk).verify_audit().reason


def test_audit_tells_of_words_of_no_story(desk: Desk, indexed: int) -> None:
    change_database(desk, _ADDED, indexed + 1000, "quay", "", "")
    assert "words of the search" in reading(desk).verify_audit().reason


def test_hit_that_does_not_hold_the_words_is_refused(desk: Desk, indexed: int) -> None:
    change_database(desk, "DELETE FROM search WHERE rowid = ?", indexed)
    change_database(desk, _ADDED, indexed, "submarine", "", "")
    with desk.read() as snapshot:
        rows = snapshot.search("submarine")
        with pytest.raises(DeskDamaged, match="ferry in the search were changed"):
            snapshot.snippets("submarine", rows)


@pytest.mark.usefixtures("indexed")
def test_hit_with_another_row_in_the_index_is_refused(desk: Desk) -> None:
    change_database(desk, "UPDATE stories SET indexed = -1 WHERE slug = 'market'")
    change_database(desk, _ADDED, -1, "market", "", "")
    with desk.read() as snapshot:
        rows = [row for row in snapshot.search("market") if row.slug == "market"]
        with pytest.raises(DeskDamaged, match="entry of market"):
            snapshot.snippets("market", rows)


@pytest.mark.usefixtures("indexed")
def test_hit_whose_text_does_not_read_back_is_refused(desk: Desk) -> None:
    change_database(desk, "UPDATE versions SET content = x'00'")
    with desk.read() as snapshot:
        rows = snapshot.search("harbour")
        with pytest.raises(DeskDamaged):
            snapshot.snippets("harbour", rows)
