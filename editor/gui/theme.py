"""The light and the dark theme: colours by role, and one style sheet built from them."""

from __future__ import annotations

from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStyleFactory, QWidget

from editor.resources import resource

LIGHT: Final = {
    "bg": "#f6f6f4",
    "panel": "#ffffff",
    "paper": "#ffffff",
    "line": "#e2e1dd",
    "edge": "#8b8a84",
    "grip": "#c6c4be",
    "ink": "#1d1d1b",
    "mute": "#6a6964",
    "accent": "#a8231c",
    "accent_hover": "#8f1c16",
    "accent_soft": "#f8ebe9",
    "on_accent": "#ffffff",
    "field": "#ffffff",
    "hover": "#efeeea",
    "chip": "#efeeea",
    "ok": "#2a7347",
    "ok_soft": "#e6f2ea",
    "ok_fill": "#2a7347",
    "ok_hover": "#225d3a",
    "warn": "#955700",
    "warn_soft": "#fbf1de",
    "warn_fill": "#955700",
    "on_warn": "#ffffff",
    "error": "#b3261e",
    "error_soft": "#fbe9e7",
    "info": "#2b62a8",
    "selection": "#f1cfcb",
    "match": "#ffe28f",
    "focus": "#a8231c",
    "added": "#d4f0de",
    "on_added": "#14532d",
    "removed": "#fadad7",
    "on_removed": "#7f1d16",
}
"""Warm paper white with one red. Text has a contrast of 4.5:1 or more on each of its grounds."""

DARK: Final = {
    "bg": "#1b1c1e",
    "panel": "#232427",
    "paper": "#141517",
    "line": "#37393d",
    "edge": "#7c7f85",
    "grip": "#4b4e54",
    "ink": "#ececea",
    "mute": "#a3a5a8",
    "accent": "#ee7f75",
    "accent_hover": "#a93a32",
    "accent_soft": "#3a2726",
    "on_accent": "#ffffff",
    "field": "#1f2023",
    "hover": "#2e3034",
    "chip": "#303236",
    "ok": "#5fbf85",
    "ok_soft": "#1d3226",
    "ok_fill": "#2a7347",
    "ok_hover": "#338a56",
    "warn": "#e0a040",
    "warn_soft": "#372c18",
    "warn_fill": "#e0a040",
    "on_warn": "#1b1c1e",
    "error": "#f28b82",
    "error_soft": "#3b2422",
    "info": "#7db1ec",
    "selection": "#5a3532",
    "match": "#5c4c16",
    "focus": "#ee7f75",
    "added": "#1e4630",
    "on_added": "#b9f0cd",
    "removed": "#4c2523",
    "on_removed": "#f3b6b0",
}
"""The same roles in dark mode. Filled buttons have a darker red, so that white is readable."""

_FILLS: Final = {"light": LIGHT["accent"], "dark": "#b8443b"}

SERIF: Final = ("Noto Serif", "Georgia", "Times New Roman", "serif")
"""Font families for the text that readers will get."""

USUAL_POINTS: Final = 9.75
"""The size of the interface's letters, unless a person chose another."""

_THEME = "stonehand_theme"
_SCHEMES: Final = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def apply_theme(app: QApplication, name: str, larger: float = 0) -> None:
    """Give the whole application a theme: `light`, `dark`, or `system` for what the desktop has.

    `larger` adds points to the interface's font. Every widget gets a
    PaletteChange event; those that paint themselves repaint on it.
    """
    # The window's frame follows where the desktop lets it; plain X11 does not.
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[name])
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
    return {**(DARK if theme == "dark" else LIGHT), "accent_fill": _FILLS[theme]}


def current_theme() -> str:
    """Return `light` or `dark`, whichever is shown."""
    app = QApplication.instance()
    return str((app.property(_THEME) if app else None) or "light")


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


def serif_font(points: float, family: str = "") -> QFont:
    """Return the font of body text; `points` are added to the size of the interface's font.

    A `family` that this computer has is used instead of the usual ones.
    """
    font = QFont([family, *SERIF] if family else list(SERIF))
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(QApplication.font().pointSizeF() + points)
    return font


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
    return "dark" if dark else "light"


def _interface_font(larger: float) -> QFont:
    font = QFont(["Noto Sans", "Segoe UI", "SF Pro Text", "Helvetica Neue", "sans-serif"])
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(max(7.0, USUAL_POINTS + larger))
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
    }
    icons = {
        "chevron": resource("icons", f"chevron-{theme}.svg").as_posix(),
        "tick": resource("icons", "tick.svg").as_posix(),
    }
    return Template(source).substitute(tokens(theme), **icons, **sizes)
