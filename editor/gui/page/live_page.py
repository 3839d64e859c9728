"""One page of the site that is rendered again whenever what it shows has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.errors import EditorError
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.page.page_view import PageView
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.session import Session
from editor.gui.widgets.layout import once

Width: TypeAlias = Literal["desktop", "phone"]
"""How wide the reader's window is taken to be."""

PHONE = 390
"""The width of a phone's window in CSS pixels: that of the most sold ones."""
DESKTOP = 760
"""The least width that a page is laid out for on a desktop; shown smaller where there is less."""
_SMALLEST_ZOOM = 0.55


class LivePage(QWidget):
    """A page in a web engine. The engine starts after the first paint: nothing waits for it.

    `prepare` gives the job that renders the page, or None where nothing is to be
    shown. A page that is wider than the room is shown smaller, never cut.
    """

    started = Signal()
    """The engine runs: `view` is there, and `refresh` has an effect."""

    def __init__(
        self,
        session: Session,
        prepare: Callable[[], Work[RenderedPage] | None],
        on_rendered: Callable[[], object] | None = None,
        on_failed: Callable[[EditorError], object] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "ground")
        self.view: PageView | None = None
        """The page on screen; None until the engine has started."""
        self._session, self._on_rendered = session, on_rendered
        self._renders = Coalescer[RenderedPage](
            session.jobs, self, prepare, self._show, on_failed, show_stale=True
        )
        self._start = once(self, self._start_engine)
        self._width: Width = "desktop"
        self._starts_at_top = True

    def start(self) -> None:
        """Start the engine once this event has been handled; a second call does nothing."""
        if self.view is None:
            self._start.start()

    def refresh(self) -> None:
        """Render the page as it is now, as soon as the engine runs."""
        if self.view is not None:
            self._renders.ask()

    def reset(self) -> None:
        """Drop what is being rendered; the next page is another one and starts at its top."""
        self._renders.cancel()
        self._starts_at_top = True

    def set_width(self, width: Width) -> None:
        """Lay the page out for a desktop or for a phone."""
        self._width = width
        self._arrange()

    def release(self) -> None:
        """Let the engine go, which must happen before the application ends."""
        if self.view is not None:
            self.view.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _start_engine(self) -> None:
        self.view = PageView(self._session.jobs, self._session.desk.pictures.read, self)
        self._arrange()
        self.view.show()
        self.started.emit()
        self.refresh()

    def _show(self, page: RenderedPage) -> None:
        if self.view is None:
            return
        self.view.show_page(page, from_top=self._starts_at_top)
        self._starts_at_top = False
        if self._on_rendered is not None:
            self._on_rendered()

    def _arrange(self) -> None:
        if self.view is None:
            return
        if self._width == "desktop":
            self.view.setGeometry(self.rect())
            self.view.set_zoom(min(1.0, max(_SMALLEST_ZOOM, self.width() / DESKTOP)))
        else:
            width = min(PHONE, self.width())
            self.view.setGeometry(QRect((self.width() - width) // 2, 0, width, self.height()))
            self.view.set_zoom(width / PHONE)
