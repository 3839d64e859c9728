"""The files for search engines: sitemap.xml (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable

from editor.core.edition import Edition
from editor.core.house import House
from editor.core.listing import Listing
from editor.formats.site.xml import Element, document


def sitemap(edition: Edition, addresses: Iterable[tuple[str, tuple[Listing, ...]]]) -> str:
    """Return the sitemap: every page by its full address, and its newest story's last update."""
    root = Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path, stories in addresses:
        url = root.child("url")
        url.child("loc", edition.house.url + path)
        if stories:
            url.child("lastmod", max(story.updated for story in stories))
    return document(root)


def robots(house: House, what_if: bool = False) -> str:
    """Return the robots.txt, which allows everything and names the sitemap, if there is one.

    What is no edition is not for search engines.
    """
    if what_if:
        return "User-agent: *\nDisallow: /\n"
    text = "User-agent: *\nAllow: /\n"
    return text + f"\nSitemap: {house.url}sitemap.xml\n" if house.url else text
