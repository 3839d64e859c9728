"""The masthead: who is on the desk, with which key, and what is asked before a text goes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.core.changes import Changes
from editor.core.commands import AddPerson, Command, RemovePerson, SetPolicy
from editor.core.people import Person, Role
from editor.core.policy import Policy
from editor.errors import EditorError
from editor.gui.preferences.kept_boxes import KeptBoxes
from editor.gui.preferences.policy import PolicyFields
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.passphrase_bar import PassphraseBar, wants_passphrase
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.trust.masthead import MastheadChain


class MastheadDialog(QDialog):
    """Everything here is signed by the chief who does it; others may read it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Masthead"))
        self._session = session
        self.bar = ProblemBar()
        self.passphrase = PassphraseBar(session)
        self.words = QLabel()
        self.people = QGroupBox(_("People"))
        self.name, self.role, self.key = QLineEdit(), _roles(Role.JOURNALIST), QLineEdit()
        self.add = QPushButton(_("&Add"))
        self.policy = PolicyFields(session.house)
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.policy.saved.connect(lambda policy: self._run(SetPolicy(policy)))
        session.changed.connect(self._changed)
        session.person_changed.connect(self._read)
        boxes = {"name": self.name, "key": self.key}
        kept = KeptBoxes(session, "masthead", boxes, self.bar.show_error, self)
        self.finished.connect(kept.forget)
        self._read()
        self.resize(700, 640)

    def rows(self) -> list[str]:
        """Each person as the list has them: name, role, key words."""
        labels = self.people.findChildren(QLabel)
        return [label.text() for label in labels if not label.isHidden()]

    def _lay_out(self) -> None:
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
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
        new = QHBoxLayout()
        for part, stretch in ((self.name, 2), (self.role, 0), (self.key, 3), (self.add, 0)):
            new.addWidget(part, stretch)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addWidget(self.words)
        column.addWidget(self.people)
        column.addLayout(new)
        column.addWidget(self.policy)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        outer = QVBoxLayout(self)
        outer.addWidget(self.bar)
        outer.addWidget(self.passphrase)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("people"):
            self._read()

    def _read(self) -> None:
        self._session.ask(lambda snapshot: snapshot.masthead(), self._show, self._doubt)

    def _doubt(self, error: EditorError) -> None:
        self._show(None)
        self.bar.show_error(error)

    def _show(self, chain: MastheadChain | None) -> None:
        chief = self._session.person.role is Role.CHIEF
        if chain is None:
            self.words.setText(
                _("The masthead is signed with the first approval. Until then nobody has a key.")
            )
            members = [(person, "") for person in self._session.people]
        else:
            said = _("To be sure it is the same masthead, read this out on the phone: {words}")
            self.words.setText(said.format(words=chain.words))
            members = [(each.person, each.key.words) for each in chain.latest.present]
        self._fill(members, chief)
        self.policy.show_policy(chain.latest.policy if chain else Policy())
        for part in (self.name, self.role, self.key, self.add, self.policy):
            part.setEnabled(chief)

    def _fill(self, members: list[tuple[Person, str]], chief: bool) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, (person, words) in enumerate(members):
            name = QLabel(person.name)
            set_kind(name, "strong")
            role = _roles(person.role)
            role.setAccessibleName(_("Role of {name}").format(name=person.name))
            role.setEnabled(chief)
            role.activated.connect(partial(self._set_role, person, role))
            key = QLabel(words)
            key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            set_kind(key, "hint")
            remove = QPushButton(_("Remove"))
            remove.setAccessibleName(_("Remove {name}").format(name=person.name))
            remove.setEnabled(chief and len(members) > 1)
            remove.clicked.connect(partial(self._run, RemovePerson(person.name)))
            for column, widget in enumerate((name, role, key, remove)):
                self._grid.addWidget(widget, row, column)

    def _add(self) -> None:
        role = Role(self.role.currentData())
        try:
            person = Person(self.name.text(), role)
        except EditorError as error:
            self.bar.show_error(error)
            return
        self._run(AddPerson(person, self.key.text().strip()), done=self._added)

    def _added(self, _changes: Changes) -> None:
        self.name.clear()
        self.key.clear()

    def _set_role(self, person: Person, box: QComboBox, _index: int) -> None:
        self._run(AddPerson(Person(person.name, Role(box.currentData()))))

    def _run(
        self,
        command: Command,
        _clicked: bool = False,
        done: Callable[[Changes], object] | None = None,
    ) -> None:
        """Carry out a command; a passphrase is asked for here where signing needs one."""

        def failed(error: EditorError) -> None:
            if wants_passphrase(self._session, error):
                self.passphrase.ask(error, partial(self._run, command, done=done))
            else:
                self.bar.show_error(error)
                self._read()

        self.bar.clear()
        self._session.run(command, done, failed)


def _roles(current: Role) -> QComboBox:
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
