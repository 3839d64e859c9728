"""Rows of the settings window that tell something and set nothing: where files are, and the key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from editor import __version__
from editor.declared_setting import SettingsPage
from editor.gui.preferences.keys import KeysDialog
from editor.gui.preferences.setting_row import SettingRow
from editor.gui.session import Session
from editor.gui.widgets.layout import button
from editor.gui.widgets.outside import open_file
from editor.i18n import _, isolated
from editor.places import config_folder, data_folder, dictionaries_folder, my_words_file


def fact_rows(
    page: SettingsPage, session: Session, window: QWidget, show_shortcuts: Callable[[], object]
) -> list[SettingRow]:
    """Return the rows of a page that are no settings; a dialog of theirs opens over `window`."""
    match page:
        case SettingsPage.TYPING:
            return [_autosave_row()]
        case SettingsPage.PROOFING:
            return _proofing_rows()
        case SettingsPage.KEYS:
            return [
                _key_row(lambda: KeysDialog(session, window).open()),
                _shortcuts_row(show_shortcuts),
            ]
        case SettingsPage.UPDATES:
            return [_version_row()]
        case SettingsPage.PLACES:
            return _place_rows(session.path)
    return []


def _autosave_row() -> SettingRow:
    about = _(
        "What you type is on this computer’s disk within two seconds, also after a power cut. "
        "File › Save version makes a version that others see."
    )
    return SettingRow(_("Saving as you type"), about, None)


def _proofing_rows() -> list[SettingRow]:
    words, folder = my_words_file(), dictionaries_folder()
    return [
        SettingRow(
            _("My dictionary"),
            _("A text file with a word or name a line: {file}").format(file=isolated(str(words))),
            _folder_button(words.parent, _("Open the folder of my dictionary")),
        ),
        SettingRow(
            _("More dictionaries"),
            _("Hunspell’s files, such as fr.aff and fr.dic, belong in {folder}").format(
                folder=isolated(str(folder))
            ),
            _folder_button(folder, _("Open the folder of dictionaries")),
        ),
        SettingRow(
            _("House style"),
            _("What the checks look for belongs to the desk: File › House style."),
            None,
        ),
    ]


def _key_row(on_clicked: Callable[[], object]) -> SettingRow:
    return SettingRow(
        _("My key"),
        _("Where the key is that you sign with, and its passphrase."),
        button(_("Key and &passphrase"), on_clicked),
    )


def _shortcuts_row(on_clicked: Callable[[], object]) -> SettingRow:
    return SettingRow(
        _("Keyboard shortcuts"),
        _("Which key does what: search for a command, and choose another key for it."),
        button(_("Choose ke&ys…"), on_clicked),
        _("hotkeys, keyboard"),
    )


def _version_row() -> SettingRow:
    from editor.releases import BUILT_IN_ADDRESS  # noqa: PLC0415  brings what speaks to servers

    about = (
        _("Its versions are listed at {address}").format(address=isolated(BUILT_IN_ADDRESS))
        if BUILT_IN_ADDRESS
        else _("It came without the address of a list of its versions.")
    )
    title = _("This is version {version}").format(version=__version__)
    return SettingRow(title, about, None, _("about, release"))


def _place_rows(desk: Path) -> list[SettingRow]:
    places = (
        (_("This desk"), _("Open the folder of this desk"), desk),
        (_("Data"), _("Open the folder of data"), data_folder()),
        (_("Settings and my dictionary"), _("Open the folder of settings"), config_folder()),
    )
    return [
        SettingRow(title, isolated(str(folder)), _folder_button(folder, name))
        for title, name, folder in places
    ]


def _folder_button(folder: Path, name: str) -> QPushButton:
    """Make a button that shows a folder, which is made if need be."""

    def show() -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            made.setText(_("Can’t be opened"))
            return
        open_file(folder, made)

    made = button(_("Open folder"), show)
    made.setAccessibleName(name)
    return made
