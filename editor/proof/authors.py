"""The authors whom bylines name: the addresses of their pages, and their stories."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from editor.core.listing import Listing
from editor.core.story import RESERVED_SLUGS
from editor.text.xml import xml_text

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60


@lru_cache(4_096)
def author_slug(name: str) -> str:
    """Return the slug of an author's page; empty for a name without letters.

    It follows from the name alone, so no other author changes it: small letters and marks
    between words are no difference, any other letter is. What a slug can't say is in the hash
    at its end, so `José Díaz` and `Jose Diaz` have a page each.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", xml_text(name)).casefold())
    slug = "-".join(words)
    if slug.isascii() and len(slug) <= _LONGEST and slug not in RESERVED_SLUGS:
        return slug
    from slugify import slugify  # noqa: PLC0415  most names need none of its tables

    letters = slugify(name[:200], max_length=_LONGEST, word_boundary=True, save_order=True)
    digest = sha256(slug.encode()).hexdigest()[:6]
    return f"{letters or 'author'}-{digest}"


class AuthorStories(NamedTuple):
    """An author's stories, in order, and the name that the first byline has."""

    name: str
    stories: list[Listing]


def stories_by_author(stories: Iterable[Listing]) -> dict[str, AuthorStories]:
    """Return the stories of each author, by the author's slug; a name without letters is none."""
    found: dict[str, AuthorStories] = {}
    for story in stories:
        names: dict[str, str] = {}
        for name in story.bylines:
            names.setdefault(author_slug(name), name)
        names.pop("", None)
        for slug, name in names.items():
            found.setdefault(slug, AuthorStories(name, [])).stories.append(story)
    return found
