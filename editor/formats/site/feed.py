"""A feed as a value: the newest stories of a list, and what each says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from editor.core.listing import Listing
from editor.media_topics import PREFIX, topic_name
from editor.proof.paper import Paper, feed_folder
from editor.proof.sections import section_of
from editor.proof.site import story_path
from editor.proof.views import PictureView
from editor.proof.words import direction
from editor.text.xml import escape, escape_attribute, xml_text

Contents = Callable[[Listing], str]
"""Gives the HTML of a story as `feed_content` makes it."""

NO_STORY = "1970-01-01T00:00:00Z"
"""When a feed without stories changed last, since Atom must have an instant (RFC 4287, 4.1.1)."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A list to subscribe to: the path of its page, its title, its newest stories."""

    page: str
    title: str
    language: str
    stories: tuple[Listing, ...]

    @property
    def folder(self) -> str:
        """The folder of its files."""
        return feed_folder(self.page)

    @property
    def updated(self) -> str:
        """The last update of any of its stories (RFC 3339)."""
        return max((story.updated for story in self.stories), default=NO_STORY)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story of a feed. `content` is HTML, all else is text; `topics` are codes and names.

    The rights and the licence of wire copy are empty.
    """

    story: Listing
    id: str
    url: str
    content: str
    terms: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    rights: str
    licence: str
    picture: PictureView | None


def entries(feed: Feed, paper: Paper, contents: Contents) -> Iterator[FeedEntry]:
    """Yield the entries of a feed, newest first. The house must have a web address."""
    for story in feed.stories:
        section = section_of(story, paper.house)
        codes = (code.removeprefix(PREFIX) for code in story.subjects)
        names = (topic_name(code, story.language) for code in story.subjects)
        views = PictureView.all_of(story.pictures)
        others = paper.is_others(story.agency)
        yield FeedEntry(
            story,
            _tag_uri(story, paper),
            paper.address(story_path(story.slug)),
            contents(story),
            tuple(filter(None, (section.title if section else "", *story.keywords))),
            tuple(zip(codes, names, strict=True)),
            "" if others else paper.rights_of(story.published),
            "" if others else paper.house.licence,
            next((view for view in views if view.renditions), None),
        )


def in_language(language: str, html: str) -> str:
    """Return HTML that says its language and direction: a feed reader's page has its own."""
    tag = escape_attribute(xml_text(language))
    return f'<div dir="{direction(language)}" lang="{tag}">{html}</div>'


def html_summary(story: Listing) -> str:
    """Return a summary as HTML, which RSS wants: `<` is escaped here, and by XML again.

    https://www.rssboard.org/rss-profile#element-channel-item-description
    """
    html = escape(story.summary)
    right_to_left = direction(story.language) == "rtl"
    return in_language(story.language, html) if right_to_left else html


def _tag_uri(story: Listing, paper: Paper) -> str:
    """Return an id that does not change with the slug: a tag URI (RFC 4151) of the first day."""
    host = urlsplit(paper.house.url).hostname or ""
    return f"tag:{host},{story.published[:10]}:{quote(story.id, safe='')}"
