"""The places of a desk, and their counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from editor.core.commands import Kill, Publish, Return, SaveHouse, SaveStory
from editor.core.house import House, Section
from editor.core.people import Person, Role
from editor.core.workflow import Stage
from editor.gui.library.places import BANNER, Place, count, count_text, groups
from editor.gui.library.places_view import PlacesView
from editor.gui.session import Session
from editor.gui.window.actions.table import rows
from editor.i18n import use_language
from editor.store.db.engine import plain
from editor.store.desk import Desk
from tests.catalogues import compile_catalogues
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.reading import reading

PERSON = Person(WRITER, Role.JOURNALIST)
PEOPLE = (Person(CHIEF, Role.CHIEF), Person(EDITOR, Role.EDITOR), PERSON)
EVERY = [
    place for group in groups(House("Harbour Post"), PEOPLE[0], PEOPLE) for place in group.places
]
PLACES = {place.key: place for place in EVERY}


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.key)
def test_empty_places_say_what_appears_there(place: Place) -> None:
    if place.key != BANNER:
        assert place.empty
        assert place.hint.endswith(".")
        assert place.actions or place.before, "an empty list has a button"
    assert set(place.actions) <= {row.name for row in rows()}
    assert place.before == "" or PLACES[place.before].filter is not None


def test_place_keys_are_unique() -> None:
    assert len(EVERY) == len(PLACES)


@pytest.mark.parametrize(
    ("key", "number", "words"),
    [
        ("mine", 1, "1 draft"),
        ("drafts", 3, "3 drafts"),
        ("review", 2, "2 in review"),
        ("spiked", 0, "0 spiked"),
        ("all", 2, "2 stories"),
        ("returned", 1, "1 returned to you"),
        ("waiting", 4, "4 waiting for you"),
        ("killed", 1, "1 killed"),
        (f"author:{WRITER}", 3, "3 stories"),
        ("section:world", 1, "1 story"),
        ("section:world", 61, "61 stories"),
    ],
)
def test_counts_have_the_right_noun(key: str, number: int, words: str) -> None:
    assert count_text(PLACES[key], number) == words


def test_only_who_may_approve_has_stories_waiting() -> None:
    own = {
        person.role: [place.key for place in groups(House("Post"), person, PEOPLE)[0].places]
        for person in PEOPLE
    }
    assert own == {
        Role.CHIEF: ["waiting", "mine", "returned"],
        Role.EDITOR: ["waiting", "mine", "returned"],
        Role.JOURNALIST: ["mine", "returned"],
    }


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person.role))
def test_every_place_has_the_number_of_its_stories(
    desk: Desk, write: Callable[..., str], person: Person
) -> None:
    returned, saved_again = write("returned", stage=Stage.REVIEW), write("saved-again")
    write("waiting", stage=Stage.REVIEW)
    write("own", stage=Stage.REVIEW, by=EDITOR)
    write("no-section", section="", language="ar", by=EDITOR)
    write("spiked", stage=Stage.SPIKED)
    killed = write("killed", stage=Stage.APPROVED)
    desk.do(Publish(killed, 1), CHIEF)
    desk.do(Kill(killed, 1, "It never sailed."), CHIEF)
    desk.do(Return(returned, 1, "Which ferry?"), EDITOR)
    second = replace(reading(desk).stored(saved_again).story, body="Read twice.")
    desk.do(SaveStory(second, 1), EDITOR)
    with desk.read() as snapshot:
        house, counts = (
            replace(snapshot.house(), sections=(Section("world", "World"),)),
            (snapshot.counts()),
        )
        found = {
            place.key: count(place, counts, briefs=7, unsaved=0)
            for group in groups(house, person, PEOPLE)
            for place in group.places
        }
        listed = {
            place.key: len(snapshot.rows(place.filter)) if place.filter else 7
            for group in groups(house, person, PEOPLE)
            for place in group.places
        }
    assert found == listed
    wanted = {"killed": 1, "spiked": 1, "all": 7, "no-section": 1, "section:world": 6}
    assert {key: found[key] for key in wanted} == wanted
    assert found["returned"] == (person.name == WRITER)
    if person.role is not Role.JOURNALIST:
        assert found["waiting"] == (1 if person.name == EDITOR else 2)


def test_counts_of_all_places_are_one_statement(desk: Desk, write: Callable[..., str]) -> None:
    for number in range(12):
        write(f"story-{number}", stage=Stage.REVIEW if number % 2 else Stage.DRAFT)
    with desk.read() as snapshot:
        statements: list[str] = []
        plain(snapshot.connection).set_trace_callback(statements.append)
        counts = snapshot.counts()
        plain(snapshot.connection).set_trace_callback(None)
    assert [count(place, counts, 0, 0) for place in EVERY][:4] == [6, 0, 0, 12]
    assert len(statements) == 1


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


def test_sections_have_their_titles_in_the_language_of_the_window() -> None:
    world = Section("world", "World", (("ar", "العالم"),))
    house = House("Harbour Post", sections=(world, Section("sport", "Sport")))
    compile_catalogues()
    shown = {}
    for language in ("en", "ar-EG"):
        use_language(language)
        try:
            places = [place for group in groups(house, PEOPLE[0], PEOPLE) for place in group.places]
            shown[language] = [p.title for p in places if p.key.startswith("section:")]
        finally:
            use_language("en")
    assert shown == {"en": ["World", "Sport"], "ar-EG": ["العالم", "Sport"]}
