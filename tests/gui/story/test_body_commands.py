"""The commands on the body, in the real form: what they change, one undo, and where they can't."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.draft.draft import Draft
from editor.gui.story.body_commands import BodyCommands
from editor.gui.story.form import StoryForm
from editor.gui.story.marks.block_marks import BlockMark
from tests.gui.story.marks.marked import read_marked, show_marked

Write = Callable[..., str]


@pytest.fixture
def start(form: StoryForm, write: Write, hands: Any) -> Callable[[str], None]:
    """Open a story with a marked body, the caret in it."""

    def open_body(marked: str) -> None:
        body, first, last = read_marked(marked)
        hands.open(write("marked", body=body))
        form.body.setFocus()
        form.body.select(first, last)

    return open_body


def marked(form: StoryForm) -> str:
    first = form.body.selection_start()
    return show_marked(form.body.text(), first, first + len(form.body.selected()))


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("🚢 Boats ‹are\n\nback›.", BlockMark.QUOTE, "> 🚢 Boats ‹are\n>\n> back›."),
        ("🚢 Bo¦ats", BlockMark.CROSSHEAD, "## 🚢 Bo¦ats"),
        ("‹🚢 Boats\nare\nback›", BlockMark.BULLETED_LIST, "- ‹🚢 Boats\n- are\n- back›"),
        ("🚢\n\n‹Boats\n\nare›", BlockMark.NUMBERED_LIST, "🚢\n\n1. ‹Boats\n\n2. are›"),
        ("* ‹Boats\n* are›", BlockMark.BULLETED_LIST, "‹Boats\n\nare›"),
        ("### Bo¦ats", BlockMark.CROSSHEAD, "Bo¦ats"),
    ],
)
def test_mark_is_toggled_twice_and_undone(
    form: StoryForm,
    draft: Draft,
    start: Callable[[str], None],
    before: str,
    mark: BlockMark,
    after: str,
) -> None:
    start(before)
    text = form.body.text()
    form.mark(lambda commands: commands.toggle(mark))
    assert marked(form) == after
    form.mark(lambda commands: commands.toggle(mark))
    assert marked(form) == before, "twice is as it was, the selection too"
    draft.undo()
    assert (
        draft.typed.body == form.body.text() == after.translate({8249: None, 8250: None, 166: None})
    )
    draft.undo()
    assert draft.typed.body == text


def test_mark_that_was_on_some_lines_is_put_on_all_then_taken_off_all(
    form: StoryForm, start: Callable[[str], None]
) -> None:
    start("‹One\n\n> two›")
    for expected in ("> ‹One\n>\n> two›", "‹One\n\ntwo›", "> ‹One\n>\n> two›"):
        form.mark(lambda commands: commands.toggle(BlockMark.QUOTE))
        assert marked(form) == expected


@pytest.mark.parametrize("mark", [BlockMark.CROSSHEAD, BlockMark.BULLETED_LIST])
@pytest.mark.parametrize("body", ["    co¦de", "| a | b |\n|---|---|\n| ¦c | d |"])
def test_lines_of_code_and_tables_are_refused(
    form: StoryForm, start: Callable[[str], None], qtbot: QtBot, body: str, mark: BlockMark
) -> None:
    start(body)
    with qtbot.waitSignal(form.session.problem) as refused:
        form.mark(lambda commands: commands.toggle(mark))
    assert refused.args[0].hint
    assert marked(form) == body


def test_what_is_typed_after_a_mark_is_a_step_of_its_own(
    form: StoryForm, draft: Draft, start: Callable[[str], None], hands: Any
) -> None:
    start("One\n\n¦")
    form.mark(lambda commands: commands.toggle(BlockMark.QUOTE))
    hands.type(form.body, "Two")
    assert draft.typed.body == "One\n\n> Two"
    draft.undo()
    assert draft.typed.body == "One\n\n> "
    draft.undo()
    assert draft.typed.body == "One\n\n"


def test_no_command_works_without_the_right_to_edit(
    form: StoryForm, start: Callable[[str], None]
) -> None:
    start("One ¦two")
    form.body.setReadOnly(True)
    for command in (BodyCommands.link, lambda commands: commands.toggle(BlockMark.QUOTE)):
        form.mark(command)
    assert form.body.text() == "One two"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("🚢 The ‹mayor› said", "🚢 The [mayor](https://a.example/x)¦ said"),
        ("At ‹https://old.example› now", "At https://a.example/x¦ now"),
        ("See ¦.", "See https://a.example/x¦."),
    ],
)
@pytest.mark.parametrize("is_url", [False, True])
def test_address_is_pasted_over_words_and_undone(
    form: StoryForm,
    draft: Draft,
    start: Callable[[str], None],
    hands: Any,
    before: str,
    after: str,
    is_url: bool,
) -> None:
    """Browsers put a link that is copied on the clipboard as a URL, and as text."""
    copied = QMimeData()
    copied.setText("https://a.example/x")
    if is_url and "‹mayor" in before:
        copied.setUrls([QUrl("https://a.example/x")])
    QApplication.clipboard().setMimeData(copied)
    start(before)
    hands.press(form.body, Qt.Key.Key_V, "", Qt.KeyboardModifier.ControlModifier)
    assert marked(form) == after
    draft.undo()
    assert draft.typed.body == read_marked(before)[0]
