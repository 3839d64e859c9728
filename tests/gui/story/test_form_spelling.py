"""Misspelled words are underlined beside the writing, and never the one that is being typed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from editor.core.story import Picture
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.theme import apply_theme
from tests.gui.hands import Hands
from tests.gui.story.spelling_hands import SpellingHands, titles
from tests.spelling.small_dictionaries import ARABIC, write_dictionary

BODY = "The bord met. The board dont know [a boat](https://teh.example/teh) or `teh`."


@pytest.fixture
def spelling(
    qtbot: QtBot, session: Session, form: StoryForm, hands: Hands, write: Callable[..., str]
) -> SpellingHands:
    write_dictionary(session.path / "dictionaries", "ar", *ARABIC)
    session.change_settings(check_spelling=True)
    return SpellingHands(qtbot, session, form, hands, write)


def test_misspelled_words_are_underlined_in_every_field(spelling: SpellingHands) -> None:
    form = spelling.form
    spelling.open(
        BODY,
        headline="Bord to recieve boats",
        standfirst="Boats sayl.",
        key_points=("A poynt.", "Second."),
        pictures=(Picture(caption="A bote", alt="Watter", credit="Bote"),),
    )
    shown = {path: spelling.underlined(field) for path, field in form.text_fields()}
    assert {path: words for path, words in shown.items() if words} == {
        "headline": ["Bord", "recieve"],
        "standfirst": ["sayl"],
        "key_points/0": ["poynt"],
        "body": ["bord", "dont"],
        "pictures/0/caption": ["bote"],
        "pictures/0/alt": ["Watter"],
    }


def test_the_word_that_is_being_typed_is_left_alone(spelling: SpellingHands, hands: Hands) -> None:
    body = spelling.form.body
    spelling.open("Fine.")
    body.select(5, 5)
    hands.type(body, " A harbr")
    assert spelling.words() == ["harbr"]
    assert spelling.underlined(body) == []
    hands.type(body, " ")
    spelling.words()
    assert spelling.underlined(body) == ["harbr"]


def test_a_word_is_underlined_once_the_caret_has_left_it(
    spelling: SpellingHands, hands: Hands
) -> None:
    body = spelling.form.body
    spelling.open("Fine.")
    body.select(5, 5)
    hands.type(body, " A harbr")
    spelling.words()
    hands.press(body, Qt.Key.Key_Left)
    assert spelling.underlined(body) == [], "still in the word"
    hands.press(body, Qt.Key.Key_Home)
    assert spelling.underlined(body) == ["harbr"]


def test_lines_keep_their_look_in_dark_mode(
    spelling: SpellingHands, qapp: QApplication, qtbot: QtBot
) -> None:
    spelling.open(BODY)
    before = line_color(spelling)
    apply_theme(qapp, "dark")
    qtbot.waitUntil(lambda: spelling.underlined(spelling.form.body) == ["bord", "dont"])
    assert line_color(spelling) != before


def line_color(spelling: SpellingHands) -> str:
    [selection, *_others] = spelling.form.body.extraSelections()
    return selection.format.underlineColor().name()


def test_spelling_is_turned_off_and_on(spelling: SpellingHands, qtbot: QtBot) -> None:
    body = spelling.form.body
    spelling.open(BODY)
    spelling.session.change_settings(check_spelling=False)
    assert spelling.underlined(body) == []
    assert spelling.form.spelling.found == ()
    speller = spelling.form.spelling.speller
    assert speller is not None
    qtbot.waitUntil(lambda: speller.dictionaries() == [])
    spelling.session.change_settings(check_spelling=True)
    qtbot.waitUntil(lambda: spelling.underlined(body) == ["bord", "dont"])


def test_words_of_another_script_have_their_own_dictionary(spelling: SpellingHands) -> None:
    body = "قال الوزير — recieve — الحكومه"
    assert spelling.open(body, headline="World", language="ar") == ["recieve", "الحكومه"]


def test_the_next_word_is_found_field_by_field_and_from_the_start_again(
    spelling: SpellingHands,
) -> None:
    form = spelling.form
    spelling.open(BODY, headline="A bord", key_points=("One.", "Two."))
    form.headline.setFocus()
    form.headline.select(0, 0)
    visited = []
    for _step in range(4):
        form.spelling.go_to_next()
        [(path, field)] = [(path, field) for path, field in form.text_fields() if field.hasFocus()]
        visited.append((path, field.selected()))
    assert visited == [
        ("headline", "bord"),
        ("body", "bord"),
        ("body", "dont"),
        ("headline", "bord"),
    ]


def test_nothing_to_go_to_is_told(
    spelling: SpellingHands, messages: list[str], session: Session
) -> None:
    spelling.open("Fine.")
    spelling.form.spelling.go_to_next()
    assert messages == ["No misspelled words."]
    session.change_settings(check_spelling=False)
    spelling.form.spelling.go_to_next()
    assert messages[1:] == ["Check spelling is off. Turn it on in the Edit menu."]


@pytest.fixture
def messages(session: Session) -> list[str]:
    told: list[str] = []
    session.message.connect(lambda message, _undo: told.append(message))
    return told


def test_the_menu_key_and_the_mouse_open_the_suggestions(spelling: SpellingHands) -> None:
    body = spelling.form.body
    spelling.open(BODY)
    body.setFocus()
    body.select(6, 6)

    def press_menu_key() -> None:
        reason = QContextMenuEvent.Reason.Keyboard
        event = QContextMenuEvent(reason, QPoint(0, 0), body.mapToGlobal(QPoint(0, 0)))
        QApplication.sendEvent(body.viewport(), event)

    menu = spelling.menu(press_menu_key)
    assert "board" in titles(menu)
    assert len(titles(menu)) <= 7 + 4
    menu.close()

    def click() -> None:
        place = body.cursorRect().center()
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, body.viewport().mapToGlobal(place))
        QApplication.sendEvent(body.viewport(), event)

    menu = spelling.menu(click)
    assert "board" in titles(menu)
    menu.close()


def test_a_word_that_is_right_has_the_usual_menu(
    spelling: SpellingHands, messages: list[str]
) -> None:
    body = spelling.form.body
    spelling.open(BODY)
    body.setFocus()
    body.select(1, 1)
    spelling.form.spelling.offer_at_caret()
    assert messages == ["The word at the caret is in the dictionary."]


def test_a_missing_dictionary_is_told_once_with_the_place_for_it(
    spelling: SpellingHands, problems: list[EditorError], qtbot: QtBot, hands: Hands
) -> None:
    spelling.open("Sawubona.", language="zu")
    hands.type(spelling.form.body, "Yebo. ")
    spelling.words()
    [problem] = problems
    assert "There is no dictionary for" in problem.sentence
    assert "zu.aff and zu.dic" in problem.hint
    assert "dictionaries" in problem.hint


def test_a_broken_dictionary_is_told_and_nothing_typed_is_lost(
    spelling: SpellingHands, problems: list[EditorError], hands: Hands, session: Session
) -> None:
    write_dictionary(session.path / "dictionaries", "ar", rules="SET UTF-8\n")
    assert spelling.open("قال recieve", headline="World", language="ar") == ["recieve"]
    hands.type(spelling.form.body, "نعم ")
    assert spelling.words() == ["recieve"]
    assert spelling.draft.typed.body == "نعم قال recieve"
    assert [problem.sentence for problem in problems] == [
        "The dictionary ar is broken; spelling is not checked with it."
    ]


def test_one_key_looks_only_at_its_paragraph(spelling: SpellingHands, hands: Hands) -> None:
    body = "\n\n".join(f"The board said on Tuesday that {n} boats would sail." for n in range(200))
    assert spelling.open(body) == []
    speller = spelling.form.spelling.speller
    assert speller is not None
    examined = speller.examined
    spelling.form.body.select(3, 3)
    hands.type(spelling.form.body, "x")
    assert spelling.words() == ["Thex"]
    assert speller.examined - examined == 9


def test_a_late_answer_about_another_text_opens_no_menu(
    spelling: SpellingHands, hands: Hands, settle: Callable[[], None]
) -> None:
    body = spelling.form.body
    spelling.open(BODY)
    body.setFocus()
    body.select(6, 6)
    spelling.form.spelling.offer_at_caret()
    hands.type(body, "x")
    settle()
    assert QApplication.activePopupWidget() is None


def test_a_menu_does_not_wait_long_for_suggestions(
    spelling: SpellingHands, session: Session, form: StoryForm
) -> None:
    spelling.open(BODY)
    form.body.setFocus()
    form.body.select(6, 6)
    busy = threading.Event()
    session.jobs.run(lambda _progress: busy.wait(60), owner=form, lane="spelling")
    menu = spelling.menu(form.spelling.offer_at_caret)
    busy.set()
    assert titles(menu)[0] == "Suggestions take a while; ask again"
    assert "Ignore once" in titles(menu)
    menu.close()


def test_no_dictionary_outlives_its_form(
    qtbot: QtBot, session: Session, draft: Draft, hands: Hands, write: Callable[..., str]
) -> None:
    session.change_settings(check_spelling=True)
    form = StoryForm(session, draft)
    SpellingHands(qtbot, session, form, hands, write).open(BODY)
    speller = form.spelling.speller
    assert speller is not None
    [english] = speller.dictionaries()
    assert english.is_ready
    form.deleteLater()
    qtbot.waitUntil(lambda: not isValid(form))
    english.learn(["teh"])
    assert english.problem is not None, "its process has ended"


def test_no_word_is_read_from_the_desk_while_spelling_is_off(
    form: StoryForm, hands: Hands, write: Callable[..., str], settle: Callable[[], None]
) -> None:
    hands.open(write("harbour-opens", body=BODY))
    settle()
    assert form.spelling.speller is None
    assert form.spelling.checked is None


def test_a_palette_event_underlines_again(spelling: SpellingHands, qtbot: QtBot) -> None:
    spelling.open(BODY)
    form: Any = spelling.form
    QApplication.sendEvent(form, QEvent(QEvent.Type.PaletteChange))
    qtbot.waitUntil(lambda: spelling.underlined(form.body) == ["bord", "dont"])
