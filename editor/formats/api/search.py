"""The documents of the search: how words are compared, which stories have them, and these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

import msgspec

from editor.core.house import House
from editor.core.languages import without_region
from editor.core.listing import Listing
from editor.formats.api import documents, paths, search_values
from editor.formats.api.lists import links
from editor.formats.api.summaries import reference_values
from editor.formats.api.values import Value
from editor.formats.planned import input_key
from editor.formats.search.blocks import Block, cut_blocks
from editor.formats.search.shards import PLACES, SECTION, read_row
from editor.formats.search.words import BlockWords, SearchSource
from editor.resources import resource

_STORIES = 256
"""More than any piece has: a story's number is that of its piece times this, plus its place."""

_Postings = defaultdict[str, list[int]]


class SearchPart(NamedTuple):
    """A document of the search that is made when asked for; `input` is all that goes into it."""

    path: str
    input: str
    make: Callable[[], Value]


def search_documents(source: SearchSource) -> Iterator[SearchPart]:
    """Yield every document of the search."""
    blocks = []
    for block in cut_blocks(source.stories, source.house.language):
        stories, words = list(_stories(block)), list(_words(block, source))
        yield from stories
        yield from words
        blocks.append(_search_block(block, source.house, stories, words))
    document = documents.SearchDocument(
        search_values.Search(folding(), tuple(blocks)), links(paths.SEARCH)
    )
    yield SearchPart(paths.SEARCH, repr(document), lambda: document)


def _stories(block: Block) -> Iterator[SearchPart]:
    for number, piece in enumerate(block.pieces):
        path = paths.search_stories(block.name, number)
        shown = repr([_shown(story) for story in piece])
        yield SearchPart(path, shown, partial(_stories_document, piece, path))


def _words(block: Block, source: SearchSource) -> Iterator[SearchPart]:
    words, count = BlockWords(block, source), block.shards
    for at in range(count):
        path = paths.search_words(block.name, at)
        key = words.keys[at].hex() + words.keys[count + at].hex()
        yield SearchPart(path, key, partial(_words_document, words, at, count))


def _search_block(
    block: Block, house: House, stories: list[SearchPart], words: list[SearchPart]
) -> search_values.SearchBlock:
    language = without_region(block.pieces[0][0].language if block.tree else house.language)
    return search_values.SearchBlock(
        block.name,
        language,
        tuple(
            search_values.SearchStoriesFile(*_addresses(file), len(piece))
            for file, piece in zip(stories, block.pieces, strict=True)
        ),
        tuple(search_values.SearchFile(*_addresses(file)) for file in words),
    )


def _addresses(file: SearchPart) -> tuple[str, str, str]:
    url, script = paths.link(file.path, paths.SEARCH), paths.script(file.path)
    return url, paths.link(script, paths.SEARCH), input_key(file.input).hex()[:16]


def _shown(story: Listing) -> tuple[str, ...]:
    """All that `_story` reads of a story."""
    about = (story.id, story.slug, story.headline, story.language, story.section)
    return (*about, story.summary, story.published)


def _stories_document(piece: tuple[Listing, ...], here: str) -> documents.SearchStoriesDocument:
    data = (
        search_values.SearchStory(
            **reference_values(story, here),
            language=story.language,
            section=story.section,
            summary=story.summary,
            published_at=story.published,
        )
        for story in piece
    )
    return documents.SearchStoriesDocument(tuple(data), links(here))


def _words_document(words: BlockWords, at: int, count: int) -> documents.SearchWordsDocument:
    here = paths.search_words(words.block.name, at)
    headline, points, text = _Postings(list), _Postings(list), _Postings(list)
    for first, word, numbers in _postings(words, at):
        if not word.startswith(SECTION):
            for number in numbers:
                place, in_headline = divmod(number, PLACES)
                found = points if in_headline == PLACES - 1 else headline
                found[word].append(first + place)
    for first, word, numbers in _postings(words, count + at):
        text[word] += [first + number for number in numbers]
    data = search_values.SearchWords(_sorted(headline), _sorted(points), _sorted(text))
    return documents.SearchWordsDocument(data, links(here))


def _postings(words: BlockWords, at: int) -> Iterator[tuple[int, str, list[int]]]:
    """Yield a shard's words piece by piece: the piece's first number, a word, its numbers."""
    for piece, row in enumerate(words.rows(at)):
        for word, numbers in read_row(row):
            yield piece * _STORIES, word, numbers


def _sorted(found: _Postings) -> dict[str, tuple[int, ...]]:
    return {word: tuple(found[word]) for word in sorted(found)}


@cache
def folding() -> search_values.Folding:
    """Return the rules of the desk, as they are in `resources/site/folding.json`."""
    return msgspec.json.decode(
        resource("site", "folding.json").read_bytes(), type=search_values.Folding
    )
