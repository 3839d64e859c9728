"""One place that two people changed: both texts with their marks, and the choice."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.diff import FieldDiff
from editor.core.fields import full_label
from editor.gui.review.conflicts import Conflict, Items
from editor.gui.theme import set_kind
from editor.gui.widgets.compared import Compared
from editor.gui.widgets.few_lines import FewLines
from editor.gui.widgets.layout import STRETCH, caption, column, label, row
from editor.gui.widgets.offsets import source
from editor.gui.widgets.redline import Redline
from editor.i18n import _


class Decision(IntEnum):
    """What a person can decide for; the numbers are those of the radio buttons."""

    OURS = 0
    THEIRS = 1
    BOTH = 2
    OWN = 3


class ConflictCard(QFrame):
    """The text before, both changes of it, and the radio buttons a person decides with."""

    decided = Signal()

    def __init__(
        self, conflict: Conflict, names: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self.conflict = conflict
        title = full_label(conflict.place[0])
        self.setAccessibleName(title)
        self.choices = QButtonGroup(self)
        self.own = self._make_own()
        before = conflict.text(conflict.chunk.base) or _("nothing")
        sides = zip(names, (conflict.ours, conflict.theirs), strict=True)
        column(
            label(title, "strong"),
            label(_("Before: {text}").format(text=before), "hint", wrap=True),
            row(*((_side(name, diff), 1) for name, diff in sides), spacing=16),
            *self._make_buttons(names),
            self.own,
            inside=self,
            spacing=6,
            margins=(14, 10, 14, 12),
        )
        self.choices.idToggled.connect(self._toggled)
        self.own.textChanged.connect(self.decided)

    def answer(self) -> Items | None:
        """Return the items that were decided for, or None while nothing is."""
        conflict = self.conflict
        match self.choices.checkedId():
            case Decision.OURS:
                return conflict.chunk.ours
            case Decision.THEIRS:
                return conflict.chunk.theirs
            case Decision.BOTH:
                return conflict.both()
            case Decision.OWN:
                return conflict.parse(source(self.own.document()))
        return None

    def _make_own(self) -> FewLines:
        box = FewLines(4, self.conflict.text(self.conflict.chunk.ours))
        box.setAccessibleName(_("In other words"))
        box.hide()
        return box

    def _make_buttons(self, names: tuple[str, str]) -> list[QRadioButton]:
        titles = {Decision.OURS: names[0], Decision.THEIRS: names[1]}
        if self.conflict.is_list:
            titles[Decision.BOTH] = _("Both, one after the other")
        if self.conflict.is_text:
            titles[Decision.OWN] = _("In other words")
        buttons = []
        for decision, title in titles.items():
            buttons.append(QRadioButton(caption(title)))
            self.choices.addButton(buttons[-1], decision)
        return buttons

    def _toggled(self, decision: int, on: bool) -> None:
        if decision == Decision.OWN:
            self.own.setVisible(on)
        if on:
            self.decided.emit()


def _side(name: str, diff: FieldDiff) -> QVBoxLayout:
    redline = Redline()
    redline.setAccessibleName(name)
    redline.show_alone(Compared((diff,), (), ()))
    return column(label(name, "label", wrap=True), redline, STRETCH, spacing=16)
