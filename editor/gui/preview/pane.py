"""The Preview tab: the open story's page, a fraction of a second behind the typing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from editor.checks.base import TextPlace
from editor.core import times
from editor.core.changes import Changes
from editor.core.edition import Item
from editor.core.story import Story
from editor.errors import EditorError, NotFound, OutputError
from editor.gui.coalescer import Coalescer
from editor.gui.draft.draft import Draft
from editor.gui.jobs import Work
from editor.gui.page.page_frame import PageFrame
from editor.gui.page.page_maker import PageMaker
from editor.gui.page.page_view import PageView
from editor.gui.page.preview_item import preview_item
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.preview.places import block_at, block_place
from editor.gui.preview.width_switch import Width, WidthSwitch
from editor.gui.session import Session
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.proof.pages import Site
from editor.store.reading.snapshot import Snapshot

_CORNER = 8


class PreviewPane(QWidget):
    """Shows the page of the draft and follows each change; leads back from a click.

    The web engine is started after the pane's first paint, so that the window
    never waits for it.
    """

    open_story = Signal(str)
    """A link to a story was followed: its slug."""
    block_clicked = Signal(int)
    """A block of the body was clicked, counted from 0."""
    place_clicked = Signal(object)
    """The same as a Place in the body's text, for the form."""
    shown = Signal()
    """The page holds the latest text."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draft = draft
        self._maker = PageMaker()
        self._renders = Coalescer[RenderedPage](
            session.jobs, self, self._prepare, self._rendered, self._failed, show_stale=True
        )
        self._view: PageView | None = None
        self._stage: PageFrame | None = None
        self._width: Width = "desktop"
        self._fresh = True
        self._approved: Item | None = None
        self._headlines: dict[str, str] = {}
        self._site: Site | None = None
        self._made_of: tuple[object, ...] = ()
        self.switch = WidthSwitch()
        """The desktop and phone buttons; a window may move them beside its tabs."""
        self._build()
        self._connect()

    # -- what others ask of it --------------------------------------------------

    @property
    def view(self) -> PageView | None:
        """The page on screen; None until the engine has started."""
        return self._view

    def set_width(self, name: Width) -> None:
        """Lay the page out for a desk or for a phone."""
        self._width = name
        self.switch.choose(name)
        if self._stage is not None:
            self._stage.set_width(name)

    def show_block(self, index: int) -> None:
        """Mark a block of the body and bring it into view if it is not; -1 marks none."""
        if self._view is not None:
            self._view.mark_block(index)

    def show_place(self, place: TextPlace) -> None:
        """Mark the block that a place of the form is in; none outside the body."""
        story, sheet = self._draft.story, self._view.sheet if self._view else None
        if story is not None and sheet is not None:
            self.show_block(block_at(place, sheet.blocks))

    def release(self) -> None:
        """Let the engine go; the pane is of no use afterwards."""
        if self._view is not None:
            self._view.release()

    # -- building -----------------------------------------------------------------

    def _build(self) -> None:
        self.setAccessibleName(_("Preview"))
        self._empty = QLabel(_("Open a story to see its page as readers will get it."))
        self._empty.setProperty("kind", "hint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(32)
        self._bar = ProblemBar()
        # Over the page's corner, as browsers do: it comes and goes with the pointer.
        self._status = ElidedLabel(parent=self)
        self._status.setProperty("kind", "chip")
        self._status.setContentsMargins(12, 3, 12, 3)
        self._status.hide()
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 8, 0)
        top.addStretch(1)
        top.addWidget(self.switch)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.switch.chosen.connect(self.set_width)
        self._draft.opened.connect(self._opened)
        self._draft.changed.connect(self._changed)
        self._draft.state_changed.connect(self._look_up)
        self._session.changed.connect(self._desk_changed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Start the engine once the window has been seen."""
        super().paintEvent(event)
        if self._view is None:
            QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        if self._view is not None:
            return
        self._view = view = PageView(self._session.jobs, self._session.desk.pictures.read)
        view.shown.connect(self.shown)
        view.story_followed.connect(self.open_story)
        view.link_followed.connect(self._link_followed)
        view.link_hovered.connect(self._link_hovered)
        view.block_clicked.connect(self._block_clicked)
        view.crashed.connect(self._crashed)
        self._stage = PageFrame(view)
        self._stage.set_width(self._width)
        self._stack.addWidget(self._stage)
        self._opened()

    # -- following the draft ------------------------------------------------------

    def _opened(self) -> None:
        self._renders.cancel()
        self._fresh = True
        self._approved = None
        self.show_block(-1)
        self._look_up()
        self._render()

    def _changed(self, path: str) -> None:
        if path in ("", "related"):
            self._look_up()
        self._render()

    def _desk_changed(self, changes: Changes) -> None:
        if any(changes.touches(kind) for kind in ("house", "banner", "story")):
            self._site = None
            self._render()

    def _render(self) -> None:
        story = self._draft.story
        if self._view is None or self._stage is None:
            return
        self._stack.setCurrentWidget(self._empty if story is None else self._stage)
        if story is not None:
            self._renders.ask()

    def _prepare(self) -> Work[RenderedPage] | None:
        story = self._draft.story
        if story is None:
            return None
        item, site = preview_item(story, self._approved, times.now()), self._site_of(story)
        return lambda _progress: self._maker.story(item, site)

    def _rendered(self, sheet: RenderedPage) -> None:
        if self._view is not None and self._draft.story is not None:
            self._bar.clear()
            self._view.show_sheet(sheet, top=self._fresh)
            self._fresh = False

    def _failed(self, error: EditorError) -> None:
        self._bar.show_error(error)

    def _site_of(self, story: Story) -> Site:
        """The site as it would be now, the same value while nothing in it changes."""
        session = self._session
        briefs = session.banner.current(times.now())
        made_of = (session.house, briefs, session.slugs, self._headlines, story.id, story.slug)
        if self._site is None or any(
            a is not b and a != b for a, b in zip(made_of, self._made_of, strict=True)
        ):
            slugs = session.slugs
            if story.id and slugs.get(story.id) != story.slug:
                slugs = {**slugs, story.id: story.slug}
            self._site, self._made_of = Site(session.house, briefs, slugs, self._headlines), made_of
        return self._site

    # -- what the desk knows of the story -----------------------------------------

    def _look_up(self) -> None:
        """Ask for the approved item and the headlines of related stories."""
        story, stored = self._draft.story, self._draft.stored
        if story is None or self._view is None:
            return
        wanted = tuple(each for each in story.related if each not in self._headlines)
        slug = ""
        if stored is not None and stored.approval is not None:
            known = self._approved is not None and self._approved.hash == stored.hash
            slug = "" if known else stored.story.slug
        if wanted or slug:
            self._session.ask(
                partial(_known, slug=slug, related=wanted, at=times.now()),
                owner=self,
                done=self._looked_up,
            )

    def _looked_up(self, found: tuple[Item | None, dict[str, str]]) -> None:
        item, headlines = found
        story = self._draft.story
        if story is None:
            return
        if item is not None and item.story.id == story.id:
            self._approved = item
        self._headlines = {**self._headlines, **headlines}
        self._render()

    # -- from the page back ---------------------------------------------------------

    def _block_clicked(self, index: int) -> None:
        self.block_clicked.emit(index)
        story, sheet = self._draft.story, self._view.sheet if self._view else None
        if story is not None and sheet is not None:
            self.place_clicked.emit(block_place(index, sheet.blocks))

    def _link_followed(self, url: str, apart: bool) -> None:
        if apart:
            QDesktopServices.openUrl(QUrl(url))
        else:
            self._tell(_("{url} (Ctrl+click opens it in the browser)").format(url=url))

    def _link_hovered(self, url: str) -> None:
        self._tell(_told(url))

    def _tell(self, words: str) -> None:
        self._status.setText(words)
        self._status.setVisible(bool(words))
        self._place_status()

    def _place_status(self) -> None:
        size = self._status.sizeHint()
        width = min(size.width(), self.width() - 2 * _CORNER)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - width - _CORNER if mirrored else _CORNER
        self._status.setGeometry(
            left, self.height() - size.height() - _CORNER, width, size.height()
        )
        self._status.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is told of a link in the page's corner."""
        super().resizeEvent(event)
        self._place_status()

    def _crashed(self) -> None:
        self._bar.show_text(
            _("The preview stopped working. Your text is not affected."),
            _("Load it again to go on."),
            (_("Reload"), self._reload),
            severe=True,
        )

    def _reload(self) -> None:
        if self._view is not None:
            self._view.reload()


def _known(
    snapshot: Snapshot, slug: str, related: tuple[str, ...], at: datetime
) -> tuple[Item | None, dict[str, str]]:
    """The approved item of a slug if it may go out, and headlines by story id."""
    headlines: dict[str, str] = {}
    for story_id in related:
        try:
            headlines[story_id] = snapshot.stored(story_id).story.headline
        except NotFound:
            # A related story that is gone is left out of the page too.
            continue
    item = None
    if slug:
        try:
            item = next(iter(snapshot.edition([slug], at).items), None)
        except OutputError:
            # Under embargo, say: the preview shows today's date instead.
            item = None
    return item, headlines


def _told(url: str) -> str:
    """What a link under the pointer is, in the words of a writer."""
    if not url.startswith("stonehand:"):
        return url
    name = url.rpartition("/")[2].removesuffix(".html")
    return _("Story “{slug}”").format(slug=name) if "/stories/" in url else ""
