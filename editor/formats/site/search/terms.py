"""The words of a story as the site's search knows them, each where it counts most."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

from editor.core.story import Story
from editor.text.folding import fold, is_spaceless


class Terms(NamedTuple):
    """The folded words of a story, sorted; each is in the first of these that has it.

    `title` has those of headline and kicker; `points` those of standfirst, key points,
    bylines and keywords; `text` those of the body, the dateline, captions and corrections.
    """

    title: tuple[str, ...]
    points: tuple[str, ...]
    text: tuple[str, ...]


def search_entry(story: Story, body: str) -> bytes:
    """Return what the search needs of a story's text, to be kept by the text's hash.

    `body` is the story's body as plain words. What readers don't see is left out.
    """
    seen = story.without_blanks()
    place = seen.dateline
    title = _terms((seen.headline, seen.kicker))
    points = _terms((seen.standfirst, *seen.key_points, *seen.bylines, *seen.keywords)) - title
    text = _terms(
        (
            body,
            *(place.city, place.state, place.country),
            *(picture.caption for picture in seen.pictures),
            *(correction.text for correction in seen.corrections),
        )
    )
    lines = (" ".join(sorted(terms)) for terms in (title, points, text - points - title))
    return zlib.compress("\n".join(lines).encode("utf-8"))


def read_entry(entry: bytes) -> Terms:
    """Return the words that `search_entry` wrote."""
    title, points, text = zlib.decompress(entry).decode("utf-8").split("\n")
    return Terms(tuple(title.split()), tuple(points.split()), tuple(text.split()))


def _terms(texts: Iterable[str]) -> set[str]:
    """The words; where a script has no spaces, also each two letters that follow each other."""
    words = fold("\n".join(texts)).split()
    terms = set(words)
    spaceless = [is_spaceless(word) for word in words] if any(map(is_spaceless, terms)) else []
    for at in range(1, len(spaceless)):
        if spaceless[at - 1] and spaceless[at]:
            terms.add(words[at - 1] + words[at])
    return terms
