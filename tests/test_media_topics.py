"""Subjects by name and by code: unknown ones are told, retired ones are not offered."""

from __future__ import annotations

import json

import pytest

from editor.errors import BadValue
from editor.media_topics import (
    PREFIX,
    broader_names,
    find_topics,
    parse_code,
    topic_name,
    topics,
)
from editor.resources import resource

SPORT, CINEMA, MUSIC_THEATRE = "medtop:15000000", "medtop:20000005", "medtop:20000030"


@pytest.mark.parametrize("text", ["", "x", "medtop:", "medtop:99999999", "medtop:1", "ميناء"])
def test_an_unknown_code_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(BadValue, match="is not a Media Topic") as refusal:
        parse_code(text)
    assert "medtop:15000000" in refusal.value.hint


@pytest.mark.parametrize("text", ["medtop:15000000", " MEDTOP:15000000 ", "15000000"])
def test_a_code_is_read_as_people_write_it(text: str) -> None:
    assert parse_code(text) == SPORT


def test_a_topic_has_its_name_in_the_language_of_the_story() -> None:
    assert topic_name(CINEMA, "en") == "cinema"
    assert topic_name(CINEMA, "ar-EG") == "سينما"
    assert topic_name(SPORT, "de-AT") == "Sport"
    assert topic_name(CINEMA, "es") == "Cine"
    assert topic_name(CINEMA, "fr-CA") == "Cinéma"
    assert topic_name(CINEMA, "tr") == "cinema", "English, where there is no other"
    assert topic_name("other:7", "en") == "other:7"


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr"])
def test_a_topic_without_a_name_in_a_language_has_its_english_one(language: str) -> None:
    [topic] = [topic for topic in topics().values() if topic.name("en") == "cyber warfare"]
    assert topic.named(language) == ("en", "cyber warfare")
    assert topics()[SPORT].named(language)[0] == language


def test_what_a_topic_is_part_of_comes_widest_first() -> None:
    assert broader_names(CINEMA, "en") == (
        "arts, culture, entertainment and media",
        "arts and entertainment",
    )
    assert broader_names(SPORT, "en") == broader_names("other:7", "en") == ()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sport", SPORT),
        ("Sport", SPORT),
        ("cine", CINEMA),
        ("سينما", CINEMA),
        ("سِينَما", CINEMA),
        ("deporte", SPORT),
        ("cinéma", CINEMA),
        ("CINEMA", CINEMA),
        ("20000005", CINEMA),
        ("medtop:20000005", CINEMA),
    ],
)
def test_words_find_topics_in_every_language(words: str, first: str) -> None:
    assert find_topics(words, 5)[0].code == first


def test_names_in_the_language_of_the_story_and_english_come_first() -> None:
    first = {tag: find_topics("arme", 1, tag)[0].name(tag) for tag in ("fr-CA", "en", "tr")}
    assert first == {"fr-CA": "Armement", "en": "armed conflict", "tr": "armed conflict"}


def test_all_words_must_fit_in_any_order() -> None:
    assert [topic.name("en") for topic in find_topics("medium media arts", 5)] == []
    assert find_topics("culture arts", 1)[0].name("en") == "arts, culture, entertainment and media"


@pytest.mark.parametrize("words", ["", " ", ",", "\0", "zzzz", "x" * 10_000])
def test_words_that_fit_nothing_find_nothing(words: str) -> None:
    assert find_topics(words, 5) == []


def test_retired_topics_are_known_and_not_offered() -> None:
    assert topics()[MUSIC_THEATRE].retired
    assert topic_name(MUSIC_THEATRE, "en") == "music theatre"
    assert MUSIC_THEATRE not in {topic.code for topic in find_topics("music theatre", 50)}


def test_the_vocabulary_is_whole_and_names_its_licence() -> None:
    assert len(topics()) == 1372
    assert all(topic.broader in topics() for topic in topics().values() if topic.broader)
    assert all(code.startswith(PREFIX) for code in topics())
    assert all(topic.names[0][0] == "en" for topic in topics().values())
    for language in ("ar", "de", "es", "fr"):
        named = [topic for topic in topics().values() if topic.named(language)[0] == language]
        assert len(named) > 1350, language
    licence = resource("media-topics", "LICENCE.txt").read_text(encoding="utf-8")
    assert "CC BY 4.0" in licence
    source = json.loads(resource("media-topics", "topics.json").read_text(encoding="utf-8"))
    assert "2023-10-24" in source["source"]
    assert "2023-10-24" in licence
