"""Widgets in a row that continues on the next line when there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """Places widgets by their own width, from the start of the line."""

    gap = 6
    """Pixels between two widgets and between two lines."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end; one that was hidden stays so."""
        explicit = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        is_hidden = widget.isHidden() and widget.testAttribute(explicit)
        widget.setParent(self)
        widget.setVisible(not is_hidden)
        widget.installEventFilter(self)
        self._widgets.append(widget)
        self.updateGeometry()

    def clear(self) -> None:
        """Remove and delete the widgets."""
        removed, self._widgets = self._widgets, []
        for widget in removed:
            widget.removeEventFilter(self)
            widget.hide()
            widget.deleteLater()
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the gap that a hidden widget leaves."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._arrange()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Make room for a widget whose text grew."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
            self.updateGeometry()
        return super().event(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places if place.isValid()), default=0)

    def sizeHint(self) -> QSize:
        widest = self._widest()
        return QSize(widest, self.heightForWidth(max(widest, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Leave room for the widest widget, up to a narrow pane's width."""
        return QSize(min(200, self._widest()), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Nobody asked for another layout when a text grew in here while it was hidden.
        self._arrange()
        self.updateGeometry()

    def _widest(self) -> int:
        return max((widget.sizeHint().width() for widget in self._widgets), default=0)

    def _arrange(self) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for widget, place in zip(self._widgets, self._places(self.width()), strict=True):
            if mirrored:
                place.moveRight(self.width() - 1 - place.left())
            widget.setGeometry(place)

    def _places(self, width: int) -> list[QRect]:
        places, x, y = [], 0, 0
        # All equally tall, so that a check box is level with the buttons beside it.
        sizes = [widget.sizeHint() for widget in self._widgets]
        tall = max((size.height() for size in sizes), default=0)
        for widget, size in zip(self._widgets, sizes, strict=True):
            if widget.isHidden():
                places.append(QRect())
                continue
            if x and x + size.width() > width:
                x, y = 0, y + tall + self.gap
            places.append(QRect(x, y, min(size.width(), width), tall))
            x += size.width() + self.gap
        return places
