"""A text field fits its text, and takes what is typed and pasted as the desk will keep it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from editor.errors import EditorError
from editor.gui.widgets.text_area import TextArea
from editor.gui.widgets.text_field import TextField


def test_field_with_a_wrapped_placeholder_shrinks_to_its_text(qtbot: QtBot) -> None:
    field = TextField("Names, with commas between them, in the order of the page")
    qtbot.addWidget(field)
    field.setFixedWidth(140)
    field.show()
    qtbot.waitExposed(field)
    tall = field.height()
    field.set_text("Ann Lee")
    short = field.height()
    assert short < tall
    field.set_text("")
    assert field.height() == tall
    field.insertPlainText("A")
    assert field.height() == short


def paste(field: TextField, text: str) -> list[EditorError]:
    """Paste a text; return what was refused."""
    refused: list[EditorError] = []
    field.paste_refused.connect(refused.append)
    data = QMimeData()
    data.setText(text)
    field.insertFromMimeData(data)
    return refused


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1e", "\t", "\r\n"])
def test_no_white_space_glues_two_pasted_words(qtbot: QtBot, mark: str) -> None:
    line, area = TextField(), TextArea()
    for field in (line, area):
        qtbot.addWidget(field)
        assert not paste(field, f"one{mark}two")
    assert line.text() == "one two"
    assert area.text().split() == ["one", "two"]
    assert mark not in area.text() or mark == "\t"


def test_pasted_and_typed_accents_are_composed_as_the_desk_keeps_them(qtbot: QtBot) -> None:
    """Otherwise findings would be underlined in the wrong place."""
    field = TextArea()
    qtbot.addWidget(field)
    paste(field, "Cafe\u0301 de\u0301ja\u0300")
    assert field.text() == "Café déjà"
    field.insertPlainText(" e")
    field.insertPlainText("\u0301")
    assert field.text() == "Café déjà é"
    assert field.caret() == len(field.text())
    field.insertPlainText("t")
    assert field.text() == "Café déjà ét"


def test_no_break_spaces_survive_a_paste(qtbot: QtBot) -> None:
    field = TextArea()
    qtbot.addWidget(field)
    paste(field, "25\u00a0km, 3\u202f%")
    assert field.text() == "25\u00a0km, 3\u202f%"


def test_a_word_too_long_to_lay_out_is_not_pasted(qtbot: QtBot) -> None:
    field = TextArea()
    qtbot.addWidget(field)
    paste(field, "Before. ")
    [error] = paste(field, "x" * 300_000)
    assert error.sentence == (
        "300,000 characters without a space are too many; 20,000 is the limit."
    )
    [error] = paste(field, "word " * 300_000)
    assert error.sentence.endswith("1,000,000 is the limit.")
    assert field.text() == "Before. "
