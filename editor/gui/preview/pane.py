"""The Preview tab: the open story's page, rendered again a moment after each change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from editor.core import times
from editor.core.changes import Changes
from editor.core.edition import Item
from editor.core.findings import TextPlace
from editor.core.story import Story
from editor.core.workflow import Publication
from editor.errors import NotFound, OutputError
from editor.gui.draft.draft import Draft
from editor.gui.draft.new_stories import new_story_action
from editor.gui.jobs import Work
from editor.gui.page.live_page import LivePage
from editor.gui.page.page_maker import PageMaker
from editor.gui.page.page_picture import PagePicture
from editor.gui.page.page_themes import PageThemes
from editor.gui.page.preview_item import preview_item
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.preview.places import block_at, block_place
from editor.gui.session import Session
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.layout import STRETCH, column, row
from editor.gui.widgets.outside import open_address
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.segments import Segments
from editor.gui.widgets.width_switch import width_switch
from editor.i18n import _
from editor.proof.pages import Site
from editor.proof.site import LinkText
from editor.store.reading.snapshot import Snapshot

if TYPE_CHECKING:
    from editor.gui.page.page_view import PageView

_CORNER = 8


class PreviewPane(QWidget):
    """Shows the page of the draft and follows each change; a click leads to its place in the form.

    The web engine starts when the person pauses or looks at the page, so that the
    window never waits for it.
    """

    story_followed = Signal(str)
    """A link to a story was clicked: its slug."""
    place_clicked = Signal(TextPlace)
    """A block of the body was clicked: where it starts in the text."""
    shown = Signal()
    """The page holds the latest text."""

    def __init__(self, session: Session, draft: Draft, switch: Segments | None = None) -> None:
        super().__init__()
        self._session, self._draft = session, draft
        self._themes = PageThemes(session.desk.path)
        self._maker = PageMaker(session.documents, self._themes.of)
        self._approved: Item | None = None
        self._related: dict[str, LinkText] = {}
        self._is_killed = False
        self._theme_problem = ""
        self._bar = ProblemBar()
        self._live = LivePage(session, self._prepare, self._rendered, self._bar.show_error)
        self.switch = switch or width_switch()
        """The desktop and phone buttons, which a window has beside its tabs."""
        self._lay_out([] if switch else [row(STRETCH, self.switch, margins=(8, 0))])
        self._live.set_width("phone" if self.switch.current() == "phone" else "desktop")
        self.switch.chosen.connect(self._live.set_width)
        self._live.started.connect(self._connect_view)
        draft.opened.connect(self._opened)
        draft.changed.connect(self._changed)
        draft.state_changed.connect(self._state_changed)
        draft.named.changed.connect(self._live.refresh)
        session.changed.connect(self._desk_changed)
        # It may be made long after the story was opened, when its tab is first chosen.
        self._opened()

    @property
    def view(self) -> PageView | None:
        """The page on screen; None until the engine has started."""
        return self._live.view

    def start(self) -> None:
        """Start the engine now, for somebody looks at the page."""
        self._live.start()

    def set_zoom(self, percent: int) -> None:
        """Show the page at so many percent of the size that fits its room."""
        self._live.set_zoom(percent / 100)

    def show_place(self, place: TextPlace) -> None:
        """Mark the block that a place of the form is in; none outside the body."""
        is_open = self._draft.open_story.is_open
        if is_open and self.view is not None and self.view.rendered is not None:
            self.view.mark_block(block_at(place, self.view.rendered.blocks))

    def picture(self) -> PagePicture | None:
        """Return a picture of the page, where it holds all of the version that is saved."""
        story = self._draft.open_story
        if story.stored is None or story.has_unsaved_text:
            return None
        if self._live.picture is not None or not self._live.is_current:
            return self._live.picture
        return PagePicture(self._live.grab().toImage(), story.stored.hash, self._live.scrolled())

    def show_picture(self, picture: PagePicture) -> None:
        """Show a picture of the page until the engine has painted it."""
        self._live.show_picture(picture)

    def scrolled(self) -> float:
        """Return how far down the page is scrolled, in CSS pixels."""
        return self._live.scrolled()

    def scroll_to(self, pixels: float) -> None:
        """Scroll the page as far down as soon as it is shown; another story starts at its top."""
        self._live.scroll_to(pixels)

    def release(self) -> None:
        """Let the engine go; the pane is of no use after that."""
        self._live.release()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Also while no story is open: the first one is shown without waiting for the engine.
        self._live.start_at_pause()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_status()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide what a link leads to: the page is not told that the pointer has left it."""
        super().leaveEvent(event)
        self._status.hide()

    def _lay_out(self, above: list[QLayout]) -> None:
        self.setAccessibleName(_("Preview"))
        self._empty = EmptyState()
        sentence = _("Open a story to see its page as readers will get it.")
        self._empty.show_text(sentence, "", [new_story_action(self._draft, self)])
        # Over the page's corner, as browsers do; shown while the pointer is on a link.
        self._status = ElidedLabel(parent=self)
        self._status.setProperty("kind", "chip")
        self._status.setContentsMargins(12, 3, 12, 3)
        self._status.hide()
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._live)
        column(*above, self._bar, (self._stack, 1), inside=self)

    def _connect_view(self) -> None:
        view = self.view
        if view is not None:
            view.shown.connect(self.shown)
            view.story_followed.connect(self.story_followed)
            view.shown.connect(self._status.hide)
            view.link_followed.connect(self._link_followed)
            view.link_hovered.connect(lambda url: self._show_status(_describe_link(url)))
            view.block_clicked.connect(self._block_clicked)
            view.crashed.connect(self._crashed)
        self._look_up()

    # -- following the draft ------------------------------------------------------

    def _opened(self) -> None:
        self._live.reset()
        self._status.hide()
        self._approved = None
        if self.view is not None:
            self.view.mark_block(-1)
        is_open = self._draft.open_story.is_open
        self._is_killed = self._draft.open_story.state.publication is Publication.KILLED
        self._stack.setCurrentWidget(self._live if is_open else self._empty)
        self._look_up()
        self._live.refresh()

    def _changed(self, path: str) -> None:
        if path in ("", "related"):
            self._look_up()
        self._live.refresh()

    def _state_changed(self) -> None:
        picture = self._live.picture
        if picture is not None and not picture.is_of(self._draft.open_story.stored):
            self._live.forget_picture()
        self._look_up()
        is_killed = self._draft.open_story.state.publication is Publication.KILLED
        if is_killed is not self._is_killed:
            self._is_killed = is_killed
            self._live.refresh()

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("house") or changes.touches("banner"):
            self._look_up()
            self._live.refresh()
        if any(changes.touches("story", story) for story in self._related):
            self._related = {}
            self._look_up()

    def _prepare(self) -> Work[RenderedPage] | None:
        story = self._draft.typed
        if not self._draft.open_story.is_open:
            return None
        if self._draft.open_story.state.publication is Publication.KILLED:
            had = self._draft.open_story.around.live or story
            here = self._site_of(story)
            return lambda _progress: self._maker.withdrawn(had, here)
        item, site = preview_item(story, self._approved, times.now()), self._site_of(story)
        return lambda _progress: self._maker.story(item, site)

    def _rendered(self) -> None:
        """Ask whose the slugs are that the page links to; it is rendered again when that differs.

        Until then the words of a new link are without one.
        """
        self._show_theme_problem()
        if self.view is not None and self.view.rendered is not None:
            self._draft.named.want(slugs=self.view.rendered.document.slugs)

    def _show_theme_problem(self) -> None:
        """Say why the page is not as readers would get it; where it is, say nothing."""
        problem = self._themes.problem
        shown = ("", self._theme_problem)  # who dismissed it knows it
        if problem is None:
            self._bar.clear()
            self._theme_problem = ""
        elif problem.sentence != self._theme_problem or self._bar.text() not in shown:
            self._theme_problem = problem.sentence
            hint = _("The page is shown in the plain theme. {hint}").format(hint=problem.hint)
            self._bar.show_text(problem.sentence, hint, severe=True)

    def _site_of(self, story: Story) -> Site:
        """Return the site as it would be now, of the stories that this page may lead to."""
        house, briefs = self._session.house, self._session.banner.current(times.now())
        names = self._draft.named.names
        slugs = {**names.slugs, story.id: story.slug} if story.id else names.slugs
        return Site(house, briefs, slugs, self._related, former_slugs=names.owners)

    # -- what the desk knows of the story -----------------------------------------

    def _look_up(self) -> None:
        """Ask for the approved item, and for what the stories around it are called."""
        story, stored = self._draft.typed, self._draft.open_story.stored
        if not self._draft.open_story.is_open or self.view is None:
            return
        briefs = self._session.banner.briefs
        self._draft.named.want((*story.related, *(brief.story for brief in briefs if brief.story)))
        related = tuple(id_ for id_ in story.related if id_ not in self._related)
        wanted = ""
        if stored is not None and stored.approval is not None:
            is_known = self._approved is not None and self._approved.hash == stored.hash
            wanted = "" if is_known else stored.story.id
        if related or wanted:
            self._session.ask(
                partial(_look_up, wanted=wanted, related=related),
                owner=self,
                done=self._looked_up,
            )

    def _looked_up(self, found: tuple[Item | None, dict[str, LinkText]]) -> None:
        item, related = found
        story = self._draft.typed
        if not self._draft.open_story.is_open:
            return
        if item is not None and item.story.id == story.id:
            self._approved = item
        self._related = {**self._related, **related}
        self._live.refresh()

    # -- clicks in the page --------------------------------------------------------

    def _block_clicked(self, index: int) -> None:
        is_open = self._draft.open_story.is_open
        if is_open and self.view is not None and self.view.rendered is not None:
            self.place_clicked.emit(block_place(index, self.view.rendered.blocks))

    def _link_followed(self, url: str, in_new_window: bool) -> None:
        if in_new_window:
            open_address(url, self)
        else:
            self._show_status(_("{url} (Ctrl+click opens it in the browser)").format(url=url))

    def _show_status(self, text: str) -> None:
        self._status.setText(text)
        self._status.setVisible(bool(text))
        self._place_status()

    def _place_status(self) -> None:
        size = self._status.sizeHint()
        width = min(size.width(), self.width() - 2 * _CORNER)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - width - _CORNER if mirrored else _CORNER
        top = self.height() - size.height() - _CORNER
        self._status.setGeometry(left, top, width, size.height())
        self._status.raise_()

    def _crashed(self) -> None:
        self._bar.show_text(
            _("The preview stopped working. Your text is not affected."),
            _("Load it again to continue."),
            (_("Reload"), self._reload),
            severe=True,
        )

    def _reload(self) -> None:
        if self.view is not None:
            self.view.reload()


def _look_up(
    snapshot: Snapshot, wanted: str, related: tuple[str, ...]
) -> tuple[Item | None, dict[str, LinkText]]:
    """Return the item of an approved story if it may be published, and names by story id."""
    found: dict[str, LinkText] = {}
    for story_id in related:
        try:
            other = snapshot.stored(story_id).story
            found[story_id] = LinkText(other.headline, other.language)
        except NotFound:
            # The renderer leaves out a related story that does not exist.
            continue
    item = None
    if wanted:
        try:
            (item,) = snapshot.items([wanted])
        except OutputError:
            # Under embargo, say: the preview shows today's date instead.
            item = None
    return item, found


def _describe_link(url: str) -> str:
    """Say what a link under the pointer leads to, for a writer."""
    if not url.startswith("stonehand:"):
        return url
    name = url.rpartition("/")[2].removesuffix(".html")
    return _("Story “{slug}”").format(slug=name) if "/stories/" in url else ""
