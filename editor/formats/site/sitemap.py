"""The sitemap for search engines (sitemaps.org 0.9)."""

from __future__ import annotations

from collections.abc import Iterable

from editor.core.edition import Edition
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
