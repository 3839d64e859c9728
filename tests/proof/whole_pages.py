"""Pages with their frames, as readers get them."""

from typing import Any

from editor.proof.bodies import Bodies
from editor.proof.front_page import FrontPage
from editor.proof.list_pages import ListPages, list_page
from editor.proof.pages import Article, Pages, Site
from editor.proof.placed_pictures import PlacedPictures
from editor.proof.views import PictureView
from editor.text.cache import DocumentCache


class WholePages:
    """Makes the HTML of whole pages."""

    def __init__(self, documents: DocumentCache | None = None) -> None:
        self.pages = Pages(Bodies(documents))

    def article(self, item: Any, site: Site) -> Article:
        return self.pages.article(item, site)

    def body(self, item: Any, site: Site) -> str:
        body = self.pages.bodies.of(item.hash, item.story)
        pictures = PlacedPictures.of(PictureView.shown_in(item.story), body)
        return self.pages.body(item, site, pictures, lambda view: view.alt)

    def story(self, item: Any, site: Site) -> str:
        return self.pages.html(self.pages.story(item, site), site)

    def home(self, stories: Any, site: Site) -> str:
        tree = site.tree("")
        front = FrontPage.of(stories, tree.sections)
        made = ListPages(site).home(list_page("home-page", tree, "index.html"), front)
        return self.pages.html(made, site)

    def withdrawn(self, story: Any, site: Site) -> str:
        return self.pages.html(self.pages.withdrawn(story, site), site)
