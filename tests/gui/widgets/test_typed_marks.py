"""Typographic marks as somebody types in the real form; Undo leaves what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from editor.core.story import Picture
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.widgets.text_field import TextField
from editor.text.typing_place import TypingPlace
from editor.text.typography import MarkChange, change_typed
from tests.gui.hands import Hands

Write = Callable[..., str]


@pytest.fixture
def begin(form: StoryForm, write: Write, hands: Hands) -> Callable[..., TextField]:
    """Open a story in a language with some body, and give the field of it, caret at the end."""
    numbers = count(1)

    def open_story(language: str = "en", body: str = "") -> TextField:
        hands.open(write(f"harbour-{next(numbers)}", language=language, body=body))
        form.body.setFocus()
        form.body.select(len(body), len(body))
        return form.body

    return open_story


Begin = Callable[..., TextField]


def test_typing_makes_typographic_marks(begin: Begin, draft: Draft, hands: Hands) -> None:
    body = begin()
    hands.type(body, "\"Don't,\" she said -- in the '90s...")
    assert draft.typed.body == body.text() == "“Don’t,” she said — in the ’90s…"
    assert body.caret() == len(body.text())


def test_one_undo_leaves_what_was_typed_and_the_next_removes_it(
    begin: Begin, draft: Draft, hands: Hands
) -> None:
    body = begin()
    hands.type(body, "She said \"don't")
    seen = []
    while draft.stack.canUndo():
        hands.undo(body)
        seen.append(draft.typed.body)
        assert body.text() == draft.typed.body
        assert body.caret() == len(body.text())
    assert seen == [
        "She said “don’",
        "She said “don'",
        "She said “don",
        "She said “",
        'She said "',
        "She said ",
        "She ",
        "",
    ]
    for _step in seen:
        hands.redo(body)
    assert body.text() == "She said “don’t"


def test_what_was_undone_is_not_changed_again(begin: Begin, hands: Hands) -> None:
    body = begin()
    hands.type(body, '"')
    hands.undo(body)
    hands.type(body, 'Yes" and so')
    assert body.text() == '"Yes" and so'
    hands.type(body, " --")
    hands.type(body, " x")
    hands.undo(body)
    hands.undo(body)
    assert body.text() == '"Yes" and so -- '
    hands.press(body, Qt.Key.Key_Backspace)
    hands.type(body, " x")
    assert body.text() == '"Yes" and so -- x'


def test_undone_is_forgotten_when_somebody_comes_back(
    begin: Begin, form: StoryForm, hands: Hands
) -> None:
    body = begin()
    hands.type(body, '"')
    hands.undo(body)
    hands.undo(body)
    hands.type(body, '"')
    assert body.text() == '"'
    hands.undo(body)
    form.headline.setFocus()
    hands.type(body, '"')
    assert body.text() == "“"


def test_a_change_further_back_leaves_the_caret_where_it_is(begin: Begin, hands: Hands) -> None:
    body = begin("en", "in the")
    hands.type(body, " '90s")
    assert body.text() == "in the ’90s"
    hands.undo(body)
    assert body.text() == "in the ‘90s"
    assert body.caret() == len(body.text())
    hands.redo(body)
    assert body.text() == "in the ’90s"
    assert body.caret() == len(body.text())


def test_backspace_right_after_a_change_takes_it_back(begin: Begin, hands: Hands) -> None:
    body = begin()
    hands.type(body, "so...")
    hands.press(body, Qt.Key.Key_Backspace)
    assert body.text() == "so..."
    hands.press(body, Qt.Key.Key_Backspace)
    assert body.text() == "so.."
    hands.type(body, " x--")
    hands.press(body, Qt.Key.Key_Left)
    hands.press(body, Qt.Key.Key_Right)
    assert body.text() == "so.. x—"
    hands.type(body, "y")
    hands.press(body, Qt.Key.Key_Backspace)
    assert body.text() == "so.. x—"


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("fr", '"Vraiment?" dit: ', "«\u00a0Vraiment\u202f?\u00a0» dit\u00a0: "),
        ("ar", 'قال "نعم", هل?', "قال «نعم»، هل؟"),
        ("de", '"Ich hab\'s"', "„Ich hab’s“"),
        ("de-CH", '"Ja"', "«Ja»"),
        ("en", '😀 "x" 😀 it\'s', "😀 “x” 😀 it’s"),
    ],
)
def test_marks_are_those_of_the_story(
    begin: Begin, hands: Hands, language: str, typed: str, expected: str
) -> None:
    body = begin(language)
    hands.type(body, typed)
    assert body.text() == expected


def test_every_field_of_sentences_has_them_and_no_other(
    form: StoryForm, write: Write, hands: Hands
) -> None:
    hands.open(write("harbour-opens", body="x", pictures=(Picture(caption="x"),)))
    exchanged = set()
    for path, field in list(form.text_fields()):
        if not field.isEnabled():
            continue
        field.setFocus()
        field.select(len(field.text()), len(field.text()))
        hands.type(field, "a'")
        if "’" in field.text():
            exchanged.add(path)
    sentences = ("kicker", "headline", "standfirst", "key_points/0", "key_points/1", "body")
    assert exchanged == {*sentences, "pictures/0/caption", "pictures/0/alt", "ed_note"}


def test_a_key_point_may_begin_with_a_quotation_mark(
    form: StoryForm, write: Write, hands: Hands, draft: Draft
) -> None:
    hands.open(write("harbour-opens"))
    hands.type(form.points.add_field, '"')
    point = form.points.rows[2].field
    hands.type(point, "Yes\"'")
    assert draft.typed.key_points[2] == "“Yes”’"
    for _step in range(6):
        hands.undo(point)
    assert draft.typed.key_points[2] == '"'
    hands.undo(point)
    assert len(draft.typed.key_points) == 2


def test_pasted_and_loaded_text_and_fixes_stay(begin: Begin, hands: Hands, draft: Draft) -> None:
    body = begin("en", '"a" -- b...')
    assert body.text() == '"a" -- b...'
    data = QMimeData()
    data.setText(' "c" -- d')
    body.insertFromMimeData(data)
    assert body.text() == '"a" -- b... "c" -- d'
    draft.set_value("body", body.text() + '"')
    assert draft.typed.body.endswith('d"')
    assert body.text() == draft.typed.body


def test_code_and_addresses_stay(begin: Begin, hands: Hands) -> None:
    body = begin()
    text = '`a "b"` [c](https://d.example/e--f...'
    hands.type(body, text)
    assert body.text() == text


def test_indented_code_stays_and_a_paragraph_of_a_list_does_not(begin: Begin, hands: Hands) -> None:
    body = begin("en", 'Words.\n\n    code("')
    hands.type(body, '"')
    assert body.text().endswith('code(""')
    body = begin("en", "- one\n\n    more ")
    hands.type(body, '"')
    assert body.text().endswith("more “")


def test_a_switch_turns_them_off(begin: Begin, session: Session, hands: Hands) -> None:
    body = begin()
    session.change_settings(typographic_marks=False)
    hands.type(body, '"it\'s"...')
    assert body.text() == '"it\'s"...'
    session.change_settings(typographic_marks=True)
    hands.type(body, ' "')
    assert body.text() == '"it\'s"... “'


def test_input_methods_and_dead_keys_type_too(begin: Begin, hands: Hands) -> None:
    body = begin()
    hands.compose(body, "'", '"')
    assert body.text() == "“"
    hands.compose(body, "´", "é")
    hands.compose(body, "x", 'two "words"')
    assert body.text() == '“étwo "words"'
    replacing = QInputMethodEvent()
    replacing.setCommitString('"', -1, 1)
    QApplication.sendEvent(body, replacing)
    assert body.text() == '“étwo "words"'


def test_a_shortcut_is_no_character(begin: Begin, hands: Hands) -> None:
    body = begin("en", "in ‘90s")
    body.select(7, 7)
    hands.press(body, Qt.Key.Key_C, "\x03", Qt.KeyboardModifier.ControlModifier)
    assert body.text() == "in ‘90s"
    hands.type(body, " ")
    assert body.text() == "in ’90s "


def test_a_selection_is_replaced_by_the_mark(begin: Begin, hands: Hands) -> None:
    body = begin("en", "one two three")
    body.select(4, 7)
    hands.type(body, '"')
    assert body.text() == "one “ three"
    hands.undo(body)
    assert body.text() == 'one " three'
    hands.undo(body)
    assert body.text() == "one two three"


def test_a_read_only_story_changes_nothing(begin: Begin, hands: Hands) -> None:
    body = begin("en", "a--")
    body.setReadOnly(True)
    hands.type(body, "- '")
    assert body.text() == "a--"


def test_a_key_looks_at_the_paragraph_around_the_caret_only(
    begin: Begin, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def count_text(place: TypingPlace, character: str) -> MarkChange | None:
        looked.append(len(place.before))
        return change_typed(place, character)

    monkeypatch.setattr("editor.text.typography.change_typed", count_text)
    paragraph = "Boats came in from the north. " * 20
    body = begin("en", "\n\n".join([paragraph] * 200) + "\n\nShe said ")
    hands.type(body, '"x"')
    assert body.text().endswith("She said “x”")
    assert max(looked) == len("She said “x")
    body = begin("en", paragraph * 200)
    hands.type(body, '"x"')
    assert body.text().endswith("“x”")
    assert 0 < max(looked[3:]) <= 2_000


def test_enter_ends_a_word_too(begin: Begin, hands: Hands) -> None:
    body = begin("fr")
    hands.type(body, "La liste:\nun")
    assert body.text() == "La liste\u00a0:\nun"
    for _step in range(2):
        hands.undo(body)
    assert body.text() == "La liste:\n"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    keys=st.text(st.sampled_from("\"'-. ,;:?!«»*`()[]<a1bé😀نم"), max_size=25),
    language=st.sampled_from(["en", "fr", "de", "ar", "sv", "ru"]),
)
def test_undoing_all_gives_back_exactly_what_was_typed(
    form: StoryForm, write: Write, hands: Hands, draft: Draft, keys: str, language: str
) -> None:
    """Whatever is typed: each step that adds a character adds the very one that was typed."""
    if not draft.open_story.is_open:
        hands.open(write("harbour-opens"))
    draft.edit(replace(draft.typed, language=language, body=""), "")
    draft.stack.clear()
    hands.type(form.body, keys)
    whole = draft.typed.body
    assert form.body.text() == whole
    texts = [whole]
    while draft.stack.canUndo():
        hands.undo(form.body)
        assert form.body.text() == draft.typed.body
        texts.append(draft.typed.body)
    assert texts[-1] == ""
    left = keys
    for before, after in pairwise(reversed(texts)):
        typed = after[len(before) :]
        if after.startswith(before) and left.startswith(typed):
            left = left.removeprefix(typed)
    assert left == "", "every other step was a change of what was typed"
    while draft.stack.canRedo():
        hands.redo(form.body)
    assert form.body.text() == draft.typed.body == whole
