"""The last column: what readers will get, what to look at, how it came about, what was said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.segments import Segments
from editor.i18n import _

Make = Callable[[], QWidget]


class Pane(QFrame):
    """Tabs whose pages are made when they are first seen, never before the window is."""

    made = Signal(str, object)
    """A page's name and its widget, once it exists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "panel")
        self.tabs = Segments()
        self.tabs.setAccessibleName(_("Beside the story"))
        self._makers: dict[str, Make] = {}
        self._pages: dict[str, QWidget] = {}
        self._controls: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._painted = False
        header = QFrame()
        set_kind(header, "bar")
        self._header = QHBoxLayout(header)
        self._header.setContentsMargins(10, 6, 10, 6)
        self._header.addWidget(self.tabs)
        self._header.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(lambda _name: self._show())
        self.setMinimumWidth(300)

    def add(self, name: str, title: str, make: Make) -> None:
        """Add a tab; `make` makes its page when it is first seen."""
        self._makers[name] = make
        self.tabs.add(name, title)

    def add_control(self, name: str, control: QWidget) -> None:
        """Put a control of one tab at the end of the tabs' line.

        It gives way where the line is too short; the View menu has it, too.
        """
        self._header.addWidget(control)
        self._controls[name] = control
        self._fit()

    def page(self, name: str) -> QWidget | None:
        """A tab's page, or None while nobody has seen it."""
        return self._pages.get(name)

    def choose(self, name: str) -> QWidget | None:
        """Show a tab; gives its page, made now if need be."""
        self.tabs.choose(name)
        self._painted = True
        self._show()
        return self.page(name)

    def current(self) -> str:
        """The name of the tab that is shown."""
        return self.tabs.current()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Make the first page once the window is on screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tabs have the line when there isn't room for all."""
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
            page = self._pages[name] = self._makers[name]()
            self._stack.addWidget(page)
            self.made.emit(name, page)
        self._stack.setCurrentWidget(self._pages[name])
        self._fit()
