"""Desktop or phone: how wide the reader's window is taken to be."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from editor.i18n import _

Width: TypeAlias = Literal["desktop", "phone"]


class WidthSwitch(QWidget):
    """Two buttons of which one is down. A window may move it beside its tabs."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        labels = {"desktop": _("Desktop"), "phone": _("Phone")}
        tips = {"desktop": _("The page as on a desk"), "phone": _("The page 390 pixels wide")}
        for name, label in labels.items():
            button = QPushButton(label)
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setToolTip(tips[name])
            button.setAccessibleName(_("{width} width of the preview").format(width=label))
            button.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)
        self.show_width("desktop")

    def show_width(self, name: str) -> None:
        """Show which width is in use."""
        self._buttons[name].setChecked(True)
