"""One page of the site that is rendered again whenever what it shows has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from editor.errors import EditorError
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.page.page_picture import PagePicture
from editor.gui.page.rendered_page import Media, RenderedPage
from editor.gui.session import Session
from editor.gui.theme import color
from editor.gui.widgets.layout import once

if TYPE_CHECKING:
    from editor.gui.page.page_view import PageView

Width: TypeAlias = Literal["desktop", "phone"]
"""How wide the reader's window is taken to be."""

PHONE = 390
"""The width of a phone's window in CSS pixels: that of the most sold ones."""
DESKTOP = 760
"""The least width that a page is laid out for on a desktop; shown smaller where there is less."""
_SMALLEST_ZOOM = 0.55
_PAINTED_MS = 150
"""How long the engine takes at most to paint a page that it holds."""
_PAUSE_MS = 1000
"""The engine starts after so long without a change: it takes the computer for a moment."""


class LivePage(QWidget):
    """A page in a web engine, which starts when the person pauses or looks at the page.

    Until then there is an empty sheet where the page will be.

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
        self._zoom = 1.0
        self._starts_at_top = True
        self._wanted_scroll = 0.0
        self._is_released = False
        self._cover: QLabel | None = None
        self.picture: PagePicture | None = None
        """A picture that is shown over the page, which is not painted yet."""
        self._uncover_soon = once(self, self.forget_picture, _PAINTED_MS)
        # Without a button as well: whoever moves the pointer over the page looks at it.
        self.setMouseTracking(True)

    def start(self) -> None:
        """Start the engine once this event has been handled; a second call does nothing."""
        if self.view is None and not self._is_released:
            self._start.start(0)

    def start_at_pause(self) -> None:
        """Start the engine after a pause, which each call begins again."""
        is_asked = self._start.isActive() and self._start.interval() == 0
        if self.view is None and not self._is_released and not is_asked:
            self._start.start(_PAUSE_MS)

    def refresh(self) -> None:
        """Render the page as it is now, as soon as the engine runs."""
        if self.view is not None:
            self._renders.ask()
        elif self._start.isActive():
            self.start_at_pause()

    def reset(self) -> None:
        """Drop what is being rendered; the next page is another one and starts at its top."""
        self._renders.cancel()
        self._starts_at_top = True
        self._wanted_scroll = 0.0
        self.forget_picture()

    def set_width(self, width: Width) -> None:
        """Lay the page out for a desktop or for a phone."""
        self._width = width
        self._arrange()

    def set_zoom(self, factor: float) -> None:
        """Show the page larger or smaller than its width asks for, by a factor."""
        self._zoom = factor
        self._arrange()

    @property
    def is_current(self) -> bool:
        """Whether the engine has painted the page as it is now."""
        is_painted = self.view is not None and self.view.rendered is not None
        return is_painted and not (self._cover or self._renders.busy or self._renders.pending)

    def scrolled(self) -> float:
        """Return how far down the page is scrolled, or will be once it is shown, in CSS pixels."""
        if self.view is None or self._wanted_scroll:
            return self._wanted_scroll
        return self.view.scrolled()

    def scroll_to(self, pixels: float) -> None:
        """Scroll the page as far down, in CSS pixels, as soon as the engine shows it at all."""
        if self.view is None or self.view.rendered is None:
            self._wanted_scroll = pixels

    def show_picture(self, picture: PagePicture) -> None:
        """Show a picture of the page until the engine has painted it, as far down."""
        if self.view is None:
            self._cover, self.picture = picture.label(self), picture
            self._cover.setGeometry(self.rect())
            self._cover.show()

    def forget_picture(self) -> None:
        """Show no picture any more: the page, or an empty sheet as long as there is none."""
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
        self._cover = self.picture = None

    def release(self) -> None:
        """Let the engine go, which must happen before the application ends."""
        self._is_released = True
        self._start.stop()
        if self.view is not None:
            self.view.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.view is None:
            QPainter(self).fillRect(self._page_rect(), color("paper"))
            self.start_at_pause()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cover is not None:
            self._cover.setGeometry(self.rect())
        self._arrange()

    def _start_engine(self) -> None:
        from editor.gui.page.page_view import PageView  # noqa: PLC0415  the engine's libraries

        def render(media: Media) -> bytes:
            pictures = self._session.desk.pictures
            return pictures.encoded(media.file, media.rendition, media.siblings)

        self.view = PageView(self._session.jobs, render, self)
        self._arrange()
        self.view.show()
        if self._cover is not None:
            self._cover.raise_()
        self.view.shown.connect(self._page_shown, Qt.ConnectionType.SingleShotConnection)
        self.started.emit()
        self.refresh()

    def _page_shown(self) -> None:
        wanted, self._wanted_scroll = self._wanted_scroll, 0.0
        if self.picture is not None:
            wanted = self.picture.scroll
            self._uncover_soon.start()
        if self.view is not None and wanted:
            self.view.page.run_script(f"scrollTo(0, {wanted})")

    def _show(self, page: RenderedPage) -> None:
        if self.view is None:
            return
        self.view.show_page(page, from_top=self._starts_at_top)
        self._starts_at_top = False
        if self._on_rendered is not None:
            self._on_rendered()

    def _arrange(self) -> None:
        page = self._page_rect()
        if self.view is None:
            self.update()
        elif self._width == "desktop":
            self.view.setGeometry(page)
            fitting = min(1.0, max(_SMALLEST_ZOOM, page.width() / DESKTOP))
            self.view.set_zoom(fitting * self._zoom)
        else:
            self.view.setGeometry(page)
            self.view.set_zoom(page.width() / PHONE)

    def _page_rect(self) -> QRect:
        if self._width == "desktop":
            return self.rect()
        width = min(round(PHONE * self._zoom), self.width())
        return QRect((self.width() - width) // 2, 0, width, self.height())
