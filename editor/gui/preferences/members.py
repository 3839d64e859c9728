"""The people on the masthead, each with the words of the key of each of their computers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QGroupBox, QPushButton, QStyle, QWidget

from editor.core.commands import AddPerson, RemoveComputer, RemovePerson
from editor.core.people import Person, Role
from editor.gui.widgets.layout import TOP, button, column, label, row
from editor.i18n import _
from editor.trust.masthead import Member

_NAME_WIDTH = 108


class MemberList(QGroupBox):
    """A row for each person; a line in it for each of their computers."""

    changed = Signal(object)
    """The `Command` that changes the masthead as a person wants it."""
    removal_asked = Signal(object)
    """The `RemovePerson` or `RemoveComputer` that a person wants, and has not confirmed."""
    computer_wanted = Signal(Person)
    """The key of one more computer is to be added for this person."""

    def __init__(self) -> None:
        super().__init__(_("People"))
        self._shown: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(2, 1)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)

    def show_members(self, members: Sequence[Member], *, may_change: bool) -> None:
        """Show the people, with the buttons that change them where that is allowed."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self._shown = []
        for number, member in enumerate(members):
            for place, cell in enumerate(self._cells(member)):
                self._grid.addWidget(cell, number, place, TOP)
                self._shown.append(cell)
        for control in self.controls():
            control.setEnabled(may_change)
        if len(members) == 1:
            self.controls()[-1].setEnabled(False)

    def controls(self) -> list[QWidget]:
        """Return the boxes and buttons of the list, row by row."""
        found: list[QWidget] = []
        for cell in self._shown:
            is_control = isinstance(cell, QPushButton | QComboBox)
            found += [cell] if is_control else cell.findChildren(QPushButton)
        return found

    def _cells(self, member: Member) -> tuple[QWidget, ...]:
        """Make a person's name, role, keys, and the two buttons."""
        person = member.person
        role = role_box(person.role)
        role.setAccessibleName(_("Role of {name}").format(name=person.name))
        role.activated.connect(partial(self._set_role, person, role))
        height = role.sizeHint().height()
        name = label(person.name, "strong", wrap=True)
        name.setMinimumSize(_NAME_WIDTH, height)
        # A name in another script starts where the others do.
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        side = QStyle.visualAlignment(self.layoutDirection(), side)
        name.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        more = button(_("Add a computer"), partial(self.computer_wanted.emit, person), "quiet")
        more.setAccessibleName(_("Add a computer of {name}").format(name=person.name))
        remove = button(_("Remove…"), partial(self.removal_asked.emit, RemovePerson(person.name)))
        remove.setAccessibleName(_("Remove {name}").format(name=person.name))
        return name, role, self._keys(member, height), more, remove

    def _keys(self, member: Member, height: int) -> QWidget:
        """Make a line for each of a person's computers: the words of its key."""
        keys, lines = QWidget(), []
        for key in member.keys:
            words = label(key.words, "hint", wrap=True)
            words.setMinimumHeight(height)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line = row((words, 1), spacing=6)
            if len(member.keys) > 1:
                line.addWidget(self._remove_computer(member.person.name, key.words))
            lines.append(line)
        column(*lines, inside=keys, spacing=2)
        return keys

    def _remove_computer(self, name: str, words: str) -> QPushButton:
        made = button(
            _("Remove this computer…"),
            partial(self.removal_asked.emit, RemoveComputer(name, words)),
            "quiet",
        )
        about = _("Remove the computer of {name} with the key {words}")
        made.setAccessibleName(about.format(name=name, words=words))
        return made

    def _set_role(self, person: Person, box: QComboBox, _index: int) -> None:
        self.changed.emit(AddPerson(Person(person.name, Role(box.currentData()))))


def role_box(current: Role) -> QComboBox:
    """Make a box with every role, of which one is chosen."""
    titles = {
        Role.JOURNALIST: _("Journalist"),
        Role.EDITOR: _("Editor"),
        Role.CHIEF: _("Chief"),
    }
    box = QComboBox()
    for role, title in titles.items():
        box.addItem(title, role)
    box.setCurrentIndex(box.findData(current))
    return box
