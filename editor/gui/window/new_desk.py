"""Asking for what a new desk needs: a place, the paper's name, and who begins it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import slug_from
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.places import data_folder


class NewDeskDialog(QDialog):
    """Three fields. The one who makes a desk is its chief."""

    made = Signal(object, object, object)
    """Path of the new desk, House, Person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New desk"))
        self.setMinimumWidth(460)
        self.paper, self.person, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.folder.setText(str(data_folder()))
        self.problem = ProblemBar()
        choose = QPushButton(_("Choose…"))
        choose.clicked.connect(self._choose)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(choose)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._make = self._buttons.addButton(
            _("Make the desk"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._make.setProperty("kind", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(self.problem)
        column.addWidget(LabelRow(_("Name of the paper"), self.paper))
        column.addWidget(self.paper)
        column.addWidget(LabelRow(_("Your name"), self.person))
        column.addWidget(self.person)
        column.addWidget(LabelRow(_("Folder"), self.folder))
        column.addLayout(where)
        column.addSpacing(8)
        column.addWidget(self._buttons)
        for field in (self.paper, self.person, self.folder):
            field.textChanged.connect(self._look)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._look()

    def path(self) -> Path:
        """Where the desk will be: a folder named after the paper."""
        return Path(self.folder.text().strip()) / f"{slug_from(self.paper.text())}.desk"

    def accept(self) -> None:
        """Hand over what was filled in; the fields have been looked at already."""
        if self._make.isEnabled():
            house, chief = House(self.paper.text()), Person(self.person.text(), Role.CHIEF)
            self.made.emit(self.path(), house, chief)
            super().accept()

    def _look(self) -> None:
        filled = all(each.text().strip() for each in (self.paper, self.person, self.folder))
        self._make.setEnabled(filled)
        self.folder.setToolTip(str(self.path()) if filled else "")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder for the desk"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)
