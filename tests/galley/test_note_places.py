"""Notes on a galley: numbered as they are read, marked at their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from editor.core.commands import AddNote, ResolveNote
from editor.galley.contents import Galley
from editor.galley.passages import GalleyLook, GalleyPassage
from editor.store.desk import Desk
from tests.galley.conftest import CHIEF, WRITER, Put
from tests.reading import reading

Read = Callable[..., Galley]


def shown(passages: tuple[GalleyPassage, ...]) -> str:
    """The words: those that a note is about between brackets, its number after them."""
    parts = []
    for passage in passages:
        for stretch in passage.all_stretches():
            if GalleyLook.NUMBER in stretch.look:
                parts.append(f"({stretch.text})")
            else:
                parts.append(
                    f"[{stretch.text}]" if GalleyLook.NOTED in stretch.look else stretch.text
                )
        parts.append("/")
    return "".join(parts)


def add(desk: Desk, story: str, text: str, field: str = "", quote: str = "") -> int:
    """Write a note about words of a field of the latest version."""
    saved = reading(desk).stored(story).story
    start = getattr(saved, field).index(quote) if quote else 0
    desk.do(AddNote(story, text, field, start, start + len(quote)), CHIEF)
    return reading(desk).notes(story)[-1].id


def test_notes_are_numbered_as_they_are_read(put: Put, galley: Read, desk: Desk) -> None:
    story = put()
    add(desk, story, "Late", "body", "came")
    add(desk, story, "Early", "body", "harbour **opened")
    add(desk, story, "Head", "headline", "harbour")
    add(desk, story, "Whole")
    made = galley(story)
    assert [note.note.text for note in made.notes] == ["Whole", "Head", "Early", "Late"]
    assert shown(made.top) == "The [harbour](2) opens/"
    assert shown(made.body) == (
        "Port Ellery, Norland–The [harbour ][opened](3) on Monday./Boats [came](4) in./"
    )


def test_answers_are_with_their_note_and_resolved_ones_are_not_printed(
    put: Put, galley: Read, desk: Desk
) -> None:
    story = put()
    first = add(desk, story, "Who says so?")
    desk.do(AddNote(story, "Two people.", answers=first), WRITER)
    done = add(desk, story, "Typo")
    desk.do(ResolveNote(story, done, True), CHIEF)
    [note] = galley(story).notes
    assert [answer.text for answer in note.answers] == ["Two people."]


def test_note_follows_its_words_in_text_that_is_not_saved(
    put: Put, galley: Read, desk: Desk
) -> None:
    story = put()
    add(desk, story, "When?", "body", "opened on Monday")
    saved = reading(desk).stored(story).story
    typed = replace(saved, body="After months of storms it was quiet.\n\n" + saved.body)
    assert "[opened on Monday](1)" in shown(galley(story, typed).body)


def test_note_about_words_that_are_gone_is_listed_and_marks_nothing(
    put: Put, galley: Read, desk: Desk
) -> None:
    story = put()
    add(desk, story, "When?", "body", "opened on Monday")
    saved = reading(desk).stored(story).story
    made = galley(story, replace(saved, body="Nothing of that any more, at all, anywhere here."))
    assert made.notes[0].note.gone
    assert "(1)" not in shown(made.body)


def test_note_in_a_table_is_marked_in_its_cell(put: Put, galley: Read, desk: Desk) -> None:
    story = put(body="Words.\n\n| Boat | Length |\n|---|---|\n| Ada | 40 m |")
    add(desk, story, "Feet?", "body", "40 m")
    assert "Ada[40 m](1)" in shown(galley(story).body)


def test_two_notes_about_the_same_words_have_both_numbers(
    put: Put, galley: Read, desk: Desk
) -> None:
    story = put()
    add(desk, story, "One", "body", "Boats came")
    add(desk, story, "Two", "body", "came")
    assert shown(galley(story).body).endswith("[Boats ][came](1)(2) in./")


def test_note_about_a_whole_field_has_its_number_after_it(
    put: Put, galley: Read, desk: Desk
) -> None:
    story = put()
    add(desk, story, "Shorter", "headline")
    add(desk, story, "More", "body")
    made = galley(story)
    assert shown(made.top) == "The harbour opens(1)/"
    assert shown(made.body).endswith("/Boats came in.(2)/")
