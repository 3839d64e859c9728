"""Ctrl+K: stories, places and commands in one field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from editor.gui.theme import apply_theme
from editor.gui.window.main_window import MainWindow
from editor.gui.window.palette import AnswerList
from tests.gui.conftest import WRITER

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


@pytest.mark.parametrize(
    ("letter", "headline"),
    [
        ("n", "Norland orders electric ferries"),
        ("E", "Norland orders electric ferries"),
        ("q", "“Quays are full”, says mayor"),
    ],
)
def test_single_letter_finds_stories(
    qtbot: QtBot, window: MainWindow, letter: str, headline: str
) -> None:
    qtbot.keyClicks(window.top.search, letter)
    qtbot.waitUntil(lambda: window.top.search.answers()[:1] == [headline])


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


@pytest.mark.parametrize("words", ["banner", "review", "ferries", "notes"])
def test_few_answers_are_all_seen_with_their_headings(
    qtbot: QtBot, window: MainWindow, settle: Settle, words: str
) -> None:
    qtbot.keyClicks(window.top.search, words)
    qtbot.waitUntil(lambda: bool(window.top.search.answers()))
    settle()
    QApplication.processEvents()
    [answers] = window.findChildren(AnswerList)
    assert answers.list.verticalScrollBar().maximum() == 0
    assert answers.list.visualItemRect(answers.list.item(0)).top() >= 0


def test_a_long_headline_gives_way_to_where_its_story_is(
    qtbot: QtBot, window: MainWindow, write: Write, qapp: QApplication
) -> None:
    write("long", "Norland orders electric ferries for every crossing of the fjord " * 4)
    apply_theme(qapp, "light", 9)
    search = window.top.search
    qtbot.keyClicks(search, "crossing")
    qtbot.waitUntil(lambda: len(search.answers()) == 1)
    [answers] = window.findChildren(AnswerList)
    [line] = [
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
