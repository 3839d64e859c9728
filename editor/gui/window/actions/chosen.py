"""The menu of the stories that are chosen in the list: in the Story menu, on a row, below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from editor.core.workflow import Action
from editor.gui.section_names import section_name
from editor.gui.window.actions.file import can_export, export, why_no_export
from editor.gui.window.actions.find import open_stories
from editor.gui.window.actions.row import ActionRow, MenuChoice, Submenu
from editor.gui.window.parts import WindowParts
from editor.i18n import _, plural


def submenu() -> Submenu:
    """Return the menu. What is open in the form counts only if it is chosen as well."""
    return Submenu(
        "chosen",
        _("Chosen s&tories"),
        rows=(
            _step(Action.SUBMIT, _("&Submit the chosen stories"), _submit_title),
            _step(Action.WITHDRAW, _("&Withdraw the chosen stories"), _withdraw_title),
            _step(Action.PUBLISH, _("&Publish the chosen stories"), _publish_title),
            Submenu("chosen_section", _("Put into s&ection"), choices=_sections, when=_can_move),
            _step(Action.SPIKE, _("Sp&ike the chosen stories"), _spike_title),
            _step(Action.UNSPIKE, _("&Unspike the chosen stories"), _unspike_title),
            ActionRow(
                "chosen_tabs",
                _("Open the chosen stories in &tabs"),
                "",
                _open_tabs,
                _has_chosen,
                title=_tabs_title,
            ),
            ActionRow(
                "chosen_find",
                _("&Find in the chosen stories…"),
                "",
                open_stories,
                _has_saved,
                title=_find_title,
            ),
            ActionRow(
                "chosen_export",
                _("E&xport the chosen stories…"),
                "",
                _export,
                _has_exportable,
                title=_export_title,
                refusal=why_no_export,
            ),
            ActionRow("chosen_none", _("Choose &none"), "", _clear, _has_chosen),
        ),
        when=_has_chosen,
    )


def _step(action: Action, text: str, title: Callable[[int], str]) -> ActionRow:
    """Return the row of a step of the workflow; its title says of how many stories."""

    def name(parts: WindowParts) -> str:
        number = len(parts.list.chosen)
        return title(number) if number else text

    return ActionRow(
        f"chosen_{action.verb}",
        text,
        "",
        partial(_do, action),
        partial(_can, action),
        title=name,
        writes=True,
    )


def _submit_title(n: int) -> str:
    return plural("&Submit {n} story for approval", "&Submit {n} stories for approval", n)


def _withdraw_title(n: int) -> str:
    return plural("&Withdraw {n} story from review", "&Withdraw {n} stories from review", n)


def _publish_title(n: int) -> str:
    return plural("&Publish {n} story", "&Publish {n} stories", n)


def _spike_title(n: int) -> str:
    return plural("Sp&ike {n} story", "Sp&ike {n} stories", n)


def _unspike_title(n: int) -> str:
    return plural("&Unspike {n} story", "&Unspike {n} stories", n)


def _tabs_title(parts: WindowParts) -> str:
    n = len(parts.list.chosen)
    if not n:
        return _("Open the chosen stories in &tabs")
    return plural("Open in a new &tab", "Open {n} stories in &tabs", n)


def _open_tabs(parts: WindowParts) -> None:
    stories = [row.id for row in parts.list.chosen.rows()]
    parts.list.clear_choice()
    parts.tabs.open_all(stories)


def _find_title(parts: WindowParts) -> str:
    n = len(parts.list.chosen)
    if not n:
        return _("&Find in the chosen stories…")
    return plural("&Find in {n} story…", "&Find in {n} stories…", n)


def _export_title(parts: WindowParts) -> str:
    n = len(_exportable(parts))
    if not n:
        return _("E&xport the chosen stories…")
    return plural("E&xport {n} story…", "E&xport {n} stories…", n)


def _exportable(parts: WindowParts) -> list[str]:
    return [row.id for row in parts.list.chosen.rows() if row.is_exportable]


def _has_exportable(parts: WindowParts) -> bool:
    return bool(_exportable(parts)) and can_export(parts)


def _export(parts: WindowParts) -> None:
    export(parts, only=_exportable(parts))


def _has_chosen(parts: WindowParts) -> bool:
    return bool(parts.list.chosen)


def _has_saved(parts: WindowParts) -> bool:
    return any(row.version for row in parts.list.chosen.rows())


def _can(action: Action, parts: WindowParts) -> bool:
    return parts.chosen_actions.can(action, parts.list.chosen.rows())


def _do(action: Action, parts: WindowParts) -> None:
    parts.chosen_actions.do(action, parts.list.chosen.rows())


def _clear(parts: WindowParts) -> None:
    parts.list.clear_choice()


def _can_move(parts: WindowParts) -> bool:
    return parts.chosen_actions.can_move(parts.list.chosen.rows())


def _sections(parts: WindowParts) -> Sequence[MenuChoice]:
    rows = parts.list.chosen.rows()
    return [
        MenuChoice(section_name(section), partial(parts.chosen_actions.move, section.slug, rows))
        for section in parts.session.house.sections
    ]
