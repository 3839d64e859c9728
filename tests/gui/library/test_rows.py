"""The rows of the story list, read a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import ImportItems, Kill, Publish, SaveStory, Submit
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.gui.library.rows import PAGE, ROW, Query, StoryRows
from editor.gui.session import Session
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from tests.gui.conftest import CHIEF, WRITER
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]

MANY = 2 * PAGE + 50


@pytest.fixture
def many(desk: Desk) -> None:
    stories = tuple(Story(slug=f"story-{n}", headline=f"Story {n}") for n in range(MANY))
    desk.do(ImportItems(stories), WRITER)


@pytest.fixture
def rows(session: Session) -> StoryRows:
    return StoryRows(session)


def slugs(rows: StoryRows) -> list[str]:
    found = (rows.row(i) for i in range(rows.rowCount()))
    return [row.slug for row in found if row is not None]


def test_desk_that_cannot_be_read_is_a_problem_not_an_empty_list(
    qtbot: QtBot, rows: StoryRows, write: Write, desk: Desk, settle: Settle
) -> None:
    write("one")
    rows.show_query(Query(Filter()))
    settle()
    desk.close()
    (desk.path / "desk.sqlite").unlink(missing_ok=True)
    for left in desk.path.glob("*.sqlite*"):
        left.unlink()
    with qtbot.waitSignal(rows.failed):
        rows.reload()
    assert slugs(rows) == ["one"]


@pytest.mark.usefixtures("many")
def test_one_page_of_rows_is_read_at_a_time(rows: StoryRows, settle: Settle) -> None:
    rows.show_query(Query(Filter()))
    assert not rows.canFetchMore(QModelIndex())
    settle()
    assert rows.rowCount() == PAGE
    rows.fetchMore(QModelIndex())
    rows.fetchMore(QModelIndex())
    settle()
    assert rows.rowCount() == 2 * PAGE, "asking twice reads one page"
    rows.fetchMore(QModelIndex())
    settle()
    assert rows.rowCount() == MANY
    assert not rows.canFetchMore(QModelIndex())
    assert len(set(slugs(rows))) == MANY


@pytest.mark.usefixtures("many")
def test_oldest_first_is_newest_first_reversed(rows: StoryRows, settle: Settle) -> None:
    orders = []
    for oldest in (False, True):
        rows.show_query(Query(Filter(), oldest))
        settle()
        while rows.canFetchMore(QModelIndex()):
            rows.fetchMore(QModelIndex())
            settle()
        orders.append(slugs(rows))
    assert orders[0] == orders[1][::-1]


def test_rows_of_an_earlier_query_are_dropped(
    rows: StoryRows, write: Write, settle: Settle
) -> None:
    write("drafted")
    write("spiked", stage=Stage.SPIKED)
    rows.show_query(Query(Filter(stage=Stage.DRAFT)))
    rows.show_query(Query(Filter(stage=Stage.SPIKED)))
    settle()
    assert slugs(rows) == ["spiked"]


def test_changed_row_is_updated_without_resetting_the_list(
    session: Session, rows: StoryRows, write: Write, settle: Settle
) -> None:
    first, second = write("first"), write("second")
    rows.show_query(Query(Filter(stage=Stage.DRAFT)))
    settle()
    resets: list[int] = []
    rows.modelReset.connect(lambda: resets.append(1))
    stored = reading(session.desk).stored(second)
    session.run(
        SaveStory(Story.from_json({**stored.story.to_json(), "headline": "New"}), 1), owner=session
    )
    settle()
    assert rows.index(rows.position(second)).data() == "New"
    assert resets == [], "its row is still the first, so the list is not reset"
    session.run(Submit(first, 1), owner=session)
    settle()
    assert slugs(rows) == ["second"]


def test_row_says_headline_stage_section_and_length(
    session: Session, rows: StoryRows, write: Write, settle: Settle
) -> None:
    write("no-headline", " ", by=CHIEF)
    rows.show_query(Query(Filter()))
    settle()
    index = rows.index(0)
    assert index.data() == "No headline yet"
    assert index.data(ROW).slug == "no-headline"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"No headline yet, Draft, World, {CHIEF}, a moment ago, 8 words"
    assert rows.row(99) is None
    assert rows.position("nobody") == -1


def test_a_killed_story_is_listed_as_killed(
    desk: Desk, rows: StoryRows, write: Write, settle: Settle
) -> None:
    story = write("ferry", stage=Stage.APPROVED)
    desk.do(Publish(story, 1), CHIEF)
    desk.do(Kill(story, 1, "It was never true."), CHIEF)
    rows.show_query(Query(Filter(stage=Stage.SPIKED)))
    settle()
    spoken = rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Killed" in spoken
    assert "Spiked" not in spoken


def test_an_editor_s_save_does_not_send_a_story_to_the_end_of_the_queue(
    desk: Desk, rows: StoryRows, write: Write, settle: Settle
) -> None:
    first, _second = write("first", stage=Stage.REVIEW), write("second", stage=Stage.REVIEW)
    stored = reading(desk).stored(first)
    desk.do(SaveStory(replace(stored.story, kicker="Sea"), 1), CHIEF)
    for oldest, order in ((True, ["first", "second"]), (False, ["second", "first"])):
        rows.show_query(Query(Filter(stage=Stage.REVIEW), oldest))
        settle()
        assert slugs(rows) == order
