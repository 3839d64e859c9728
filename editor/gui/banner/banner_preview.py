"""The banner as readers will see it, under its editor."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.core import times
from editor.core.edition import Item
from editor.core.workflow import Stage
from editor.errors import OutputError
from editor.gui.banner.draft import BannerDraft
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.page.page_frame import PageFrame
from editor.gui.page.page_maker import PageMaker
from editor.gui.page.page_view import PageView
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.session import Session
from editor.i18n import _
from editor.proof.pages import Site
from editor.store.reading.rows import Filter
from editor.store.reading.snapshot import Snapshot

_STORIES = 4


class BannerStrip(QWidget):
    """The home page with the typed banner: the same renderer as the export.

    The engine is started after the first paint.
    """

    def __init__(self, session: Session, draft: BannerDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("The banner as readers will see it"))
        self._session = session
        self._draft = draft
        self._maker = PageMaker()
        self._renders = Coalescer[RenderedPage](
            session.jobs, self, self._prepare, self._rendered, show_stale=True
        )
        self._items: tuple[Item, ...] = ()
        self._view: PageView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        draft.changed.connect(lambda _where: self._render())

    @property
    def view(self) -> PageView | None:
        """The page on screen; None until the engine has started."""
        return self._view

    def sizeHint(self) -> QSize:
        """Enough for the banner and the start of what is under it."""
        return QSize(480, 240)

    def release(self) -> None:
        """Let the engine go."""
        if self._view is not None:
            self._view.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Start the engine once the editor has been seen."""
        super().paintEvent(event)
        if self._view is None:
            QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        if self._view is None:
            self._view = PageView(self._session.jobs, self._session.desk.pictures.read)
            self._column.addWidget(PageFrame(self._view))
            self._session.ask(_front, owner=self, done=self._found)

    def _found(self, items: tuple[Item, ...]) -> None:
        self._items = items
        self._render()

    def _render(self) -> None:
        if self._view is not None:
            self._renders.ask()

    def _prepare(self) -> Work[RenderedPage]:
        briefs = self._draft.banner.current(times.now())
        site, items = Site(self._session.house, briefs, self._session.slugs), self._items
        return lambda _progress: self._maker.home(items, site)

    def _rendered(self, sheet: RenderedPage) -> None:
        if self._view is not None:
            self._view.show_sheet(sheet)


def _front(snapshot: Snapshot) -> tuple[Item, ...]:
    """A few stories for the page under the banner."""
    rows = snapshot.rows(Filter(stage=Stage.APPROVED), 0, _STORIES)
    try:
        return snapshot.edition([row.id for row in rows], times.now()).items if rows else ()
    except OutputError:
        # One of them is under embargo, say: the banner is what matters here.
        return ()
