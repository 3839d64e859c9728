"""The targets dialog: the places that the paper delivers to, which an editor signs."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QWidget

from editor.core.changes import Changes
from editor.core.commands import SaveTargets
from editor.core.delivery import Targets
from editor.core.people import Role
from editor.errors import BadValue, EditorError, Stale
from editor.gui.exporting.target_fields import TargetFields, TypedTarget
from editor.gui.kept.journal_writer import Entry
from editor.gui.kept.kept_form import KeptForm
from editor.gui.session import Session
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.unsaved_dialog import UnsavedDialog
from editor.i18n import _, isolated
from editor.store.reading.signed_states import TargetsState


class TargetsDialog(UnsavedDialog):
    """Lists the targets, and changes the one that is chosen. Journalists see them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Targets"), parent, size=(640, 460))
        self._session = session
        self._state = TargetsState()
        self._base = ""
        self._typed: list[TypedTarget] = []
        self.passphrase = PassphraseBar(session)
        self.list, self.fields = QListWidget(), TargetFields()
        self.who = label(kind="hint", wrap=True)
        self.add = button(_("A&dd"), self._add)
        self.remove = button(_("&Remove"), self._remove)
        self.save = button(_("&Save"), self._save, "primary")
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_chosen)
        self.fields.changed.connect(self._edit)
        session.changed.connect(self._desk_changed)
        session.person_changed.connect(self._show_state)
        session.keys.changed.connect(self._show_state)
        kept = KeptForm(
            session,
            "targets",
            read=self._entry,
            restore=self._restore,
            changes=(self.fields.changed, self.list.model().rowsInserted),
            on_refused=self.bar.show_error,
            parent=self,
        )
        self.finished.connect(kept.forget)
        self._show_state()
        self._read()

    def has_unsaved(self) -> bool:
        return bool(self._base) and self._typed != self._saved()

    # -- layout ---------------------------------------------------------------------

    def _lay_out(self) -> None:
        about = label(
            _(
                "Places that editions are delivered to: the website, a partner, a stick. "
                "Nothing is sent by itself. Passwords stay in the keyring of whoever sends."
            ),
            wrap=True,
        )
        self.list.setAccessibleName(_("Targets"))
        side = column((self.list, 1), row(self.add, self.remove, STRETCH, spacing=6), spacing=6)
        content = column(
            about, self.who, (row((side, 2), (self.fields, 3), spacing=16), 1), spacing=8
        )
        buttons = row(STRETCH, button(_("Close"), self.reject), self.save, spacing=8)
        self.lay_out(content, buttons, above=(self.bar, self.passphrase), spacing=12)

    # -- what the desk has ------------------------------------------------------------

    def _read(self) -> None:
        self._session.ask(
            lambda snapshot: snapshot.targets_state(),
            owner=self,
            done=self._show_read,
            failed=self.bar.show_error,
        )

    def _show_read(self, state: TargetsState) -> None:
        was_unsaved, self._state = self.has_unsaved(), state
        if state.doubt:
            hint = _("Save them again, or look at the log of the desk.")
            self.bar.show_text(state.doubt, hint, severe=True)
        if not was_unsaved:
            self._use_theirs()
        elif state.targets.hash != self._base:
            self.bar.show_text(
                _("Someone else changed the targets in the meantime."),
                _("What you typed is still here."),
                (_("Use theirs"), self._use_theirs),
                (_("Keep mine"), self._keep_mine),
            )
        self._show_state()

    def _use_theirs(self) -> None:
        self._base, self._typed = self._state.targets.hash, self._saved()
        self._show_list(0)

    def _keep_mine(self) -> None:
        self._base = self._state.targets.hash
        self._show_state()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("targets") or changes.touches("people"):
            self._read()

    def _saved(self) -> list[TypedTarget]:
        return [TypedTarget.of(target) for target in self._state.targets.targets]

    def _entry(self) -> Entry:
        """Return what is typed, as the journal stores it."""
        return {"base": self._base, "targets": [typed.to_json() for typed in self._typed]}

    def _restore(self, entry: Entry) -> None:
        found = entry["targets"]
        if not isinstance(found, list):
            raise TypeError("no targets")
        self._typed = [TypedTarget.from_json(value) for value in found]
        self._base = str(entry["base"])
        self._show_list(0)
        self._read()

    # -- what is typed ----------------------------------------------------------------

    def _add(self) -> None:
        self._typed.append(TypedTarget())
        self._show_list(len(self._typed) - 1)
        self.fields.name.setFocus()

    def _remove(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._typed):
            del self._typed[place]
            self._show_list(min(place, len(self._typed) - 1))
            self.fields.changed.emit(None)

    def _edit(self, typed: TypedTarget | None) -> None:
        place = self.list.currentRow()
        if typed is not None and 0 <= place < len(self._typed):
            self._typed[place] = typed
            self.list.item(place).setText(_title(typed))
        self._show_state()

    def _show_list(self, chosen: int) -> None:
        self.list.clear()
        self.list.addItems([_title(typed) for typed in self._typed])
        self.list.setCurrentRow(chosen)
        self._show_chosen(chosen)
        self._show_state()

    def _show_chosen(self, place: int) -> None:
        is_one = 0 <= place < len(self._typed)
        self.fields.show_target(self._typed[place] if is_one else None)
        self._show_state()

    def _show_state(self) -> None:
        may_change = self._may_change()
        is_chosen = 0 <= self.list.currentRow() < len(self._typed)
        self.fields.setEnabled(may_change and is_chosen)
        self.add.setEnabled(may_change)
        self.remove.setEnabled(may_change and is_chosen)
        self.save.setEnabled(may_change and (self.has_unsaved() or bool(self._state.doubt)))
        self.who.setText(self._describe())
        self.who.setVisible(bool(self.who.text()))

    def _may_change(self) -> bool:
        return self._session.can_decide and self._session.person.role is not Role.JOURNALIST

    def _describe(self) -> str:
        """Say who saved them, and who may change them."""
        parts = []
        if self.has_unsaved():
            parts.append(_("Not saved yet."))
        elif self._state.approval is not None and self._state.targets.targets:
            name = isolated(self._state.approval.by)
            parts.append(_("Saved by {name} · signature verified.").format(name=name))
        if not self._may_change():
            parts.append(_("Only editors and chiefs may change where the paper delivers to."))
        return " ".join(parts)

    # -- saving -----------------------------------------------------------------------

    def _save(self) -> None:
        self.bar.clear()
        targets = self._read_typed()
        if targets is not None:
            self._session.run(
                SaveTargets(targets, self._base),
                owner=self,
                done=lambda _changes: self.accept(),
                failed=self._refused,
            )

    def _read_typed(self) -> Targets | None:
        """Return what is typed; None, and the reason beside its field, where it can't be saved."""
        read = []
        for place, typed in enumerate(self._typed):
            try:
                read.append(typed.read())
            except BadValue as error:
                self.list.setCurrentRow(place)
                self.fields.show_problem(error)
                return None
        return Targets(tuple(read))

    def _refused(self, error: EditorError) -> None:
        if isinstance(error, Stale):
            self._read()
        else:
            self.bar.show_error(error)


def _title(typed: TypedTarget) -> str:
    return typed.name.strip() or _("A new target")
