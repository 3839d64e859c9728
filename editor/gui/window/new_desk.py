"""The dialog that asks for what a new desk needs: the paper's name, its chief, and a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import slug_from
from editor.gui.theme import set_kind
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import button, column, row
from editor.i18n import _
from editor.places import data_folder


class NewDeskDialog(QDialog):
    """Three fields. Whoever creates a desk is its chief."""

    completed = Signal(Path, House, Person)
    """Where the new desk is to be, its paper, and its chief."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New desk"))
        self.setMinimumWidth(460)
        self.paper, self.person = QLineEdit(), QLineEdit()
        self.folder = QLineEdit(str(data_folder()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._create = buttons.addButton(_("Create desk"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(self._create, "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column(
            LabelRow(_("Name of the paper"), self.paper),
            self.paper,
            LabelRow(_("Your name"), self.person),
            self.person,
            LabelRow(_("Folder"), self.folder),
            row((self.folder, 1), button(_("Choose…"), self._choose_folder), spacing=6),
            8,
            buttons,
            inside=self,
            spacing=6,
            margins=(20, 16),
        )
        for field in (self.paper, self.person, self.folder):
            field.textChanged.connect(self._text_changed)
        self._text_changed()

    def path(self) -> Path:
        """Return where the desk will be: a folder named after the paper."""
        return Path(self.folder.text().strip()) / f"{slug_from(self.paper.text())}.desk"

    def accept(self) -> None:
        if self._create.isEnabled():
            house, chief = House(self.paper.text()), Person(self.person.text(), Role.CHIEF)
            self.completed.emit(self.path(), house, chief)
            super().accept()

    def _text_changed(self) -> None:
        filled = all(field.text().strip() for field in (self.paper, self.person, self.folder))
        self._create.setEnabled(filled)
        self.folder.setToolTip(str(self.path()) if filled else "")

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder for the desk"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)
