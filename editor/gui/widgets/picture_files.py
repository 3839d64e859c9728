"""Picture files in a window: asking for them, and showing those of the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from editor.errors import EditorError, NotFound, PictureDamaged
from editor.i18n import _

_LONGEST = 264
"""The longer side of a thumbnail, at twice its size on screen."""


def ask_for_pictures(
    parent: QWidget, title: str, on_chosen: Callable[[list[Path]], object], *, several: bool = False
) -> None:
    """Ask for picture files."""
    dialog = QFileDialog(parent, title)
    modes = QFileDialog.FileMode
    dialog.setFileMode(modes.ExistingFiles if several else modes.ExistingFile)
    dialog.setNameFilters([_("Pictures (*.jpg *.jpeg *.png *.webp)"), _("All files (*)")])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda files: on_chosen([Path(file) for file in files]))
    dialog.open()


def why_not_shown(error: EditorError) -> str:
    """Say in a few words why a picture of the desk can't be seen."""
    match error:
        case PictureDamaged():
            return _("The file was altered")
        case NotFound():
            return _("The file is missing")
    return _("Can’t be shown")
