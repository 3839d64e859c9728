"""The schemas of v1 only grow."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.formats.api.kept_schemas import KEPT, breaks, schemas_of_today


def no_headline(story: Any) -> None:
    del story["$defs"]["Story"]["properties"]["headline"]


def headline_may_be_missing(story: Any) -> None:
    story["$defs"]["Story"]["required"].remove("headline")


def version_is_a_text(story: Any) -> None:
    story["$defs"]["Story"]["properties"]["version"]["type"] = "string"


def another_direction(story: Any) -> None:
    story["$defs"]["Story"]["properties"]["direction"]["enum"].append("ttb")


def narrower_number(story: Any) -> None:
    story["$defs"]["Story"]["properties"]["wordCount"]["maximum"] = 10


def no_story(story: Any) -> None:
    del story["$defs"]["WithdrawnStory"]


@pytest.mark.parametrize(
    "change",
    [
        no_headline,
        headline_may_be_missing,
        version_is_a_text,
        another_direction,
        narrower_number,
        no_story,
    ],
)
def test_change_that_breaks_readers_is_found(change: Callable[[Any], None]) -> None:
    today = schemas_of_today()
    changed = copy.deepcopy(today)
    change(changed["story"])
    assert list(breaks(today, changed))


def test_new_field_breaks_nobody() -> None:
    today = schemas_of_today()
    changed = copy.deepcopy(today)
    story = changed["story"]["$defs"]["Story"]
    story["properties"]["slugline"] = {"type": "string"}
    story["required"].append("slugline")
    changed["story"]["$defs"]["New"] = {"type": "object"}
    changed["more"] = {"type": "object"}
    assert list(breaks(today, changed)) == []


def test_schemas_are_those_that_were_kept() -> None:
    # After an addition: python tests/formats/api/kept_schemas.py
    kept, today = json.loads(KEPT.read_bytes()), json.loads(json.dumps(schemas_of_today()))
    assert list(breaks(kept, today)) == []
    assert kept == today


def test_every_schema_is_valid_alone() -> None:
    for schema in schemas_of_today().values():
        Draft202012Validator.check_schema(schema)
        assert '"#/components' not in json.dumps(schema)
