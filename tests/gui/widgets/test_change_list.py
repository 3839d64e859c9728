"""The list of changes: what is shown of each, and leaving some out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from editor.gui.theme import color
from editor.gui.widgets.change_list import (
    CHANGE,
    ChangeList,
    ChangeModel,
    ShownChange,
    _from_whole_word,
)
from editor.text.replace import TextChange

TEXTS = {"headline": "Kiev", "body": "One.\n\nThe Kiev metro\nopened 🙂.", "key_points/0": "Kiev"}
CHANGES = [
    TextChange("headline", 0, "Kiev", "Kyiv"),
    TextChange("body", 10, "Kiev", ""),
    TextChange("body", 4, "\n\n", "x" * 100),
]


def filled() -> ChangeModel:
    model = ChangeModel()
    model.show_changes(TEXTS, CHANGES, {1})
    return model


def test_a_change_is_shown_in_the_words_of_its_paragraph() -> None:
    model = filled()
    shown = [model.index(row).data(CHANGE) for row in range(3)]
    assert shown[0] == ShownChange("Headline", "", "Kiev", "Kyiv", "")
    assert shown[1] == ShownChange("Body", "The ", "Kiev", "", " metro")
    assert (shown[2].old, shown[2].new) == ("↵↵", "x" * 59 + "…")
    assert model.index(1).data() == "Body: Kiev becomes nothing, in “The  metro”"


def test_changes_are_left_out_and_chosen_again() -> None:
    model = filled()
    assert model.chosen() == [CHANGES[0], CHANGES[2]]
    box, state = Qt.ItemDataRole.CheckStateRole, Qt.CheckState
    assert model.index(1).data(box) is state.Unchecked
    assert model.setData(model.index(1), state.Checked.value, box)
    assert model.setData(model.index(0), state.Unchecked.value, box)
    assert not model.setData(model.index(0), "x")
    assert model.chosen() == CHANGES[1:]
    assert model.left_out() == {0}
    model.choose_all(False)
    assert model.chosen() == []
    model.choose_all(True)
    assert model.chosen() == CHANGES
    assert model.data(QModelIndex()) is None


def test_what_is_removed_and_added_is_seen(qtbot: QtBot) -> None:
    model = filled()
    view = ChangeList(model)
    qtbot.addWidget(view)
    for side in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        view.setLayoutDirection(side)
        view.resize(400, 300)
        view.show()
        image = view.viewport().grab().toImage()
        seen = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
        }
        assert {color("removed").name(), color("added").name()} <= seen
    assert view.currentIndex().row() == 0


def test_what_is_left_of_a_long_line_begins_with_a_whole_word() -> None:
    assert _from_whole_word("…r master said so at the ") == "… master said so at the "
    assert _from_whole_word("…rmaster") == "…rmaster"
