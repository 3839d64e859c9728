"""About Stonehand: the version, where its files are, and facts for whoever helps."""

from __future__ import annotations

import platform
import sys

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from editor import __version__
from editor.gui.session import Session
from editor.i18n import _
from editor.places import config_folder, data_folder


def diagnostics(session: Session) -> str:
    """Facts about this installation and the size of the desk. No names, no text of any story."""
    stages = ", ".join(f"{stage}: {n}" for stage, n in session.counts.stages.items())
    screens = ", ".join(
        f"{each.size().width()}×{each.size().height()} at {each.devicePixelRatio():g}"
        for each in QGuiApplication.screens()
    )
    return (
        f"Stonehand {__version__}\n"
        f"Python {platform.python_version()}, Qt {qt_version}, {platform.platform()}\n"
        f"Window system {QGuiApplication.platformName()}, screens {screens}\n"
        f"Frozen {getattr(sys, 'frozen', False)}\n"
        f"Look {session.settings.appearance}, text size {session.settings.text_size:+d}\n"
        f"Stories by stage: {stages or 'none'}\n"
    )


class AboutDialog(QDialog):
    """What this is, in which version, and a button that copies the diagnostics."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("About Stonehand"))
        title = QLabel(_("Stonehand {version}").format(version=__version__))
        title.setProperty("kind", "title")
        words = QLabel(
            _(
                "A newsroom editor: draft beside the real page, approve, export.\n"
                "Free software under the MIT licence; Qt is used under the LGPL.\n\n"
                "Data: {data}\nSettings: {settings}"
            ).format(data=data_folder(), settings=config_folder())
        )
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words.setWordWrap(True)
        words.setAccessibleName(_("About Stonehand"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = buttons.addButton(
            _("Copy diagnostics"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (title, words, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(460)

    def copy(self) -> None:
        """Put the diagnostics on the clipboard."""
        QGuiApplication.clipboard().setText(diagnostics(self._session))
        self._copy.setText(_("Copied"))
