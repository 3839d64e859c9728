"""The dialog that asks for what a new desk needs: the paper's name, its chief, and a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from editor.account import full_name
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import slug_from
from editor.core.zones import computer_zone
from editor.errors import BadInput, EditorError
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import STRETCH, button, column, label, plain_tip, row
from editor.gui.widgets.password_field import PassphraseFields
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.places import data_folder
from editor.trust.keyring import choose_key_store


class NewDeskDialog(Dialog):
    """Whoever creates a desk is its chief, whose key is made now or is here already.

    A passphrase is asked for only where keys are in files and nothing else gives
    it. The dialog stays until the desk is made: what can't be is shown in it.
    """

    completed = Signal(Path, House, Person, str)
    """Where the new desk is to be, its paper, its chief, and the passphrase or nothing."""

    def __init__(
        self, parent: QWidget | None = None, person: str = "", *, begins_story: bool = False
    ) -> None:
        """`person` is the name that is offered, else that of the computer's account.

        With `begins_story` the desk is made for a story that somebody wants to write: there
        is nothing that they have to fill in.
        """
        super().__init__(_("New desk"), parent)
        self.begins_story = begins_story
        self.setMinimumWidth(460)
        self._keys = choose_key_store()
        self.bar = ProblemBar()
        self.paper = QLineEdit(_("My paper") if begins_story else "")
        self.person = QLineEdit(person or full_name())
        self.folder = QLineEdit(str(data_folder()))
        self.passphrase = PassphraseFields(_("Passphrase of your key"))
        self._passphrase_label = LabelRow(
            _("Your key signs what you do"), self.passphrase.first, follows=True
        )
        for part in (self.passphrase, self._passphrase_label):
            part.setVisible(self._keys.is_locked)
        self._create = button(_("Create desk"), self.accept, "primary")
        self._create.setDefault(True)
        content = column(
            *self._explanation(),
            LabelRow(_("Name of the paper"), self.paper, follows=True),
            self.paper,
            LabelRow(_("Your name"), self.person, follows=True),
            self.person,
            LabelRow(_("Folder"), self.folder, follows=True),
            row((self.folder, 1), button(_("Choose…"), self._choose_folder), spacing=6),
            self._passphrase_label,
            self.passphrase,
            STRETCH,
            spacing=6,
        )
        buttons = row(STRETCH, button(_("Cancel"), self.reject), self._create, spacing=8)
        self.lay_out(content, buttons, above=(self.bar,), margins=(20, 16))
        for field in (self.paper, self.person, self.folder):
            field.textChanged.connect(self._text_changed)
        self.passphrase.changed.connect(self._text_changed)
        self.passphrase.entered.connect(self.accept)
        self._text_changed()
        if begins_story:
            # All else is filled in already.
            needed = self._create if self.passphrase.isHidden() else self.passphrase.first
            needed.setFocus()

    def path(self) -> Path:
        """Return where the desk will be: a folder named after the paper."""
        return Path(self.folder.text().strip()) / f"{slug_from(self.paper.text(), 'paper')}.desk"

    def accept(self) -> None:
        """Ask for the desk to be made; the dialog closes once it is."""
        if not self._create.isEnabled():
            return
        asks = not self.passphrase.isHidden()
        if asks and not self.passphrase.is_good():
            return
        self.bar.clear()
        self._create.setEnabled(False)
        house = House(self.paper.text(), timezone=computer_zone())
        chief = Person(self.person.text(), Role.CHIEF)
        passphrase = self.passphrase.text() if asks else ""
        self.completed.emit(self.path(), house, chief, passphrase)

    def close_made(self) -> None:
        """Close, because the desk is made."""
        super().accept()

    def refuse(self, error: EditorError) -> None:
        """Say why the desk can't be made; all that was typed is still here."""
        self._create.setEnabled(True)
        if type(error) is BadInput and not self.passphrase.isHidden():
            self.passphrase.show_problem(error.sentence)
        else:
            self.bar.show_error(error)

    def _explanation(self) -> tuple[QWidget, ...]:
        if not self.begins_story:
            return ()
        sentence = _("Stories are on a desk, a folder. The paper’s name can be changed later.")
        return (label(sentence, "hint", wrap=True),)

    def _text_changed(self) -> None:
        filled = all(field.text().strip() for field in (self.paper, self.person, self.folder))
        if not self.passphrase.isHidden():
            self.passphrase.set_new(not self._has_key())
            filled = filled and self.passphrase.is_filled()
        self._create.setEnabled(filled)
        self.folder.setToolTip(plain_tip(str(self.path())) if filled else "")

    def _has_key(self) -> bool:
        name = self.person.text().strip()
        return bool(name) and self._keys.has(Person(name, Role.CHIEF).name)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder for the desk"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)
