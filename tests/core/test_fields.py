"""For every field of a story there is a test that fails where the field is forgotten."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from editor.core.diff import compare
from editor.core.fields import FIELDS, Field, Kind, field_at, full_label, label, noun, place
from editor.core.merge import merge
from editor.core.paths import leaf_values, text_fields, value_at, with_value
from editor.core.revise import differences, spots, summary, without
from editor.core.story import Correction, Picture, Story
from editor.core.text_change import Difference
from tests.core.filled import filled, token, value

FULL = filled()
LEAVES = [(path, field) for path, field, _value in leaf_values(FULL)]
COMPARED = [(path, field) for path, field in LEAVES if field.compared]
ids = [path for path, _field in LEAVES]
compared_ids = [path for path, _field in COMPARED]


def lasting(path: str) -> bool:
    return field_at(path.partition("/")[0]).lasting


def top(path: str) -> str:
    """The field a path is merged as: a part of a dateline by itself, a picture as a whole."""
    name = path.partition("/")[0]
    return name if field_at(name).many else path


def changed(path: str, field: Field, number: int = 1) -> Story:
    return with_value(FULL, path, value(path, field, number))


def test_the_story_has_the_fields_of_the_table_and_no_others() -> None:
    assert {spec.name for spec in fields(Story)} == {f.name for f in FIELDS} | {"unknown"}


@pytest.mark.parametrize("field", [f for f in FIELDS if f.parts], ids=lambda f: f.name)
def test_a_record_has_the_parts_of_the_table_and_no_others(field: Field) -> None:
    record = Story.RECORDS[field.name]
    assert {spec.name for spec in fields(record)} == {p.name for p in field.parts} | {"unknown"}


def test_the_defaults_of_the_table_are_those_of_the_classes() -> None:
    assert Story().to_json() == {}
    assert Picture().to_json() == {}


@pytest.mark.parametrize(("path", "field"), LEAVES, ids=ids)
def test_json_round_trip(path: str, field: Field) -> None:
    story = changed(path, field)
    assert story != FULL
    assert Story.from_json(json.loads(story.canonical())) == story
    assert story.canonical() != FULL.canonical()


@pytest.mark.parametrize(("path", "field"), COMPARED, ids=compared_ids)
def test_compare_lists_a_change(path: str, field: Field) -> None:
    [diff] = compare(FULL, changed(path, field))
    assert diff.field == path
    assert diff.changes


@pytest.mark.parametrize(("path", "field"), COMPARED, ids=compared_ids)
def test_merge_takes_a_change_of_either_side(path: str, field: Field) -> None:
    ours = changed(path, field)
    aside = "kicker" if path != "kicker" else "headline"
    theirs = with_value(FULL, aside, "Theirs")
    both = merge(FULL, ours, theirs)
    assert both.undecided == ()
    assert both.story() == with_value(ours, aside, "Theirs")
    assert merge(FULL, theirs, ours).story() == both.story()


@pytest.mark.parametrize(("path", "field"), COMPARED, ids=compared_ids)
def test_two_different_changes_wait_for_a_person(path: str, field: Field) -> None:
    if field.kind is not Kind.FLAG:  # which can only be changed one way
        waiting = merge(FULL, changed(path, field), changed(path, field, 2)).undecided
        assert [name for name, _chunk in waiting] == [top(path)]


@pytest.mark.parametrize(("path", "field"), COMPARED, ids=compared_ids)
def test_a_change_is_in_the_summary_and_can_be_refused(path: str, field: Field) -> None:
    after = changed(path, field)
    assert summary(FULL, after)
    found = spots(differences(FULL, after))
    assert bool(found) is not lasting(path)
    assert without(FULL, after, found) == (after if lasting(path) else FULL)
    assert without(FULL, after, ()) == after


@pytest.mark.parametrize(("path", "field"), COMPARED, ids=compared_ids)
def test_a_change_can_be_undone(path: str, field: Field) -> None:
    after = changed(path, field)
    difference = Difference.between(FULL, after)
    assert difference.forward(FULL) == after
    assert difference.backward(after) == FULL


@pytest.mark.parametrize(("path", "field"), LEAVES, ids=ids)
def test_text_fields_have_what_readers_read(path: str, field: Field) -> None:
    text_path = f"{path}/0" if field.many else path
    texts = dict(text_fields(FULL))
    assert (text_path in texts) is (field.reader and not lasting(path))
    if text_path in texts:
        assert texts[text_path] == value_at(FULL, text_path) == token(text_path)


@pytest.mark.parametrize(("path", "field"), LEAVES, ids=ids)
def test_every_field_has_a_name_and_a_place(path: str, field: Field) -> None:
    assert label(path)[:1].isupper()
    assert noun(path)
    assert place(path)[0] == FIELDS.index(field_at(path.partition("/")[0]))


def test_names() -> None:
    names = {path: (label(path), full_label(path)) for path in ("key_points/1", "body")}
    assert names == {"key_points/1": ("Key point 2", "Key point 2"), "body": ("Body", "Body")}
    assert full_label("pictures/0/caption") == "Picture 1: caption"
    assert full_label("dateline/city") == "Dateline: city"
    assert full_label("hologram/2") == "hologram/2", "a later version's name is shown as it is"
    assert noun("pictures/0/alt") == "description"


def test_names_and_places_tell_fields_apart() -> None:
    assert len({full_label(path) for path in ids}) == len(ids)
    assert sorted(ids, key=place) == ids


def test_no_private_field_is_for_readers() -> None:
    assert not any(field.private and field.reader for _path, field in LEAVES)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {"pictures": (Picture(caption="One"), Picture(caption="Two"))}, "2 pictures"),
        ({"pictures": (Picture(caption="One"),)}, {"pictures": (Picture(),)}, "1 picture"),
        ({}, {"corrections": (Correction("No.", "2026-01-02T03:04:05Z"),)}, "1 correction"),
        ({}, {"slug": "ferry", "bylines": ("Mara",)}, "slug, bylines"),
    ],
)
def test_summary_counts_items(before: dict[str, Any], after: dict[str, Any], words: str) -> None:
    old = replace(Story(), **before)
    assert summary(old, replace(old, **after)) == words
