from __future__ import annotations

import pytest

from editor.core.events import Event
from editor.core.house import House
from editor.core.newer import reading_newer, reads_newer
from editor.core.people import Person, Role, parse_role
from editor.core.policy import FourEyes, Policy
from editor.core.publisher import AiUse
from editor.core.workflow import Action, Publication, Stage, State, allowed, outcome
from editor.errors import BadInput, BadValue, NotAllowed


@pytest.mark.parametrize("kind", [Stage, Publication, Role, FourEyes])
def test_unknown_word_is_read_as_it_is_only_on_a_newer_desk(
    kind: type[Stage] | type[Publication] | type[Role] | type[FourEyes],
) -> None:
    for _round in range(2):
        with pytest.raises(ValueError, match="brand new"):
            kind("brand new")
        with reading_newer():
            assert reads_newer()
            word = kind("brand new")
            assert (word, str(word), word.value) == ("brand new",) * 3
            assert word == kind("brand new")
            assert word not in list(kind)
            assert {word: 1}[kind("brand new")] == 1
        assert not reads_newer()


def test_nothing_is_allowed_by_an_unknown_word() -> None:
    with reading_newer():
        role, stage = parse_role("sub-editor"), Stage("in legal review")
    for action in Action:
        assert not allowed(action, State(stage), Role.CHIEF)
        assert not allowed(action, State(), role)
        with pytest.raises(NotAllowed):
            outcome(action, State(stage), Role.CHIEF)
        with pytest.raises(NotAllowed):
            outcome(action, State(), Person("Mara", role).role)


def test_unknown_gates_are_read_only_on_a_newer_desk() -> None:
    value = {"four_eyes": "six", "sections": {}, "gates": ["legal"]}
    with pytest.raises(ValueError, match="six"):
        Policy.from_json(value)
    with reading_newer():
        assert Policy.from_json(value).gates == ("legal",)
    with pytest.raises(BadValue, match="legal"):
        Policy(gates=("legal",))


def test_unknown_members_of_an_event_are_left_out_only_on_a_newer_desk() -> None:
    body = '{"action":"saved","at":"x","desk":"d","into":["fr"],"person":"Mara"}'
    with pytest.raises(BadInput):
        Event.from_body(body)
    with reading_newer():
        assert Event.from_body(body) == Event("saved", "Mara", "x", "d")
        for other in ("[]", "{", '{"action":7,"at":"x","desk":"d","person":"Mara"}'):
            with pytest.raises(BadInput):
                Event.from_body(other)


def test_unknown_choices_of_a_house_are_the_usual_ones_only_on_a_newer_desk() -> None:
    value = {**House("Post", language="ar").to_json(), "ai_use": "on Tuesdays", "paywall": {}}
    with pytest.raises(BadValue):
        House.from_json(value)
    with reading_newer():
        assert House.from_json(value) == House("Post", language="ar")
        assert House.from_json(value).ai_use is AiUse.NO_TRAINING
