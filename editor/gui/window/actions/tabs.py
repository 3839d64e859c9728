"""The menu of the tabs: opening stories in them, going from one to another, closing them."""

from __future__ import annotations

from functools import partial

from editor.errors import NotFound
from editor.gui.window.actions.row import ActionRow, Submenu
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def submenu() -> Submenu:
    """Return the menu."""
    return Submenu(
        "tabs",
        _("Tabs"),
        rows=(
            ActionRow(
                "open_tab",
                _("&Open in a new tab"),
                "Ctrl+T",
                _open,
                lambda parts: bool(parts.list.current_id()),
            ),
            _step("next_tab", _("&Next tab"), "Ctrl+Tab", 1),
            _step("previous_tab", _("&Previous tab"), "Ctrl+Shift+Tab", -1),
            _move("move_tab_back", _("Move tab &back"), "Ctrl+Shift+PgUp", -1),
            _move("move_tab_on", _("&Move tab forward"), "Ctrl+Shift+PgDown", 1),
            ActionRow(
                "close_other_tabs",
                _("&Close other tabs"),
                "",
                lambda parts: parts.tabs.close_others(),
                _are_several,
            ),
            ActionRow(
                "reopen_tab",
                _("&Reopen closed tab"),
                "Ctrl+Alt+T",
                lambda parts: parts.tabs.reopen(),
                lambda parts: parts.tabs.can_reopen,
            ),
        ),
    )


def close_row() -> ActionRow:
    """Return the row that closes the active tab, or the window where there are no tabs."""
    return ActionRow("close", _("&Close tab or window"), "Ctrl+W", _close, title=_close_title)


def _step(name: str, text: str, keys: str, by: int) -> ActionRow:
    return ActionRow(name, text, keys, lambda parts: parts.tabs.step(by), _are_several)


def _move(name: str, text: str, keys: str, by: int) -> ActionRow:
    return ActionRow(name, text, keys, lambda parts: parts.tabs.move(by), partial(_can_move, by))


def _are_several(parts: WindowParts) -> bool:
    # Alone it leaves Ctrl+Tab to the field that has the focus.
    return parts.tabs.are_several


def _can_move(by: int, parts: WindowParts) -> bool:
    return parts.tabs.can_move(by)


def _open(parts: WindowParts) -> None:
    """Open the story of the row that the arrow keys are at, if it is another one."""
    story = parts.list.current_id()
    if story != parts.draft.open_story.key:
        parts.tabs.open_all([story])
        return
    parts.session.problem.emit(
        NotFound(
            _("This story is open already."),
            _("Go to another one in the list with Up or Down, or click it with the middle button."),
        )
    )


def _close(parts: WindowParts) -> None:
    """Close the preview's own window where that has the keyboard."""
    if parts.preview.close_active():
        return
    if parts.tabs.are_several:
        parts.tabs.close_active()
    else:
        parts.window.close()


def _close_title(parts: WindowParts) -> str:
    return _("&Close tab") if parts.tabs.are_several else _("&Close window")
