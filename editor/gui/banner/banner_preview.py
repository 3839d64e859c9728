"""The banner as readers will see it, under its editor."""

from __future__ import annotations

from PySide6.QtCore import QSize

from editor.core import times
from editor.core.edition import Item
from editor.core.workflow import Stage
from editor.errors import OutputError
from editor.gui.banner.banner_draft import BannerDraft
from editor.gui.draft.named_stories import NamedStories
from editor.gui.jobs import Work
from editor.gui.page.live_page import LivePage
from editor.gui.page.page_maker import PageMaker
from editor.gui.page.page_themes import PageThemes
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.session import Session
from editor.i18n import _
from editor.proof.pages import Site
from editor.store.reading.rows import Filter
from editor.store.reading.snapshot import Snapshot

_STORIES = 4


class BannerPreview(LivePage):
    """The home page with the typed banner, made with the export's renderer."""

    def __init__(self, session: Session, draft: BannerDraft) -> None:
        super().__init__(session, self._prepare)
        self.setAccessibleName(_("The banner as readers will see it"))
        self._draft = draft
        self._maker = PageMaker(session.documents, PageThemes(session.desk.path).of)
        self._items: tuple[Item, ...] = ()
        self._named = NamedStories(session, self)
        self._named.changed.connect(self.refresh)
        self.started.connect(
            lambda: session.ask(_stories_under_banner, owner=self, done=self._show_items)
        )
        draft.changed.connect(lambda _where: self.refresh())

    def sizeHint(self) -> QSize:
        """Return room for the banner and the start of what is under it."""
        return QSize(480, 240)

    def _show_items(self, items: tuple[Item, ...]) -> None:
        self._items = items
        self.refresh()

    def _prepare(self) -> Work[RenderedPage]:
        briefs = self._draft.banner.current(times.now())
        self._named.want(brief.story for brief in briefs if brief.story)
        site, items = Site(self._session.house, briefs, self._named.names.slugs), self._items
        return lambda _progress: self._maker.home(items, site)


def _stories_under_banner(snapshot: Snapshot) -> tuple[Item, ...]:
    """Return a few approved stories for the page under the banner."""
    rows = snapshot.rows(Filter(stage=Stage.APPROVED), limit=_STORIES)
    try:
        return snapshot.items([row.id for row in rows])
    except OutputError:
        # One of them is under embargo, say: the banner is what matters here.
        return ()
