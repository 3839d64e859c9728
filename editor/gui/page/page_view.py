"""One page of the site's tree on screen, changed in place while it is being written."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import delete

from editor.gui.jobs import Jobs
from editor.gui.page.engine import LockedPage, make_profile
from editor.gui.page.rendered_page import RenderedPage, page_script, patch_script
from editor.gui.page.scheme import HOST, SCHEME, address
from editor.gui.page.scheme_handler import SchemeHandler
from editor.gui.theme import color, current_theme
from editor.resources import resource


class PageView(QWidget):
    """Shows a Sheet, then the next one by changing only what differs. Scroll stays.

    Make it after the window's first paint: the engine takes its time to start.
    """

    shown = Signal()
    """What was last given is in the page (its pictures and its painting may follow)."""
    story_followed = Signal(str)
    """A link to a story of the desk was clicked: its slug."""
    link_followed = Signal(str, bool)
    """A link to the web was clicked; True for a click with Ctrl or the middle button."""
    link_hovered = Signal(str)
    """The address under the pointer, or nothing."""
    block_clicked = Signal(int)
    """A block of the story's body was clicked, counted from 0."""
    crashed = Signal()
    """The engine's process for this page ended; `reload` starts another."""

    def __init__(
        self, jobs: Jobs, read: Callable[[str], bytes], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # The view is a child before the profile is: children go in that order, and
        # the page must be gone when its profile goes.
        self._view = QWebEngineView(self)
        layout.addWidget(self._view)
        self._profile = make_profile(self)
        self._handler = SchemeHandler(jobs, read, self._profile)
        self._profile.installUrlSchemeHandler(SCHEME, self._handler)
        self._page = LockedPage(self._profile, self._view)
        self._view.setPage(self._page)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._view.setAcceptDrops(False)
        self._shown: RenderedPage | None = None
        self._next: RenderedPage | None = None
        self._loading = False
        self._dead = False
        self._released = False
        self._mark = -1
        self._pressed: QPointF | None = None
        self._page.loadFinished.connect(self._loaded)
        self._page.renderProcessTerminated.connect(self._terminated)
        self._page.followed.connect(self._followed)
        self._page.linkHovered.connect(self.link_hovered)
        self._wear()
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.release)
        self.setFocusProxy(self._view)

    @property
    def page(self) -> LockedPage:
        """The engine's page, for scripts of ours and for tests."""
        return self._page

    @property
    def sheet(self) -> RenderedPage | None:
        """What is shown or about to be."""
        return self._next or self._shown

    @property
    def loading(self) -> bool:
        """Whether the engine is still loading a page; patches wait for it."""
        return self._loading

    def show_sheet(self, sheet: RenderedPage, top: bool = False) -> None:
        """Show a page; `top` starts at its top, otherwise the scroll stays."""
        self._handler.serve(sheet)
        if self._loading or self._dead:
            self._next = sheet
        elif self._shown is None or self._shown.folder != sheet.folder:
            self._load(sheet)
        else:
            script = patch_script(self._shown, sheet)
            self._shown = sheet
            if script:
                self._page.do(script, self._patched)
            else:
                self.shown.emit()
            if top:
                self._page.do("stonehand.top()")

    def reload(self) -> None:
        """Load what is shown again, from nothing."""
        sheet = self.sheet
        if sheet is not None and not self._released:
            self._next = None
            self._load(sheet)

    def mark_block(self, index: int) -> None:
        """Mark a block of the body and bring it into view if it is not; -1 marks none."""
        self._mark = index
        if self._shown is not None and not (self._loading or self._dead):
            self._page.do(f"stonehand.mark({index}, '{color('accent').name()}')")

    def set_zoom(self, factor: float) -> None:
        """Show the page at a factor of its size, 0.25 to 5."""
        if not self._released and abs(self._page.zoomFactor() - factor) > 0.001:
            self._page.setZoomFactor(factor)

    def release(self) -> None:
        """Let the engine go in the order it needs: the page before its profile."""
        if not self._released:
            self._dead = self._released = True
            self._view.setPage(None)  # type: ignore[arg-type]  # the stubs forget None
            # At once: after the event loop has ended nothing is deleted later.
            delete(self._page)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the application's look."""
        if event.type() is QEvent.Type.PaletteChange and not self._loading:
            self._wear()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the engine go with the window."""
        self.release()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell a click from the drag of a selection."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self._pressed = cast(QMouseEvent, event).position()
        elif event.type() is QEvent.Type.MouseButtonRelease and self._pressed is not None:
            mouse = cast(QMouseEvent, event)
            moved = (mouse.position() - self._pressed).manhattanLength()
            self._pressed = None
            if (
                mouse.button() is Qt.MouseButton.LeftButton
                and moved < QApplication.startDragDistance()
            ):
                self._find_block(mouse.position())
        return super().eventFilter(watched, event)

    def _load(self, sheet: RenderedPage) -> None:
        self._loading, self._dead = True, False
        self._shown = sheet
        self._handler.serve(sheet)
        self._handler.look = current_theme()
        self._page.go(address(sheet.path))

    def _loaded(self, ok: bool) -> None:
        self._loading = False
        if not ok:
            self._shown = None
            if self._next is not None:
                sheet, self._next = self._next, None
                self._load(sheet)
            return
        self._listen()
        self._page.do(resource("preview", "page.js").read_text(encoding="utf-8"))
        self._wear()
        if self._mark >= 0:
            self.mark_block(self._mark)
        if self._next is not None:
            sheet, self._next = self._next, None
            self.show_sheet(sheet)
        else:
            self._page.do("true", self._patched)

    def _patched(self, fitted: object) -> None:
        if fitted is False and self._shown is not None:
            # The page was not what we thought; the whole page puts that right.
            self._page.do(page_script(self._shown), lambda _: self.shown.emit())
        else:
            self.shown.emit()

    def _find_block(self, at: QPointF) -> None:
        zoom = self._page.zoomFactor()
        self._page.do(f"stonehand.block_at({at.x() / zoom}, {at.y() / zoom})", self._tell_block)

    def _tell_block(self, index: object) -> None:
        if isinstance(index, int | float) and index >= 0:
            self.block_clicked.emit(int(index))

    def _followed(self, url: QUrl, apart: bool) -> None:
        if url.scheme() == SCHEME.decode() and url.host() == HOST:
            folder, _, name = url.path().lstrip("/").rpartition("/")
            if folder == "stories" and name.endswith(".html"):
                self.story_followed.emit(name.removesuffix(".html"))
        elif url.scheme() in ("http", "https", "mailto"):
            self.link_followed.emit(url.toString(), apart)

    def _terminated(self, _status: QWebEnginePage.RenderProcessTerminationStatus) -> None:
        self._loading, self._dead = False, True
        self.crashed.emit()

    def _wear(self) -> None:
        if self._dead:
            return
        self._page.setBackgroundColor(color("panel"))
        if self._shown is not None:
            self._page.do(f"globalThis.stonehand?.appearance('{current_theme()}')")

    def _listen(self) -> None:
        """Watch the engine's own widget, which comes and goes with its process."""
        proxy = self._view.focusProxy()
        if proxy is not None:
            proxy.removeEventFilter(self)
            proxy.installEventFilter(self)
            proxy.setAcceptDrops(False)
