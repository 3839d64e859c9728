"""The sitemap for search engines (sitemaps.org 0.9)."""

from __future__ import annotations

from collections.abc import Iterable

from editor.core.edition import Edition, Item
from editor.formats.site.xml import Element, document


def sitemap(edition: Edition, addresses: Iterable[tuple[str, tuple[Item, ...]]]) -> str:
    """Return the sitemap: every page by its full address, and its newest story's last update."""
    root = Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path, items in addresses:
        url = root.child("url")
        url.child("loc", edition.house.url + path)
        if items:
            url.child("lastmod", max(item.updated for item in items))
    return document(root)
