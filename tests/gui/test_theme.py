"""Both themes can be read: contrast is computed, not judged by eye."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from editor.gui.theme import apply_theme, color, current_theme, set_read_only, tokens
from editor.gui.widgets.text_field import TextField
from editor.resources import resource

THEMES = ("light", "dark")

# What is written on what. Text needs 4.5:1 (WCAG 2.2, 1.4.3).
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "mute")
        for ground in (
            "bg",
            "panel",
            "field",
            "chip",
            "hover",
            "accent_soft",
            "warn_soft",
            "error_soft",
        )
    ),
    *(
        (ink, ground)
        for ink in ("accent", "warn", "error", "ok")
        for ground in ("bg", "panel", "field")
    ),
    ("accent", "accent_soft"),
    ("ink", "selection"),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_hover"),
    ("on_accent", "ok_fill"),
    ("on_warn", "warn_fill"),
    ("on_added", "added"),
    ("on_removed", "removed"),
    ("warn", "warn_soft"),
    ("error", "error_soft"),
    ("ok", "ok_soft"),
]
# What is not text but must be seen needs 3:1 (WCAG 2.2, 1.4.11).
SIGNS = [
    (sign, ground)
    for sign in ("focus", "edge", "info", "warn", "ok")
    for ground in ("bg", "panel", "field")
]


def luminance(hex_color: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in QColor(hex_color).getRgbF()[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_in_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_enough_contrast(theme: str, ink: str, ground: str) -> None:
    roles = tokens(theme)
    assert contrast(roles[ink], roles[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_have_enough_contrast(theme: str, sign: str, ground: str) -> None:
    roles = tokens(theme)
    assert contrast(roles[sign], roles[ground]) >= 3


def test_unknown_role_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        color("no such role")


def test_themes_have_the_same_roles() -> None:
    assert tokens("light").keys() == tokens("dark").keys()


def test_every_name_in_the_style_sheet_is_a_role_or_a_size() -> None:
    sheet = resource("themes", "stonehand.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<!\$)\$(\w+)", sheet))
    assert used - set(tokens("light")) == {"small", "normal", "large", "chevron", "tick"} & used


FIELDS = {"edit": QLineEdit, "lines": QPlainTextEdit, "text": TextField}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", FIELDS)
def test_placeholder_and_border_of_a_field_can_be_seen(
    qtbot: QtBot, qapp: QApplication, theme: str, kind: str
) -> None:
    apply_theme(qapp, theme)
    field = FIELDS[kind]()
    field.resize(200, 60)
    qtbot.addWidget(field)
    field.show()
    placeholder = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert placeholder.alpha() == 255
    assert contrast(placeholder.name(), tokens(theme)["field"]) >= 4.5
    image = field.grab().toImage()
    border = image.pixelColor(image.width() // 2, 0).name()
    for ground in ("field", "panel", "bg"):
        assert contrast(border, tokens(theme)[ground]) >= 3


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
    assert max(luminance(name) for name in shown if contrast(name, tokens(theme)["bg"]) > 0) > 0.8
