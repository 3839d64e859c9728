"""A column of tabs whose pages are made when they are first seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import STRETCH, column, frame, row
from editor.gui.widgets.segments import Segments
from editor.i18n import _


class Pane(QFrame):
    """Tabs above the page of the one that is chosen; no page is made before the window is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "panel")
        self.tabs = Segments()
        self.tabs.setAccessibleName(_("Beside the story"))
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._controls: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._painted = False
        self._header = row(self.tabs, STRETCH, spacing=6, margins=(10, 6))
        column(frame(self._header, "bar"), (self._stack, 1), inside=self)
        self.tabs.chosen.connect(self._show)
        self.setMinimumWidth(300)

    def add(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab; `make` makes its page when it is first seen."""
        self._makers[name] = make
        self.tabs.add(name, title)

    def add_control(self, name: str, control: QWidget) -> None:
        """Put a control of one tab at the end of the tabs' line.

        It is hidden where the line is too short; the View menu offers the same.
        """
        self._header.addWidget(control)
        self._controls[name] = control
        self._fit()

    def page(self, name: str) -> QWidget | None:
        """Return a tab's page, or None before it was first seen."""
        return self._pages.get(name)

    def choose(self, name: str) -> None:
        """Show a tab, and make its page if need be."""
        self._painted = True
        self.tabs.choose(name)
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # The window is painted first, and only then the web engine starts.
            QTimer.singleShot(0, self, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._header.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.tabs.sizeHint().width() - 8
        for name, control in self._controls.items():
            fits = control.sizeHint().width() <= room
            control.setVisible(fits and name == self.tabs.current())

    def _show(self) -> None:
        name = self.tabs.current()
        if not self._painted or name not in self._makers:
            return
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
            self._stack.addWidget(self._pages[name])
        self._stack.setCurrentWidget(self._pages[name])
        self._fit()
