"""The action that comes next, for every state, role and unsaved edit."""

from __future__ import annotations

from itertools import product

import pytest

from editor.core.people import Role
from editor.core.workflow import Action, Publication, Stage, State, allowed, outcome
from editor.gui.review.story_actions import primary

STATES = [State(stage, publication) for stage, publication in product(Stage, Publication)]


def test_without_a_story_export_comes_next() -> None:
    assert primary(None, Role.CHIEF).name == "export"


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("dirty", [False, True])
def test_primary_action_is_always_allowed(state: State, role: Role, dirty: bool) -> None:
    step = primary(state, role, dirty)
    if step.name == "export":
        return
    if dirty and allowed(Action.SAVE, state, role):
        state = outcome(Action.SAVE, state, role)
    assert allowed(Action[step.name.upper()], state, role)


def test_edited_approved_text_needs_approval_again() -> None:
    approved = State(Stage.APPROVED)
    assert primary(approved, Role.EDITOR).name == "export"
    assert primary(approved, Role.EDITOR, dirty=True).name == "approve"
    assert primary(approved, Role.JOURNALIST, dirty=True).name == "submit"
