"""What search engines read first: sitemap.xml (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable

from editor.core.edition import Edition, Item
from editor.core.house import House
from editor.formats.site.xml import Element, document


def sitemap(edition: Edition, addresses: Iterable[tuple[str, tuple[Item, ...]]]) -> str:
    """List every page by its full address and when a story on it was last renewed."""
    root = Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path, items in addresses:
        url = root.child("url")
        url.child("loc", edition.house.url + path)
        if items:
            url.child("lastmod", max(item.updated for item in items))
    return document(root)


def robots(house: House) -> str:
    """Let everyone read, and say where the sitemap is, if there is one."""
    text = "User-agent: *\nAllow: /\n"
    return text + f"\nSitemap: {house.url}sitemap.xml\n" if house.url else text
