"""The look of widgets in each theme, and what a change of theme costs."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from editor.gui import theme as theme_module
from editor.gui.theme import (
    apply_theme,
    color,
    current_theme,
    focus_line,
    is_high_contrast,
    set_read_only,
    tokens,
)
from editor.gui.theme_colors import THEMES
from editor.gui.widgets.text_field import TextField
from editor.resources import resource
from tests.gui.test_theme_colors import contrast


def test_unknown_role_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        color("no such role")


SIZES = {
    "small",
    "normal",
    "large",
    "line_height",
    "small_height",
    "menu_padding",
    "chevron",
    "tick",
}


def test_every_name_in_the_style_sheet_is_a_role_or_a_size() -> None:
    sheet = resource("themes", "stonehand.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<!\$)\$(\w+)", sheet))
    assert used - set(tokens("light")) == SIZES & used


FIELDS = {"edit": QLineEdit, "lines": QPlainTextEdit, "text": TextField}


@pytest.mark.parametrize("theme", THEMES)
def test_placeholder_and_border_of_a_field_can_be_seen(
    qtbot: QtBot, qapp: QApplication, theme: str
) -> None:
    apply_theme(qapp, theme)
    for kind, make in FIELDS.items():
        field = make()
        field.resize(200, 60)
        qtbot.addWidget(field)
        field.show()
        placeholder = field.palette().color(QPalette.ColorRole.PlaceholderText)
        assert placeholder.alpha() == 255, kind
        assert contrast(placeholder.name(), tokens(theme)["field"]) >= 4.5, kind
        image = field.grab().toImage()
        border = image.pixelColor(image.width() // 2, 0).name()
        for ground in ("field", "panel", "bg"):
            assert contrast(border, tokens(theme)[ground]) >= 3, (kind, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_border_of_a_button_can_be_seen(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    button = QPushButton("Close")
    qtbot.addWidget(button)
    button.show()
    image = button.grab().toImage()
    border = image.pixelColor(image.width() // 2, 0).name()
    assert contrast(border, tokens(theme)["panel"]) >= 3
    assert contrast(border, tokens(theme)["bg"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_palette_has_the_colours_of_the_theme(qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    assert current_theme() == theme
    assert qapp.palette().color(QPalette.ColorRole.Window) == color("bg")
    assert qapp.palette().color(QPalette.ColorRole.Text) == color("ink")


def test_high_contrast_has_thicker_rings_and_borders(qtbot: QtBot, qapp: QApplication) -> None:
    sizes = []
    for theme, ring in (("light", 2), ("contrast", 3), ("dark", 2), ("contrast_dark", 3)):
        apply_theme(qapp, theme)
        assert is_high_contrast() == (ring == 3)
        assert focus_line().width() == ring
        button = QPushButton("Close")
        qtbot.addWidget(button)
        button.show()
        button.activateWindow()
        assert border_of(button) == (color("edge").name(), ring - 1)
        idle = button.sizeHint()
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        assert border_of(button) == (color("focus").name(), ring)
        assert button.sizeHint() == idle, "focus moves nothing"
        sizes.append(idle.height())
    assert sizes[1] == sizes[0] + 2


def border_of(widget: QPushButton) -> tuple[str, int]:
    """The colour at the middle of a widget's upper edge, and how many pixels down it goes."""
    image = widget.grab().toImage()
    column = [image.pixelColor(image.width() // 2, y).name() for y in range(6)]
    same = [name == column[0] for name in column]
    return column[0], same.index(False)


def test_system_asks_for_high_contrast(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    # No desktop is here that could be asked.
    monkeypatch.setattr(theme_module, "_system_wants_contrast", lambda: True)
    apply_theme(qapp, "system")
    assert is_high_contrast()
    apply_theme(qapp, "dark")
    assert current_theme() == "dark", "what a person chose comes first"
    monkeypatch.undo()
    apply_theme(qapp, "system")
    assert not is_high_contrast()


def test_text_size_is_added_to_the_font(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    usual = qapp.font().pointSizeF()
    apply_theme(qapp, "light", larger=4)
    assert qapp.font().pointSizeF() == pytest.approx(usual + 4)


class StyleChanges(QObject):
    """Counts how often a widget is told that its style is another one."""

    number = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.number += event.type() is QEvent.Type.StyleChange
        return False


def test_theme_that_is_there_already_costs_a_widget_nothing(
    qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, "light")
    button, changes = QPushButton("Save"), StyleChanges()
    qtbot.addWidget(button)
    button.show()
    button.installEventFilter(changes)
    apply_theme(qapp, "light")
    assert changes.number == 0
    apply_theme(qapp, "dark")
    assert 0 < changes.number <= 2
    apply_theme(qapp, "light")


def test_box_that_may_be_written_in_again_looks_so(qtbot: QtBot) -> None:
    box, other = QPlainTextEdit("Words"), QPlainTextEdit("Words")
    box.setReadOnly(True)
    for widget in (box, other):
        qtbot.addWidget(widget)
        widget.resize(200, 80)
        widget.show()
    assert box.grab().toImage() != other.grab().toImage()
    set_read_only(box, False)
    assert box.grab().toImage() == other.grab().toImage()


@pytest.mark.parametrize("theme", THEMES)
def test_field_that_can_only_be_read_does_not_look_like_one_to_write_in(
    qtbot: QtBot, qapp: QApplication, theme: str
) -> None:
    apply_theme(qapp, theme)
    field = TextField()
    field.resize(200, 40)
    qtbot.addWidget(field)
    field.show()
    ground = field.grab().toImage().pixelColor(150, 15)
    field.setReadOnly(True)
    assert field.grab().toImage().pixelColor(150, 15) != ground
    field.setReadOnly(False)
    assert field.grab().toImage().pixelColor(150, 15) == ground


@pytest.mark.parametrize("theme", THEMES)
def test_tick_of_a_box_can_be_seen(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme)
    box = QCheckBox("As one zip file")
    box.setChecked(True)
    qtbot.addWidget(box)
    box.show()
    image = box.grab().toImage()
    shown = {image.pixelColor(x, y).name() for x in range(20) for y in range(image.height())}
    assert tokens(theme)["accent_fill"] in shown
    fill = tokens(theme)["accent_fill"]
    assert max(contrast(name, fill) for name in shown) > 4, "the tick, on its ground"
