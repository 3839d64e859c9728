"""Pages for the preview, made with the exporter's renderer; unchanged parts are not made again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from editor.core.edition import Item, Withdrawn
from editor.core.house import House
from editor.core.rendition import TYPES
from editor.core.story import Picture, Story, slug_from
from editor.gui.page.rendered_page import Media, RenderedPage
from editor.proof.bodies import Bodies
from editor.proof.front_page import FrontPage
from editor.proof.list_pages import ListPages, list_page
from editor.proof.listing import listing_of
from editor.proof.pages import Article, Pages, Site, story_path
from editor.proof.paper import HOME
from editor.proof.renditions import lead_renditions, renditions
from editor.proof.theme import Theme, shipped_theme
from editor.text.cache import DocumentCache

_UNTITLED = "untitled"


class PageMaker:
    """Renders pages; unchanged blocks of a body and the frame around it are reused.

    The renderer is the exporter's: `Pages`, with the documents parsed for all who read the body.
    Safe to use from several threads; one renders at a time.
    """

    def __init__(
        self,
        documents: DocumentCache,
        theme_of: Callable[[House], Theme] = lambda house: shipped_theme(house.theme),
    ) -> None:
        self._theme_of = theme_of
        self._lock = threading.Lock()
        self._bodies = Bodies(documents)
        self._made_with = Pages(self._bodies)
        self._frame_of: tuple[object, ...] = ()
        self._frame = ("", "")

    def story(self, item: Item, site: Site) -> RenderedPage:
        """Render the page of a story, with the path it has in an export.

        One that was never saved has the slug that the form says it will get.
        """
        path = story_path(item.story.slug or _UNTITLED)
        if not item.story.slug:
            slug = slug_from(item.story.headline) if item.story.headline else _UNTITLED
            item = replace(item, story=replace(item.story, slug=slug))
        with self._lock:
            pages = self._pages(site)
            article = pages.article(item, site)
            document = self._bodies.document(item.story)
            before, after = self._around(item, site, article)
            return RenderedPage(
                path,
                before,
                article,
                after,
                media_of(item.story.pictures),
                document,
                pages.theme.css,
            )

    def withdrawn(self, story: Story, site: Site) -> RenderedPage:
        """Render what readers get at the address of a story that was killed."""
        with self._lock:
            pages = self._pages(site)
            made = pages.withdrawn(Withdrawn(story.id, story.slug, story.language, ""), site)
            html = pages.html(made, site)
        return RenderedPage(story_path(story.slug), html, css=pages.theme.css)

    def home(self, items: tuple[Item, ...], site: Site, front: Sequence[str] = ()) -> RenderedPage:
        """Render the home page of the paper's language; `front` are the ids of its first stories.

        Stories in other languages have a home page of their own.
        """
        items = tuple(item for item in items if not site.prefix(item.story.language))
        with self._lock:
            listings = [listing_of(item, self._bodies.of(item.hash, item.story)) for item in items]
            pages, tree = self._pages(site), site.tree("")
            made = ListPages(site, pages.theme).home(
                list_page("home-page", tree, HOME), FrontPage.of(listings, tree.sections, front)
            )
            html = pages.html(made, site)
        pictures = [picture for item in items for picture in item.story.pictures]
        return RenderedPage("index.html", html, media=media_of(pictures), css=pages.theme.css)

    def _pages(self, site: Site) -> Pages:
        """Return what makes pages with the theme of a site, the same one while that stays."""
        theme = self._theme_of(site.house)
        if theme.digest != self._made_with.theme.digest:
            self._made_with = Pages(self._bodies, theme)
            self._frame_of = ()
        return self._made_with

    def _around(self, item: Item, site: Site, article: Article) -> tuple[str, str]:
        """Return the page before and after the article; rendered again when it changes.

        Its head may be some keystrokes old (the description): the preview shows none.
        """
        story = item.story
        key = (
            site.house,
            site.briefs,
            site.slugs,
            site.former_slugs,
            story.slug,
            story.headline,
            story.language,
            story.section,
        )
        if key != self._frame_of:
            html = self._made_with.html(self._made_with.story(item, site), site)
            before, _, after = html.partition(article.html)
            self._frame_of, self._frame = key, (before, after)
        return self._frame


def media_of(pictures: Iterable[Picture]) -> dict[str, Media]:
    """Return the picture file and size behind every address that pages use for these pictures."""
    media: dict[str, Media] = {}
    for picture in pictures:
        for sizes in (renditions, lead_renditions):
            shown = sizes(picture)
            by_width = {size.width: Media(picture.file, size, shown) for size in shown}
            every = (size for kind in TYPES for size in sizes(picture, kind))
            media |= {size.path: by_width[size.width] for size in every}
    return media
