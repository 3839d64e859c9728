"""What is on a galley: which text, its state, and nothing private that was not asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from editor.core.commands import AddNote, Submit
from editor.core.story import Picture, Story
from editor.errors import Cancelled, NotFound
from editor.galley.contents import Galley, GalleyText, Wanted, read_galley
from editor.i18n import isolated
from editor.progress import Progress
from editor.store.desk import Desk
from tests.galley.conftest import CHIEF, WRITER, Put
from tests.people import approving
from tests.reading import reading

Read = Callable[..., Galley]


def test_says_which_version_it_is_and_who_saved_it(put: Put, galley: Read) -> None:
    made = galley(put())
    assert made.paper == "Harbour Post"
    assert made.facts[0].startswith(f"Version 1, saved by {isolated(WRITER)} 20")
    assert made.facts[1:] == ("Draft",)
    assert not made.is_approved


def test_approved_version_says_by_whom_until_it_is_edited(
    put: Put, galley: Read, desk: Desk
) -> None:
    story = put()
    desk.do(Submit(story, 1), WRITER)
    desk.do(approving(desk, story, 1), CHIEF)
    approved = galley(story)
    assert approved.is_approved
    assert approved.facts[-1] == f"Approved by {isolated(CHIEF)}"
    saved = reading(desk).stored(story).story
    edited = galley(story, replace(saved, headline="The harbour opened"))
    assert not edited.is_approved
    assert edited.facts[0].endswith("with unsaved changes")
    assert f"Approved by {isolated(CHIEF)}" not in edited.facts


def test_earlier_version_says_of_how_many(put: Put, desk: Desk) -> None:
    from editor.core.commands import SaveStory

    story = put()
    saved = reading(desk).stored(story).story
    desk.do(SaveStory(replace(saved, headline="Another"), 1), WRITER)
    made = read_galley(desk, GalleyText(story, version=1), Wanted(), Progress())
    assert made.facts[0].startswith(f"Version 1 of 2, saved by {isolated(WRITER)} ")
    assert made.title == "The harbour opens"


def test_story_that_was_never_saved_and_has_nothing(galley: Read) -> None:
    made = galley("", Story())
    assert made.facts == ("Never saved",)
    assert (made.top, made.body, made.notes, made.pictures) == ((), (), (), ())


def test_dateline_begins_the_first_paragraph(put: Put, galley: Read) -> None:
    body = galley(put(body="## First\n\nThe harbour opened.")).body
    assert [passage.text for passage in body] == [
        "First",
        "Port Ellery, Norland–The harbour opened.",
    ]


def test_dateline_is_there_without_a_body(put: Put, galley: Read) -> None:
    assert [passage.text for passage in galley(put(body="")).body] == ["Port Ellery, Norland–"]


def test_editors_note_and_notes_are_there_only_if_wanted(
    put: Put, galley: Read, desk: Desk
) -> None:
    story = put(ed_note="Call the harbour master.")
    desk.do(AddNote(story, "Who says so?"), CHIEF)
    assert galley(story).ed_note == ""
    assert galley(story, ed_note=True).ed_note == "Call the harbour master."
    assert len(galley(story).notes) == 1
    assert galley(story, notes=False).notes == ()


def test_pictures_are_small_and_one_that_is_missing_says_why(
    put: Put, galley: Read, desk: Desk
) -> None:
    data = io.BytesIO()
    Image.new("RGB", (1200, 900), (30, 60, 90)).save(data, "JPEG")
    found = desk.pictures.add(data.getvalue())
    missing = Picture(file="0" * 64 + ".jpg", caption="Lost", width=10, height=10)
    story = put(pictures=(replace(found, caption="The quay", credit="Lena Holm"), missing))
    quay, lost = galley(story).pictures
    assert Image.open(io.BytesIO(quay.data)).width < 1200
    assert [passage.text for passage in quay.caption] == ["The quay", "Lena Holm"]
    assert not lost.data
    assert lost.problem
    assert galley(story, pictures=False).pictures == ()


def test_reading_is_cancelled_between_pictures(put: Put, desk: Desk) -> None:
    story = put(pictures=(Picture(file="0" * 64 + ".jpg", width=10, height=10),))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_galley(desk, GalleyText(story), Wanted(), progress)


def test_unknown_story_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        read_galley(desk, GalleyText("nothing"), Wanted(), Progress())
