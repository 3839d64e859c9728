"""Targets and deliveries: bad ones are refused, and what is written reads back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.delivery import FORMATS, MOST_TARGETS, Delivery, Target, Targets
from editor.errors import BadValue, NotFound
from editor.formats.exporters import all_exporters

WEBSITE = Target("Website", "s3://harbour-post/site")
STICK = Target("Stick", "/media/stick/paper.zip", "bundle", ("site", "stories"))
A, B = "a" * 64, "b" * 64
DELIVERY = Delivery(
    "Stick", "bundle", ("site",), A, "2026-03-09T12:00:00Z", 3, 1, 500, (("x", A), ("y", B)), ("z",)
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, BadValue)
"""What the desk takes for damage where it reads one; see `damaged_if_unreadable`."""


@pytest.mark.parametrize("name", ["", "  ", "\x1b\x07", "\n\t", "\u200b\u2060"])
def test_target_needs_a_name(name: str) -> None:
    with pytest.raises(BadValue, match="needs a name"):
        Target(name, "/srv/site")


def test_name_is_short_and_on_one_line() -> None:
    assert Target(" The\n  web\x1bsite ", "/srv/site").name == "The website"
    assert Target("e\u0301", "/srv/site").name == "é"
    Target("x" * 60, "/srv/site")
    with pytest.raises(BadValue, match="61 characters; 60 is the limit"):
        Target("x" * 61, "/srv/site")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "needs an address"),
        ("sftp://me:secret@host/site", "password"),
        ("git+https://host/paper.zip#pages", "not called like a zip"),
    ],
)
def test_target_with_a_bad_address_can_not_be_made(address: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        Target("Website", address)


@pytest.mark.parametrize("value", [None, {}, "abc", 1])
def test_what_is_no_list_of_targets_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="not a list"):
        Targets.from_json(value)


@given(JUNK)
def test_anything_else_reads_as_damage(value: Any) -> None:
    for read in (Targets.from_json, Delivery.from_json):
        with suppress(*UNREADABLE):
            assert read(value) == Targets()


def test_targets_read_back_as_they_were_written() -> None:
    targets = Targets((WEBSITE, STICK))
    assert Targets.from_json(targets.to_json()) == targets
    assert targets.hash != Targets((STICK, WEBSITE)).hash
    assert "parts" not in WEBSITE.to_json()
    assert Targets().canonical() == b"[]"


def test_two_targets_of_one_name_and_too_many_are_refused() -> None:
    with pytest.raises(BadValue, match="Two targets are called “Website”"):
        Targets((WEBSITE, STICK, replace(STICK, name="WEBSITE"))).require_valid()
    most = tuple(Target(f"T{number}", "/srv/site") for number in range(MOST_TARGETS))
    Targets(most).require_valid()
    with pytest.raises(BadValue, match="51 targets; 50 is the limit"):
        Targets((*most, WEBSITE)).require_valid()


def test_target_is_found_in_upper_or_lower_case() -> None:
    targets = Targets((WEBSITE, STICK))
    assert targets.find(" WEBSITE ") == WEBSITE
    with pytest.raises(NotFound, match="no target “Partner”") as caught:
        targets.find("Partner")
    assert "Website, Stick" in caught.value.hint
    with pytest.raises(NotFound) as caught:
        Targets().find("x" * 500)
    assert len(caught.value.sentence) < 100
    assert caught.value.hint == "Add it first."


def test_changed_target_keeps_its_place_and_the_spelling_of_its_name() -> None:
    targets = Targets((WEBSITE, STICK)).with_target(Target("website", "/srv/site", "api"))
    assert targets.targets == (Target("Website", "/srv/site", "api"), STICK)
    assert Targets().with_target(STICK).targets == (STICK,)


def test_delivery_reads_back_as_it_was_written() -> None:
    DELIVERY.require_valid()
    assert Delivery.from_json(DELIVERY.to_json()) == DELIVERY
    assert DELIVERY.hash != replace(DELIVERY, sent=4).hash
    turned = replace(DELIVERY, stories=DELIVERY.stories[::-1])
    assert turned.canonical() == DELIVERY.canonical()


@pytest.mark.parametrize(
    "change",
    [
        {"edition": "abc"},
        {"stories": (("x", ""),)},
        {"stories": (("x", A.upper()),)},
        {"stories": (("x", A), ("x", B))},
        {"withdrawn": ("x",)},
        {"withdrawn": ("z", "z")},
        {"sent": -1},
        {"sent_bytes": -1},
    ],
)
def test_what_can_be_no_delivery_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadValue, match="“Stick” can't be recorded"):
        replace(DELIVERY, **change).require_valid()


def test_formats_are_those_of_the_exporters() -> None:
    assert tuple(exporter.name for exporter in all_exporters()) == FORMATS
