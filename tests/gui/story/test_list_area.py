"""Lists in the real form: Enter, Backspace and Tab by key, one undo each, and a way out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from editor.gui.draft.draft import Draft
from editor.gui.story import list_area
from editor.gui.story.form import StoryForm
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_typing import continue_list
from editor.gui.widgets.text_field import TextField
from tests.gui.hands import Hands

Write = Callable[..., str]
Begin = Callable[..., TextField]

_TAB, _BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def begin(form: StoryForm, write: Write, hands: Hands) -> Begin:
    """Open a story with some body; the caret is where its `|` is, or at its end."""

    def open_story(body: str = "", language: str = "en") -> TextField:
        caret = body.index("|") if "|" in body else len(body)
        hands.open(write("harbour-opens", body=body.replace("|", ""), language=language))
        form.body.setFocus()
        form.body.select(caret, caret)
        return form.body

    return open_story


def test_a_list_is_typed_and_ends(begin: Begin, hands: Hands, draft: Draft) -> None:
    body = begin()
    hands.type(body, "1. one\ntwo\n")
    hands.press(body, _TAB)
    hands.type(body, "inside\n\nthree\n\nWords.")
    assert draft.typed.body == body.text() == "1. one\n2. two\n   1. inside\n3. three\n\nWords."
    assert body.hasFocus()


def test_a_quotation_is_typed_and_ends(begin: Begin, hands: Hands) -> None:
    body = begin()
    hands.type(body, "> one\ntwo\n\nWords.")
    assert body.text() == "> one\n> two\n\nWords."


def test_each_key_is_one_undo_to_the_text_before(begin: Begin, hands: Hands, draft: Draft) -> None:
    start = "1. one|\n2. two\n3. three"
    body = begin(start)
    texts = [body.text()]
    for key, modifiers in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (_TAB, Qt.KeyboardModifier.NoModifier),
        (_BACKTAB, _SHIFT),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    ):
        hands.press(body, key, "", modifiers)
        assert body.text() != texts[-1]
        texts.append(body.text())
    assert texts[1] == "1. one\n2. \n3. two\n4. three"
    assert texts[2] == "1. one\n   1. \n2. two\n3. three"
    assert texts[3] == texts[1]
    assert texts[4] == "1. one\n\n2. two\n3. three"
    for text in reversed(texts[:-1]):
        hands.undo(body)
        assert body.text() == draft.typed.body == text
    assert not draft.stack.canUndo()
    for text in texts[1:]:
        hands.redo(body)
        assert body.text() == text


def test_enter_elsewhere_only_breaks_the_line(begin: Begin, hands: Hands) -> None:
    body = begin("Boats came in.")
    hands.type(body, "\n\nMore.")
    assert body.text() == "Boats came in.\n\nMore."
    body.select(0, 5)
    hands.type(body, "\n")
    assert body.text() == "\n came in.\n\nMore."


def test_shift_enter_breaks_the_line_in_a_list_too(begin: Begin, hands: Hands) -> None:
    body = begin("- one")
    hands.press(body, Qt.Key.Key_Return, "\r", _SHIFT)
    assert body.text() == "- one\n"


def test_enter_replaces_what_is_selected(begin: Begin, hands: Hands) -> None:
    body = begin("- one two\n- three four")
    body.select(5, 17)
    hands.type(body, "\n")
    assert body.text() == "- one\n- four"
    hands.undo(body)
    assert body.text() == "- one two\n- three four"


def test_tab_leaves_the_body_outside_of_a_list(begin: Begin, hands: Hands, form: StoryForm) -> None:
    body = begin("Boats came in.\n\n- one")
    body.select(0, 0)
    hands.press(body, _TAB)
    assert not body.hasFocus()
    assert body.text() == "Boats came in.\n\n- one"
    body.setFocus()
    hands.press(body, _BACKTAB, "", _SHIFT)
    assert form.dateline.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("text", ["- one", "- one\n- two", "- one\n  - two"])
def test_a_list_is_no_trap(begin: Begin, hands: Hands, text: str) -> None:
    """Tab moves an item or does nothing there; Ctrl+Tab leaves, and after Esc so does Tab."""
    body = begin(text)
    hands.press(body, _TAB)
    assert body.hasFocus()
    hands.press(body, _TAB, "", _CTRL)
    assert not body.hasFocus()
    after = QApplication.focusWidget()
    body.setFocus()
    hands.press(body, _BACKTAB, "", _CTRL | _SHIFT)
    assert not body.hasFocus()
    assert QApplication.focusWidget() is not after
    body.setFocus()
    hands.press(body, Qt.Key.Key_Escape)
    hands.press(body, _TAB)
    assert QApplication.focusWidget() is after
    body.setFocus()
    hands.press(body, Qt.Key.Key_Escape)
    hands.type(body, "x")
    hands.press(body, _TAB)
    assert body.hasFocus()


def test_backspace_takes_a_change_back_before_it_removes_a_marker(
    begin: Begin, hands: Hands
) -> None:
    body = begin("- ")
    hands.type(body, "'")
    hands.press(body, Qt.Key.Key_Backspace)
    assert body.text() == "- '"
    hands.press(body, Qt.Key.Key_Backspace)
    hands.press(body, Qt.Key.Key_Backspace)
    assert body.text() == ""


def test_lists_go_on_from_right_to_left_and_after_emoji(begin: Begin, hands: Hands) -> None:
    body = begin("😀😀\n\n- نعم", "ar")
    hands.type(body, "\nلا")
    hands.press(body, _TAB)
    assert body.text() == "😀😀\n\n- نعم\n  - لا"
    hands.type(body, ", 😀\n")
    assert body.text() == "😀😀\n\n- نعم\n  - لا، 😀\n  - "
    assert body.caret() == len(body.text())


def test_marks_are_written_before_the_next_item(begin: Begin, hands: Hands) -> None:
    body = begin("- ", "fr")
    hands.type(body, "liste:\nun")
    assert body.text() == "- liste\u00a0:\n- un"
    hands.undo(body)
    hands.undo(body)
    assert body.text() == "- liste:\n- "


def test_a_key_reads_the_lines_around_the_caret_only(
    begin: Begin, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def count_text(text: str, caret: int) -> MarkEdit | None:
        read.append(len(text))
        return continue_list(text, caret)

    monkeypatch.setattr(list_area, "continue_list", count_text)
    paragraphs = "\n\n".join(["Boats came in from the north."] * 500)
    body = begin(f"{paragraphs}\n\n- one\n- two|\n\n{paragraphs}")
    hands.type(body, "\n")
    assert "- one\n- two\n- \n\nBoats" in body.text()
    body.select(0, 0)
    hands.type(body, "\n")
    assert max(read) < 100


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(keys=st.text(st.sampled_from("-1.> \n\t\x01\x02\x08\x08a😀\"'"), min_size=1, max_size=30))
def test_whatever_is_pressed_can_be_undone_and_redone(
    form: StoryForm, write: Write, hands: Hands, draft: Draft, keys: str
) -> None:
    if not draft.open_story.is_open:
        hands.open(write("harbour-opens", body="1. one\n   - two\n2. three\n\n> four"))
    body, before = form.body, draft.typed.body
    draft.stack.clear()
    body.setFocus()
    body.select(6, 6)
    special = {"\t": _TAB, "\x01": _BACKTAB, "\x02": Qt.Key.Key_Down, "\x08": Qt.Key.Key_Backspace}
    for key in keys:
        if key in special:
            body.setFocus()
            hands.press(body, special[key], "", _SHIFT if key == "\x01" else _NONE)
        else:
            hands.type(body, key)
        assert draft.typed.body == body.text()
    after = body.text()
    while draft.stack.canUndo():
        hands.undo(body)
    assert draft.typed.body == body.text() == before
    while draft.stack.canRedo():
        hands.redo(body)
    assert draft.typed.body == body.text() == after
    while draft.stack.canUndo():
        hands.undo(body)


_NONE = Qt.KeyboardModifier.NoModifier
