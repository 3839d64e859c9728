"""The pictures of an edition as files that an export plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from editor.core.edition import Edition
from editor.core.listing import Listing
from editor.core.rendition import Rendition
from editor.core.story import picture_place
from editor.core.times import in_zone, parse_instant
from editor.core.zones import zone
from editor.errors import NotFound, PictureDamaged, UnreadablePicture, UnsignedPicture
from editor.formats.planned import PlannedFile, input_key
from editor.proof.picture_files import (
    MediaFile,
    PublishedPicture,
    picture_files,
    published_pictures,
)


class EditionPictures:
    """The pictures of all stories, each file once, as the newest story shows it."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self.shown = published_pictures(
            (listing.pictures, _year(listing, edition))
            for listing in edition.listings
            if listing.pictures
        )

    def files(self, shown: PublishedPicture, wanted: tuple[Rendition, ...]) -> Sequence[MediaFile]:
        """Return the files of some renditions of a picture."""
        return picture_files(shown, wanted, self._edition.house)

    def planned(
        self, shown: PublishedPicture, wanted: tuple[Rendition, ...], paths: Sequence[str]
    ) -> Iterator[PlannedFile]:
        """Yield the files of some renditions of a picture, each at its path."""
        title = shown.picture.caption or shown.picture.alt
        for file, path in zip(self.files(shown, wanted), paths, strict=True):
            make = partial(self.make, file)
            yield PlannedFile(path, input_key("picture", file.key), make, title)

    def make(self, file: MediaFile) -> bytes:
        """Return the bytes of a file.

        Raises NotFound, PictureDamaged, UnreadablePicture or UnsignedPicture; the sentence names
        the picture by its caption, and its stories. Raises BadInput and OutputError where
        nothing can be signed at all.
        """
        try:
            return file.make(self._edition.pictures, self._edition.picture_keys)
        except (NotFound, PictureDamaged, UnreadablePicture, UnsignedPicture) as error:
            uses = [
                (listing.slug, picture)
                for listing in self._edition.listings
                for picture in listing.pictures
                if picture.file == file.file
            ]
            slugs = dict.fromkeys(slug for slug, _picture in uses)
            place = picture_place(slugs, next((p.title for _, p in uses if p.title), ""))
            raise type(error)(f"{place}: {error.sentence}", error.hint) from error


def _year(listing: Listing, edition: Edition) -> int:
    published = parse_instant(listing.published) if listing.published else edition.generated_at
    return in_zone(published, zone(edition.house.timezone)).year
