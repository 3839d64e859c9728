"""Pages with their frames, as readers get them."""

from typing import Any

from editor.proof.pages import Article, Pages, Site
from editor.text.cache import DocumentCache


class WholePages:
    """Makes the HTML of whole pages."""

    def __init__(self, documents: DocumentCache | None = None) -> None:
        self.pages = Pages(documents)

    def article(self, item: Any, site: Site) -> Article:
        return self.pages.article(item, site)

    def body(self, item: Any, site: Site) -> str:
        return self.pages.body(item, site)

    def story(self, item: Any, site: Site) -> str:
        return self.pages.html(self.pages.story(item, site), site)

    def home(self, stories: Any, site: Site) -> str:
        return self.pages.html(self.pages.home(stories, site), site)

    def withdrawn(self, story: Any, site: Site) -> str:
        return self.pages.html(self.pages.withdrawn(story, site), site)
