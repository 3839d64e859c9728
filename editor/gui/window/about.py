"""About Stonehand: the version, where its files are, and facts for whoever helps."""

from __future__ import annotations

import platform
import sys

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from editor import __version__
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _
from editor.places import config_folder, data_folder


def diagnostics(session: Session) -> str:
    """Return facts about this installation and the size of the desk, without names and texts."""
    stages = ", ".join(f"{stage}: {n}" for stage, n in session.counts.stages.items())
    screens = ", ".join(
        f"{screen.size().width()}×{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    return (
        f"Stonehand {__version__}\n"
        f"Python {platform.python_version()}, Qt {qt_version}, {platform.platform()}\n"
        f"Window system {QGuiApplication.platformName()}, screens {screens}\n"
        f"Frozen {getattr(sys, 'frozen', False)}\n"
        f"Appearance {session.settings.appearance}, text size {session.settings.text_size:+d}\n"
        f"Stories by stage: {stages or 'none'}\n"
    )


class AboutDialog(Dialog):
    """The name, the version, the licence, the folders, and a button that copies the diagnostics."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("About Stonehand"), parent)
        self._session = session
        text = label(
            _(
                "A newsroom editor: draft beside the real page, approve, export.\n"
                "Free software under the MIT licence; Qt is used under the LGPL, Hunspell under "
                "the MPL. The help says below Spelling whose the dictionaries are.\n\n"
                "Data: {data}\nSettings: {settings}"
            ).format(data=data_folder(), settings=config_folder()),
            wrap=True,
        )
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setAccessibleName(_("About Stonehand"))
        self._copy = button(_("Copy diagnostics"), self.copy)
        title = label(_("Stonehand {version}").format(version=__version__), "title")
        self.lay_out(
            column(title, text, STRETCH, spacing=12),
            row(
                self._copy,
                button(_("Licences"), self.show_licences),
                STRETCH,
                button(_("Close"), self.reject),
                spacing=8,
            ),
            spacing=12,
            margins=(24, 20, 24, 16),
        )
        self.setMinimumWidth(460)

    def show_licences(self) -> None:
        """Show what Stonehand is made of, part by part, with the licences' texts."""
        from editor.gui.window.licences_dialog import LicencesDialog  # noqa: PLC0415 - seldom opened

        LicencesDialog(self._session.jobs, self).open()

    def copy(self) -> None:
        """Put the diagnostics on the clipboard."""
        QGuiApplication.clipboard().setText(diagnostics(self._session))
        self._copy.setText(_("Copied"))
