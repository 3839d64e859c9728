"""A page of rows at a time, whatever the desk holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import ImportItems, SaveStory, Submit
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


def test_a_desk_that_cannot_be_read_is_a_problem_and_not_an_empty_list(
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
def test_only_a_page_is_read_until_more_is_asked_for(rows: StoryRows, settle: Settle) -> None:
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
def test_oldest_first_is_the_same_list_from_its_end(rows: StoryRows, settle: Settle) -> None:
    orders = []
    for oldest in (False, True):
        rows.show_query(Query(Filter(), oldest))
        settle()
        while rows.canFetchMore(QModelIndex()):
            rows.fetchMore(QModelIndex())
            settle()
        orders.append(slugs(rows))
    assert orders[0] == orders[1][::-1]


def test_an_answer_to_an_older_question_is_not_shown(
    rows: StoryRows, write: Write, settle: Settle
) -> None:
    write("drafted")
    write("spiked", stage=Stage.SPIKED)
    rows.show_query(Query(Filter(stage=Stage.DRAFT)))
    rows.show_query(Query(Filter(stage=Stage.SPIKED)))
    settle()
    assert slugs(rows) == ["spiked"]


def test_a_change_is_followed_and_a_row_that_stays_is_not_rebuilt(
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
    assert resets == [], "the row is the newest still, so the list stands"
    session.run(Submit(first, 1), owner=session)
    settle()
    assert slugs(rows) == ["second"]


def test_what_a_row_says(session: Session, rows: StoryRows, write: Write, settle: Settle) -> None:
    write("no-headline", " ", by=CHIEF)
    rows.show_query(Query(Filter()))
    settle()
    index = rows.index(0)
    assert index.data() == "No headline yet"
    assert index.data(ROW).slug == "no-headline"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "No headline yet, draft, World, 8 words"
    assert rows.row(99) is None
    assert rows.position("nobody") == -1
