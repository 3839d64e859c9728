"""Events: their name is their hash, and only what was written reads back."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import pairwise

import pytest

from editor.core.events import (
    ACTIONS,
    DECISION_ACTIONS,
    VERSION_ACTIONS,
    WAITING_ACTIONS,
    Event,
    entry_hash,
    event_id,
    signed_bytes,
    skip_of,
    steps,
)
from editor.core.workflow import Action
from editor.errors import BadInput

EVENT = Event(
    "saved",
    "Zoé Ansah",
    "2026-03-03T14:02:00Z",
    "desk",
    story="s1",
    parents=("a", "b"),
    after=("c",),
    subject="f" * 64,
    nonce="n",
)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "3",
        "null",
        "{",
        "[" * 100_000,
        '{"action":"saved"}',
        '{"action":"saved","at":"","desk":"","person":"","unknown":""}',
        '{"action":3,"at":"","desk":"","person":""}',
        '{"action":"saved","at":"","desk":"","person":"","after":[3]}',
        '{"action":"saved","at":"","desk":"","person":"","parents":3}',
    ],
)
def test_foreign_json_is_no_event(body: str) -> None:
    with pytest.raises(BadInput) as refusal:
        Event.from_body(body)
    assert refusal.value.hint


def test_event_reads_back_from_its_canonical_json() -> None:
    body = EVENT.body()
    assert Event.from_body(body) == EVENT
    assert list(json.loads(body)) == sorted(json.loads(body))
    assert "version" not in json.loads(body), "what is empty is left out"
    assert event_id(body) == sha256(body.encode()).hexdigest()


def test_entry_covers_its_place_the_entry_before_and_its_event() -> None:
    hash = entry_hash("log", 2, "before", "event")
    assert hash == sha256(b"log\n2\nbefore\nevent").hexdigest()
    others = (
        entry_hash("other", 2, "before", "event"),
        entry_hash("log", 3, "before", "event"),
        entry_hash("log", 2, "", "event"),
        entry_hash("log", 2, "before", ""),
    )
    assert hash not in others
    assert signed_bytes(hash) == b"stonehand entry 1\n" + hash.encode()


def test_every_action_of_the_workflow_is_an_event() -> None:
    assert {*VERSION_ACTIONS.values(), *DECISION_ACTIONS.values()} == set(Action)
    assert {*VERSION_ACTIONS, *DECISION_ACTIONS} <= ACTIONS


def test_only_saves_wait_for_a_signature() -> None:
    assert {"opened", "saved", "imported", "reconciled"} == WAITING_ACTIONS


@pytest.mark.parametrize("start", [1, 4, 5, 64, 1023, 1024, 99_999, 1_000_000])
def test_few_steps_lead_from_an_entry_to_any_before_it(start: int) -> None:
    for end in {1, start // 3, start // 2, start - 1, start} - {0}:
        path = steps(start, end)
        assert (path[0], path[-1]) == (start, end)
        assert all(after in {seq - 1, skip_of(seq)} for seq, after in pairwise(path))
        assert len(path) <= 250


def test_every_fourth_entry_covers_an_earlier_one_as_well() -> None:
    assert [skip_of(seq) for seq in (1, 2, 3, 4, 6, 8, 12, 20, 24, 28)] == [
        *(0, 0, 0, 0, 0, 0, 8, 16, 16, 24)
    ]
    hash = entry_hash("log", 12, "before", "event", "earlier")
    assert hash == sha256(b"log\n12\nbefore\nevent\nearlier").hexdigest()
    assert hash != entry_hash("log", 12, "before", "event")
