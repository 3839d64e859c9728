"""The table of who may do what, read in full."""

from __future__ import annotations

from itertools import product

import pytest

from editor.core.commands import STEPS
from editor.core.people import Person, Role, parse_role
from editor.core.workflow import (
    TABLE,
    Action,
    Publication,
    Stage,
    State,
    allowed,
    outcome,
    parse_stage,
)
from editor.errors import BadValue, NotAllowed

EVERY = list(product(Action, (State(s, p) for s in Stage for p in Publication), Role))


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_person_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(BadValue):
        Person(name, Role.CHIEF)


@pytest.mark.parametrize("text", ["", "boss", "Chief"])
def test_an_unknown_role_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="not a role"):
        parse_role(text)


def test_every_combination_is_allowed_or_refused_with_a_sentence_and_a_hint() -> None:
    for action, state, role in EVERY:
        if allowed(action, state, role):
            assert outcome(action, state, role) == TABLE[action, state, role]
            continue
        with pytest.raises(NotAllowed) as refusal:
            outcome(action, state, role)
        assert refusal.value.sentence.endswith(".")
        assert refusal.value.hint.endswith(".")


def test_only_review_leads_to_approval_and_never_by_a_journalist() -> None:
    ways = [
        key
        for key, to in TABLE.items()
        if to.stage is Stage.APPROVED and key[1].stage is not Stage.APPROVED
    ]
    assert {(action, state.stage) for action, state, _ in ways} == {(Action.APPROVE, Stage.REVIEW)}
    assert {role for _, _, role in ways} == {Role.EDITOR, Role.CHIEF}


def test_an_edit_ends_an_approval() -> None:
    for (action, state, _), to in TABLE.items():
        if action in (Action.SAVE, Action.RESTORE) and state.stage is Stage.APPROVED:
            assert to.stage is not Stage.APPROVED


def test_a_killed_story_stays_killed() -> None:
    assert not any(state.publication is Publication.KILLED for _, state, _ in TABLE)


def test_a_live_story_is_never_spiked_only_killed() -> None:
    for (action, state, _), to in TABLE.items():
        if state.publication is Publication.LIVE and to.publication is not Publication.LIVE:
            assert action is Action.KILL
        if to.publication is Publication.LIVE and state.publication is not Publication.LIVE:
            assert (action, state.stage) == (Action.PUBLISH, Stage.APPROVED)


def test_refusals_name_the_axis_that_forbids_it() -> None:
    live, killed = Publication.LIVE, Publication.KILLED
    for action, state, hint in (
        (Action.SPIKE, State(Stage.DRAFT, live), "Readers have it: kill it instead."),
        (Action.KILL, State(Stage.DRAFT), "That works on a story that readers have."),
        (Action.SAVE, State(Stage.SPIKED, killed), "withdrawn"),
    ):
        with pytest.raises(NotAllowed) as refusal:
            outcome(action, state, Role.CHIEF)
        assert hint in refusal.value.hint


def test_refusals_read_as_sentences() -> None:
    with pytest.raises(NotAllowed) as refusal:
        outcome(Action.APPROVE, State(Stage.REVIEW), Role.JOURNALIST)
    assert str(refusal.value) == "A journalist may not approve a story that is in review."
    assert refusal.value.hint == "Ask an editor or the chief to do it."
    with pytest.raises(NotAllowed) as refusal:
        outcome(Action.APPROVE, State(Stage.DRAFT), Role.CHIEF)
    assert str(refusal.value) == "A story that is a draft can't be approved."
    with pytest.raises(NotAllowed) as refusal:
        outcome(Action.WITHDRAW, State(Stage.REVIEW), Role.EDITOR)
    assert refusal.value.hint == "Return it instead."


def test_stages_are_parsed_by_name() -> None:
    assert parse_stage("in-review") is parse_stage("review") is parse_stage("In Review")
    assert parse_stage("draft") is Stage.DRAFT
    with pytest.raises(BadValue, match="not a stage"):
        parse_stage("finished")


def test_every_action_has_its_own_words() -> None:
    for words in ("verb", "past", "title", "done"):
        assert len({getattr(action, words) for action in Action}) == len(Action)
    assert all(action.done.format(story="“Quay”").endswith(".") for action in Action)
    assert all("{story}" in action.done for action in Action)


def test_each_step_has_its_command_and_no_edit_is_one() -> None:
    edits = {Action.SAVE, Action.RESTORE, Action.RECONCILE}
    assert set(STEPS) == set(Action) - edits
    for action, command in STEPS.items():
        assert command.__name__ == action.verb.capitalize()
