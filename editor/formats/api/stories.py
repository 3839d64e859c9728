"""The documents of single stories: whole ones, their versions, and those that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from editor.core.dateline import Dateline, render_dateline
from editor.core.edition import Edition, Expired, Withdrawn
from editor.core.fields import DATELINE
from editor.core.listing import Listing
from editor.core.story import Story
from editor.formats.api import documents, paths, values
from editor.formats.api.summaries import image, reference, shown_pictures, summary_values
from editor.proof.bodies import Bodies, Body, linked
from editor.proof.site import Site
from editor.text.metrics import reading_minutes


class StoryDocuments:
    """Makes the documents of the stories of one edition. Their texts are read when asked for."""

    def __init__(self, edition: Edition, site: Site) -> None:
        self._edition = edition
        self._site = site
        self.bodies = Bodies(parts=edition.parts)
        self._by_id: Mapping[str, Listing] = {story.id: story for story in edition.listings}
        self._last: tuple[str, Story, Body, values.Dateline | None] | None = None

    def inputs(self, listing: Listing) -> Iterator[str]:
        """Yield what goes into a story's document beside its path and the house."""
        yield listing.stamp
        yield from (self._site.current_slug(slug) or "" for slug in listing.links)
        for related in self._related(listing):
            yield repr((related.id, related.slug, related.headline))

    def whole(self, listing: Listing, here: str) -> documents.StoryDocument:
        """Return a whole story. Raises what `Edition.item` raises."""
        (story, body, dateline), house = self._read(listing), self._edition.house
        address = partial(self._address, here=here)
        # A picture in the text is among the images alone: v1 has no block of its kind.
        blocks = tuple(
            (kind, linked(block, address), text)
            for kind, block, text in zip(body.kinds, body.blocks, body.texts, strict=True)
            if kind != "picture"
        )
        corrections = tuple(
            values.Correction(correction.text, correction.at) for correction in story.corrections
        )
        data = values.Story(
            **summary_values(listing, house, here),
            dateline=dateline,
            body=tuple(values.Block(*block) for block in blocks),
            body_html="\n".join(html for _kind, html, _text in blocks),
            bylines=story.bylines,
            keywords=story.keywords,
            subjects=story.subjects,
            images=tuple(image(picture, here) for picture in shown_pictures(story.pictures)),
            correction=corrections[-1] if corrections else None,
            corrections=corrections,
            related=tuple(reference(related, here) for related in self._related(listing)),
            source=story.dateline.agency or house.name,
            embargoed_until=story.embargo or None,
            word_count=body.words,
            reading_minutes=reading_minutes(body.words),
            hash=listing.hash,
        )
        links = _links(listing.slug, listing.id, here)
        links.versions = paths.link(paths.versions(listing.slug), here)
        return documents.StoryDocument(data, links)

    @staticmethod
    def versions(listing: Listing) -> documents.VersionsDocument:
        """Return the versions of a story."""
        here = paths.versions(listing.slug)
        data = (
            values.StoryVersion(version.number, version.at, version.correction or None)
            for version in listing.versions
        )
        links = values.VersionsLinks(
            paths.link(here, here),
            paths.link(paths.story(listing.slug), here),
            paths.link(paths.INDEX, here),
        )
        return documents.VersionsDocument(tuple(data), links)

    @staticmethod
    def gone(story: Withdrawn | Expired, here: str) -> documents.StoryDocument:
        """Return the document of a story that is gone: its id, its status, and since when."""
        is_killed = isinstance(story, Withdrawn)
        kind = values.WithdrawnStory if is_killed else values.ExpiredStory
        data = kind(story.story_id, story.at)
        return documents.StoryDocument(data, _links(story.slug, story.story_id, here))

    def _read(self, listing: Listing) -> tuple[Story, Body, values.Dateline | None]:
        """A story as readers get it, its body and its dateline.

        Its documents are made one after the other.
        """
        if self._last is None or self._last[0] != listing.stamp:
            story = self._edition.item(listing).story
            body = self.bodies.of(listing.hash, story)
            plain = story.without_blanks()
            self._last = listing.stamp, plain, body, self._dateline(plain)
        return self._last[1:]

    def _related(self, listing: Listing) -> Iterator[Listing]:
        return (self._by_id[id] for id in listing.related if id in self._by_id)

    def _address(self, slug: str, here: str) -> str | None:
        now = self._site.current_slug(slug)
        return paths.link(paths.story(now), here) if now else None

    def _dateline(self, story: Story) -> values.Dateline | None:
        dateline: Dateline = story.dateline
        if dateline.is_empty:
            return None
        template = self._edition.house.dateline_template
        parts = {part.name: getattr(dateline, part.name) for part in DATELINE}
        rendered = render_dateline(dateline, template, story.language)
        return values.Dateline(**parts, rendered=rendered)


def _links(slug: str, id: str, here: str) -> values.StoryLinks:
    return values.StoryLinks(
        paths.link(here, here),
        paths.link(paths.story(slug), here),
        paths.link(paths.story_by_id(id), here),
        None,
        paths.link(paths.INDEX, here),
    )
