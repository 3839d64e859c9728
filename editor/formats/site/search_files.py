"""The files of a site's search: classic scripts, since nothing else can be read from file://.

Each calls the one function of `search.js` with its name and its data. The page loads
`blocks.js`, then the shards of the words that are searched for, then facts of the stories
that it shows. The address of a shard has its version, and the name of facts is theirs, so
that no browser mixes what it kept with what is new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from typing import Any

from editor.core.house import House
from editor.core.listing import Listing
from editor.core.times import parse_instant
from editor.formats.planned import PlannedFile, input_key
from editor.formats.search.blocks import Block, cut_blocks
from editor.formats.search.shards import join_shards
from editor.formats.search.words import BlockWords, SearchSource
from editor.proof.site import story_path
from editor.proof.words import direction, words
from editor.resources import resource

SCRIPT = "assets/search.js"
_FOLDER = "assets/search"
_VERSION = 8
"""Letters of the version in a shard's address."""
_NAME = 12
"""Letters of the name of a file of facts."""


def search_files(source: SearchSource) -> Iterator[PlannedFile]:
    """Yield every file but the script."""
    facts = []
    for block in cut_blocks(source.stories, source.house.language):
        shards, groups = _ShardFiles(block, source), _GroupFiles(block, source.house)
        yield from shards.planned()
        yield from groups.planned()
        sizes = [len(piece) for piece in block.pieces]
        versions, names = shards.versions, groups.names
        facts.append([block.tree, block.name, sizes, block.shards, versions, names])
    data = _script("blocks", facts)
    yield PlannedFile(f"{_FOLDER}/blocks.js", input_key(data), lambda: data)


def search_script() -> bytes:
    """Return assets/search.js, with the rules that the desk folds words by at its end."""
    script = resource("site", "search.js").read_bytes()
    rules = json.loads(resource("site", "folding.json").read_bytes())
    return script + b"\n" + _script("folding", rules)


class _ShardFiles:
    """The shards of a block."""

    def __init__(self, block: Block, source: SearchSource) -> None:
        self._block, self._words = block, BlockWords(block, source)

    @property
    def versions(self) -> str:
        """The versions of all shards, one after the other: those of headlines first."""
        return "".join(key.hex()[:_VERSION] for key in self._words.keys)

    def planned(self) -> Iterator[PlannedFile]:
        """Yield the files."""
        count = self._block.shards
        for at, key in enumerate(self._words.keys):
            name = f"{self._block.name}-{'text' if at >= count else 'head'}{at % count}"
            path = f"{_FOLDER}/{name}.js"
            yield PlannedFile(path, input_key(path, key), partial(self._make, name, at))

    def _make(self, name: str, at: int) -> bytes:
        return _script(name, join_shards(self._words.rows(at)))


class _GroupFiles:
    """The facts of a block: what is shown of its stories."""

    def __init__(self, block: Block, house: House) -> None:
        self._house = house
        self._groups = [(self._name(group), group) for group in block.groups]

    @property
    def names(self) -> str:
        """The name of each file, and a letter for how many stories it has: `a` for one."""
        return "".join(name + chr(ord("`") + len(group)) for name, group in self._groups)

    def planned(self) -> Iterator[PlannedFile]:
        """Yield the files."""
        for name, group in self._groups:
            path = f"{_FOLDER}/facts-{name}.js"
            yield PlannedFile(path, input_key(path), partial(self._make, name, group))

    def _name(self, group: Iterable[Listing]) -> str:
        shown = (self._house.timezone, self._house.digits, *map(_shown, group))
        return sha256("\0\0".join(shown).encode("utf-8")).hexdigest()[:_NAME]

    def _make(self, name: str, group: Iterable[Listing]) -> bytes:
        return _script(f"facts-{name}", [_facts(story, self._house) for story in group])


def _shown(story: Listing) -> str:
    """All that `_facts` reads of a story."""
    about = (story.slug, story.language, story.headline, story.section, story.published)
    return "\0".join((*about, story.summary, *story.key_points))  # no text contains NUL


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


def _script(name: str, data: Any) -> bytes:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'stonehandSearch("{name}",{written});\n'.encode()
