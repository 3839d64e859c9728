"""The windows that are opened now and then. Each is imported when it is, not at the start."""

# ruff: noqa: PLC0415

from __future__ import annotations

from editor.gui.window.parts import WindowParts


def export(parts: WindowParts) -> None:
    """Ask what to export and where to."""
    from editor.gui.exporting.dialog import ExportDialog

    ExportDialog(parts.session, parts.window).open()


def paper(parts: WindowParts) -> None:
    """Show the paper's facts and style, which the chief can change."""
    from editor.gui.preferences.paper import PaperDialog

    PaperDialog(parts.session, parts.window).open()


def masthead(parts: WindowParts) -> None:
    """Show who is on the desk, which the chief can change."""
    from editor.gui.preferences.masthead import MastheadDialog

    MastheadDialog(parts.session, parts.window).open()


def desk_log(parts: WindowParts) -> None:
    """Show what was done on the desk."""
    from editor.gui.preferences.log import LogDialog

    LogDialog(parts.session, None, parts.window).open()


def story_log(parts: WindowParts) -> None:
    """Show what was done to the open story."""
    from editor.gui.preferences.log import LogDialog

    LogDialog(parts.session, parts.draft.open_story.key, parts.window).open()


def help_pages(parts: WindowParts) -> None:
    """Show the help, in the window that already has it if there is one."""
    from editor.gui.window.help import HelpWindow

    help_window = parts.window.findChild(HelpWindow) or HelpWindow(parts.window)
    help_window.show()
    help_window.raise_()
    help_window.activateWindow()


def shortcuts(parts: WindowParts) -> None:
    """List the actions that have a key."""
    from editor.gui.window.help import shortcut_sheet

    shortcut_sheet(parts.actions.values(), parts.window).open()


def about(parts: WindowParts) -> None:
    """Show the version, where the files are, and facts for whoever helps."""
    from editor.gui.window.about import AboutDialog

    AboutDialog(parts.session, parts.window).open()
