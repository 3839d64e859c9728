"""Deciding on a story: submitting, returning, approving, spiking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from editor.core.commands import (
    Restore,
    Return,
    SaveStory,
    Spike,
    Submit,
    Withdraw,
)
from editor.core.people import Role
from editor.core.story import Picture
from editor.core.workflow import Stage
from editor.errors import BadValue, DeskDamaged, NotAllowed, NotFound, Stale
from editor.store.desk import Desk
from tests.databases import replacing
from tests.people import approving, joining
from tests.reading import reading
from tests.store.conftest import (
    LINA,
    MARA,
    TOM,
    Clock,
    approved,
    change_database,
    new,
    refused,
)


def test_decision_on_an_older_version_is_stale(desk: Desk) -> None:
    story = new(desk)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, kicker="Weather"), 1), LINA)
    desk.do(Submit(story, 2), MARA)
    for command in (
        Return(story, 1, "Why?"),
        approving(desk, story, 1),
        Restore(story, 1, 1),
        Spike(story, 1),
    ):
        error = refused(desk, command, TOM, Stale)
        assert LINA in error.sentence
        assert "version 2" in error.sentence
    for version in (0, -1, 3):
        refused(desk, approving(desk, story, version), TOM, NotFound)


def test_its_journalist_takes_a_story_back_from_review(desk: Desk) -> None:
    story = new(desk)
    refused(desk, Withdraw(story, 1), LINA, NotAllowed)
    desk.do(Submit(story, 1), LINA)
    refused(desk, Withdraw(story, 1), TOM, NotAllowed)
    desk.do(Withdraw(story, 1), LINA)
    assert reading(desk).row(story).state.stage is Stage.DRAFT
    assert reading(desk).log(story, 1)[0].action == "withdrawn"
    desk.do(Submit(story, 1), LINA)
    desk.do(approving(desk, story, 1), TOM)
    refused(desk, Withdraw(story, 1), LINA, NotAllowed)


def test_another_journalist_withdraws_nothing_unless_they_submitted_it(desk: Desk) -> None:
    desk.do(joining("Omar Nasser", Role.JOURNALIST), MARA)
    story = new(desk)
    desk.do(Submit(story, 1), LINA)
    error = refused(desk, Withdraw(story, 1), "Omar Nasser", NotAllowed)
    assert "neither wrote nor submitted" in error.sentence
    desk.do(Withdraw(story, 1), LINA)
    desk.do(Submit(story, 1), "Omar Nasser")
    desk.do(Withdraw(story, 1), "Omar Nasser")
    assert reading(desk).row(story).state.stage is Stage.DRAFT


def test_return_needs_a_note_and_withdraws_the_approval(desk: Desk) -> None:
    story = approved(desk)
    refused(desk, Return(story, 1, " \n\t"), TOM, BadValue)
    assert reading(desk).stored(story).approval
    changes = desk.do(Return(story, 1, "Who says so?\r\nAsk the pilot."), TOM)
    assert changes.touches("notes", story)
    note = reading(desk).notes(story)[0]
    assert (note.text, note.author, note.version) == ("Who says so?\nAsk the pilot.", TOM, 1)
    assert reading(desk).stored(story).approval is None
    assert reading(desk).versions(story)[0].approved_by == ""
    desk.do(Submit(story, 1), LINA)
    assert reading(desk).stored(story).approval is None


def test_approval_is_of_one_version(desk: Desk, clock: Clock) -> None:
    story = approved(desk)
    first = reading(desk).stored(story)
    assert first.approval is not None
    assert (first.approval.person, first.approval.hash) == (TOM, first.hash)
    desk.do(SaveStory(replace(first.story, kicker="Weather"), 1), TOM)
    assert reading(desk).stored(story).approval is None
    assert reading(desk).stored(story, 1).approval == first.approval
    desk.do(Restore(story, 2, 1), TOM)
    restored = reading(desk).stored(story)
    assert restored.hash == first.hash
    assert restored.approval is None
    assert restored.state.stage is Stage.REVIEW
    assert [row.approved_by for row in reading(desk).versions(story)] == ["", "", TOM]


def test_note_given_with_an_approval_is_saved(desk: Desk) -> None:
    story = new(desk)
    desk.do(Submit(story, 1), LINA)
    assert desk.do(approving(desk, story, 1, "Lovely."), TOM).touches("notes", story)
    assert [note.text for note in reading(desk).notes(story)] == ["Lovely."]


def test_text_changed_in_the_database_is_not_approved(desk: Desk) -> None:
    story = new(desk)
    desk.do(Submit(story, 1), LINA)
    change_database(desk, replacing("'resumes'", "'sinks'"))
    assert "changed outside" in refused(desk, approving(desk, story, 1), TOM, DeskDamaged).sentence


@pytest.mark.parametrize(
    ("fields", "path", "sentence"),
    [
        ({"headline": "", "body": ""}, "headline", "The story has no headline."),
        ({"headline": "Ferry", "body": ""}, "body", "The story has no body."),
        ({"headline": "Ferry", "body": "***"}, "body", "The story has no body."),
        (
            {"headline": "Ferry", "picture_story": True},
            "pictures",
            "The picture story has no picture.",
        ),
    ],
)
def test_an_empty_story_can_t_be_submitted(
    desk: Desk, fields: dict[str, Any], path: str, sentence: str
) -> None:
    story = new(desk, **fields)
    error = refused(desk, Submit(story, 1), LINA, NotAllowed)
    assert (error.path, error.sentence) == (path, sentence)


def test_a_text_that_was_emptied_in_review_can_t_be_approved(desk: Desk) -> None:
    story = new(desk)
    desk.do(Submit(story, 1), LINA)
    desk.do(SaveStory(replace(reading(desk).stored(story).story, body=" "), 1), TOM)
    error = refused(desk, approving(desk, story, 2), TOM, NotAllowed)
    assert error.path == "body"


def test_a_picture_story_without_a_body_is_approved(desk: Desk) -> None:
    story = approved(desk, body="", picture_story=True, pictures=(Picture(file="a.jpg"),))
    assert reading(desk).row(story).stage is Stage.APPROVED
