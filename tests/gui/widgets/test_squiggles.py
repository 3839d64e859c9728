"""Lines of the checks and of the spelling are kept apart in one field."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextDocument

from editor.core.findings import Level
from editor.gui.widgets.squiggles import Squiggle, SquiggleLayer, selections
from editor.gui.widgets.text_field import TextField

TEXT = "A bord met 😀 bord."


def misspelled(start: int, end: int) -> Squiggle:
    return Squiggle(start, end, Level.STOPS, "tip", is_misspelling=True)


def test_a_layer_is_made_again_only_when_it_differs() -> None:
    document = QTextDocument(TEXT)
    layer = SquiggleLayer()
    assert layer.show(document, TEXT, [misspelled(13, 17)])
    assert not layer.show(document, TEXT, [misspelled(13, 17)])
    assert layer.selections[0].cursor.selectedText() == "bord"
    assert layer.at(TEXT, 15) == [misspelled(13, 17)]
    assert layer.at(TEXT + "x", 15) == []


def test_a_field_shows_both_and_each_in_its_look(qtbot: object) -> None:
    field = TextField()
    field.set_text(TEXT)
    field.show_squiggles(TEXT, [Squiggle(0, 6, Level.WARNING, "Style.")])
    field.show_misspellings(TEXT, [misspelled(2, 6)])
    looks = [selection.format.underlineStyle() for selection in field.extraSelections()]
    assert len(set(looks)) == 2
    assert [found.tip for found in field.squiggles_at(3)] == ["Style.", "tip"]
    field.show_misspellings(TEXT + "x", [])
    assert len(field.extraSelections()) == 2, "that is about another text"
    field.show_misspellings(TEXT, [])
    assert len(field.extraSelections()) == 1
    field.clear_squiggles()
    assert field.extraSelections() == []


def test_each_level_is_marked_by_more_than_its_colour() -> None:
    document, levels = QTextDocument("One two three"), (Level.HINT, Level.WARNING, Level.STOPS)
    marks = [Squiggle(4 * at, 4 * at + 3, level, "") for at, level in enumerate(levels)]
    made = selections(document, "One two three", marks)
    background = QTextCharFormat.Property.BackgroundBrush
    looks = [(one.format.underlineStyle(), one.format.hasProperty(background)) for one in made]
    assert len(set(looks)) == 3


def test_tip_takes_what_somebody_wrote_for_no_html(qtbot: object) -> None:
    field = TextField()
    field.set_text(TEXT)
    tip = "Note by Ada: <img src='file:///etc/hostname'>"
    field.show_squiggles(TEXT, [Squiggle(0, 6, Level.HINT, tip)])
    shown = field._tip_at(field.cursorRect().center())
    assert "&lt;img" in shown
    assert "<img" not in shown
