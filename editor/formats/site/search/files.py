"""The files of a site's search: classic scripts, since nothing else can be read from file://.

Each calls the one function of `search.js` with its name and its data. The page loads
`blocks.js`, then the shards of the words that are searched for, then facts of the stories
that it shows. Every address has the version of its block, so that no browser mixes what it
kept with what is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from editor.core.house import House
from editor.core.listing import Listing
from editor.core.times import parse_instant
from editor.formats.site.search.blocks import Block, cut_blocks
from editor.formats.site.search.shards import Shards, make_shards
from editor.formats.site.search.terms import read_entry
from editor.proof.site import story_path
from editor.proof.words import direction, words
from editor.resources import resource

SCRIPT = "assets/search.js"
_FOLDER = "assets/search"
_FACTS = 16
"""How many stories share a file of facts."""


class SearchFile(NamedTuple):
    """A file of the search. All that its bytes follow from is in `values`."""

    path: str
    values: tuple[str, ...]
    make: Callable[[], bytes]


def search_files(
    stories: Iterable[Listing], entry: Callable[[Listing], bytes], house: House
) -> Iterator[SearchFile]:
    """Yield every file but the script.

    `entry` gives what `search_entry` made of a story's text. It is asked for the stories of a
    block when a shard of that block is made. Dates are in the house's time zone and digits.
    """
    blocks = list(cut_blocks(stories))
    versions = [_version(block, house) for block in blocks]
    for block, version in zip(blocks, versions, strict=True):
        yield from _shard_files(block, version, entry)
        yield from _facts_files(block, house)
    # The newest block first: so it is searched.
    facts = [
        [block.name, len(block.stories), block.shards, version]
        for block, version in zip(blocks, versions, strict=True)
    ][::-1]
    yield SearchFile(f"{_FOLDER}/blocks.js", (json.dumps(facts),), lambda: _script("blocks", facts))


def search_script() -> bytes:
    """Return assets/search.js, with the rules that the desk folds words by at its end."""
    script = resource("site", "search.js").read_bytes()
    rules = json.loads(resource("site", "folding.json").read_bytes())
    return script + b"\n" + _script("folding", rules)


def _shard_files(
    block: Block, version: str, entry: Callable[[Listing], bytes]
) -> Iterator[SearchFile]:
    @cache
    def shards() -> Shards:
        return make_shards(block, (read_entry(entry(story)) for story in block.stories))

    def shard(kind: str, number: int) -> SearchFile:
        name = f"{block.name}-{kind}{number}"
        return SearchFile(
            f"{_FOLDER}/{name}.js",
            (name, version),
            lambda: _script(name, getattr(shards(), kind)[number]),
        )

    for number in range(block.shards):
        yield shard("head", number)
        yield shard("text", number)


def _facts_files(block: Block, house: House) -> Iterator[SearchFile]:
    def facts(number: int) -> SearchFile:
        name = f"{block.name}-facts{number}"
        shown = block.stories[number * _FACTS : (number + 1) * _FACTS]
        values = (name, house.timezone, house.digits, *(story.stamp for story in shown))
        return SearchFile(
            f"{_FOLDER}/{name}.js",
            values,
            lambda: _script(name, [_facts(story, house) for story in shown]),
        )

    for number in range(-(-len(block.stories) // _FACTS)):
        yield facts(number)


def _facts(story: Listing, house: House) -> dict[str, Any]:
    return {
        "path": story_path(story.slug),
        "language": story.language,
        "direction": direction(story.language),
        "title": story.headline,
        "section": story.section,
        "published": story.published,
        "date": words(story.language, house.timezone, house.digits).day(
            parse_instant(story.published)
        ),
        "lines": list(dict.fromkeys((story.summary, *story.key_points))),
    }


def _version(block: Block, house: House) -> str:
    """What all files of a block follow from, in a few letters."""
    stamps = (story.stamp for story in block.stories)
    return sha256("\n".join((house.timezone, house.digits, *stamps)).encode()).hexdigest()[:16]


def _script(name: str, data: Any) -> bytes:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'stonehandSearch("{name}",{written});\n'.encode()
