"""The words of a story as the site's search knows them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

from editor.core.story import Story
from editor.text.folding import fold, is_spaceless


class Terms(NamedTuple):
    """The folded words of a story.

    `title` has those of headline and kicker, each with its first place there, in that order;
    `points` those of standfirst, key points, bylines and keywords that are not in the title;
    `text` those of the body, the dateline, captions and corrections.
    """

    title: tuple[tuple[str, int], ...]
    points: tuple[str, ...]
    text: tuple[str, ...]


def search_entry(story: Story, body: str) -> bytes:
    """Return what the search needs of a story's text, to be kept by the text's hash.

    `body` is the story's body as plain words. What readers don't see is left out.
    """
    seen = story.without_blanks()
    place = seen.dateline
    title = _title(seen)
    points = _terms((seen.standfirst, *seen.key_points, *seen.bylines, *seen.keywords))
    text = _terms(
        (
            body,
            *(place.city, place.state, place.country),
            *(picture.caption for picture in seen.pictures),
            *(correction.text for correction in seen.corrections),
        )
    )
    lines = (
        " ".join(f"{word} {at}" for word, at in title.items()),
        *(" ".join(sorted(terms)) for terms in (points - title.keys(), text)),
    )
    return zlib.compress("\n".join(lines).encode("utf-8"))


def read_entry(entry: bytes) -> Terms:
    """Return the words that `search_entry` wrote."""
    title, points, text = zlib.decompress(entry).decode("utf-8").split("\n")
    words = title.split()
    places = zip(words[::2], map(int, words[1::2]), strict=True)
    return Terms(tuple(places), tuple(points.split()), tuple(text.split()))


def _title(story: Story) -> dict[str, int]:
    """The words of headline and kicker with their places; between the two is one more."""
    places: dict[str, int] = {}
    first = 0
    for part in (story.headline, story.kicker):
        words = fold(part).split()
        for at, word in enumerate(words):
            places.setdefault(word, first + at)
            following = words[at + 1 : at + 2]
            if is_spaceless(word) and following and is_spaceless(following[0]):
                places.setdefault(word + following[0], first + at)
        first += len(words) + 1
    return places


def _terms(texts: Iterable[str]) -> set[str]:
    """The words; where a script has no spaces, also each two letters that follow each other."""
    words = fold("\n".join(texts)).split()
    terms = set(words)
    spaceless = [is_spaceless(word) for word in words] if any(map(is_spaceless, terms)) else []
    for at in range(1, len(spaceless)):
        if spaceless[at - 1] and spaceless[at]:
            terms.add(words[at - 1] + words[at])
    return terms
