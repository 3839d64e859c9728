"""Find and replace in the form, by keyboard: what is marked, selected, replaced and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.findings import TextPlace
from editor.core.story import Picture, Story
from editor.core.workflow import Stage
from editor.gui.draft.draft import Draft
from editor.gui.story.find_bar import FindBar
from editor.gui.story.form import StoryForm
from editor.gui.story.form_search import FormSearch
from editor.gui.story.replace_dialog import ReplaceDialog
from editor.text.find import TextFinder

Settle = Callable[[], None]
SHIFT = Qt.KeyboardModifier.ShiftModifier

STORY = replace(
    Story(),
    headline="Kiev on Monday",
    key_points=("Nothing", "In Kiev"),
    body="Kiev’s mayor flew to KIEV.\n\nThe Kiev metro opened.",
    pictures=(Picture(caption="The Kiev metro"),),
    bylines=("Ann Lee", "Kiev Desk"),
    ed_note="Call Kiev.",
)


@pytest.fixture
def search(form: StoryForm, draft: Draft, settle: Settle) -> FormSearch:
    """The find bar over a new story, open, with the caret at the start of the headline."""
    made = FormSearch(form)
    draft.new()
    draft.edit(replace(draft.typed, **{name: getattr(STORY, name) for name in _NAMES}), "")
    form.headline.setFocus()
    made.open(replacing=True)
    settle()
    return made


_NAMES = ("headline", "key_points", "body", "pictures", "bylines", "ed_note")


@pytest.fixture
def find(search: FormSearch, hands: Any, settle: Settle) -> Callable[[str], FindBar]:
    """Type words into the bar and wait for what is found."""

    def type_words(words: str) -> FindBar:
        search.bar.words.selectAll()
        hands.type(search.bar.words, words)
        settle()
        return search.bar

    return type_words


def selected(form: StoryForm) -> dict[str, str]:
    return {path: field.selected() for path, field in form.text_fields() if field.selected()}


def marked(form: StoryForm, search: FormSearch) -> dict[str, list[str]]:
    return {
        path: [field.text()[start:end] for start, end in search.marks.ranges(field)]
        for path, field in form.text_fields()
        if search.marks.ranges(field)
    }


def test_each_match_is_marked_and_counted_while_the_words_are_typed(
    form: StoryForm, search: FormSearch, find: Callable[[str], FindBar]
) -> None:
    bar = find("kiev")
    assert bar.count.text() == "1 of 8"
    assert marked(form, search) == {
        "headline": ["Kiev"],
        "key_points/1": ["Kiev"],
        "body": ["Kiev", "KIEV", "Kiev"],
        "pictures/0/caption": ["Kiev"],
        "bylines": ["Kiev"],
        "ed_note": ["Kiev"],
    }
    assert selected(form) == {"headline": "Kiev"}
    assert bar.words.hasFocus()
    find("kiev x")
    assert bar.count.text() == "Not found"
    assert bar.words.accessibleDescription() == "Not found"
    assert marked(form, search) == {}


def test_enter_goes_through_all_fields_and_around(
    form: StoryForm, search: FormSearch, find: Callable[[str], FindBar], hands: Any
) -> None:
    bar = find("kiev")
    places = []
    for _press in range(8):
        hands.press(bar.words, Qt.Key.Key_Return)
        places.append((search._at.path, search._at.start, bar.count.text()))
    assert places == [
        ("key_points/1", 3, "2 of 8"),
        ("body", 0, "3 of 8"),
        ("body", 21, "4 of 8"),
        ("body", 32, "5 of 8"),
        ("pictures/0/caption", 4, "6 of 8"),
        ("bylines/1", 0, "7 of 8"),
        ("ed_note", 5, "8 of 8"),
        ("headline", 0, "1 of 8 · from the top"),
    ]
    hands.press(bar.words, Qt.Key.Key_Return, modifiers=SHIFT)
    assert bar.count.text() == "8 of 8 · from the end"
    hands.press(bar.words, Qt.Key.Key_Return, modifiers=SHIFT)
    assert selected(form)["bylines"] == "Kiev"


def test_the_ways_to_find_change_what_is_found(
    find: Callable[[str], FindBar], settle: Settle
) -> None:
    bar = find("kiev")
    bar.ways.match_case.setChecked(True)
    settle()
    assert bar.count.text() == "Not found"
    find("Kiev m")
    assert bar.count.text() == "1 of 2"
    bar.ways.match_case.setChecked(False)
    bar.ways.expression.setChecked(True)
    find(r"k\w{3}\.")
    assert bar.count.text() == "1 of 2"
    find("k(")
    assert bar.problem.text().startswith("The expression has a mistake at character 3: missing ).")
    assert bar.count.text() == ""
    find("kyiv")
    assert bar.problem.isHidden()


def test_closing_puts_the_caret_at_the_match(
    form: StoryForm, search: FormSearch, find: Callable[[str], FindBar], hands: Any, settle: Settle
) -> None:
    bar = find("metro")
    hands.press(bar.words, Qt.Key.Key_Escape)
    settle()
    assert bar.isHidden()
    assert form.body.hasFocus()
    assert selected(form) == {"body": "metro"}
    assert marked(form, search) == {}
    search.step(1)
    settle()
    assert bar.count.text() == "2 of 2"
    assert bar.isVisible()


def test_next_goes_on_from_where_the_caret_is(
    form: StoryForm, search: FormSearch, find: Callable[[str], FindBar], settle: Settle
) -> None:
    bar = find("kiev")
    form.go_to(TextPlace("body", 10, 10))
    search.step(1)
    assert bar.count.text() == "4 of 8"
    form.go_to(TextPlace("body", 10, 10))
    search.step(-1)
    settle()
    assert bar.count.text() == "3 of 8"


def test_a_selection_is_what_is_looked_for(
    form: StoryForm, search: FormSearch, settle: Settle
) -> None:
    at = form.body.text().index("metro")
    form.go_to(TextPlace("body", at, at + 5))
    search.open(replacing=False)
    settle()
    assert search.bar.words.text() == "metro"
    assert search.bar.count.text() == "1 of 2"
    assert selected(form) == {"body": "metro"}


def test_replace_changes_one_and_goes_on_and_each_is_one_undo(
    form: StoryForm, find: Callable[[str], FindBar], draft: Draft, hands: Any, settle: Settle
) -> None:
    before = draft.typed
    bar = find("kiev")
    hands.type(bar.replacement, "Kyiv")
    bar.replacement.setFocus()
    for _press in range(3):
        hands.press(bar.replacement, Qt.Key.Key_Return)
        settle()
    assert draft.typed.headline == "Kyiv on Monday"
    assert draft.typed.key_points == ("Nothing", "In Kyiv")
    assert draft.typed.body.startswith("Kyiv’s mayor flew to KIEV")
    assert bar.count.text() == "1 of 5"
    assert selected(form) == {"body": "KIEV"}
    assert bar.replacement.hasFocus()
    draft.undo()
    assert draft.typed.body == before.body
    assert draft.typed.headline == "Kyiv on Monday"
    draft.undo()
    draft.undo()
    assert draft.typed == before


def test_removing_twice_at_one_place_is_two_steps(
    find: Callable[[str], FindBar], draft: Draft, hands: Any, settle: Settle
) -> None:
    draft.edit(replace(draft.typed, headline="aab"), "headline")
    bar = find("a")
    bar.replacement.setFocus()
    for _press in range(2):
        hands.press(bar.replacement, Qt.Key.Key_Return)
        settle()
    assert draft.typed.headline == "b"
    draft.undo()
    assert draft.typed.headline == "ab"
    draft.undo()
    assert draft.typed.headline == "aab"


def preview(bar: FindBar) -> ReplaceDialog:
    bar.replace_all.click()
    dialog = bar.window().findChild(ReplaceDialog)
    assert dialog is not None
    return dialog


def test_every_change_is_listed_and_one_undo_takes_all_back(
    find: Callable[[str], FindBar], draft: Draft, hands: Any, qtbot: QtBot, settle: Settle
) -> None:
    before = draft.typed
    bar = find("kiev")
    hands.type(bar.replacement, "Kyiv")
    dialog = preview(bar)
    model = dialog.model
    assert model.rowCount() == 8
    said = [str(model.index(row).data()) for row in range(8)]
    assert said[1] == "Key point 2: Kiev becomes Kyiv, in “In Kyiv”"
    assert said[3].startswith("Body: KIEV becomes Kyiv, in “Kiev’s mayor flew to Kyiv.")
    dialog.list.setCurrentIndex(model.index(3))
    hands.press(dialog.list, Qt.Key.Key_Space, " ")
    assert dialog.replace.text() == "&Replace 7"
    with qtbot.waitSignal(dialog.finished):
        hands.press(dialog.replace, Qt.Key.Key_Return)
    settle()
    assert draft.typed.body == "Kyiv’s mayor flew to KIEV.\n\nThe Kyiv metro opened."
    assert draft.typed.bylines == ("Ann Lee", "Kyiv Desk")
    assert draft.typed.ed_note == "Call Kyiv."
    qtbot.waitUntil(lambda: bar.count.text() == "1 found")
    draft.undo()
    assert draft.typed == before
    draft.redo()
    assert draft.typed.pictures[0].caption == "The Kyiv metro"


def test_nothing_chosen_is_nothing_to_replace(find: Callable[[str], FindBar], draft: Draft) -> None:
    before = draft.typed
    dialog = preview(find("kiev"))
    dialog.model.choose_all(False)
    assert not dialog.replace.isEnabled()
    dialog.model.choose_all(True)
    assert dialog.replace.text() == "&Replace 8"
    dialog.reject()
    assert draft.typed == before


def test_a_text_that_changed_under_the_list_stays_as_it_is(
    find: Callable[[str], FindBar], draft: Draft, settle: Settle
) -> None:
    dialog = preview(find("kiev"))
    draft.edit(replace(draft.typed, headline="Other"), "headline")
    dialog.replace.click()
    assert draft.typed.headline == "Other"
    assert "KIEV" in draft.typed.body
    settle()


def test_a_wrong_group_is_told_and_nothing_is_replaced(
    find: Callable[[str], FindBar], draft: Draft, hands: Any, settle: Settle
) -> None:
    before, bar = draft.typed, find("kiev")
    bar.ways.expression.setChecked(True)
    hands.type(bar.replacement, "$1")
    settle()
    hands.press(bar.replacement, Qt.Key.Key_Return)
    assert "names the group “1”" in bar.problem.text()
    assert draft.typed == before


def test_several_lines_that_are_selected_are_searched_in(
    form: StoryForm, search: FormSearch, draft: Draft, hands: Any, settle: Settle
) -> None:
    search.close()
    form.go_to(TextPlace("body", 20, len(form.body.text())))
    search.open(replacing=True)
    bar = search.bar
    hands.type(bar.words, "kiev")
    settle()
    assert bar.in_selection.isChecked()
    assert bar.count.text() == "1 of 2"
    assert marked(form, search) == {"body": ["KIEV", "Kiev"]}
    hands.type(bar.replacement, "The capital")
    hands.press(bar.replacement, Qt.Key.Key_Return)
    settle()
    hands.press(bar.replacement, Qt.Key.Key_Return)
    settle()
    assert draft.typed.body == (
        "Kiev’s mayor flew to The capital.\n\nThe The capital metro opened."
    )
    assert bar.count.text() == "Not found"
    bar.in_selection.setChecked(False)
    settle()
    assert bar.count.text() == "4 of 6"


def test_in_selection_without_one_says_what_to_do(
    find: Callable[[str], FindBar], settle: Settle
) -> None:
    bar = find("kiev")
    bar.in_selection.setChecked(True)
    assert not bar.in_selection.isChecked()
    assert bar.problem.text().startswith("No other text is selected.")
    settle()


def test_marks_follow_what_is_typed_and_new_matches_are_found(
    form: StoryForm, search: FormSearch, find: Callable[[str], FindBar], hands: Any, qtbot: QtBot
) -> None:
    bar = find("kiev")
    form.body.select(0, 0)
    hands.type(form.body, "🙂 ")
    assert marked(form, search)["body"] == ["Kiev", "KIEV", "Kiev"], "before the answer is there"
    hands.type(form.body, "kiev ")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 9")
    assert marked(form, search)["body"] == ["kiev", "Kiev", "KIEV", "Kiev"]
    assert form.body.hasFocus()


def test_nothing_is_searched_while_keys_follow_each_other(
    form: StoryForm, find: Callable[[str], FindBar], hands: Any, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A search beside each key would take its time from the next one."""
    bar, searched = find("kiev"), list[str]()
    find_in_story = TextFinder.find_in_story

    def count(finder: TextFinder, story: Story, seconds: float) -> Any:
        searched.append(story.body)
        return find_in_story(finder, story, seconds)

    monkeypatch.setattr(TextFinder, "find_in_story", count)
    form.body.select(0, 0)
    for letter in "kiev " * 20:
        hands.type(form.body, letter)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 28")
    assert len(searched) < 5
    assert searched[-1] == form.body.text()


def test_a_locked_story_is_searched_and_not_changed(
    form: StoryForm,
    search: FormSearch,
    draft: Draft,
    write: Callable[..., str],
    hands: Any,
    settle: Settle,
) -> None:
    hands.open(write("old", "Old boats", stage=Stage.SPIKED))
    form.headline.setFocus()
    search.open(replacing=True)
    bar = search.bar
    hands.type(bar.words, "boats")
    settle()
    assert bar.count.text() == "1 of 2"
    assert not bar.replace.isEnabled()
    assert not bar.replacement.isEnabled()
    hands.press(bar.words, Qt.Key.Key_Return)
    bar.replace_asked.emit()
    bar.replace_all_asked.emit()
    assert draft.typed.headline == "Old boats"
    assert QApplication.activeModalWidget() is None


def test_the_words_are_remembered_in_the_next_story(
    form: StoryForm, search: FormSearch, find: Callable[[str], FindBar],
    write: Callable[..., str], hands: Any,
    settle: Settle,
) -> None:  # fmt: skip
    bar = find("boats")
    hands.press(bar.words, Qt.Key.Key_Escape)
    hands.open(write("ferry"))
    search.open(replacing=False)
    settle()
    assert (bar.words.text(), bar.count.text()) == ("boats", "1 of 1")
    assert bar.words.selectedText() == "boats"
    assert not bar.is_replacing


def test_an_expression_that_takes_too_long_is_stopped_while_typing_goes_on(
    form: StoryForm, find: Callable[[str], FindBar], draft: Draft, hands: Any, settle: Settle
) -> None:
    draft.edit(replace(draft.typed, body="a" * 200 + "bc"), "body")
    bar = find("x")
    bar.ways.expression.setChecked(True)
    find(r"(a|aa|a+)+b\d")
    assert bar.problem.text().startswith("The expression takes too long on this text.")
    hands.type(form.headline, "So ")
    assert draft.typed.headline.startswith("So ") or "So " in draft.typed.headline
    settle()
