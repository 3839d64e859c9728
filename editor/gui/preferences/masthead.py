"""The masthead dialog: who is on the desk, with which keys, and the policy they signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from editor.core.changes import Changes
from editor.core.commands import AddPerson, Command, RemoveComputer, RemovePerson, SetPolicy
from editor.core.people import Role
from editor.errors import BadValue, EditorError, UntrustedSignature
from editor.gui.kept.kept_form import keep_boxes
from editor.gui.preferences.members import MemberList
from editor.gui.preferences.new_member import NewMember
from editor.gui.preferences.policy import PolicyFields
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.tab_order import focus_into
from editor.i18n import _
from editor.store.reading.mastheads import read_chain
from editor.store.reading.snapshot import Snapshot
from editor.trust.masthead import MastheadChain, Member, require_a_chief


class MastheadDialog(Dialog):
    """Each change is signed by the chief who makes it; others may only read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Masthead"), parent, size=(900, 680))
        self._session = session
        self._is_trusted = True
        self._members: tuple[Member, ...] = ()
        self.bar = ProblemBar()
        self.passphrase = PassphraseBar(session)
        self.words = label(wrap=True)
        self.people = MemberList()
        self.new = NewMember()
        self.policy = PolicyFields(session.house)
        self._lay_out()
        self.people.changed.connect(self._run)
        self.people.removal_asked.connect(self._ask_to_remove)
        self.people.computer_wanted.connect(self.new.begin_computer)
        self.new.added.connect(self._add)
        self.new.refused.connect(self.bar.show_error)
        self.policy.signed.connect(lambda policy: self._run(SetPolicy(policy)))
        session.changed.connect(self._changed)
        session.person_changed.connect(self._read)
        session.keys.changed.connect(self._read)
        boxes = {"name": self.new.name, "key": self.new.key}
        kept = keep_boxes(session, "masthead", boxes, self.bar.show_error, self)
        self.finished.connect(kept.forget)
        self._read()

    def rows(self) -> list[str]:
        """Return the texts of the list: each person's name and the words of their keys."""
        labels = self.people.findChildren(QLabel)
        return [label.text() for label in labels if not label.isHidden()]

    def read_key_line(self, file: Path) -> None:
        """Put the line that somebody sent into the fields, where a chief compares its words."""
        self.new.read_file(file)
        if self._session.person.role is not Role.CHIEF:
            self.bar.show_text(
                _("Only a chief can add somebody to the masthead."),
                _("Send the file to a chief of this desk."),
            )

    def _lay_out(self) -> None:
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        parts = (self.words, self.people, self.new, self.policy, STRETCH)
        self.lay_out(
            column(*parts, spacing=12, margins=(2, 2, 8, 2)),
            row(STRETCH, button(_("Close"), self.reject)),
            above=(self.bar, self.passphrase),
        )

    def _changed(self, changes: Changes) -> None:
        if changes.touches("people"):
            self._read()

    def _read(self) -> None:
        self._session.ask(
            _read_masthead, owner=self, done=lambda found: self._show(*found), failed=self._refuse
        )

    def _refuse(self, error: EditorError) -> None:
        """Show why nothing can be changed: the chain of mastheads is broken in itself."""
        self.bar.show_error(error)
        for part in (self.people, self.new, self.policy):
            part.setEnabled(False)

    def _show(self, chain: MastheadChain, doubt: EditorError | None) -> None:
        session = self._session
        may_change = doubt is None and session.can_sign and session.person.role is Role.CHIEF
        sentence = _(
            "Masthead {n}. To be sure that it is the desk’s own, read its words out on the "
            "phone: {words}"
        )
        self.words.setText(sentence.format(n=chain.latest.number, words=chain.words))
        self._members = chain.latest.members
        self.people.show_members(self._members, may_change=may_change)
        self.new.show_members(chain.latest.members)
        self.policy.show_policy(chain.latest.policy)
        self.new.setEnabled(may_change)
        self.policy.setEnabled(may_change)
        if doubt is not None:
            ask = partial(self._ask_to_accept, chain.words)
            self.bar.show_error(doubt, (_("Accept…"), ask))
        elif not self._is_trusted:
            self.bar.clear()
        self._is_trusted = doubt is None

    def _ask_to_accept(self, words: str) -> None:
        """Ask once more, with the words: a person can compare them, the program can't."""
        self.bar.show_text(
            _("Accept this desk for the real one? Its words are {words}").format(words=words),
            _("Read them out to the chief on the phone first. What was seen before is forgotten."),
            (_("Accept this desk"), self._accept),
            (_("Don’t accept"), self._read),
            severe=True,
        )

    def _accept(self) -> None:
        def accepted(_chain: MastheadChain) -> None:
            self._session.keys.read()
            self._session.reload()
            self._read()

        self._session.use_desk(
            lambda desk: desk.accept_masthead(),
            owner=self,
            done=accepted,
            failed=self.bar.show_error,
        )

    def _ask_to_remove(self, command: RemovePerson | RemoveComputer) -> None:
        """Ask once more, with what follows; what a rule forbids is refused at once."""
        if self._is_refused(command):
            return
        name = command.name
        remove = _("Remove {name}").format(name=name)
        if isinstance(command, RemoveComputer):
            sentence = _("Remove the computer of {name} with the key {words}?").format(
                name=name, words=command.words
            )
            hint = _("Nothing that is signed there is accepted from then on.")
            remove = _("Remove this computer")
        else:
            sentence = _("Remove {name} from the masthead?").format(name=name)
            hint = _(
                "Nothing that {name} signs is accepted from then on. What was approved before "
                "stays approved. To come back, {name} has to be added again."
            ).format(name=name)
        confirmed, kept = (remove, partial(self._run, command)), (_("Cancel"), lambda: None)
        self.bar.show_text(sentence, hint, kept, confirmed, severe=True)
        focus_into(self.bar)  # on Cancel: a second Return removes nobody

    def _is_refused(self, command: Command) -> bool:
        """Show why a rule forbids a change, before anybody types a passphrase for it."""
        after = self._members
        if isinstance(command, RemovePerson):
            after = tuple(m for m in after if m.person.name != command.name)
        elif isinstance(command, AddPerson):
            person = command.person
            after = tuple(
                replace(m, person=person) if m.person.name == person.name else m for m in after
            )
        try:
            require_a_chief(self._members, after)
        except BadValue as error:
            self.bar.show_error(error)
            self._read()
            return True
        return False

    def _add(self, command: AddPerson) -> None:
        self._run(command, done=lambda _changes: self.new.clear())

    def _run(self, command: Command, done: Callable[[Changes], object] | None = None) -> None:
        def failed(error: EditorError) -> None:
            self.bar.show_error(error)
            self._read()

        if self._is_refused(command):
            return
        self.bar.clear()
        self._session.run(command, owner=self, done=done, failed=failed)


def _read_masthead(snapshot: Snapshot) -> tuple[MastheadChain, EditorError | None]:
    """Read the mastheads, and why they can't be trusted although they are sound in themselves.

    Raises UntrustedSignature where they are not even that.
    """
    try:
        return snapshot.masthead(), None
    except UntrustedSignature as doubt:
        return read_chain(snapshot.connection), doubt
