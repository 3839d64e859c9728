"""The pictures of an edition as files that an export plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from editor.core.edition import Edition
from editor.core.story import Picture
from editor.errors import NotFound, PictureDamaged, UnreadablePicture
from editor.formats.base import Exporter
from editor.formats.planned import PlannedFile, input_key
from editor.proof.pictures import Rendition, render, renditions


class EditionPictures:
    """The pictures of all stories, each file once, as the newest story shows it."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._slugs: dict[str, list[str]] = {}
        self.pictures: dict[str, Picture] = {}
        for listing in edition.listings:
            for picture in listing.pictures:
                if renditions(picture):
                    self.pictures.setdefault(picture.file, picture)
                    self._slugs.setdefault(picture.file, []).append(listing.slug)
        self._last: tuple[str, Mapping[Rendition, bytes]] = ("", {})

    def planned(self, picture: Picture, exporter: Exporter) -> Iterator[PlannedFile]:
        """Yield the files of a picture."""
        title = picture.caption or picture.alt
        for size in renditions(picture):
            key = input_key("picture", picture.file, str(size.width))
            path = exporter.picture_path(size)
            yield PlannedFile(path, key, partial(self._data, picture, size), title)

    def rendered(self, picture: Picture) -> Mapping[Rendition, bytes]:
        """Return the bytes of a picture's renditions; those of the last one are remembered.

        Raises NotFound, PictureDamaged or UnreadablePicture; the sentence names its stories.
        """
        if self._last[0] != picture.file:
            try:
                original = self._edition.pictures.read(picture.file)
                made = {size: render(original, size.width) for size in renditions(picture)}
            except (NotFound, PictureDamaged, UnreadablePicture) as error:
                slugs = ", ".join(self._slugs[picture.file])
                raise type(error)(f"{slugs}: {error.sentence}", error.hint) from error
            self._last = picture.file, made
        return self._last[1]

    def _data(self, picture: Picture, size: Rendition) -> bytes:
        return self.rendered(picture)[size]
