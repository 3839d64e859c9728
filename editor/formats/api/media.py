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
from editor.formats.planned import PlannedFile
from editor.proof.picture_files import MediaFile, PublishedPicture


class MediaDocuments:
    """The pictures of one edition: their files and what is said of each."""

    def __init__(self, edition: Edition) -> None:
        self._pictures = EditionPictures(edition)
        self.shown = self._pictures.shown
        self._stories: defaultdict[str, list[Listing]] = defaultdict(list)
        for story in edition.listings:
            for file in dict.fromkeys(picture.file for picture in story.pictures):
                self._stories[file].append(story)

    def files(self, shown: PublishedPicture) -> Iterator[PlannedFile]:
        """Yield the files of a picture."""
        own = tuple(map(paths.rendition, shown.for_api))
        return self._pictures.planned(shown, shown.for_api, own)

    def inputs(self, shown: PublishedPicture) -> Iterator[str]:
        """Yield what goes into the document of a picture."""
        yield repr(shown.picture)
        yield from (file.key for file in self._files(shown))
        for story in self._stories[shown.picture.file]:
            yield repr((story.id, story.slug, story.headline))

    def document(self, shown: PublishedPicture) -> documents.MediaDocument:
        """Return the document of a picture. Raises what `EditionPictures.make` raises."""
        here = paths.media(media_id(shown.picture))
        media = values.Media(
            **image_values(shown.picture, here),
            renditions=tuple(map(partial(self._rendition, here=here), self._files(shown))),
            stories=tuple(reference(story, here) for story in self._stories[shown.picture.file]),
        )
        return documents.MediaDocument(media, links(here))

    def _files(self, shown: PublishedPicture) -> tuple[MediaFile, ...]:
        return tuple(self._pictures.files(shown, shown.for_api))

    def _rendition(self, file: MediaFile, here: str) -> values.MediaRendition:
        data, size = self._pictures.make(file), rendition(file.rendition, here)
        sha256 = hashlib.sha256(data).hexdigest()
        return values.MediaRendition(
            size.url, size.width, size.height, size.type, len(data), sha256
        )
