"""A story's metadata for search engines and social networks."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from editor.core.edition import Item
from editor.core.house import House
from editor.core.rendition import Rendition
from editor.proof.site import story_path
from editor.proof.views import PictureView, section_of

_SCRIPT_SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def canonical(item: Item, house: House) -> str:
    """Return the story's public address; empty while the paper's is not known."""
    return house.url + story_path(item.story.slug) if house.url else ""


def open_graph(item: Item, house: House, about: str) -> tuple[tuple[str, str], ...]:
    """Return the page's Open Graph properties (ogp.me), as (property, content)."""
    story = item.story.without_blanks()
    properties = [
        ("og:type", "article"),
        ("og:site_name", house.name),
        ("og:title", story.headline),
        ("og:description", about),
        ("og:locale", story.language.replace("-", "_")),
        ("og:url", canonical(item, house)),
        ("article:published_time", item.published),
        ("article:modified_time", item.updated),
    ]
    if section := section_of(story, house):
        properties.append(("article:section", section.title))
    properties += [("article:tag", keyword) for keyword in story.keywords]
    for view in PictureView.with_files(story)[:1] if house.url else ():
        properties += [
            ("og:image", house.url + view.widest.path),
            ("og:image:width", str(view.widest.width)),
            ("og:image:height", str(view.widest.height)),
            ("og:image:alt", view.alt),
        ]
    return tuple((name, content) for name, content in properties if content)


def linked_data(item: Item, house: House, about: str, words: int) -> Markup:
    """Return the story as a schema.org NewsArticle in JSON-LD, safe inside a script element.

    Addresses are absolute, so they are left out while the paper's is not known.
    """
    story = item.story.without_blanks()
    section = section_of(story, house)
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": story.id,
        "headline": story.headline,
        "alternativeHeadline": story.kicker,
        "abstract": list(story.key_points),
        "description": about,
        "inLanguage": story.language,
        "datePublished": item.published,
        "dateModified": item.updated,
        "author": [{"@type": "Person", "name": name} for name in story.bylines],
        "publisher": {"@type": "NewsMediaOrganization", "name": house.name, "url": house.url},
        "articleSection": section.title if section else "",
        "keywords": list(story.keywords),
        "wordCount": words,
        "version": item.version,
        "isAccessibleForFree": True,
        "url": canonical(item, house),
        "mainEntityOfPage": canonical(item, house),
        "image": [_image(view, house) for view in PictureView.with_files(story)],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": correction.text,
                "datePublished": correction.at,
            }
            for correction in story.corrections
        ],
    }
    text = json.dumps(_filled(value), ensure_ascii=False, separators=(",", ":"))
    for character, escape in _SCRIPT_SAFE.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - no markup is left in it


def _image(view: PictureView, house: House) -> dict[str, Any]:
    widest: Rendition = view.widest
    picture = view.picture
    return {
        "@type": "ImageObject",
        "contentUrl": house.url + widest.path if house.url else "",
        "width": widest.width,
        "height": widest.height,
        "caption": picture.caption,
        "creditText": picture.bare_credit,
        "copyrightNotice": picture.rights,
    }


def _filled(value: Any) -> Any:
    """The value without what is empty, at every depth."""
    if isinstance(value, dict):
        items = {key: _filled(item) for key, item in value.items()}
        return {key: item for key, item in items.items() if item not in ("", [], {}, None)}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    return value
