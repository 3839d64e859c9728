"""Picture files in a window: asking for them, and showing those of the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from editor.errors import EditorError, NotFound, PictureDamaged
from editor.gui.session import Session
from editor.i18n import _

_LONGEST = 264
"""The longer side of a thumbnail, at twice its size on screen."""


def ask_for_pictures(
    session: Session,
    parent: QWidget,
    title: str,
    on_chosen: Callable[[list[Path]], object],
    *,
    several: bool = False,
) -> None:
    """Ask for picture files, beginning in the folder that the last ones were chosen from."""
    dialog = QFileDialog(parent, title, session.settings.picture_folder or _pictures_folder())
    modes = QFileDialog.FileMode
    dialog.setFileMode(modes.ExistingFiles if several else modes.ExistingFile)
    dialog.setNameFilters([_("Pictures (*.jpg *.jpeg *.png *.webp)"), _("All files (*)")])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def choose(files: list[str]) -> None:
        paths = [Path(file) for file in files]
        session.change_settings(picture_folder=str(paths[0].parent))
        on_chosen(paths)

    dialog.filesSelected.connect(choose)
    dialog.open()


def _pictures_folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)


def why_not_shown(error: EditorError) -> str:
    """Say in a few words why a picture of the desk can't be seen."""
    match error:
        case PictureDamaged():
            return _("The file was altered")
        case NotFound():
            return _("The file is missing")
    return _("Can’t be shown")
