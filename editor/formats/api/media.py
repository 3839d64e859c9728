"""The documents of pictures, with the sizes and the hashes of their files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from editor.core.edition import Edition
from editor.core.listing import Listing
from editor.formats.api import documents, paths, values
from editor.formats.api.lists import links
from editor.formats.api.summaries import image_values, media_id, reference, rendition
from editor.formats.edition_pictures import EditionPictures
from editor.formats.planned import PlannedFile, input_key, kept
from editor.proof.picture_files import MediaFile, PublishedPicture

_FACTS = "picture-facts"
"""The parts that say how large a picture's file is, and its hash."""


class MediaDocuments:
    """The pictures of one edition: their files and what is said of each."""

    def __init__(self, edition: Edition) -> None:
        self._pictures = EditionPictures(edition)
        self._parts = edition.parts
        self.shown = self._pictures.shown
        self._stories: defaultdict[str, list[Listing]] = defaultdict(list)
        for story in edition.listings:
            for id in dict.fromkeys(map(media_id, story.pictures)):
                self._stories[id].append(story)

    def files(self, shown: PublishedPicture) -> Iterator[PlannedFile]:
        """Yield the files of a picture."""
        own = tuple(map(paths.rendition, shown.for_api))
        planned = self._pictures.planned(shown, shown.for_api, own)
        for picture, file in zip(planned, self._files(shown), strict=True):
            yield picture._replace(make=partial(self._make, file))

    def inputs(self, shown: PublishedPicture) -> Iterator[str]:
        """Yield what goes into the document of a picture."""
        yield repr(shown.picture)
        yield from (file.key for file in self._files(shown))
        for story in self._stories[media_id(shown.picture)]:
            yield repr((story.id, story.slug, story.headline))

    def document(self, shown: PublishedPicture) -> documents.MediaDocument:
        """Return the document of a picture. Raises what `EditionPictures.make` raises."""
        here = paths.media(media_id(shown.picture))
        media = values.Media(
            **image_values(shown.picture, here),
            renditions=tuple(map(partial(self._rendition, here=here), self._files(shown))),
            stories=tuple(
                reference(story, here) for story in self._stories[media_id(shown.picture)]
            ),
        )
        return documents.MediaDocument(media, links(here))

    def _files(self, shown: PublishedPicture) -> tuple[MediaFile, ...]:
        return tuple(self._pictures.files(shown, shown.for_api))

    def _rendition(self, file: MediaFile, here: str) -> values.MediaRendition:
        size = rendition(file.rendition, here)
        make = partial(self._make_facts, file)
        length, sha256 = kept(self._parts, _FACTS, _key(file), make).decode("ascii").split()
        return values.MediaRendition(
            size.url, size.width, size.height, size.type, int(length), sha256
        )

    def _make(self, file: MediaFile) -> bytes:
        """Return a file's bytes, and keep what its document says of them.

        Where only words of stories change, nothing is made again, and no key is needed.
        """
        data = self._pictures.make(file)
        self._parts.put(_FACTS, _key(file), _facts(data))
        return data

    def _make_facts(self, file: MediaFile) -> bytes:
        return _facts(self._pictures.make(file))


def _key(file: MediaFile) -> bytes:
    return input_key(_FACTS, file.key)


def _facts(data: bytes) -> bytes:
    return f"{len(data)} {hashlib.sha256(data).hexdigest()}".encode("ascii")
