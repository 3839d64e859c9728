"""Where an export goes: a folder or a zip file, with its problem beside it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.errors import EditorError
from editor.formats.paths import MANIFEST
from editor.gui.theme import set_kind
from editor.i18n import _


class TargetField(QWidget):
    """A path that can be typed or chosen. An offered name follows the format until edited."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._own = False
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("Where"))
        self.zip = QCheckBox(_("As one &zip file"))
        self._problem = QLabel()
        set_kind(self._problem, "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        choose = QPushButton(_("C&hoose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self.zip)
        self.edit.textEdited.connect(self._edited)
        self.zip.toggled.connect(self._zip_toggled)

    @property
    def path(self) -> Path:
        """The path as it stands."""
        return Path(self.edit.text().strip()).expanduser()

    @property
    def own(self) -> bool:
        """Whether somebody wrote or chose the path, rather than left what was offered."""
        return self._own

    def put(self, path: Path) -> None:
        """Put a path there as if it had been written."""
        self.edit.setText(str(path))
        self._edited()

    def offer(self, name: str) -> None:
        """Offer a name in the folder, unless somebody wrote a path of their own."""
        if not self._own:
            self._show(self._folder / name)

    def show_error(self, error: EditorError) -> None:
        """Say what is wrong with the place."""
        self._say(f"{error.sentence} {error.hint}".strip())

    def problem(self) -> str:
        """What is wrong with the place, or nothing."""
        return "" if self._problem.isHidden() else self._problem.text()

    def check(self) -> bool:
        """Look at the place; say what is wrong with it."""
        self._say(problem_of(self.path) if self.edit.text().strip() else _("Say where to write."))
        return not self.problem()

    def _show(self, path: Path) -> None:
        if self.zip.isChecked() and path.suffix.lower() != ".zip":
            path = path.with_name(path.name + ".zip")
        self.edit.setText(str(path))
        self.check()
        self.changed.emit()

    def _edited(self) -> None:
        self._own = True
        packed = self.path.suffix.lower() == ".zip"
        self.zip.blockSignals(True)
        self.zip.setChecked(packed)
        self.zip.blockSignals(False)
        self.check()
        self.changed.emit()

    def _zip_toggled(self, on: bool) -> None:
        path = self.path
        if on != (path.suffix.lower() == ".zip"):
            self._show(path.with_name(path.name + ".zip") if on else path.with_suffix(""))

    def _choose(self) -> None:
        chooser = QFileDialog(self, _("Choose a folder"), str(self.path.parent))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self._chosen)
        chooser.open()

    def _chosen(self, name: str) -> None:
        self._own = True
        self._show(Path(name))

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)


def problem_of(path: Path) -> str:
    """Why an export can't go to a path, as far as a look can tell; empty when it can."""
    if not path.is_absolute():
        return _("Give the whole path, from the top.")
    if path.suffix.lower() == ".zip":
        return _("There is a folder of this name.") if path.is_dir() else ""
    try:
        if path.is_file():
            return _("There is a file of this name.")
        if path.is_dir() and any(path.iterdir()) and not (path / MANIFEST).is_file():
            return _(
                "This folder has files in it that are no Stonehand export. "
                "Choose an empty folder or a new name."
            )
        above = next(each for each in (path, *path.parents) if each.exists())
    except (OSError, StopIteration):
        return _("This folder can't be read.")
    return "" if os.access(above, os.W_OK) else _("You may not write there.")
