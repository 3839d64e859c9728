"""Format and Insert: the commands on the body by their keys, from the menu and through Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from editor.core.story import Picture
from editor.gui.window.main_window import MainWindow
from editor.text.parse import parse
from tests.gui.story.marks.marked import read_marked, show_marked

Write = Callable[..., str]
Settle = Callable[[], None]
Start = Callable[[str], MainWindow]


@pytest.fixture
def start(open_window: Callable[..., MainWindow], write: Write, settle: Settle) -> Start:
    """Open a new story with a marked body in the window, the caret in it."""
    opened: list[MainWindow] = []
    numbers = count(1)

    def begin(marked: str) -> MainWindow:
        body, first, last = read_marked(marked)
        story = write(f"harbour-{next(numbers)}", "Harbour opens", body=body)
        if not opened:
            opened.append(open_window())
        [window] = opened
        window.parts.open_story(story)
        settle()
        window.centre.form.body.setFocus()
        window.centre.form.body.select(first, last)
        return window

    return begin


def marked(window: MainWindow) -> str:
    body = window.centre.form.body
    first = body.selection_start()
    return show_marked(body.text(), first, first + len(body.selected()))


def press(window: MainWindow, name: str, qtbot: QtBot) -> None:
    """Press the keys of an action where the focus is."""
    keys = window.menu_actions[name].shortcut()
    assert keys.count() == 1, name
    qtbot.keySequence(QApplication.focusWidget(), QKeySequence(keys))


KEYS = [
    ("bold", "The ‹mayor ›said", "The **‹mayor›** said"),
    ("italic", "The may¦or said", "The *may¦or* said"),
    ("crosshead", "The ¦ferry", "## The ¦ferry"),
    ("quote", "‹The ferry\n\nis› back", "> ‹The ferry\n>\n> is› back"),
    ("bulleted_list", "‹The ferry\n\nis› back", "- ‹The ferry\n\n- is› back"),
    ("numbered_list", "‹The ferry\n\nis› back", "1. ‹The ferry\n\n2. is› back"),
    ("link", "The ‹mayor› said", "The [mayor](¦) said"),
    ("move_up", "One\n\nt‹wo›", "t‹wo›\n\nOne"),
    ("move_down", "- o¦ne\n- two", "- two\n- o¦ne"),
]


def test_keys_in_the_body_do_it_and_one_undo_takes_it_back(start: Start, qtbot: QtBot) -> None:
    for name, before, after in KEYS:
        window = start(before)
        press(window, name, qtbot)
        assert marked(window) == after
        assert window.draft.typed.body == read_marked(after)[0]
        press(window, "undo", qtbot)
        assert window.draft.typed.body == read_marked(before)[0]
        press(window, "redo", qtbot)
        assert window.draft.typed.body == read_marked(after)[0]


def wait_for_one_answer(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(window.top.search.answers()) == 1)


def test_palette_does_it_where_the_caret_was(start: Start, qtbot: QtBot, settle: Settle) -> None:
    for words, expected in (
        ("numbered", "One\n\n1. t¦wo"),
        ("move up", "t¦wo\n\nOne"),
        ("crosshead", "One\n\n## t¦wo"),
    ):
        window = start("One\n\nt¦wo")
        press(window, "search", qtbot)
        search = window.top.search
        qtbot.keyClicks(search, words)
        settle()
        wait_for_one_answer(window, qtbot)
        qtbot.keyClick(search, Qt.Key.Key_Return)
        assert marked(window) == expected
        assert QApplication.focusWidget() is window.centre.form.body


def test_footnote_is_put_its_note_typed_and_the_caret_goes_back(start: Start, qtbot: QtBot) -> None:
    window = start("The mayor¦ said.\n\nMore.")
    body = window.centre.form.body
    press(window, "footnote", qtbot)
    qtbot.keyClicks(body, "Ann Vale.")
    assert marked(window) == "The mayor[^1] said.\n\nMore.\n\n[^1]: Ann Vale.¦"
    press(window, "footnote", qtbot)
    assert marked(window) == "The mayor[^1]¦ said.\n\nMore.\n\n[^1]: Ann Vale."
    press(window, "footnote", qtbot)
    assert marked(window).endswith("Ann Vale.¦")
    while window.draft.stack.canUndo() and "[^1]" in window.draft.typed.body:
        press(window, "undo", qtbot)
    assert window.draft.typed.body == "The mayor said.\n\nMore."


def test_table_is_put_filled_by_tab_and_undone(start: Start, qtbot: QtBot) -> None:
    window = start("One¦\n\ntwo")
    body = window.centre.form.body
    window.menu_actions["table"].trigger()
    table = window.draft.typed.body
    for words in ("Port", "Boats"):
        qtbot.keyClicks(body, words)
        qtbot.keyClick(body, Qt.Key.Key_Tab)
    assert body.hasFocus()
    assert body.text().startswith("One\n\n| Port    | Boats    |     |\n| --- |")
    qtbot.keyClick(body, Qt.Key.Key_Backtab)
    assert body.selected() == "Boats"
    qtbot.keyClick(body, Qt.Key.Key_Escape)
    qtbot.keyClick(body, Qt.Key.Key_Tab)
    assert not body.hasFocus(), "Esc, then Tab leaves the field"
    while window.draft.typed.body != table:
        assert window.draft.stack.canUndo()
        window.draft.undo()
    window.draft.undo()
    assert window.draft.typed.body == "One\n\ntwo"


def test_key_point_is_moved_by_the_same_keys(start: Start, qtbot: QtBot) -> None:
    window = start("O¦ne")
    points = window.centre.form.points
    points.rows[1].field.setFocus()
    points.rows[1].field.select(4, 4)
    press(window, "move_up", qtbot)
    assert window.draft.typed.key_points[0].startswith("The second")
    assert points.rows[0].field.hasFocus()
    assert points.rows[0].field.caret() == 4
    press(window, "move_down", qtbot)
    assert window.draft.typed.key_points[1].startswith("The second")


SEED = Picture(caption="It has no file yet.")
FERRY, QUAY = (
    Picture(f"{digits * 32}.jpg", caption=caption, width=800, height=600)
    for digits, caption in (("4f", "The ferry & its crew " * 9), ("5e", "The quay."))
)


def test_only_picture_is_shown_in_the_text_at_once(start: Start, qtbot: QtBot) -> None:
    window = start("One¦\n\ntwo")
    window.draft.edit(replace(window.draft.typed, pictures=(QUAY, SEED)), "pictures")
    press(window, "text_picture", qtbot)
    assert marked(window) == "One\n\n![](picture:5e5e5e5e)¦\n\ntwo"
    press(window, "undo", qtbot)
    assert window.draft.typed.body == "One\n\ntwo"


def test_one_of_several_pictures_is_chosen_by_keys(start: Start, qtbot: QtBot) -> None:
    window = start("One¦\n\ntwo")
    body, again = window.centre.form.body, replace(QUAY, caption="Again.")
    window.draft.edit(replace(window.draft.typed, pictures=(FERRY, SEED, QUAY, again)), "pictures")
    press(window, "text_picture", qtbot)
    menu = body.findChild(QMenu)
    assert isinstance(menu, QMenu)
    first, second = (action.text() for action in menu.actions())
    assert first.startswith("1. The ferry && its crew")
    assert len(first) < 80
    assert second == "3. The quay."
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert marked(window) == "One\n\n![](picture:5e5e5e5e)¦\n\ntwo"
    assert body.hasFocus()


def test_story_without_a_picture_says_how_to_add_one(start: Start, qtbot: QtBot) -> None:
    window = start("One¦")
    window.draft.edit(replace(window.draft.typed, pictures=(SEED,)), "pictures")
    with qtbot.waitSignal(window.parts.session.problem) as problem:
        press(window, "text_picture", qtbot)
    assert "no picture yet" in str(problem.args)
    assert window.draft.typed.body == "One"


def test_command_for_words_says_that_a_picture_has_none(start: Start, qtbot: QtBot) -> None:
    body = "One\n![](picture:5e5e5e5e)\ntwo"
    for at in (len("One\n![](pic"), len("One\n![](picture:5e5e5e5e)")):
        for name in ("bold", "link", "footnote", "quote", "crosshead"):
            window = start(f"{body[:at]}¦{body[at:]}")
            with qtbot.waitSignal(window.parts.session.problem) as problem:
                window.menu_actions[name].trigger()
            assert "no words" in str(problem.args), (name, at)
            assert window.draft.typed.body == body


def test_who_puts_a_picture_and_types_on_presses_enter_once(start: Start, qtbot: QtBot) -> None:
    window = start("One¦\n\ntwo")
    window.draft.edit(replace(window.draft.typed, pictures=(QUAY,)), "pictures")
    press(window, "text_picture", qtbot)
    qtbot.keyClick(window.centre.form.body, Qt.Key.Key_Return)
    qtbot.keyClicks(window.centre.form.body, "More")
    kinds = [type(block).__name__ for block in parse(window.draft.typed.body).blocks]
    assert kinds == ["Paragraph", "TextPicture", "Paragraph", "Paragraph"]
