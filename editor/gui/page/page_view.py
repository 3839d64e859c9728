"""One page of the site's tree on screen, changed in place while it is being written."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from editor.crash_reports import save_report
from editor.gui.jobs import Jobs
from editor.gui.page.engine import LockedPage, make_profile
from editor.gui.page.rendered_page import Media, RenderedPage, page_script, patch_script
from editor.gui.page.scheme import HOST, SCHEME, address
from editor.gui.page.scheme_handler import SchemeHandler
from editor.gui.theme import color, color_scheme, current_theme
from editor.gui.widgets.layout import column
from editor.resources import resource


class PageView(QWidget):
    """Shows a RenderedPage, then the next one by changing only what differs. Scroll stays.

    Make it after the window's first paint: the engine is slow to start.
    """

    shown = Signal()
    """The latest page is in the engine (its pictures and its painting may follow)."""
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
        self, jobs: Jobs, render: Callable[[Media], bytes], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        # The view is a child before the profile is: children are deleted in that order,
        # and the page must be deleted before its profile.
        self._view = QWebEngineView(self)
        column(self._view, inside=self)
        self._profile = make_profile(self)
        self._handler = SchemeHandler(jobs, render, self._profile)
        self._profile.installUrlSchemeHandler(SCHEME, self._handler)
        self.page = LockedPage(self._profile, self._view)
        """The engine's page, for scripts of ours and for tests."""
        self._view.setPage(self.page)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._view.setAcceptDrops(False)
        self._shown: RenderedPage | None = None
        self._next: RenderedPage | None = None
        self.loading = False
        """Whether the engine is still loading a page; patches wait for it."""
        self._dead = self._released = False
        self._marked = -1
        self._pressed: QPointF | None = None
        self.page.loadFinished.connect(self._loaded)
        self.page.renderProcessTerminated.connect(self._terminated)
        self.page.link_clicked.connect(self._link_clicked)
        self.page.linkHovered.connect(self.link_hovered)
        self._apply_look()
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.release)
        self.setFocusProxy(self._view)

    @property
    def rendered(self) -> RenderedPage | None:
        """What is shown or about to be."""
        return self._next or self._shown

    def show_page(self, page: RenderedPage, from_top: bool = False) -> None:
        """Show a page; with `from_top` scrolled to its top, otherwise the scroll stays."""
        self._handler.page = page
        if self.loading or self._dead:
            self._next = page
        elif self._shown is None or self._shown.folder != page.folder:
            self._load(page)
        else:
            script = patch_script(self._shown, page)
            is_other_sheet = self._shown.css != page.css
            self._shown = page
            if is_other_sheet:
                self._apply_look()
            if script:
                self.page.run_script(script, self._patched)
            else:
                self.shown.emit()
            if from_top:
                self.page.run_script("stonehand.top()")

    def reload(self) -> None:
        """Load what is shown again, from nothing."""
        page = self.rendered
        if page is not None and not self._released:
            self._next = None
            self._load(page)

    def mark_block(self, index: int) -> None:
        """Mark a block of the body and bring it into view if it is not; -1 marks none."""
        self._marked = index
        if self._shown is not None and not (self.loading or self._dead):
            self.page.run_script(f"stonehand.mark({index}, '{color('accent').name()}')")

    def scrolled(self) -> float:
        """Return how far down the page is scrolled, in CSS pixels; 0 while the engine has none."""
        if self._shown is None or self.loading or self._dead:
            return 0.0  # to ask the engine would end the process
        return self.page.scrollPosition().y() / self.page.zoomFactor()

    def set_zoom(self, factor: float) -> None:
        """Show the page at a factor of its size, 0.25 to 5."""
        if not self._released and abs(self.page.zoomFactor() - factor) > 0.001:
            self.page.setZoomFactor(factor)

    def release(self) -> None:
        """Let the engine go in the order it needs: the page before its profile."""
        if not self._released:
            self._dead = self._released = True
            self._view.setPage(None)  # type: ignore[arg-type]  # the stubs forget None
            # At once: after the event loop has ended nothing is deleted later.
            delete(self.page)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange and not self.loading:
            self._apply_look()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.release()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell a click from the drag of a selection."""
        if isinstance(event, QMouseEvent):
            if event.type() is QEvent.Type.MouseButtonPress:
                self._pressed = event.position()
            elif event.type() is QEvent.Type.MouseButtonRelease and self._pressed is not None:
                moved = (event.position() - self._pressed).manhattanLength()
                self._pressed = None
                is_left = event.button() is Qt.MouseButton.LeftButton
                if is_left and moved < QApplication.startDragDistance():
                    self._find_block(event.position())
        return super().eventFilter(watched, event)

    def _load(self, page: RenderedPage) -> None:
        self.loading, self._dead = True, False
        self._shown = self._handler.page = page
        self._handler.look = color_scheme(current_theme())
        self.page.load_page(address(page.path))

    def _loaded(self, ok: bool) -> None:
        self.loading = False
        waiting, self._next = self._next, None
        if not ok:
            self._shown = None
            if waiting is not None:
                self._load(waiting)
            return
        self._watch_engine()
        self.page.run_script(resource("preview", "page.js").read_text(encoding="utf-8"))
        self._apply_look()
        if self._marked >= 0:
            self.mark_block(self._marked)
        if waiting is not None:
            self.show_page(waiting)
        else:
            self.page.run_script("true", self._patched)

    def _patched(self, fitted: object) -> None:
        if fitted is False and self._shown is not None:
            # The page was not as expected; the whole page puts that right.
            self.page.run_script(page_script(self._shown), lambda _: self.shown.emit())
        else:
            self.shown.emit()

    def _find_block(self, at: QPointF) -> None:
        zoom = self.page.zoomFactor()

        def found(index: object) -> None:
            if isinstance(index, int | float) and index >= 0:
                self.block_clicked.emit(int(index))

        self.page.run_script(f"stonehand.block_at({at.x() / zoom}, {at.y() / zoom})", found)

    def _link_clicked(self, url: QUrl, in_new_window: bool) -> None:
        if url.scheme() == SCHEME.decode() and url.host() == HOST:
            folder, _, name = url.path().lstrip("/").rpartition("/")
            if folder == "stories" and name.endswith(".html"):
                self.story_followed.emit(name.removesuffix(".html"))
        elif url.scheme() in ("http", "https", "mailto"):
            self.link_followed.emit(url.toString(), in_new_window)

    def _terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int = 0
    ) -> None:
        self.loading, self._dead = False, True
        if status is not QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            save_report(f"The process of the page ended: {status.name} {code}\n")
        self.crashed.emit()

    def _apply_look(self) -> None:
        if self._dead:
            return
        self.page.setBackgroundColor(color("paper"))
        if self._shown is not None:
            state = sha256(self._shown.css.encode()).hexdigest()[:16]
            look = f"'{color_scheme(current_theme())}', '{state}'"
            self.page.run_script(f"globalThis.stonehand?.appearance({look})")

    def _watch_engine(self) -> None:
        """Watch the engine's own widget, which is another one after its process has ended."""
        proxy = self._view.focusProxy()
        if proxy is not None:
            proxy.removeEventFilter(self)
            proxy.installEventFilter(self)
            proxy.setAcceptDrops(False)
