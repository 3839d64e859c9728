"""A time zone, chosen from a list that any part of its name searches."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from editor.core.zones import offered_zones

_ROWS_SHOWN = 12


class ZoneBox(QComboBox):
    """`lisbon` finds Europe/Lisbon; what is typed stays as it is until it is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text_box = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self._text_box)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_ROWS_SHOWN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItems(offered_zones())
        finder = QCompleter(self.model(), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setMaxVisibleItems(_ROWS_SHOWN)
        self.setCompleter(finder)

    def text_box(self) -> QLineEdit:
        """Return the field that has the zone's name."""
        return self._text_box

    def showPopup(self) -> None:
        if not self._text_box.isReadOnly():
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # While only reading, the arrows must not choose another zone.
        if self._text_box.isReadOnly() and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # The wheel scrolls the dialog.
