"""Whoever approves a story sees what was ignored in it, why and by whom."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from editor.core.house_style import HouseStyle
from editor.core.story import Story
from editor.gui.review.ignored_issues import IgnoredIssues

SPACES = "stray-spaces body: “a b” – A poem — Ines Vale"
QUOTE = "quotation-in-body headline: “We will” – Said in the film — Ines Vale"


def test_what_would_stop_comes_first_with_its_reason_and_author(qtbot: QtBot) -> None:
    shown = IgnoredIssues()
    qtbot.addWidget(shown)
    shown.show_story(Story(ignored=(SPACES, "something else", QUOTE)), HouseStyle())
    first, second, third = shown.lines.text().split("\n")
    assert first == (
        "• Would stop the approval. Quotations match the body: "
        "“We will” – Said in the film (Ines Vale)"
    )
    assert second == "• No double spaces or invisible characters: “a b” – A poem (Ines Vale)"
    assert third == "• something else"
    assert shown.title.text() == "3 issues were ignored"
    assert not shown.isHidden()


def test_many_are_counted_and_none_is_nothing(qtbot: QtBot) -> None:
    shown = IgnoredIssues()
    qtbot.addWidget(shown)
    shown.show_story(Story(ignored=(SPACES,) * 9), HouseStyle())
    assert shown.lines.text().split("\n")[-1] == "• And 6 more, in Checks."
    shown.show_story(Story(), HouseStyle())
    assert shown.isHidden()
