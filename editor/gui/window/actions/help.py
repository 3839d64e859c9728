"""The Help menu."""

from __future__ import annotations

from PySide6.QtGui import QAction

from editor.gui.window.actions.row import ActionRow, Groups, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _

# Each window is imported when it is opened.
# ruff: noqa: PLC0415


def groups() -> Groups:
    """Return the menu's entries."""
    about = QAction.MenuRole.AboutRole
    return (
        (
            ActionRow("help", _("Stonehand &help"), Key.HelpContents, open_help),
            ActionRow("quick_guide", _("Quick &guide"), "", _open_quick_guide),
            ActionRow("shortcuts", _("&Keyboard shortcuts"), "Ctrl+/", _open_shortcuts),
            ActionRow("messages", _("Recent &messages"), "", _open_messages),
            ActionRow("start", _("&Start page"), "", lambda parts: parts.open_desk("start")),
        ),
        (
            ActionRow("problem_reports", _("&Problem reports"), "", _open_reports),
            ActionRow("newer_version", _("Check for a newer &version…"), "", _ask_for_version),
        ),
        (ActionRow("about", _("&About Stonehand"), "", _open_about, role=about),),
    )


def open_help(parts: WindowParts, words: str = "", page: str = "") -> None:
    """Show the help, in the window that already has it if there is one; search it for words."""
    from editor.gui.window.help import HelpWindow

    help_window = parts.window.findChild(HelpWindow) or HelpWindow(parts.window)
    help_window.use_keys(parts.shortcuts.replaced())
    if words or page:
        help_window.search.setText(words)
    help_window.show_page(page)


def _open_quick_guide(parts: WindowParts) -> None:
    open_help(parts, page="quick-guide")


def _open_shortcuts(parts: WindowParts) -> None:
    from editor.gui.window.shortcut_sheet import ShortcutSheet

    ShortcutSheet(parts.actions, parts.shortcuts, parts.window).open()


def _open_messages(parts: WindowParts) -> None:
    """Show what was said, in the dialog that already does if there is one."""
    from editor.gui.window.messages import MessagesDialog

    dialog = parts.window.findChild(MessagesDialog) or MessagesDialog(parts.messages, parts.window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


def _open_reports(parts: WindowParts) -> None:
    from editor.gui.window.problem_reports import ProblemReportsDialog

    ProblemReportsDialog(parts.session, parts.window).open()


def _ask_for_version(parts: WindowParts) -> None:
    from editor.gui.window.newer_version import NewerVersionDialog
    from editor.releases import list_address

    address = list_address(parts.session.settings.versions_address)
    NewerVersionDialog(parts.session.jobs, address, parts.window).open()


def _open_about(parts: WindowParts) -> None:
    from editor.gui.window.about import AboutDialog

    AboutDialog(parts.session, parts.window).open()
