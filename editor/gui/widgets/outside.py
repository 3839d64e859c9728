"""What another program shows: a folder, a file or an address; and what to do if none does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _


def open_file(path: Path, over: QWidget) -> None:
    """Open a file or folder in the program that the system has for it.

    A dialog over the widget's window says if it is gone, or that nothing opened it.
    """
    place = QDir.toNativeSeparators(str(path))
    if not path.exists():
        sentence = _("This is not there any more: it was moved, renamed or removed.")
        NotOpened(sentence, "", place, over).open()
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        sentence = _("No program of this computer opened this.")
        hint = _("Copy the path and paste it into a browser or a file manager.")
        NotOpened(sentence, hint, place, over).open()


def open_address(url: str, over: QWidget) -> None:
    """Open an address in the browser; a dialog over the widget's window says if none did."""
    if not QDesktopServices.openUrl(QUrl(url)):
        sentence = _("No program of this computer opened this.")
        hint = _("Copy the address and paste it into a browser.")
        NotOpened(sentence, hint, url, over).open()


class NotOpened(Dialog):
    """Says that something was not opened, and has where it is, to be copied."""

    def __init__(self, sentence: str, hint: str, place: str, over: QWidget) -> None:
        super().__init__(_("Not opened"), over.window())
        self.setMinimumWidth(460)
        self.setAccessibleDescription(sentence)
        self.place = QLineEdit(place)
        self.place.setReadOnly(True)
        self.place.setAccessibleName(_("Where it is"))
        self.place.setCursorPosition(0)
        advice = label(hint, "hint", wrap=True)
        if not hint:
            advice.hide()
        content = column(label(sentence, "strong", wrap=True), advice, self.place, spacing=8)
        copy = button(_("Copy"), self._copy, "primary")
        copy.setDefault(True)
        self.lay_out(content, row(STRETCH, button(_("Close"), self.reject), copy, spacing=8))
        copy.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.place.text())
        self.accept()
