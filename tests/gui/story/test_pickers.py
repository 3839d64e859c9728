"""Subjects and related stories: found by words, shown by name, undone like any field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.fields import FIELDS
from editor.core.findings import TextPlace
from editor.core.workflow import Stage
from editor.gui.draft.draft import Draft
from editor.gui.story.form import StoryForm
from editor.gui.story.related_stories import RelatedStories
from editor.gui.story.subjects import Subjects
from editor.store.desk import Desk
from tests.reading import reading

WRITER = "Ines Vale"
SPORT, CINEMA = "medtop:15000000", "medtop:20000005"
Write = Callable[..., str]
Settle = Callable[[], None]


@pytest.fixture
def related(form: StoryForm) -> RelatedStories:
    return form.details.cells["related"]


@pytest.fixture
def subjects(form: StoryForm) -> Subjects:
    return form.details.cells["subjects"]


def rows(picker: RelatedStories | Subjects) -> list[str]:
    return [picker.field.list.item(row).text() for row in range(picker.field.list.count())]


def offered(picker: RelatedStories | Subjects) -> list[str]:
    model = picker.field.popup.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_every_field_has_a_place_to_type_it(form: StoryForm, opened: str) -> None:
    # What is ignored is written beside the finding, on its card.
    shown = [f for f in FIELDS if f.compared and not (f.lasting or f.parts or f.name == "ignored")]
    for name in [field.name for field in shown]:
        form.headline.setFocus() if name != "headline" else form.kicker.setFocus()
        form.go_to(TextPlace(name))
        focused = form.focusWidget()
        assert focused is not None, name
        assert focused.accessibleName() or focused.accessibleDescription(), name
        assert name == "kicker" or focused is not form.kicker, name
        assert name == "headline" or focused is not form.headline, name


def test_related_story_is_found_added_and_undone(
    related: RelatedStories, draft: Draft, write: Write, hands: Any, qtbot: QtBot, settle: Settle
) -> None:
    ferry = write("ferry", "The night ferry returns")
    hands.open(write("harbour"))
    hands.type(related.field.field, "night")
    qtbot.waitUntil(lambda: offered(related) == ["The night ferry returns"])
    hands.press(related.field.field, Qt.Key.Key_Return)
    assert draft.typed.related == (ferry,)
    assert rows(related) == ["The night ferry returns"]
    draft.undo()
    assert draft.typed.related == ()
    assert rows(related) == []
    draft.redo()
    assert rows(related) == ["The night ferry returns"]


def test_enter_pressed_before_the_answer_adds_what_is_found(
    related: RelatedStories, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    ferry = write("ferry", "The night ferry returns")
    hands.open(write("harbour"))
    hands.type(related.field.field, "night")
    hands.press(related.field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: draft.typed.related == (ferry,))


def test_enter_says_when_no_story_is_found(
    related: RelatedStories, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("harbour"))
    hands.type(related.field.field, "zzzqq")
    hands.press(related.field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "No other story has “zzzqq”" in related.problem())
    assert draft.typed.related == ()
    hands.type(related.field.field, "x")
    assert related.problem() == ""


def test_words_typed_for_one_story_are_gone_when_another_is_opened(
    subjects: Subjects, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    hands.open(write("harbour"))
    hands.type(subjects.field.field, "medtop:99999999")
    hands.press(subjects.field.field, Qt.Key.Key_Return)
    assert "is not a Media Topic" in subjects.problem()
    hands.open(write("ferry"))
    assert subjects.field.field.text() == ""
    assert subjects.problem() == ""
    hands.press(subjects.field.field, Qt.Key.Key_Return)
    assert draft.typed.subjects == ()


def test_story_is_not_offered_to_itself_nor_twice(
    related: RelatedStories, draft: Draft, write: Write, hands: Any, qtbot: QtBot
) -> None:
    ferry, harbour = write("ferry"), write("harbour")
    hands.open(harbour)
    draft.edit(replace(draft.typed, related=(ferry,)), "related")
    other = write("bridge", "The bridge opens")
    related.field.field.setFocus()
    hands.press(related.field.field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: offered(related) == ["The bridge opens"])
    hands.press(related.field.field, Qt.Key.Key_Return)
    assert draft.typed.related == (ferry,), "Enter adds nothing that was not asked for by words"
    related.field.add(other)
    assert draft.typed.related == (ferry, other)


def test_names_follow_their_stories_and_a_missing_story_can_be_removed(
    related: RelatedStories, draft: Draft, desk: Desk, write: Write, hands: Any, settle: Settle
) -> None:
    ferry = write("ferry", "The night ferry returns")
    hands.open(write("harbour", imported=True, related=("no-such-story", ferry)))
    settle()
    assert rows(related) == ["A story that is not on this desk", "The night ferry returns"]
    changed = replace(reading(desk).stored(ferry).story, headline="The ferry stays")
    draft.session.run(SaveStory(changed, 1), owner=related)
    settle()
    assert rows(related)[1] == "The ferry stays"
    related.field.list.setCurrentRow(0)
    related.field.remove.click()
    assert draft.typed.related == (ferry,)


def test_topic_is_found_by_its_name_or_its_code(
    subjects: Subjects, draft: Draft, opened: str, hands: Any, qtbot: QtBot
) -> None:
    hands.type(subjects.field.field, "cinema")
    qtbot.waitUntil(lambda: bool(offered(subjects)))
    assert offered(subjects)[0].startswith("cinema – arts, culture")
    hands.press(subjects.field.field, Qt.Key.Key_Return)
    hands.type(subjects.field.field, "15000000")
    hands.press(subjects.field.field, Qt.Key.Key_Return)
    assert draft.typed.subjects == (CINEMA, SPORT)
    assert rows(subjects) == ["cinema", "sport"]
    draft.undo()
    assert draft.typed.subjects == (CINEMA,)


def test_word_that_is_no_topic_is_explained_and_not_added(
    subjects: Subjects, draft: Draft, opened: str, hands: Any
) -> None:
    hands.type(subjects.field.field, "zzz")
    hands.press(subjects.field.field, Qt.Key.Key_Return)
    assert "“zzz” is not a Media Topic." in subjects.problem()
    assert draft.typed.subjects == ()
    hands.type(subjects.field.field, "x")
    assert subjects.problem() == ""


def test_unknown_code_is_shown_and_can_be_removed(
    subjects: Subjects, draft: Draft, write: Write, hands: Any
) -> None:
    codes = ("other:7", "medtop:20000030", CINEMA)
    hands.open(write("wire", imported=True, subjects=codes, language="ar"))
    assert rows(subjects) == ["other:7 (not a Media Topic)", "مسرح غنائي (retired)", "سينما"]
    subjects.field.list.setFocus()
    hands.press(subjects.field.list, Qt.Key.Key_Delete)
    assert draft.typed.subjects == codes[1:]


def test_read_only_story_offers_nothing_to_add(
    form: StoryForm, draft: Draft, write: Write, hands: Any
) -> None:
    hands.open(write("spiked", stage=Stage.SPIKED, subjects=(SPORT,)))  # type: ignore[arg-type]
    assert form.details.cells["subjects"].field.field.isHidden()
    form.details.cells["subjects"].field.list.setFocus()
    hands.press(form.details.cells["subjects"].field.list, Qt.Key.Key_Delete)
    assert draft.typed.subjects == (SPORT,)
