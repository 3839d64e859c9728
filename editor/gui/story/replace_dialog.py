"""Lists what Replace all would change in the open story, before anything is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from editor.core.story import Story
from editor.gui.widgets.change_list import ChangeList, ChangeModel
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _, plural
from editor.text.find import searched_texts
from editor.text.replace import TextChange


class ReplaceDialog(Dialog):
    """Every change, which can be left out; `chosen` has those that are to be made."""

    chosen = Signal(list)
    """The TextChanges that stayed."""

    def __init__(
        self, story: Story, changes: Sequence[TextChange], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Replace all"), parent, size=(760, 560))
        self.model = ChangeModel(self)
        self.list = ChangeList(self.model)
        self.replace = button("", self._accept, "primary")
        self.replace.setDefault(True)
        self._total = len(changes)
        self._sentence = label(wrap=True)
        self.model.choice_changed.connect(self._show_count)
        self.lay_out(
            column(self._sentence, (self.list, 1), spacing=8),
            row(
                button(_("Choose &all"), lambda: self.model.choose_all(True)),
                button(_("Choose &none"), lambda: self.model.choose_all(False)),
                STRETCH,
                button(_("Cancel"), self.reject),
                self.replace,
                spacing=8,
            ),
        )
        self.model.show_changes(dict(searched_texts(story)), changes, set())
        self.list.setFocus()

    def _show_count(self) -> None:
        count = len(self.model.chosen())
        self.replace.setText(plural("&Replace {n}", "&Replace {n}", count))
        self.replace.setEnabled(count > 0)
        self._sentence.setText(
            _(
                "{n} of {all} will be made. Space leaves one out. Undo takes all of them back."
            ).format(n=count, all=plural("{n} change", "{n} changes", self._total))
        )

    def _accept(self) -> None:
        chosen = self.model.chosen()
        self.accept()
        self.chosen.emit(chosen)
