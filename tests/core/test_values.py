"""Briefs, banner, house, sections, instants and editions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.edition import Edition, Item
from editor.core.house import House, Section
from editor.core.people import Person, Role
from editor.core.rendition import Rendition
from editor.core.story import Story
from editor.core.times import instant_text, parse_day, parse_instant
from editor.errors import BadValue, NotFound
from tests.editions import edition_of

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


class NoPictures:
    def read(self, file: str) -> bytes:
        raise NotFound(f"No picture {file}.")

    def encoded(
        self, file: str, _wanted: Rendition, _siblings: tuple[Rendition, ...] = ()
    ) -> bytes:
        return self.read(file)


def edition(*stories: Story, briefs: tuple[Brief, ...] = ()) -> Edition:
    items = tuple(Item(story, 1, story.hash, "", "") for story in stories)
    return edition_of(House("Harbour Post"), items, Banner(briefs), NoPictures(), NOON)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "noon",
        "2026-13-01",
        "2026-03-03T25:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_an_invalid_instant_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="not a date and time"):
        parse_instant(text)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 1)))
def test_instants_read_back_to_the_second(instant: datetime) -> None:
    assert parse_instant(instant_text(instant)) == instant.replace(microsecond=0)


def test_early_year_has_four_digits() -> None:
    assert instant_text(datetime(33, 4, 3, 15, tzinfo=UTC)) == "0033-04-03T15:00:00Z"


@pytest.mark.parametrize(
    "invisible",
    [
        "\u200b",
        "\ufeff",
        "\u200e",
        "\u200f",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\x1b",
        "\x07",
        "\x9b",
    ],
)
def test_names_that_look_the_same_are_the_same(invisible: str) -> None:
    assert Person(f"Mona {invisible}Hale{invisible}", Role.EDITOR) == Person(
        "Mona Hale", Role.EDITOR
    )
    with pytest.raises(BadValue, match="needs a name"):
        Person(invisible, Role.EDITOR)


def test_name_keeps_the_joiners_of_persian() -> None:
    assert Person("نی\u200cلوفر", Role.EDITOR).name == "نی\u200cلوفر"
    with pytest.raises(BadValue, match="needs a name"):
        Person("\u200c \u200d", Role.EDITOR)


def test_long_name_is_refused_with_a_hint() -> None:
    assert Person("é" * 100, Role.EDITOR).name == "é" * 100
    with pytest.raises(BadValue, match="100 is the limit") as refusal:
        Person("é" * 101, Role.EDITOR)
    assert refusal.value.hint


def test_days_with_and_without_a_year() -> None:
    assert parse_day("2024-02-29") == (2024, 2, 29)
    assert parse_day("--02-29") == (None, 2, 29)


@pytest.mark.parametrize("url", ["paper.example", "ftp://paper.example", "javascript:alert(1)"])
def test_a_house_needs_a_web_address(url: str) -> None:
    with pytest.raises(BadValue, match="not a web address"):
        House("Harbour Post", url=url)


def test_a_house_needs_a_name_and_valid_template_and_sections() -> None:
    for build in (
        lambda: House("  "),
        lambda: House("Post", dateline_template="{town}"),
        lambda: Section("Two Words", "Two Words"),
    ):
        with pytest.raises(BadValue):
            build()


def test_a_house_reads_back_equal() -> None:
    house = House("Harbour Post", url="https://harbour.example", sections=(Section("sea", "Sea"),))
    assert house.url == "https://harbour.example/"
    assert House.from_json(json.loads(json.dumps(house.to_json()))) == house
    assert house.section_title("sea") == "Sea"
    assert house.section_title("unknown") == "unknown"


def test_section_titles_in_other_languages_are_in_the_json_only_where_there_are_some() -> None:
    plain = House("Harbour Post", sections=(Section("sea", "Sea"),))
    assert plain.to_json()["sections"] == [{"slug": "sea", "title": "Sea"}]
    titles = (("fr", "Mer"), ("ar-EG", "البحر"))
    house = House("Harbour Post", sections=(Section("sea", "Sea", titles),))
    assert house.to_json()["sections"] == [
        {"slug": "sea", "title": "Sea", "titles": {"ar": "البحر", "fr": "Mer"}}
    ]
    assert House.from_json(json.loads(house.canonical())) == house
    assert house.hash != plain.hash


def test_hash_of_a_house_without_other_titles_is_as_it_was() -> None:
    house = House("Harbour Post", url="https://harbour.example/")
    assert house.hash == "b932ad72a2322520636aa1aab27659cd50203c33c6e583b0b6feae2c8f0053d8"


@pytest.mark.parametrize(("language", "tag"), [("ar", "ar"), ("fr-CA", "fr")])
def test_section_has_no_second_title_in_the_papers_own_language(language: str, tag: str) -> None:
    section = Section("sea", "Sea", ((tag, "Other"),))
    with pytest.raises(BadValue, match="has a second title in"):
        House("Harbour Post", language=language, sections=(section,))


def test_a_banner_reads_back_equal_and_its_order_counts() -> None:
    banner = Banner((Brief("1", "One"), Brief("2", "Two", expires="2026-03-03T16:00:00+04:00")))
    assert Banner.from_json(json.loads(json.dumps(banner.to_json()))) == banner
    assert Banner(banner.briefs[::-1]).hash != banner.hash
    assert banner.with_text(0, "summary", "Said.").briefs[0] == Brief("1", "One", "Said.")


def test_a_brief_expires_at_its_instant() -> None:
    brief = Brief(expires=instant_text(NOON))
    assert brief.expired(NOON)
    assert not brief.expired(NOON - timedelta(seconds=1))
    assert not Brief().expired(NOON)


def test_an_edition_has_current_briefs_linked_to_its_own_stories() -> None:
    briefs = (
        Brief("1", "Kept", story="out"),
        Brief("2", "Unlinked", story="draft"),
        Brief("3", "Over", expires=instant_text(NOON)),
    )
    shown = edition(Story(id="out", section="sea"), briefs=briefs).briefs()
    assert [(brief.title, brief.story) for brief in shown] == [("Kept", "out"), ("Unlinked", "")]


def test_an_edition_finds_by_section_and_reads_texts_when_asked() -> None:
    chosen = edition(Story(id="a", section="sea"), Story(id="b", section="sport"))
    assert [listing.id for listing in chosen.in_section("sea")] == ["a"]
    assert [item.story.id for item in chosen.items] == ["a", "b"]
    assert chosen.item(chosen.listings[1]) == chosen.items[1]


def test_changes_list_ids_once_and_in_order() -> None:
    changes = Changes.of("story", "b", "a") + Changes.of("banner") + Changes.of("story", "b")
    assert changes.ids("story") == ("b", "a")
    assert changes.touches("banner")
    assert changes.touches("story", "a")
    assert not changes.touches("story", "c")
    assert not changes.touches("house")


def test_name_of_a_paper_or_a_section_steers_no_terminal() -> None:
    assert House("Harbour\x1b]0;\x07 Post\n").name == "Harbour]0; Post"
    assert Section("world", "\x9bWorld").title == "World"
    with pytest.raises(BadValue, match="needs a name"):
        House("\x1b \x07")
