"""What the menu of a misspelled word does, and that one Undo takes it back exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.places import my_words_file
from editor.store.desk import Desk
from tests.gui.hands import Hands
from tests.gui.story.spelling_hands import SpellingHands, titles
from tests.reading import reading

WRITER = "Ines Vale"
BODY = "Vilnograd’s bord met. The bord “dont” know **bo**rd."
AT_BORD = BODY.index("bord") + 2


@pytest.fixture
def spelling(
    qtbot: QtBot, session: Session, form: StoryForm, hands: Hands, write: Callable[..., str]
) -> SpellingHands:
    session.change_settings(check_spelling=True)
    return SpellingHands(qtbot, session, form, hands, write)


Toasts = list[tuple[str, Callable[[], object] | None]]


@pytest.fixture
def toasts(session: Session) -> Toasts:
    told: Toasts = []
    session.message.connect(lambda message, undo: told.append((message, undo)))
    return told


def test_a_suggestion_is_one_step_that_no_key_is_merged_into(
    spelling: SpellingHands, hands: Hands
) -> None:
    form, draft = spelling.form, spelling.draft
    spelling.open("The bord")
    form.body.select(8, 8)
    hands.type(form.body, "x")
    assert spelling.words() == ["bordx"]
    hands.press(form.body, Qt.Key.Key_Backspace)
    spelling.words()
    before = draft.typed
    menu = spelling.menu_at(form.body, 8)
    spelling.choose(menu, "board")
    assert draft.typed.body == "The board"
    assert form.body.caret() == len("The board")
    assert form.body.hasFocus()
    hands.type(form.body, "s")
    assert draft.typed.body == "The boards"
    draft.undo()
    assert draft.typed.body == "The board"
    draft.undo()
    assert draft.typed == before
    draft.redo()
    assert draft.typed.body == "The board"


def test_suggestions_come_first_and_then_what_else_can_be_done(spelling: SpellingHands) -> None:
    spelling.open(BODY)
    menu = spelling.menu_at(spelling.form.body, AT_BORD)
    offered = titles(menu)
    menu.close()
    assert offered[-4:] == [
        "Ignore once",
        "Ignore in this story",
        "Add “bord” to my dictionary",
        "Add “bord” to the paper’s dictionary",
    ]
    assert "board" in offered[:-4]
    assert len(offered) <= 7 + 4


def test_words_with_marks_inside_are_not_replaced(spelling: SpellingHands) -> None:
    spelling.open("A **bo**rd.")
    menu = spelling.menu_at(spelling.form.body, 5)
    assert titles(menu)[0] == "No suggestions"
    assert not menu.actions()[0].isEnabled()
    menu.close()


def test_ignore_once_is_for_one_place(spelling: SpellingHands) -> None:
    body = spelling.form.body
    assert spelling.open("The bord met. A bord sat.") == ["bord", "bord"]
    spelling.choose(spelling.menu_at(body, 6), "Ignore once")
    assert spelling.underlined(body) == ["bord"]
    assert spelling.form.spelling.found[0].start == 16
    assert spelling.draft.typed.ignored == ()


def test_ignore_in_this_story_is_kept_with_it_and_undone(spelling: SpellingHands) -> None:
    body = spelling.form.body
    spelling.open("The bord met. A bord sat, dont it.")
    before = spelling.draft.typed
    spelling.choose(spelling.menu_at(body, 6), "Ignore in this story")
    assert spelling.words() == ["dont"]
    assert spelling.draft.typed.ignored == ("spelling story: “bord” – right in this story",)
    spelling.draft.undo()
    assert spelling.draft.typed == before
    assert spelling.words() == ["bord", "bord", "dont"]


def test_ones_own_dictionary_has_the_word_without_its_possessive(
    spelling: SpellingHands, toasts: Toasts, qtbot: QtBot
) -> None:
    spelling.open(BODY)
    spelling.choose(spelling.menu_at(spelling.form.body, 3), "Add “Vilnograd” to my dictionary")
    qtbot.waitUntil(lambda: "Vilnograd's" not in spelling.words())
    assert my_words_file().read_text(encoding="utf-8") == "Vilnograd\n"
    [(message, undo)] = toasts
    assert message == "“Vilnograd” is in your dictionary."
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: "Vilnograd's" in spelling.words())
    assert my_words_file().read_text(encoding="utf-8") == ""


def test_the_papers_dictionary_is_signed_and_for_all(
    spelling: SpellingHands, toasts: Toasts, qtbot: QtBot, desk: Desk
) -> None:
    spelling.open(BODY)
    menu = spelling.menu_at(spelling.form.body, 3)
    spelling.choose(menu, "Add “Vilnograd” to the paper’s dictionary")
    qtbot.waitUntil(lambda: "Vilnograd's" not in spelling.words())
    state = reading(desk).house_style_state()
    assert state.style.words == ("Vilnograd",)
    assert state.doubt == ""
    [(message, undo)] = toasts
    assert message == "“Vilnograd” is in the paper’s dictionary."
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: "Vilnograd's" in spelling.words())
    assert reading(desk).house_style_state().style.words == ()


def test_a_journalist_can_not_add_to_the_papers_dictionary(
    spelling: SpellingHands, session: Session
) -> None:
    spelling.open(BODY)
    session.set_person(WRITER)
    menu = spelling.menu_at(spelling.form.body, 3)
    [action] = [action for action in menu.actions() if "paper’s" in action.text()]
    assert not action.isEnabled()
    menu.close()
