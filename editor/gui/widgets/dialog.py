"""What every dialog is made on: it fits the screen, and its buttons are always in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from editor.gui.theme import set_kind, text_scale
from editor.gui.widgets.access_keys import give_access_keys
from editor.gui.widgets.layout import Margins, bring_into_view, column, once
from editor.gui.widgets.screen_room import FRAME
from editor.gui.widgets.tab_order import focus_next_stop

_LEAST_LINES, _LEAST_WIDTH = 3, 360
"""How much of the content is seen at least, in lines of text and in pixels."""


class Dialog(QDialog):
    """Scrolls its content where the screen is too small for it. Tab follows what is seen."""

    def __init__(
        self, title: str, parent: QWidget | None = None, *, size: tuple[int, int] | None = None
    ) -> None:
        """`size` is what it wants in pixels, at letters of the usual size.

        Without one it is as large as its content.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._wanted = QSize(*size) if size else None
        self._give_keys = once(self, lambda: give_access_keys(self))

    def lay_out(
        self,
        content: QLayout,
        buttons: QLayout,
        *,
        above: Sequence[QWidget] = (),
        spacing: int = 8,
        margins: Margins = (18, 14),
    ) -> None:
        """Put the content between what stays `above` it and the buttons below it."""
        inner = _Content()
        set_kind(inner, "ground")
        inner.setLayout(content)
        scroll = _Scroll(inner)
        scroll.content_grown.connect(self._grow)
        scroll.content_changed.connect(self._give_keys.start)
        self._scroll = scroll
        column(*above, (scroll, 1), buttons, inside=self, spacing=spacing, margins=margins)

    def bring_into_view(self, widget: QWidget | None = None) -> None:
        """Scroll to a part of the content, or to its top."""
        if widget is None:
            self._scroll.verticalScrollBar().setValue(0)
        else:
            bring_into_view(self._scroll, widget)

    def fit(self) -> None:
        """Be as large as is wanted, or as the content needs, and no larger than the screen."""
        larger = max(1.0, text_scale())
        wanted = self._wanted * larger if self._wanted else self.sizeHint()
        wanted = wanted.expandedTo(self.minimumSize())
        if self.hasHeightForWidth() and self._wanted is None:
            wanted.setHeight(max(wanted.height(), self.heightForWidth(wanted.width())))
        self.resize(wanted.boundedTo(room_for(self)))

    def showEvent(self, event: QShowEvent) -> None:
        give_access_keys(self)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.fit()
        super().showEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next_stop(self, forward)

    def _grow(self, missing: QSize) -> None:
        """Make room for content that has come since, upwards where the screen ends."""
        if self._wanted is None and self.isVisible():
            self.resize((self.size() + missing).boundedTo(room_for(self)))
            over = self.frameGeometry().bottom() - self.screen().availableGeometry().bottom()
            self.move(self.pos() - QPoint(0, max(0, over)))


def room_for(window: QWidget) -> QSize:
    """Return how large a window may be, with its frame, on the screen it is on."""
    return window.screen().availableSize().shrunkBy(FRAME)


class _Content(QWidget):
    """Is scrolled only where its lists and fields can't be smaller."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else 0


class _Scroll(QScrollArea):
    """Asks for the whole size of its content, and does with less."""

    content_grown = Signal(QSize)
    """The content needs more room than before: how much of it is not seen."""
    content_changed = Signal()
    """Something in the content was shown, hidden or changed its size."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self._needed = QSize()
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and watched is self._content:
            self.content_changed.emit()
            seen, before = self.viewport().size(), self._needed
            width = max(seen.width(), self._content.minimumSizeHint().width())
            self._needed = QSize(width, self._height_for(width))
            missing = (self._needed - seen).expandedTo(QSize(0, 0))
            if self._needed.expandedTo(before) != before and not missing.isNull():
                self.content_grown.emit(missing)
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        width = self._content.sizeHint().width()
        return QSize(width, self._height_for(width))

    def minimumSizeHint(self) -> QSize:
        lines = self.fontMetrics().lineSpacing() * _LEAST_LINES
        return QSize(min(self._content.minimumSizeHint().width(), _LEAST_WIDTH), lines)

    def _height_for(self, width: int) -> int:
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.heightForWidth(width)
        return self._content.sizeHint().height()
