"""Stories are found by words, by a first letter, and the newest without any."""

from __future__ import annotations

from collections.abc import Callable

from editor.gui.widgets.found_stories import find_stories
from editor.store.desk import Desk
from tests.reading import reading


def test_stories_are_found_by_words_or_the_newest(desk: Desk, write: Callable[..., str]) -> None:
    ferry = write("ferry", "“Electric ferries”, says mayor", body="Boats.")
    market = write("market", "Market opens", body="Stalls.")
    snapshot = reading(desk)

    def found(words: str, most: int = 5) -> list[str]:
        return [row.id for row in find_stories(snapshot, words, most)]

    assert found("") == [market, ferry]
    assert found("", 1) == [market]
    assert found("ferries mayor") == [ferry]
    assert found("e") == [ferry], "a word's first letter"
    assert found("zeppelin") == []
