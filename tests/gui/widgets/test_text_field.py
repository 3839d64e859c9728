"""The text field's height follows its text, or its placeholder while there is none."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

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
