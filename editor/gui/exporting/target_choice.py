"""Which of the paper's targets an edition goes to."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from editor.core.changes import Changes
from editor.core.delivery import Target
from editor.errors import EditorError
from editor.gui.exporting.delivery_text import target_text
from editor.gui.exporting.targets_dialog import TargetsDialog
from editor.gui.session import Session
from editor.gui.widgets.layout import button, column, label, row
from editor.i18n import _
from editor.store.reading.signed_states import TargetsState


class TargetChoice(QWidget):
    """Offers the targets that an editor signed, and leads to where they are changed."""

    changed = Signal()
    """Another target is chosen, or it was changed."""
    refused = Signal(EditorError)
    """The targets can't be read, or were changed outside Stonehand."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.box, self.about = QComboBox(), label(kind="hint", wrap=True)
        self.box.setAccessibleName(_("Where to"))
        self.edit = button(_("&Targets…"), self._open_targets)
        column(
            label(_("&Where to"), "label", buddy=self.box),
            row((self.box, 1), self.edit, spacing=8),
            self.about,
            inside=self,
            spacing=6,
        )
        self.box.currentIndexChanged.connect(self._chosen)
        session.changed.connect(self._desk_changed)
        self._show_about()
        self._read()

    @property
    def target(self) -> Target | None:
        """The target that is chosen; None while there is none."""
        chosen = self.box.currentData()
        return chosen if isinstance(chosen, Target) else None

    def _open_targets(self) -> None:
        TargetsDialog(self._session, self.window()).open()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("targets"):
            self._read()

    def _read(self) -> None:
        self._session.ask(
            lambda snapshot: snapshot.targets_state(),
            owner=self,
            done=self._show,
            failed=self.refused.emit,
        )

    def _show(self, state: TargetsState) -> None:
        name = self.target.name if self.target else ""
        with QSignalBlocker(self.box):
            self.box.clear()
            for target in () if state.doubt else state.targets.targets:
                self.box.addItem(target.name, target)
            self.box.setCurrentIndex(max(0, self.box.findText(name)))
        if state.doubt:
            self.refused.emit(EditorError(state.doubt, _("Look at the log of the desk.")))
        self._chosen()

    def _chosen(self, *_index: int) -> None:
        self._show_about()
        self.changed.emit()

    def _show_about(self) -> None:
        target = self.target
        self.box.setEnabled(self.box.count() > 0)
        self.about.setText(
            target_text(target)
            if target
            else _("The paper has no targets yet. Add one: a server, a bucket, a branch, a stick.")
        )
