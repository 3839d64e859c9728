"""The File menu: stories and files in and out, the desk and its people, and the window."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtGui import QAction

from editor.errors import BadValue, DeskTooNew, EditorError
from editor.gui.draft.bad_text import first_refusal
from editor.gui.window.actions import tabs
from editor.gui.window.actions.row import ActionRow, Groups, Key, MenuChoice, Submenu
from editor.gui.window.centre import clock_hint, read_clock_doubt
from editor.gui.window.parts import WindowParts
from editor.gui.window.recent_desks import recent_desks
from editor.gui.window.window_state import WindowState
from editor.i18n import _

# Each dialog, and what imports, is imported when it is asked for.
# ruff: noqa: PLC0415


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow("new", _("&New story"), Key.New, WindowParts.new_story, writes=True),
            ActionRow("paste_wire", _("Paste &wire text…"), "Ctrl+Alt+V", _paste_wire, writes=True),
            ActionRow("import", _("&Import files…"), "Ctrl+Shift+I", _import_files, writes=True),
        ),
        _saving_rows(),
        (
            ActionRow("new_desk", _("New &desk…"), "", lambda parts: parts.open_desk("new")),
            ActionRow(
                "open_desk", _("&Open desk…"), Key.Open, lambda parts: parts.open_desk("open")
            ),
        ),
        (
            ActionRow("backup", _("&Back up…"), "", _back_up),
            ActionRow(
                "restore_backup",
                _("Res&tore a backup…"),
                "",
                lambda parts: parts.open_desk("restore"),
            ),
        ),
        (
            ActionRow("paper", _("Th&e paper"), "", _open_paper),
            ActionRow("theme", _("The paper's t&heme"), "", _open_theme),
            ActionRow("credentials", _("Content credentials o&f pictures"), "", _open_credentials),
            ActionRow("house_style", _("Ho&use style"), "", _open_house_style),
            ActionRow("front", _("Front pa&ge"), "", _open_front),
            ActionRow("masthead", _("&Masthead"), "", _open_masthead),
            ActionRow("desk_log", _("&Log of the desk"), "", _open_desk_log),
        ),
        (
            Submenu(
                "recent",
                _("&Recent desks"),
                choices=_recent_desks,
                when=lambda parts: bool(_other_desks(parts)),
            ),
            Submenu("people", _("Working &as"), choices=_people),
            Submenu("key", _("&Your key"), rows=_key_rows()),
        ),
        (
            tabs.close_row(),
            ActionRow(
                "quit", _("&Quit Stonehand"), "Ctrl+Q", _quit, role=QAction.MenuRole.QuitRole
            ),
        ),
    )


def _saving_rows() -> tuple[ActionRow | Submenu, ...]:
    return (
        ActionRow("save", _("&Save version"), Key.Save, _save, _can_save, writes=True),
        ActionRow("export", _("E&xport…"), "Ctrl+E", export, can_export, refusal=why_no_export),
        Submenu("delivery", _("Deli&veries"), rows=_delivery_rows()),
        Submenu("proof", _("&Proof on paper"), rows=_proof_rows()),
        ActionRow("check_edition", _("Chec&k an edition…"), "", _check_edition),
    )


def _delivery_rows() -> tuple[ActionRow, ...]:
    return (
        ActionRow("deliver", _("&Deliver…"), "Ctrl+Shift+E", _deliver, writes=True),
        ActionRow("targets", _("&Targets"), "", _open_targets),
        ActionRow("deliveries", _("&Log of deliveries"), "", _open_deliveries),
    )


def _proof_rows() -> tuple[ActionRow, ...]:
    return (
        ActionRow("print", _("&Print…"), Key.Print, _print, WindowParts.shows_story),
        ActionRow(
            "save_proof",
            _("&Save as PDF…"),
            "",
            _save_proof,
            WindowParts.shows_story,
            alone=_("Save a proof as PDF…"),
        ),
    )


def _key_rows() -> tuple[ActionRow, ...]:
    return (
        ActionRow("join", _("&Join a desk…"), "", _open_join),
        ActionRow("own_key", _("Key and &passphrase"), "", _open_key),
        ActionRow("lock_keys", _("&Lock keys now"), "", _lock_keys, _can_lock_keys),
    )


def export(parts: WindowParts, only: Collection[str] = ()) -> None:
    """Save what is typed, then ask what to export and where to.

    With `only` these stories are ticked at first; all that can be exported without.
    """
    from editor.gui.exporting.dialog import ExportDialog

    _save_typed(parts)
    dialog = ExportDialog(parts.session, parts.window)
    if only:
        dialog.chosen.model.tick_only(only)
    dialog.open()
    parts.session.ask(
        read_clock_doubt,
        owner=dialog,
        done=lambda doubt: dialog.bar.show_text(doubt, clock_hint()) if doubt else None,
        failed=lambda _error: None,
    )


def can_export(parts: WindowParts) -> bool:
    """Return whether anything can be exported: not what only a newer Stonehand can judge."""
    return why_no_export(parts) is None


def why_no_export(parts: WindowParts) -> EditorError | None:
    """Return why nothing can be exported."""
    why = parts.session.why_read_only
    return why if isinstance(why, DeskTooNew) else None


def _save_typed(parts: WindowParts) -> None:
    parts.draft.save_left()
    if parts.draft.open_story.is_unsaved:
        parts.draft.save()


def _deliver(parts: WindowParts) -> None:
    """Save what is typed, then ask which target an edition goes to."""
    from editor.gui.exporting.deliver_dialog import DeliverDialog

    _save_typed(parts)
    DeliverDialog(parts.session, parts.window).open()


def _print(parts: WindowParts) -> None:
    from editor.gui.printing.print_dialog import PrintDialog

    PrintDialog(parts.session, parts.draft, parts.window).open()


def _save_proof(parts: WindowParts) -> None:
    from editor.gui.printing.pdf_dialog import PdfDialog

    PdfDialog(parts.session, parts.draft, parts.window).open()


def _open_deliveries(parts: WindowParts) -> None:
    from editor.gui.exporting.deliveries_dialog import DeliveriesDialog

    DeliveriesDialog(parts.session, None, parts.window).open()


def _open_targets(parts: WindowParts) -> None:
    from editor.gui.exporting.targets_dialog import TargetsDialog

    TargetsDialog(parts.session, parts.window).open()


def _paste_wire(parts: WindowParts) -> None:
    from editor.gui.window.importing import paste_wire

    paste_wire(parts)


def _import_files(parts: WindowParts) -> None:
    from editor.gui.window.importing import import_files

    import_files(parts)


def _back_up(parts: WindowParts) -> None:
    """Save what is typed, then ask where the backup goes."""
    from editor.gui.backups.backup_dialog import BackupDialog

    parts.draft.save_left()
    BackupDialog(parts.session, parts.window).open()


def _check_edition(parts: WindowParts) -> None:
    from editor.gui.exporting.check_dialog import CheckDialog

    CheckDialog(parts.session.jobs, parts.window).open()


def _save(parts: WindowParts) -> None:
    """Save a version, and say which field it is without, because its text is no value."""
    draft, story = parts.draft, parts.draft.open_story
    if story.stored is not None and not story.is_unsaved and not story.bad_texts:
        message = _("Nothing has changed since version {n}.").format(n=story.stored.version)
        parts.session.message.emit(message, None)
        return

    def on_saved() -> None:
        if bad := first_refusal(story.bad_texts):
            parts.session.problem.emit(
                BadValue(
                    bad.sentence,
                    _("The version was saved without it; what you typed is kept. {hint}").format(
                        hint=bad.hint
                    ),
                )
            )

    draft.save(on_saved)


def _can_save(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.draft.can_edit


def _open_paper(parts: WindowParts) -> None:
    from editor.gui.preferences.paper import PaperDialog

    PaperDialog(parts.session, parts.window).open()


def _open_theme(parts: WindowParts) -> None:
    from editor.gui.preferences.theme import ThemeDialog

    ThemeDialog(parts.session, parts.window).open()


def _open_credentials(parts: WindowParts) -> None:
    from editor.gui.preferences.credentials import CredentialsDialog
    from editor.gui.window.help import HelpWindow

    dialog = CredentialsDialog(parts.session, parts.window)

    def show_help() -> None:
        # Inside the dialog: it blocks all other windows of its parent.
        help_window = dialog.findChild(HelpWindow) or HelpWindow(dialog)
        help_window.show_page("paper")

    dialog.help_asked.connect(show_help)
    dialog.open()


def _open_house_style(parts: WindowParts) -> None:
    from editor.gui.preferences.house_style import HouseStyleDialog

    HouseStyleDialog(parts.session, parts.window).open()


def _open_front(parts: WindowParts) -> None:
    from editor.gui.front.dialog import FrontDialog

    FrontDialog(parts.session, parts.window).open()


def _open_masthead(parts: WindowParts) -> None:
    from editor.gui.preferences.masthead import MastheadDialog

    MastheadDialog(parts.session, parts.window).open()


def _open_desk_log(parts: WindowParts) -> None:
    from editor.gui.preferences.log import LogDialog

    LogDialog(parts.session, None, parts.window).open()


def _open_join(parts: WindowParts) -> None:
    from editor.gui.preferences.join import JoinDialog

    JoinDialog(parts.session, parts.window).open()


def _open_key(parts: WindowParts) -> None:
    from editor.gui.preferences.keys import KeysDialog

    KeysDialog(parts.session, parts.window).open()


def _lock_keys(parts: WindowParts) -> None:
    parts.session.lock_keys()


def _can_lock_keys(parts: WindowParts) -> bool:
    keys = parts.session.keys
    return keys.known.has_passphrase and not keys.is_locked(parts.session.person.name)


def _quit(parts: WindowParts) -> None:
    parts.window.close()


def _recent_desks(parts: WindowParts) -> list[MenuChoice]:
    """Return the same desks as the start page, by the same names, but the one that is open."""
    return [
        MenuChoice(desk.title, partial(parts.open_desk, desk.path), tip=desk.path)
        for desk in recent_desks(_other_desks(parts), WindowState())
    ]


def _other_desks(parts: WindowParts) -> list[str]:
    own = str(parts.session.path)
    return [path for path in parts.session.settings.recent_desks if path != own]


def _people(parts: WindowParts) -> list[MenuChoice]:
    """Return everybody: those whose key is here first, the others for reading only."""
    session = parts.session
    people = sorted(session.people, key=lambda person: not session.keys.can_sign(person.name))
    return [
        MenuChoice(
            person.name
            if session.keys.can_sign(person.name)
            else _("{name} (reading only)").format(name=person.name),
            partial(session.set_person, person.name),
            person == session.person,
        )
        for person in people
    ]
