"""Media types: as hosts of good repute send them."""

from __future__ import annotations

import pytest

from editor.serving.media_types import is_html, is_text, media_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("unknown.xyz", "application/octet-stream"),
        ("no-ending", "application/octet-stream"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("a.HTML", "text/html; charset=utf-8"),
        ("media/a.avif", "image/avif"),
        ("media/a.webp", "image/webp"),
        ("media/a.jpg", "image/jpeg"),
        ("site.webmanifest", "application/manifest+json"),
        ("v1/feed.schema.json", "application/json"),
        ("sections/world/feed.json", "application/feed+json"),
        ("feed.xml", "application/atom+xml"),
        ("world/rss.xml", "application/rss+xml"),
        ("sitemap.xml", "application/xml"),
        ("edition.jws", "application/jose"),
        ("assets/search.js", "text/javascript; charset=utf-8"),
    ],
)
def test_types(path: str, kind: str) -> None:
    assert media_type(path) == kind


def test_texts_are_known_by_their_type() -> None:
    texts = ("text/css; charset=utf-8", "application/feed+json", "image/svg+xml", "Text/HTML")
    assert all(map(is_text, texts))
    assert not any(map(is_text, ("image/avif", "application/jose", "", "application/zip")))
    assert is_html("text/HTML;charset=utf-8")
    assert not is_html("text/html-like")
