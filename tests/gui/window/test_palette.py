"""Ctrl+K: stories, places and commands in one field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from editor.core.commands import ImportItems
from editor.core.story import Story
from editor.gui.preferences.settings_window import SettingsWindow
from editor.gui.theme import apply_theme
from editor.gui.window.actions.action_names import plain_text
from editor.gui.window.actions.refusal_menu import refusal_of
from editor.gui.window.help import HelpWindow
from editor.gui.window.main_window import MainWindow
from editor.gui.window.palette import AnswerList
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR, WRITER

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def window(open_window: OpenWindow, write: Write) -> MainWindow:
    write("ferry-boats", "Norland orders electric ferries")
    write("quoted", "“Quays are full”, says mayor")
    made = open_window(person=WRITER)
    made.menu_actions["search"].trigger()
    return made


def test_empty_field_offers_recent_stories_and_commands(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    search = window.top.search
    stories = ["“Quays are full”, says mayor", "Norland orders electric ferries"]
    qtbot.waitUntil(lambda: search.answers()[:2] == stories)
    assert "New story" in search.answers()
    qtbot.keyClick(search, Qt.Key.Key_Return)
    settle()
    assert window.draft.typed.headline == stories[0]
    assert search.answers() == []


def wait_for_first(title: str, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.top.search.answers()[:1] == [title])


def test_single_letter_finds_stories(qtbot: QtBot, window: MainWindow) -> None:
    ferries, quays = "Norland orders electric ferries", "“Quays are full”, says mayor"
    for letter, headline in (("n", ferries), ("q", quays), ("E", ferries)):
        window.top.search.clear()
        qtbot.keyClicks(window.top.search, letter)
        wait_for_first(headline, window, qtbot)


@pytest.mark.parametrize(("words", "key"), [("banner", "banner"), ("spik", "spiked")])
def test_places_are_found_and_gone_to(
    qtbot: QtBot, window: MainWindow, settle: Settle, words: str, key: str
) -> None:
    qtbot.keyClicks(window.top.search, words)
    settle()
    title = window.places.places().place(key).title
    qtbot.waitUntil(lambda: window.top.search.answers()[:1] == [title])
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    settle()
    assert window.places.current().key == key
    assert window.centre.shows_banner() == (key == "banner")


def test_command_comes_before_a_story_that_has_its_name_in_the_text_alone(
    qtbot: QtBot, window: MainWindow, write: Write, settle: Settle
) -> None:
    write("guide", "Start here", body="Press Export and choose a folder.")
    search = window.top.search
    qtbot.keyClicks(search, "expor")
    qtbot.waitUntil(lambda: "Start here" in search.answers())
    assert search.answers()[:2] == ["Export…", "Start here"]
    write("exports", "Exports of herring grow")
    qtbot.keyClicks(search, "t")
    qtbot.waitUntil(lambda: search.answers()[:1] == ["Exports of herring grow"])


def test_few_answers_are_all_seen_with_their_headings(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    for words in ("banner", "review", "ferries", "notes"):
        find(qtbot, window, settle, words)
        QApplication.processEvents()
        [answers] = window.findChildren(AnswerList)
        assert answers.list.verticalScrollBar().maximum() == 0, words
        assert answers.list.visualItemRect(answers.list.item(0)).top() >= 0, words


def test_a_long_headline_gives_way_to_where_its_story_is(
    qtbot: QtBot, window: MainWindow, write: Write, qapp: QApplication
) -> None:
    write("long", "Norland orders electric ferries for every crossing of the fjord " * 4)
    apply_theme(qapp, "light", 9)
    search = window.top.search
    qtbot.keyClicks(search, "crossing")
    qtbot.waitUntil(lambda: search.answers()[1:] == ["Search the help for “crossing”"])
    [answers] = window.findChildren(AnswerList)
    line, _help = [
        answers.list.itemWidget(answers.list.item(row))
        for row in range(answers.list.count())
        if answers.list.item(row).flags()
    ]
    detail = line.findChildren(QLabel)[-1]
    assert detail.text() == "World · Draft"
    assert detail.visibleRegion().boundingRect().size() == detail.size()


def test_esc_closes_what_was_offered_and_gives_the_focus_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window.top.search, Qt.Key.Key_Escape)
    assert window.top.search.answers() == []
    assert window.list.isAncestorOf(QApplication.focusWidget())


def find(qtbot: QtBot, window: MainWindow, settle: Settle, words: str) -> list[str]:
    """Return the titles that are offered, without the search of the help, which comes last."""
    search = window.top.search
    search.clear()
    qtbot.keyClicks(search, words)
    settle()
    last = f"Search the help for “{words}”"
    qtbot.waitUntil(lambda: search.answers()[-1:] == [last])
    return search.answers()[:-1]


def test_people_are_found_and_worked_as(qtbot: QtBot, window: MainWindow, settle: Settle) -> None:
    assert find(qtbot, window, settle, "work as") == [f"Work as {CHIEF}", f"Work as {EDITOR}"]
    assert find(qtbot, window, settle, "marsh") == [EDITOR, f"Work as {EDITOR}"], "also an author"
    qtbot.keyClick(window.top.search, Qt.Key.Key_Down)
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    settle()
    assert window.session.person.name == EDITOR


def test_settings_are_found_and_their_control_has_the_focus(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    assert find(qtbot, window, settle, "lock keys aft") == ["Lock keys after"]
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    [settings] = window.findChildren(SettingsWindow)
    assert settings.isVisible()
    assert settings.rows["lock_keys_after"].isVisible()


def test_what_others_call_a_command_or_setting_finds_it(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    settle()
    for words, title in (
        ("arabic", "Language of the window"),
        ("night mode", "Dark appearance"),
        ("delete", "Spike"),
        ("photo", "Picture…"),
        ("users", "Masthead"),
        ("sample", "Start page"),
        ("approve", "Submit for approval"),
    ):
        assert title in find(qtbot, window, settle, words)


def test_what_is_called_so_comes_before_what_somebody_may_call_so(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    titles = find(qtbot, window, settle, "publish")
    assert titles.index("Publish") < titles.index("Export…")


def test_command_that_can_not_be_done_says_why_in_the_words_of_the_workflow(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    settle()
    assert "Undo" in find(qtbot, window, settle, "undo")
    assert "Publish" in find(qtbot, window, settle, "publish")
    search = window.top.search
    while search._answers.selected().title != "Publish":
        qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert "a draft" in window.centre.problem.text()


def test_words_that_nothing_has_are_searched_in_the_help(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    assert find(qtbot, window, settle, "embargo lifted") == []
    qtbot.keyClick(window.top.search, Qt.Key.Key_Return)
    [help_window] = window.findChildren(HelpWindow)
    assert help_window.isVisible()
    assert help_window.search.text() == "embargo lifted"
    help_window.close()


def test_fields_of_the_story_are_found_also_where_they_are_folded_away(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    settle()
    assert window.parts.shows_story()
    assert "Section" in find(qtbot, window, settle, "section")
    assert "Headline" not in find(qtbot, window, settle, "headline"), "Go to headline is enough"
    titles = find(qtbot, window, settle, "keywords")
    assert titles[-1] == "Keywords"
    qtbot.keyClick(window.top.search, Qt.Key.Key_Up)
    search = window.top.search
    while search._answers.selected().title != "Keywords":
        qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    details = window.centre.form.details
    assert details.isAncestorOf(QApplication.focusWidget())
    window.places.go("banner")
    window.menu_actions["search"].trigger()
    assert "Keywords" not in find(qtbot, window, settle, "keywords")


def test_stories_seen_last_are_offered_first(
    qtbot: QtBot, open_window: OpenWindow, write: Write, settle: Settle
) -> None:
    ids = [write(slug, slug.title()) for slug in ("alpha", "bravo", "charlie", "delta")]
    window = open_window(person=WRITER)
    for story in (ids[1], ids[0], ids[2]):
        window.parts.open_story(story)
        settle()
    window.menu_actions["search"].trigger()
    first = ["Alpha", "Bravo", "Delta", "Charlie"]
    qtbot.waitUntil(lambda: window.top.search.answers()[:4] == first)


def test_a_search_costs_as_many_statements_on_a_large_desk(
    qtbot: QtBot, open_window: OpenWindow, desk: Desk, settle: Settle
) -> None:
    window = open_window(person=WRITER)
    engine, statements = window.session.desk._database._engine, list[str]()

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    def count(words: str) -> int:
        statements.clear()
        window.menu_actions["search"].trigger()
        settle()
        if words:
            find(qtbot, window, settle, words)
        qtbot.waitUntil(lambda: not window.top.search._pause.isActive())
        settle()
        window.top.search.leave()
        return len(statements)

    counts = []
    for number in (5, 400):
        stories = [Story(slug=f"ferry-{number}-{n}", headline=f"Ferry {n}") for n in range(number)]
        desk.do(ImportItems(tuple(stories)), CHIEF)
        window.session.check_for_changes()
        settle()
        event.listen(engine, "before_cursor_execute", note)
        counts.append({words: count(words) for words in ("", "f", "ferry", "headline")})
        event.remove(engine, "before_cursor_execute", note)
    assert counts[0] == counts[1]
    assert all(counts[0].values())


def test_every_command_that_can_be_given_is_offered_with_its_key(
    window: MainWindow, settle: Settle, write: Write
) -> None:
    window.parts.show_story(write("quay", "Boats"))
    settle()
    search, possible = window.top.search, 0
    [answers] = window.findChildren(AnswerList)
    for name, action in window.menu_actions.by_name.items():
        if name == "search":
            continue  # it is what is asked
        search.setText(plain_text(action))
        lines = [answers.list.item(row) for row in range(answers.list.count())]
        spoken = {line.data(Qt.ItemDataRole.AccessibleTextRole) for line in lines}
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        said = f"{plain_text(action)}, {keys}" if keys else plain_text(action)
        if action.isEnabled():
            possible += 1
            assert said in spoken, name
        elif refusal := refusal_of(action):
            assert f"{plain_text(action)}, {refusal.sentence}" in spoken, name
    assert possible > 60
