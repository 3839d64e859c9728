"""The places of a desk, and their counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from editor.core.commands import SaveHouse
from editor.core.house import House, Section
from editor.core.people import Person, Role
from editor.core.workflow import Stage
from editor.gui.library.places import BANNER, Place, count_text, groups
from editor.gui.library.places_view import PlacesView
from editor.gui.session import Session
from editor.gui.window.actions.table import rows
from tests.gui.conftest import CHIEF, WRITER

PERSON = Person(WRITER, Role.JOURNALIST)
PLACES = {
    place.key: place for group in groups(House("Harbour Post"), PERSON) for place in group.places
}


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.key)
def test_empty_places_say_what_appears_there(place: Place) -> None:
    if place.key != BANNER:
        assert place.empty
        assert place.hint.endswith(".")
    assert set(place.actions) <= {row.name for row in rows()}


def test_place_keys_are_unique() -> None:
    every = [place.key for group in groups(House("Harbour Post"), PERSON) for place in group.places]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("key", "number", "words"),
    [
        ("mine", 1, "1 draft"),
        ("drafts", 3, "3 drafts"),
        ("review", 2, "2 in review"),
        ("spiked", 0, "0 spiked"),
        ("section:world", 1, "1 story"),
        ("section:world", 61, "61 stories"),
    ],
)
def test_counts_have_the_right_noun(key: str, number: int, words: str) -> None:
    assert count_text(PLACES[key], number) == words


def test_headings_cannot_be_chosen(qtbot: object, session: Session) -> None:
    view = PlacesView(session)
    assert not view.go("")
    assert not view.go("Stories")
    assert not view.go("section:no-such")
    assert view.current() is None


def test_removed_section_falls_back_to_my_drafts(
    session: Session, settle: Callable[[], None], write: Callable[..., str], qtbot: object
) -> None:
    view = PlacesView(session)
    assert view.go("section:sport")
    house = House("Harbour Post", sections=(Section("world", "World"), Section("sea", "Sea")))
    session.run(SaveHouse(house, session.house.hash), owner=session)
    settle()
    assert view.current().key == "mine"
    assert view.places().place("section:sea").title == "Sea"
    assert view.places().place("section:sport") is None


def test_my_drafts_are_those_of_the_person_at_work(
    session: Session, settle: Callable[[], None], write: Callable[..., str], qtbot: object
) -> None:
    write("by-writer")
    write("by-chief", by=CHIEF)
    write("by-chief-again", by=CHIEF)
    session.check_for_changes()
    view = PlacesView(session)
    settle()
    mine = view.places().place("mine")
    assert view.places().count(mine) == 2
    session.set_person(WRITER)
    settle()
    assert view.places().count(view.places().place("mine")) == 1
    assert view.places().place("mine").filter.stage is Stage.DRAFT
