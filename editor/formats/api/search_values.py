"""What the documents of the API's search are made of, declared once as the other `values`."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

from editor.formats.api.values import (
    Count,
    Instant,
    Language,
    Link,
    Number,
    ShortHash,
    Slug,
    StoryReference,
    Value,
)

Postings: TypeAlias = Annotated[
    dict[str, tuple[Count, ...]],
    Meta(
        description=(
            "The folded words, each with its stories: 256 times the number of the file of "
            "stories in its block, from 0, plus the place in that file, from 0. Later ones are "
            "newer."
        )
    ),
]


class SearchFile(Value):
    """A file of the search: as JSON, and as a classic script for pages from file://."""

    url: Link
    script: Annotated[Link, Meta(description="Calls stonehandDocument(name, document).")]
    hash: Annotated[ShortHash, Meta(description="Another one where the file is another one.")]


class SearchStoriesFile(SearchFile):
    """A file of stories, the oldest first."""

    count: Number


class SearchBlock(Value):
    """Stories that are searched together: the newest of a language, or all older ones."""

    name: Slug
    language: Language
    stories: Annotated[
        tuple[SearchStoriesFile, ...], Meta(description="The oldest first; numbered from 0.")
    ]
    shards: Annotated[tuple[SearchFile, ...], Meta(description="Its words; numbered from 0.")]


CodePoints: TypeAlias = Annotated[
    tuple[tuple[Count, ...], ...],
    Meta(description="Ranges of Unicode code points: the first and the last one of each."),
]


class Folding(Value):
    """How every way to write a word comes to one: the rules are in the API's description."""

    removed: CodePoints
    letters: dict[str, str]
    zeros: Annotated[str, Meta(description="The digit zero of each script, before its others.")]
    spaceless: CodePoints
    apostrophes: str
    gershayim: str
    elisions: tuple[str, ...]
    article: Annotated[str, Meta(description="A pattern (regular expression).")]
    before: Annotated[str, Meta(description="A pattern (regular expression).")]
    unsorted: Annotated[str, Meta(description="A pattern (regular expression).")]
    signs: dict[str, str]


class Search(Value):
    """What a search begins with."""

    folding: Folding
    blocks: Annotated[
        tuple[SearchBlock, ...],
        Meta(description="By language; of each the block of the newest stories is first."),
    ]


class SearchStory(StoryReference):
    """A story as a result of a search."""

    language: Language
    section: Annotated[str, Meta(description="The slug of its section, or empty.")]
    summary: str
    published_at: Instant


class SearchWords(Value):
    """Which stories of a block have which words, by where these are."""

    headline: Annotated[Postings, Meta(description="In headline and kicker.")]
    points: Annotated[
        Postings,
        Meta(description="In standfirst, key points, bylines and keywords, and not in headlines."),
    ]
    text: Annotated[Postings, Meta(description="In body, dateline, captions and corrections.")]
