"""What the list is narrowed to, as a value that is remembered."""

from __future__ import annotations

import pytest

from editor.core.workflow import Publication, Stage
from editor.gui.library.list_filter import ListFilter, fits, read_filters, write_filters
from editor.store.reading.rows import Filter, StoryRow

FULL = ListFilter(Stage.REVIEW, "", "Ines Vale", "ar", has_notes=True)


def test_filters_of_places_come_back() -> None:
    filters = {"all": FULL, "section:world": ListFilter(author="Ines Vale"), "mine": ListFilter()}
    del filters["mine"]
    assert read_filters(write_filters(filters)) == filters
    assert read_filters(write_filters({"mine": ListFilter()})) == {}


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "7", "null", "[" * 100_000),
        '{"all": 3}',
        '{"all": {"stage": "odd", "section": 7, "author": null, "has_notes": "yes"}}',
        '{"all": {"author": "%s"}}' % ("x" * 1000),
    ],
)
def test_broken_filters_are_none(text: str) -> None:
    assert set(read_filters(text).values()) <= {ListFilter()}


def test_a_place_keeps_what_it_says_itself() -> None:
    place = Filter(stage=Stage.DRAFT, writer="Theo Marsh")
    assert FULL.within(place) == Filter(
        stage=Stage.DRAFT,
        writer="Theo Marsh",
        section="",
        author="Ines Vale",
        language="ar",
        has_notes=True,
    )
    assert ListFilter().within(place) == place


def test_story_that_was_never_saved_has_no_author_and_no_note() -> None:
    row = StoryRow(
        *("new:1", "", "", "world", "en", Stage.DRAFT, Publication.NEVER, 0, 0, "", "Ines Vale")
    )
    assert fits(row, Filter(section="world", language="en", stage=Stage.DRAFT))
    assert not fits(row, Filter(section="sport"))
    assert not fits(row, Filter(language="ar"))
    assert not fits(row, Filter(author="Ines Vale"))
    assert not fits(row, Filter(has_notes=True))
