"""One place that two people changed: both texts with their marks, and the choice."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.diff import FieldDiff
from editor.core.fields import full_label
from editor.gui.review.comparison import Compared
from editor.gui.review.conflicts import Conflict
from editor.gui.review.redline import Redline
from editor.gui.theme import set_kind
from editor.i18n import _

OURS, THEIRS, BOTH, OWN = range(4)


class ConflictCard(QFrame):
    """Base, ours and theirs, and the radio buttons a person decides with."""

    decided = Signal()

    def __init__(
        self, conflict: Conflict, names: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self.conflict = conflict
        self.setAccessibleName(full_label(conflict.place[0]))
        self.choices = QButtonGroup(self)
        self.own = QPlainTextEdit(conflict.text(conflict.chunk.ours))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 12)
        self._column.setSpacing(6)
        self._add_texts(names)
        self._add_choices(names)
        self.choices.idToggled.connect(self._chosen)
        self.own.textChanged.connect(self.decided)

    def answer(self) -> tuple[Any, ...] | None:
        """The items that were decided for, or None while nothing is."""
        chunk = self.conflict.chunk
        match self.choices.checkedId():
            case 0:
                return chunk.ours
            case 1:
                return chunk.theirs
            case 2:
                return self.conflict.both()
            case 3:
                return self.conflict.own(self.own.toPlainText())
        return None

    def choose(self, which: int) -> None:
        """Decide as if by the buttons."""
        self.choices.button(which).setChecked(True)

    def _add_texts(self, names: tuple[str, str]) -> None:
        conflict = self.conflict
        title = QLabel(full_label(conflict.place[0]))
        set_kind(title, "strong")
        self._column.addWidget(title)
        base = conflict.text(conflict.chunk.base)
        before = QLabel(_("Both began with: {text}").format(text=base or _("nothing")))
        before.setWordWrap(True)
        set_kind(before, "hint")
        self._column.addWidget(before)
        row = QHBoxLayout()
        row.setSpacing(16)
        for name, diff in zip(names, (conflict.ours, conflict.theirs), strict=True):
            side = QVBoxLayout()
            label = QLabel(name)
            set_kind(label, "label")
            side.addWidget(label)
            side.addWidget(_text(name, diff))
            side.addStretch(1)
            row.addLayout(side, 1)
        self._column.addLayout(row)

    def _add_choices(self, names: tuple[str, str]) -> None:
        titles = {OURS: names[0], THEIRS: names[1]}
        if self.conflict.several:
            titles[BOTH] = _("Both, one after the other")
        if self.conflict.written:
            titles[OWN] = _("In other words")
        for which, title in titles.items():
            button = QRadioButton(title)
            self.choices.addButton(button, which)
            self._column.addWidget(button)
        self.own.setAccessibleName(_("In other words"))
        self.own.setTabChangesFocus(True)
        self.own.setFixedHeight(self.own.fontMetrics().lineSpacing() * 4 + 22)
        self.own.hide()
        self._column.addWidget(self.own)

    def _chosen(self, which: int, on: bool) -> None:
        if which == OWN:
            self.own.setVisible(on)
        if on:
            self.decided.emit()


def _text(name: str, diff: FieldDiff) -> Redline:
    redline = Redline()
    redline.setAccessibleName(name)
    redline.show_alone(Compared((diff,), (), ()))
    return redline
