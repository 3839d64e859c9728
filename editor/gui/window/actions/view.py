"""The View menu: the pane's tabs, the page's width, the columns, and how it all looks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from editor.gui.widgets.tab_order import focus_into
from editor.gui.window.actions import go_to
from editor.gui.window.actions.row import ActionRow, Groups, Key, Submenu
from editor.gui.window.parts import WindowParts
from editor.i18n import _
from editor.settings import all_settings

if TYPE_CHECKING:
    from editor.gui.page.live_page import Width


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow("preview", _("&Preview"), "Alt+1", partial(_show_tab, "preview")),
            ActionRow("checks", _("&Checks"), "Alt+2", partial(_show_tab, "checks")),
            ActionRow("history", _("&History"), "Alt+3", partial(_show_tab, "history")),
            ActionRow("notes", _("&Notes"), "Alt+4", partial(_show_tab, "notes")),
        ),
        (
            ActionRow("changes", _("Changes in review"), "F7", _switch, _has_changes),
            ActionRow(
                "desktop",
                _("Page as on a des&ktop"),
                "Ctrl+Shift+D",
                partial(_set_page_width, "desktop"),
            ),
            ActionRow(
                "phone", _("Page as on a ph&one"), "Ctrl+Shift+H", partial(_set_page_width, "phone")
            ),
        ),
        _columns(),
        _filters(),
        *_moves_and_size(),
        _looks(),
    )


def _looks() -> tuple[ActionRow | Submenu, ...]:
    return (
        ActionRow(
            "focus_mode",
            _("Focus mod&e"),
            "Shift+F11",
            _toggle_focus_mode,
            checked=lambda parts: parts.focus_mode.is_on,
        ),
        ActionRow(
            "full_screen",
            _("&Full screen"),
            "F11",
            _toggle_full_screen,
            checked=lambda parts: parts.window.isFullScreen(),
        ),
        Submenu("appearance", _("&Appearance"), rows=_appearances()),
    )


def _columns() -> tuple[ActionRow, ...]:
    return (
        ActionRow(
            "places",
            _("P&laces column"),
            "F9",
            lambda parts: parts.columns.show_places(parts.places.isHidden()),
            checked=lambda parts: not parts.places.isHidden(),
        ),
        ActionRow(
            "pane",
            _("Pre&view pane"),
            "Ctrl+F9",
            lambda parts: parts.columns.show_pane(parts.pane.isHidden()),
            checked=lambda parts: not parts.pane.isHidden(),
        ),
        ActionRow(
            "preview_window",
            _("Preview in its own win&dow"),
            "Shift+F9",
            lambda parts: parts.preview.toggle(),
            checked=lambda parts: parts.preview.is_out,
        ),
    )


def _filters() -> tuple[ActionRow, ...]:
    return (
        ActionRow(
            "filter",
            _("F&ilter stories"),
            "Ctrl+Alt+L",
            lambda parts: parts.list.filters.open_menu(),
            lambda parts: parts.list.isVisible(),
        ),
        ActionRow(
            "remove_filters",
            _("Remove filter&s"),
            "",
            lambda parts: parts.list.filters.clear(),
            lambda parts: parts.list.filters.is_active(),
        ),
    )


def _moves_and_size() -> Groups:
    return (
        (
            ActionRow("back", _("&Back"), Key.Back, partial(_go, -1), partial(_can_go, -1)),
            ActionRow("forward", _("For&ward"), Key.Forward, partial(_go, 1), partial(_can_go, 1)),
            go_to.submenu(),
        ),
        (
            ActionRow("next_pane", _("Ne&xt column"), "F6", partial(_focus_column, 1)),
            ActionRow(
                "previous_pane", _("P&revious column"), "Shift+F6", partial(_focus_column, -1)
            ),
        ),
        (
            ActionRow("larger", _("Larger &text"), Key.ZoomIn, partial(_resize_text, 1)),
            ActionRow("smaller", _("S&maller text"), Key.ZoomOut, partial(_resize_text, -1)),
            ActionRow("usual_size", _("&Usual text size"), "Ctrl+0", partial(_resize_text, 0)),
            ActionRow(
                "typewriter_scrolling",
                _("T&ypewriter scrolling"),
                "",
                _toggle_typewriter,
                checked=lambda parts: parts.session.settings.typewriter_scrolling,
            ),
        ),
    )


def _appearances() -> tuple[ActionRow, ...]:
    titles = {
        "system": _("As the &system"),
        "light": _("&Light"),
        "dark": _("&Dark"),
        "contrast": _("&High contrast, light"),
        "contrast_dark": _("High &contrast, dark"),
    }
    alone = {
        "system": _("Appearance as the system"),
        "light": _("Light appearance"),
        "dark": _("Dark appearance"),
        "contrast": _("Light appearance with high contrast"),
        "contrast_dark": _("Dark appearance with high contrast"),
    }
    return tuple(
        ActionRow(
            f"appearance_{name}",
            titles[name],
            "",
            partial(_set_appearance, name),
            checked=partial(_has_appearance, name),
            alone=alone[name],
        )
        for name in all_settings()["appearance"].choices or ()
    )


def _show_tab(name: str, parts: WindowParts) -> None:
    parts.show_tab(name)


def _switch(parts: WindowParts) -> None:
    parts.centre.switch()


def _has_changes(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.centre.can_review()


def _set_page_width(name: Width, parts: WindowParts) -> None:
    parts.show_tab("preview")
    parts.pane.set_page_width(name)


def _can_go(steps: int, parts: WindowParts) -> bool:
    return parts.visits.can_go(steps)


def _go(steps: int, parts: WindowParts) -> None:
    parts.visits.go(steps)


def _focus_column(steps: int, parts: WindowParts) -> None:
    preview = parts.preview.window
    # One that is minimized was put away.
    others = [preview] if preview is not None and not preview.isMinimized() else []
    column = parts.columns.next_column(steps, *others)
    window = column.window()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.activateWindow()
    if column is parts.centre:
        parts.centre.take_focus()
    else:
        focus_into(column)


def _resize_text(step: int, parts: WindowParts) -> None:
    if parts.preview.is_active():
        parts.preview.zoom(step)
        return
    size = parts.session.settings.text_size + step if step else 0
    if all_settings()["text_size"].accepts(size):
        parts.session.change_settings(text_size=size)


def _toggle_typewriter(parts: WindowParts) -> None:
    wanted = not parts.session.settings.typewriter_scrolling
    parts.session.change_settings(typewriter_scrolling=wanted)


def _set_appearance(name: str, parts: WindowParts) -> None:
    parts.session.change_settings(appearance=name)


def _has_appearance(name: str, parts: WindowParts) -> bool:
    return parts.session.settings.appearance == name


def _toggle_focus_mode(parts: WindowParts) -> None:
    parts.focus_mode.toggle()
    if parts.focus_mode.is_on:
        parts.focus_text()
        keys = parts.actions["focus_mode"].shortcut()
        text = _("Only the text is shown. Esc ends that.")
        if not keys.isEmpty():
            key = keys.toString(QKeySequence.SequenceFormat.NativeText)
            text = _("Only the text is shown. Esc or {key} ends that.").format(key=key)
        parts.session.message.emit(text, None)


def _toggle_full_screen(parts: WindowParts) -> None:
    is_active, preview = parts.preview.is_active(), parts.preview.window
    window = preview if is_active and preview is not None else parts.window
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
