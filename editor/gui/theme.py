"""How the window looks: the colours of an appearance, and one style sheet built from them."""

from __future__ import annotations

import re
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStyleFactory, QWidget

from editor.gui.theme_colors import THEMES
from editor.i18n import _
from editor.resources import resource

SERIF: Final = ("Noto Serif", "Georgia", "Times New Roman", "serif")
"""Font families for the text that readers will get."""

USUAL_POINTS: Final = 9.75
"""The size of the interface's letters, unless a person chose another."""

_THEME = "stonehand_theme"
_BORDER: Final = re.compile(r"\b(\d)px (solid|dashed)\b")
_TICKS: Final = {"contrast_dark": "tick-dark.svg"}
_SCHEMES: Final = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def apply_theme(app: QApplication, name: str, larger: float = 0) -> None:
    """Give the whole application a theme of THEMES, or `system` for what the desktop has.

    `larger` adds points to the interface's font. Every widget gets a
    PaletteChange event; those that paint themselves repaint on it.
    """
    # The window's frame follows where the desktop lets it; plain X11 does not.
    QGuiApplication.styleHints().setColorScheme(
        Qt.ColorScheme.Unknown if name == "system" else _SCHEMES[color_scheme(name)]
    )
    theme = _system_theme() if name == "system" else name
    if app.property(_THEME) is None:
        # Later the style is a sheet's, and says nothing of Fusion below it.
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setProperty(_THEME, theme)
    app.setFont(_interface_font(larger))
    app.setPalette(_palette(tokens(theme)))
    sheet = _style_sheet(theme, app.font().pointSizeF())
    if sheet != app.styleSheet():
        # From one sheet to another, Qt works out every widget's rules several times: with the
        # 500 widgets of a window that takes three times as long as by way of none.
        app.setStyleSheet("")
        app.setStyleSheet(sheet)


def tokens(theme: str) -> dict[str, str]:
    """Return every colour of a theme, by role, as `#rrggbb`."""
    return THEMES[theme]


def current_theme() -> str:
    """Return which of THEMES is shown."""
    app = QApplication.instance()
    return str((app.property(_THEME) if app else None) or "light")


def color_scheme(theme: str) -> str:
    """Return what a page or a picture has for a theme: `light` or `dark`."""
    return "dark" if theme.endswith("dark") else "light"


def is_high_contrast() -> bool:
    """Return whether what is shown has high contrast."""
    return current_theme().startswith("contrast")


def focus_line() -> QPen:
    """Return what draws the ring around a painted part that has the focus."""
    return QPen(color("focus"), 3 if is_high_contrast() else 2)


def edge_line(has_focus: bool, is_chosen: bool) -> QPen:
    """Return what draws the edge of one of several parts to choose from, such as a tab."""
    if has_focus:
        return focus_line()
    # In high contrast the ground of what is chosen says little.
    is_framed = is_chosen and is_high_contrast()
    return QPen(color("edge"), 2) if is_framed else QPen(Qt.PenStyle.NoPen)


def color(role: str) -> QColor:
    """Return one colour of the current theme. Raises KeyError for no such role."""
    return QColor(tokens(current_theme())[role])


def interface_font(points: float, family: str = "", *, bold: bool = False) -> QFont:
    """Return the interface's font with points more, of a family where this computer has it."""
    font = QFont(QApplication.font())
    if family:
        font.setFamilies([family, *font.families()])
    font.setPointSizeF(font.pointSizeF() + points)
    font.setBold(bold)
    return font


def text_scale() -> float:
    """Return how many times as large as usual the interface's letters are."""
    return QApplication.font().pointSizeF() / USUAL_POINTS


def serif_font(points: float, family: str = "") -> QFont:
    """Return the font of body text; `points` are added to the size of the interface's font.

    A `family` that this computer has is used instead of the usual ones.
    """
    font = QFont([family, *SERIF] if family else list(SERIF))
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(QApplication.font().pointSizeF() + points)
    return font


def line_height(font: QFont) -> int:
    """Return how high a line in the interface's language is: its letters may be another font's."""
    return QFontMetrics(font).size(Qt.TextFlag.TextSingleLine, _("Save")).height()


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget its place in the style sheet, also after it was first shown."""
    set_look(widget, "kind", kind)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Give a widget a property that the style sheet asks for, and the look that follows from it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        refresh_look(widget)


def refresh_look(widget: QWidget) -> None:
    """Give a widget the look of its properties as they are now."""
    # What was never shown nor measured has no look yet: Qt works it out when it is needed.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_read_only(box: QPlainTextEdit, read_only: bool) -> None:
    """Let a box of text be changed or not, and look so, also after it was first shown."""
    if box.isReadOnly() != read_only:
        box.setReadOnly(read_only)
        refresh_look(box)


def app_icon() -> QIcon:
    """Return Stonehand's icon."""
    return QIcon(str(resource("icons", "stonehand.svg")))


def _system_theme() -> str:
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    if _system_wants_contrast():
        return "contrast_dark" if dark else "contrast"
    return "dark" if dark else "light"


def _system_wants_contrast() -> bool:
    """Return whether the desktop is set to high contrast."""
    # Held, since PySide takes what a temporary gave for deleted with it.
    hints = QGuiApplication.styleHints()
    wanted: Qt.ContrastPreference = hints.accessibility().contrastPreference()
    return wanted is Qt.ContrastPreference.HighContrast


def _interface_font(larger: float) -> QFont:
    font = QFont(["Noto Sans", "Segoe UI", "SF Pro Text", "Helvetica Neue", "sans-serif"])
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(max(7.0, USUAL_POINTS + larger))
    return font


def _menu_padding(points: float) -> int:
    """Return what is above and below an entry: less with a font such as Noto, of high lines."""
    font = _sized(points)
    return 2 if QFontMetrics(font).height() > 1.25 * QFontInfo(font).pixelSize() else 3


def _sized(points: float) -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(points)
    return font


def _palette(roles: dict[str, str]) -> QPalette:
    palette = QPalette()
    pairs = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "field",
        QPalette.ColorRole.AlternateBase: "bg",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.Button: "panel",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.BrightText: "error",
        QPalette.ColorRole.ToolTipBase: "panel",
        QPalette.ColorRole.ToolTipText: "ink",
        QPalette.ColorRole.PlaceholderText: "mute",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "ink",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Dark: "edge",
        QPalette.ColorRole.Light: "panel",
    }
    for role, name in pairs.items():
        palette.setColor(role, QColor(roles[name]))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(roles["edge"]))
    return palette


def _style_sheet(theme: str, points: float) -> str:
    source = resource("themes", "stonehand.qss").read_text(encoding="utf-8")
    sizes = {
        "small": f"{points - 1.25:.2f}pt",
        "normal": f"{points:.2f}pt",
        "large": f"{points + 5:.2f}pt",
        # A line's height for the least height of a button: Qt takes the sheet's word for it.
        "line_height": f"{max(19, line_height(_sized(points)))}px",
        "menu_padding": f"{_menu_padding(points)}px",
        "small_height": f"{max(15, line_height(_sized(points - 1.25)))}px",
    }
    icons = {
        "chevron": resource("icons", f"chevron-{theme}.svg").as_posix(),
        "tick": resource("icons", _TICKS.get(theme, "tick.svg")).as_posix(),
    }
    if theme.startswith("contrast"):
        # With it the ring of the focus is 3 px, and what is framed stays as large as without focus.
        source = _BORDER.sub(lambda found: f"{int(found[1]) + 1}px {found[2]}", source)
    return Template(source).substitute(tokens(theme), **icons, **sizes)
