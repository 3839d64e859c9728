"""The part of a bundle with each story as a Markdown file, to be read without any program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from editor.core.dateline import Dateline, render_dateline
from editor.core.edition import Edition, Withdrawn
from editor.core.fields import DATELINE
from editor.core.languages import is_right_to_left
from editor.core.listing import Listing
from editor.core.picture_reference import picture_address
from editor.core.story import Picture, Story, check_slug
from editor.core.times import instant_text
from editor.formats.bundle.body import markdown_body
from editor.formats.bundle.front_matter import Value, front_matter
from editor.formats.bundle.part import PlainPart
from editor.formats.planned import PlannedFile, input_key
from editor.progress import Progress
from editor.proof.bodies import Bodies
from editor.proof.renditions import renditions
from editor.proof.sections import section_of
from editor.proof.site import Site
from editor.text.nodes import TextPicture


class StoriesPart(PlainPart):
    """`SLUG.md` for each story: its fields as front matter, then its body.

    `picture_file` gives the file of a picture from the top of the payload, empty for none.
    """

    def __init__(self, picture_file: Callable[[Picture], str]) -> None:
        self._picture_file = picture_file

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file. Raises Cancelled, BadValue for a slug that can't be a file's name."""
        progress.report(0, 1)
        return list(_Plan(edition, self._picture_file).files())

    def story_path(self, slug: str) -> str:
        """Return the path of a story's file."""
        return _path(slug)


class _Plan:
    """The files of one export of the stories."""

    def __init__(self, edition: Edition, picture_file: Callable[[Picture], str]) -> None:
        self._edition = edition
        self._picture_file = picture_file
        self._site = Site.of(edition)
        self._bodies = Bodies(parts=edition.parts)
        mark = instant_text(edition.generated_at) if edition.what_if else ""
        self._mark: dict[str, Value] = {"not_an_edition": mark}
        self._common = input_key("markdown", edition.house.canonical(), mark)

    def files(self) -> Iterator[PlannedFile]:
        for listing in self._edition.listings:
            check_slug(listing.slug)
            inputs = [listing.stamp, *map(self._picture_file, listing.pictures)]
            inputs += map(self._file_of, listing.links)
            key, make = input_key(self._common, *inputs), partial(self._story, listing)
            yield PlannedFile(_path(listing.slug), key, make, listing.headline)
        for story in self._edition.withdrawn:
            check_slug(story.slug)
            key, make = input_key(self._common, repr(story)), partial(self._withdrawn, story)
            yield PlannedFile(_path(story.slug), key, make)

    def _story(self, listing: Listing) -> bytes:
        story = self._edition.item(listing).story.without_blanks()
        pictures = {
            picture_address(picture.file): TextPicture(
                shown["file"], " ".join(shown["alt"].split())
            )
            for picture in reversed(story.pictures)  # of two with one file the first is named
            if (shown := self._picture(picture))["file"]
        }
        body = markdown_body(self._bodies.document(story), self._file_of, pictures)
        text = front_matter({**self._mark, **self._fields(listing, story)})
        return f"{text}\n{body}\n".encode() if body else text.encode()

    def _fields(self, listing: Listing, story: Story) -> dict[str, Value]:
        section = section_of(listing, self._edition.house)
        return {
            "headline": story.headline,
            "kicker": story.kicker,
            "standfirst": story.standfirst,
            "key_points": story.key_points,
            "bylines": story.bylines,
            "dateline": self._dateline(story.dateline, story.language),
            "published": listing.published,
            "updated": listing.updated,
            "section": section.title if section else "",
            "keywords": story.keywords,
            "subjects": story.subjects,
            "corrections": [{"at": note.at, "text": note.text} for note in story.corrections],
            "pictures": [self._picture(picture) for picture in listing.pictures],
            "language": story.language,
            "direction": "rtl" if is_right_to_left(story.language) else "ltr",
            "slug": listing.slug,
            "id": listing.id,
            "version": listing.version,
            "hash": listing.hash,
        }

    def _dateline(self, dateline: Dateline, language: str) -> dict[str, str]:
        if dateline.is_empty:
            return {}
        parts = {part.name: getattr(dateline, part.name) for part in DATELINE}
        template = self._edition.house.dateline_template
        return {"text": render_dateline(dateline, template, language), **parts}

    def _picture(self, picture: Picture) -> dict[str, str]:
        file = self._picture_file(picture) if renditions(picture) else ""
        return {
            "file": f"../{file}" if file else "",
            "caption": picture.caption,
            "credit": picture.bare_credit,
            "alt": "" if picture.decorative else picture.alt,
            "rights": picture.rights,
        }

    def _withdrawn(self, story: Withdrawn) -> bytes:
        """Return what is left of a killed story: that it was withdrawn, and when."""
        fields: dict[str, Value] = {
            "status": "withdrawn",
            "withdrawn": story.at,
            "language": story.language,
            "slug": story.slug,
            "id": story.story_id,
        }
        return front_matter({**self._mark, **fields}).encode()

    def _file_of(self, slug: str) -> str:
        now = self._site.current_slug(slug)
        return _path(now) if now else ""


def _path(slug: str) -> str:
    return f"{slug}.md"
