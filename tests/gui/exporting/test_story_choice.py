"""The stories to choose from for an export: read by pages, and ticked without being read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt
from pytestqt.modeltest import ModelTester
from sqlalchemy import event

from editor.core.workflow import Stage
from editor.gui.exporting import story_choice
from editor.gui.exporting.story_choice import ChosenStories, StoriesModel
from editor.gui.session import Session

Settle = Callable[[], None]
CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def owner() -> QObject:
    return QObject()


def tick(model: StoriesModel, row: int, on: bool) -> None:
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    assert model.setData(model.index(row), state, CHECK)


def id_of(model: StoriesModel, row: int) -> str:
    return model._rows[row].id


def test_opening_and_ticking_read_as_much_of_a_large_desk_as_of_a_small_one(
    session: Session, write: Callable[..., str], settle: Settle, owner: QObject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(story_choice, "_PAGE", 3)
    read: list[tuple[int, int]] = []
    for first, more in ((0, 4), (4, 12)):
        for number in range(first, first + more):
            write(f"ferry-{number}", stage=Stage.APPROVED)
        session.reload()
        settle()
        statements: list[str] = []

        def count(*given: object, into: list[str] = statements) -> None:
            into.append(str(given[2]))

        engine = session.desk._database._engine
        event.listen(engine, "before_cursor_execute", count)
        model = StoriesModel(session, owner)
        settle()
        tick(model, 1, on=False)
        model.tick_all(True)
        event.remove(engine, "before_cursor_execute", count)
        assert model.ticked == first + more
        read.append((model.rowCount(), len(statements)))
    assert read[0] == read[1]
    assert read[0][0] == 3


def test_more_is_read_as_a_view_is_scrolled_and_each_story_once(
    session: Session, write: Callable[..., str], settle: Settle, owner: QObject,
    monkeypatch: pytest.MonkeyPatch, qtmodeltester: ModelTester,
) -> None:  # fmt: skip
    monkeypatch.setattr(story_choice, "_PAGE", 2)
    for number in range(5):
        write(f"ferry-{number}", stage=Stage.APPROVED)
    write("rain", stage=Stage.REVIEW)
    write("market")
    model = StoriesModel(session, owner)
    settle()
    qtmodeltester.check(model)
    settle()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
        assert not model.canFetchMore(QModelIndex()), "the page is asked for once"
        settle()
    slugs = [row.slug for row in model._rows]
    assert slugs == [*(f"ferry-{number}" for number in (4, 3, 2, 1, 0)), "rain", "market"]


def test_ticks_are_a_rule_and_what_is_not_as_it_says(
    session: Session, write: Callable[..., str], settle: Settle, owner: QObject
) -> None:
    for number in range(3):
        write(f"ferry-{number}", stage=Stage.APPROVED)
    session.reload()
    settle()
    model = StoriesModel(session, owner)
    settle()
    assert (model.ticked, model.choice()) == (3, ChosenStories(None))
    tick(model, 1, on=False)
    assert (model.ticked, model.choice()) == (2, ChosenStories(None, frozenset({id_of(model, 1)})))
    model.tick_all(False)
    assert (model.ticked, model.choice()) == (0, ChosenStories([]))
    tick(model, 2, on=True)
    assert (model.ticked, model.choice()) == (1, ChosenStories([id_of(model, 2)]))
    assert [model.index(row).data(CHECK) for row in range(3)] == [
        Qt.CheckState.Unchecked, Qt.CheckState.Unchecked, Qt.CheckState.Checked,
    ]  # fmt: skip
    model.tick_all(True)
    assert (model.ticked, model.choice()) == (3, ChosenStories(None))


def test_search_shows_headlines_with_all_the_words_and_leaves_the_ticks(
    session: Session, write: Callable[..., str], settle: Settle, owner: QObject
) -> None:
    write("one", "Harbour opens", stage=Stage.APPROVED)
    write("two", "Harbour fair", stage=Stage.APPROVED, body="It opens today.")
    model = StoriesModel(session, owner)
    settle()
    tick(model, 0, on=False)
    chosen = model.choice()
    for words, slugs in (
        ("harb", ["two", "one"]),
        ("harbour open", ["one"]),
        ("?", []),
        (" ", ["two", "one"]),
    ):
        model.search(words)
        settle()
        assert [row.slug for row in model._rows] == slugs
    assert model.choice() == chosen
