"""The lists of the API: pages of stories, sections, subjects, authors, briefs and changes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from editor.core.edition import Edition, Expired, Withdrawn
from editor.core.listing import Listing
from editor.formats.api import documents, paths, values
from editor.formats.api.summaries import reference, summary
from editor.media_topics import Topic, topics
from editor.proof.authors import AuthorStories, stories_by_author
from editor.proof.subjects import stories_by_subject

PathOf = Callable[[int], str]
"""Gives the path of a page of a list by its number, from 1."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page of a list of stories, newest first; `number` is from 1."""

    stories: tuple[Listing, ...]
    number: int
    pages: int
    total: int

    @property
    def inputs(self) -> Iterator[str]:
        """What goes into its document beside its path and the house."""
        yield f"{self.number} {self.pages} {self.total}"
        yield from (story.stamp for story in self.stories)


def story_pages(stories: Sequence[Listing]) -> Iterator[StoryPage]:
    """Cut a list into pages, the first one first; an empty list has one empty page."""
    size, total = paths.PAGE_STORIES, len(stories)
    pages = max(1, -(-total // size))
    for number in range(1, pages + 1):
        chosen = tuple(stories[(number - 1) * size : number * size])
        yield StoryPage(chosen, number, pages, total)


class ApiLists:
    """The lists of one edition; no text of a story is read for them."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._house = edition.house

    @cached_property
    def by_section(self) -> Mapping[str, Sequence[Listing]]:
        """The stories of each section of the paper, by its slug."""
        found: dict[str, list[Listing]] = {section.slug: [] for section in self._house.sections}
        for story in self._edition.listings:
            found.get(story.section, []).append(story)
        return found

    @cached_property
    def by_subject(self) -> Mapping[str, Sequence[Listing]]:
        """The stories about each known subject, by its code, in the codes' order."""
        return dict(sorted(stories_by_subject(self._edition.listings).items()))

    @cached_property
    def by_author(self) -> Mapping[str, AuthorStories]:
        """The stories of each author, by the author's slug, in the slugs' order."""
        return dict(sorted(stories_by_author(self._edition.listings).items()))

    @cached_property
    def by_day(self) -> Mapping[str, Sequence[values.Change]]:
        """The last change of each story, by its day, both the latest first."""
        changes = [_change(story) for story in self._edition.listings]
        changes += map(_removal, self._edition.gone())
        changes.sort(key=lambda change: (change.at, change.id), reverse=True)
        found: defaultdict[str, list[values.Change]] = defaultdict(list)
        for change in changes:
            found[change.at[:10]].append(change)
        return found

    def page(self, part: StoryPage, path: PathOf) -> documents.StoriesDocument:
        """Return a page of a list."""
        here = path(part.number)
        following = part.number + 1 if part.number < part.pages else None
        previous = part.number - 1 if part.number > 1 else None

        def link(number: int | None) -> str | None:
            return paths.link(path(number), here) if number else None

        return documents.StoriesDocument(
            tuple(summary(story, self._house, here) for story in part.stories),
            values.PageMeta(
                values.Pagination(
                    part.number, paths.PAGE_STORIES, part.pages, part.total, following, previous
                )
            ),
            values.PageLinks(
                paths.link(here, here),
                paths.link(path(1), here),
                paths.link(path(part.pages), here),
                link(following),
                link(previous),
            ),
        )

    def sections(self) -> documents.SectionsDocument:
        """Return the sections in the paper's order."""
        here = paths.SECTIONS
        data = (
            values.Section(
                section.slug,
                section.title,
                dict(section.titles),
                paths.link(paths.section_page(section.slug, 1), here),
                len(self.by_section[section.slug]),
            )
            for section in self._house.sections
        )
        return documents.SectionsDocument(tuple(data), links(here))

    def subjects(self) -> documents.SubjectsDocument:
        """Return the subjects that stories have."""
        here = paths.SUBJECTS
        data = (
            _subject(topics()[code], len(stories), here)
            for code, stories in self.by_subject.items()
        )
        return documents.SubjectsDocument(tuple(data), links(here))

    def authors(self) -> documents.AuthorsDocument:
        """Return the authors, each with the name of the newest byline."""
        here = paths.AUTHORS
        data = (
            values.Author(
                slug,
                name,
                paths.link(paths.author_page(slug, 1), here),
                len(stories),
            )
            for slug, (name, stories) in self.by_author.items()
        )
        return documents.AuthorsDocument(tuple(data), links(here))

    def trends(self) -> documents.TrendsDocument:
        """Return the briefs of the banner that have not expired, in its order."""
        here = paths.TRENDS
        by_id = {story.id: story for story in self._edition.listings}
        data = (
            values.Brief(
                brief.id,
                rank,
                brief.title,
                brief.summary,
                reference(by_id[brief.story], here) if brief.story else None,
                brief.expires or None,
            )
            for rank, brief in enumerate(self._edition.briefs(), start=1)
        )
        return documents.TrendsDocument(tuple(data), links(here))

    def changes(self) -> documents.ChangesDocument:
        """Return the days with changes."""
        here = paths.CHANGES
        data = (
            values.ChangedDay(
                day, len(changes), _hash(changes), paths.link(paths.changes(day), here)
            )
            for day, changes in self.by_day.items()
        )
        return documents.ChangesDocument(tuple(data), links(here))

    def day(self, day: str) -> documents.DayDocument:
        """Return the changes of a day."""
        return documents.DayDocument(tuple(self.by_day[day]), links(paths.changes(day)))


def links(here: str) -> values.Links:
    """Return where a document and the service document are."""
    return values.Links(paths.link(here, here), paths.link(paths.INDEX, here))


def _change(story: Listing) -> values.Change:
    kind: values.ChangeKind = "corrected" if story.versions[-1].correction else "updated"
    if story.updated == story.published:
        kind = "created"
    here = paths.changes(story.updated[:10])
    url = paths.link(paths.story(story.slug), here)
    return values.Change(kind, story.updated, story.id, story.slug, story.hash, url)


def _removal(story: Withdrawn | Expired) -> values.Change:
    kind: values.ChangeKind = "withdrawn" if isinstance(story, Withdrawn) else "expired"
    url = paths.link(paths.story(story.slug), paths.changes(story.at[:10]))
    return values.Change(kind, story.at, story.story_id, story.slug, None, url)


def _hash(changes: Iterable[values.Change]) -> str:
    return hashlib.sha256(repr(list(changes)).encode()).hexdigest()


def _subject(topic: Topic, count: int, here: str) -> values.Subject:
    url = paths.link(paths.subject_page(topic.code, 1), here)
    return values.Subject(topic.code, topic.name("en"), dict(topic.names), url, count)
