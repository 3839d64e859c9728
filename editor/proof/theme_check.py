"""Whether a theme makes every kind of page: what fails only on a page is found before an export."""

from __future__ import annotations

from collections.abc import Iterator

from editor.proof.frame import MadePage
from editor.proof.neighbours import neighbours_of
from editor.proof.pages import Pages
from editor.proof.site_pages import site_pages
from editor.proof.theme import Theme
from editor.proof.theme_sample import ThemeSample, empty_sample, full_sample


def check_theme(theme: Theme) -> None:
    """Read every template, and make every kind of page. Raises ThemeError with file and line."""
    theme.check()
    for _page in sample_pages(theme):
        pass


def sample_pages(theme: Theme) -> Iterator[str]:
    """Yield every page of two invented papers, as HTML. Raises ThemeError."""
    for sample in (full_sample(), empty_sample()):
        pages = Pages(theme=theme)
        for made in _pages(pages, sample):
            yield pages.html(made, sample.site)


def _pages(pages: Pages, sample: ThemeSample) -> Iterator[MadePage]:
    site = sample.site
    neighbours = neighbours_of(sample.listings, site.house)
    for item in sample.items:
        yield pages.story(item, site, neighbours.get(item.story.id))
    yield pages.withdrawn(sample.withdrawn, site)
    yield pages.moved("moved", site)
    for planned in site_pages(site, sample.listings, theme=pages.theme):
        yield planned.make()
