"""The line below the list: how many stories are chosen, or how far the work on them is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.library.chosen_bar import ChosenBar


@pytest.fixture
def bar(qtbot: QtBot) -> ChosenBar:
    made = ChosenBar()
    qtbot.addWidget(made)
    return made


def test_it_is_there_while_something_is_chosen(bar: ChosenBar) -> None:
    assert bar.isHidden()
    bar.show_count(1)
    assert not bar.isHidden()
    assert bar.count.text() == bar.accessibleName() == "1 story chosen"
    bar.show_count(200, 150)
    assert bar.count.text() == "200 of 350 stories chosen"
    bar.show_count(0)
    assert bar.isHidden()


def test_work_can_be_stopped_and_is_all_that_is_offered(bar: ChosenBar, qtbot: QtBot) -> None:
    bar.show_count(3)
    bar.show_progress(1, 3)
    assert bar.accessibleName() == "1 of 3"
    assert bar.actions_button.isHidden()
    assert bar.clear.isHidden()
    with qtbot.waitSignal(bar.stopped):
        bar.stop.click()
    bar.show_count(0)
    assert not bar.isHidden(), "they left the place meanwhile"
    bar.show_ended()
    bar.show_count(0)
    assert bar.isHidden()
    bar.show_count(2)
    assert bar.stop.isHidden()
    assert not bar.clear.isHidden()


def test_its_parts_are_named(bar: ChosenBar) -> None:
    bar.show_count(2)
    assert bar.actions_button.accessibleName() == "Actions: 2 stories chosen"
    assert bar.clear.accessibleName() == bar.clear.toolTip() == "Choose none"
