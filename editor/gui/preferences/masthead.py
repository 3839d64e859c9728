"""The masthead dialog: who is on the desk, with which key, and the policy they signed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from editor.core.changes import Changes
from editor.core.commands import AddPerson, Command, RemovePerson, SetPolicy
from editor.core.people import Person, Role
from editor.core.policy import Policy
from editor.errors import EditorError
from editor.gui.kept.kept_form import keep_boxes
from editor.gui.preferences.policy import PolicyFields
from editor.gui.session import Session
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar, wants_passphrase
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.trust.masthead import MastheadChain


class MastheadDialog(QDialog):
    """Each change is signed by the chief who makes it; others may only read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Masthead"))
        self._session = session
        self.bar = ProblemBar()
        self.passphrase = PassphraseBar(session)
        self.words = label(wrap=True)
        self.people = QGroupBox(_("People"))
        self.name, self.role, self.key = QLineEdit(), _role_box(Role.JOURNALIST), QLineEdit()
        self.add = button(_("&Add"), self._add)
        self.policy = PolicyFields(session.house)
        self._lay_out()
        self.name.returnPressed.connect(self._add)
        self.key.returnPressed.connect(self._add)
        self.policy.signed.connect(lambda policy: self._run(SetPolicy(policy)))
        session.changed.connect(self._changed)
        session.person_changed.connect(self._read)
        boxes = {"name": self.name, "key": self.key}
        kept = keep_boxes(session, "masthead", boxes, self.bar.show_error, self)
        self.finished.connect(kept.forget)
        self._read()
        self.resize(700, 640)

    def rows(self) -> list[str]:
        """Return the texts of the list: each person's name and the words of their key."""
        labels = self.people.findChildren(QLabel)
        return [label.text() for label in labels if not label.isHidden()]

    def _lay_out(self) -> None:
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._grid = QGridLayout(self.people)
        self._grid.setColumnStretch(2, 1)
        self.name.setPlaceholderText(_("Name"))
        self.name.setAccessibleName(_("Name of the new person"))
        self.role.setAccessibleName(_("Role of the new person"))
        self.key.setPlaceholderText(_("Key line, if theirs is on another computer"))
        self.key.setAccessibleName(_("Public key of the new person"))
        new_person = row((self.name, 2), self.role, (self.key, 3), self.add, spacing=6)
        inner = QWidget()
        column(
            self.words,
            self.people,
            new_person,
            self.policy,
            STRETCH,
            inside=inner,
            spacing=6,
            margins=9,
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        column(
            self.bar,
            self.passphrase,
            (scroll, 1),
            row(STRETCH, button(_("Close"), self.reject)),
            inside=self,
            spacing=6,
            margins=11,
        )

    def _changed(self, changes: Changes) -> None:
        if changes.touches("people"):
            self._read()

    def _read(self) -> None:
        self._session.ask(
            lambda snapshot: snapshot.masthead(), owner=self, done=self._show, failed=self._distrust
        )

    def _distrust(self, error: EditorError) -> None:
        """Show the people without keys: the chain of mastheads does not verify."""
        self._show(None)
        self.bar.show_error(error)

    def _show(self, chain: MastheadChain | None) -> None:
        is_chief = self._session.person.role is Role.CHIEF
        if chain is None:
            self.words.setText(
                _("The masthead is signed with the first approval. Until then nobody has a key.")
            )
            members = [(person, "") for person in self._session.people]
        else:
            sentence = _("To be sure it is the same masthead, read this out on the phone: {words}")
            self.words.setText(sentence.format(words=chain.words))
            members = [
                (member.person, ", ".join(key.words for key in member.keys))
                for member in chain.latest.members
            ]
        self._fill(members, is_chief)
        self.policy.show_policy(chain.latest.policy if chain else Policy())
        for part in (self.name, self.role, self.key, self.add, self.policy):
            part.setEnabled(is_chief)

    def _fill(self, members: list[tuple[Person, str]], is_chief: bool) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, (person, words) in enumerate(members):
            role = _role_box(person.role)
            role.setAccessibleName(_("Role of {name}").format(name=person.name))
            role.setEnabled(is_chief)
            role.activated.connect(partial(self._set_role, person, role))
            key = label(words, "hint")
            key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            remove = button(_("Remove"), partial(self._run, RemovePerson(person.name)))
            remove.setAccessibleName(_("Remove {name}").format(name=person.name))
            remove.setEnabled(is_chief and len(members) > 1)
            for place, widget in enumerate((label(person.name, "strong"), role, key, remove)):
                self._grid.addWidget(widget, number, place)

    def _add(self) -> None:
        try:
            person = Person(self.name.text(), Role(self.role.currentData()))
        except EditorError as error:
            self.bar.show_error(error)
            return
        self._run(AddPerson(person, self.key.text().strip()), done=self._added)

    def _added(self, _changes: Changes) -> None:
        self.name.clear()
        self.key.clear()

    def _set_role(self, person: Person, box: QComboBox, _index: int) -> None:
        self._run(AddPerson(Person(person.name, Role(box.currentData()))))

    def _run(self, command: Command, done: Callable[[Changes], object] | None = None) -> None:
        """Carry out a command; a passphrase is asked for here where signing needs one."""

        def failed(error: EditorError) -> None:
            if wants_passphrase(self._session, error):
                self.passphrase.ask(error, partial(self._run, command, done))
            else:
                self.bar.show_error(error)
                self._read()

        self.bar.clear()
        self._session.run(command, owner=self, done=done, failed=failed)


def _role_box(current: Role) -> QComboBox:
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
