"""A box to choose from, which may be narrower than its choices."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QWidget


class ChoiceBox(QComboBox):
    """Opens a list in which each choice can be read. The wheel scrolls the page that it is on."""

    def __init__(self, least_letters: int = 0, parent: QWidget | None = None) -> None:
        """With `least_letters` it is so wide at least, and need not have room for all choices."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if least_letters:
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            self.setSizeAdjustPolicy(policy)
            self.setMinimumContentsLength(least_letters)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest choice, where the box adjusts to its contents."""
        fits = self.sizeAdjustPolicy() is QComboBox.SizeAdjustPolicy.AdjustToContents
        return self.sizeHint() if fits else super().minimumSizeHint()

    def showPopup(self) -> None:
        """Make the list as wide as its widest choice, as far as there is room on the screen."""
        view = self.view()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, view)
        widest = view.sizeHintForColumn(0) + bar
        view.setMinimumWidth(min(widest, self.screen().availableGeometry().width()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
