"""The fields that add somebody to the masthead, or one more computer of somebody who is on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGroupBox, QLineEdit

from editor.core.commands import AddPerson
from editor.core.people import Person, Role
from editor.errors import BadInput, EditorError, reason_of
from editor.files import open_file
from editor.gui.preferences.members import role_box
from editor.gui.widgets.layout import button, column, label, row
from editor.i18n import _
from editor.trust.keys import PublicKey
from editor.trust.masthead import Member

_LONGEST_FILE = 10_000  # bytes: a key line has about a hundred


class NewMember(QGroupBox):
    """A name, a role, and the key line that the person sent; its words are to be compared."""

    added = Signal(AddPerson)
    """What the chief wants to sign."""
    refused = Signal(EditorError)
    """What was typed can't be used, and why."""

    def __init__(self) -> None:
        super().__init__(_("Add somebody, or a computer"))
        self._members: dict[str, Member] = {}
        self._name_from_key = ""
        self.name, self.role, self.key = QLineEdit(), role_box(Role.JOURNALIST), QLineEdit()
        self.choose = button(_("From a &file…"), self._choose_file)
        self.add = button(_("&Add"), self._add, "primary")
        self.words = label(kind="hint", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setPlaceholderText(_("The line that they sent: stonehand-key …"))
        self.key.setAccessibleName(_("Key line of the person"))
        self.name.setPlaceholderText(_("Name"))
        self.name.setAccessibleName(_("Name of the person"))
        self.role.setAccessibleName(_("Role of the person"))
        column(
            row((self.key, 1), self.choose, spacing=6),
            row((self.name, 1), self.role, self.add, spacing=6),
            self.words,
            inside=self,
            spacing=6,
            margins=(12, 10),
        )
        self.key.textChanged.connect(self._key_changed)
        self.name.textChanged.connect(self._name_changed)
        for field in (self.key, self.name):
            field.returnPressed.connect(self._add)
        self._name_changed()

    def show_members(self, members: Sequence[Member]) -> None:
        """Know who is on the masthead: a line of theirs adds a computer."""
        self._members = {member.person.name: member for member in members}
        self._name_changed()

    def begin_computer(self, person: Person) -> None:
        """Begin to add one more computer of somebody."""
        self.name.setText(person.name)
        self.key.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Empty the fields, after what they say was added."""
        self.key.clear()
        self.name.clear()

    def read_file(self, path: Path) -> None:
        """Put the line of a file into the field."""
        try:
            with open_file(path) as file:
                self.key.setText(" ".join(file.read(_LONGEST_FILE).decode("utf-8").split()))
        except (OSError, UnicodeDecodeError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else _("it is no text")
            self.refused.emit(
                BadInput(
                    _("{file} can't be read: {reason}.").format(file=path.name, reason=reason),
                    _("Paste the line instead."),
                )
            )

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("File with a key line"))
        if chosen:
            self.read_file(Path(chosen))

    def _key_changed(self) -> None:
        """Show the words of the key; take the name from it, unless another one is typed."""
        try:
            key, owner = PublicKey.from_line(self.key.text())
        except BadInput:
            self.words.setText(_("They find the line in File › Your key › Join a desk."))
            return
        self.words.setText(
            _("Read its words with {name} on the phone before you add it: {words}").format(
                name=owner, words=key.words
            )
        )
        if self.name.text() in ("", self._name_from_key):
            self._name_from_key = owner
            self.name.setText(owner)

    def _name_changed(self) -> None:
        member = self._members.get(self.name.text().strip())
        if member is not None:
            self.role.setCurrentIndex(self.role.findData(member.person.role))
        self.role.setEnabled(member is None)
        self.add.setText(_("&Add") if member is None else _("&Add computer"))
        if not self.key.text():
            self._key_changed()

    def _add(self) -> None:
        try:
            person = Person(self.name.text(), Role(self.role.currentData()))
            PublicKey.from_line(self.key.text())
        except EditorError as error:
            self.refused.emit(error)
            return
        self.added.emit(AddPerson(person, self.key.text().strip()))
