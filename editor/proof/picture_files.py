"""The picture files of an export: where each goes, what its bytes depend on, and its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from editor.core.edition import PictureKeys, PictureSource
from editor.core.house import House
from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.proof.picture_containers import with_metadata
from editor.proof.picture_credentials import ContentCredentials, content_credentials
from editor.proof.picture_metadata import Metadata, picture_metadata, picture_rights
from editor.proof.picture_recipes import recipe
from editor.proof.renditions import lead_crops, picture_name, renditions, site_renditions


@dataclass(frozen=True, slots=True)
class PublishedPicture:
    """A picture file, as it is turned, with the words of the newest story that shows it.

    `year` is that story's. `crops` are those of the stories that it leads, each at their focal
    point or as somebody cropped it.
    """

    picture: Picture
    year: int
    crops: tuple[Rendition, ...] = ()

    @property
    def for_site(self) -> tuple[Rendition, ...]:
        """All that a site has of it: each width in each kind, and the crops."""
        return site_renditions(self.picture) + self.crops

    @property
    def for_api(self) -> tuple[Rendition, ...]:
        """What the API has of it: each width as JPEG."""
        return renditions(self.picture)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file of a picture; `siblings` are all files of it, which one decode serves.

    `credentials` are what the paper signs about it, None for nothing.
    """

    file: str
    rendition: Rendition
    siblings: tuple[Rendition, ...]
    metadata: Metadata
    credentials: ContentCredentials | None = None

    @property
    def key(self) -> str:
        """A hash of all that goes into its bytes."""
        signed = (self.credentials.key,) if self.credentials else ()
        parts = (self.file, recipe(self.rendition), self.metadata.hash, *signed)
        return sha256(" ".join(parts).encode()).hexdigest()

    def make(self, source: PictureSource, keys: PictureKeys | None = None) -> bytes:
        """Return the file's bytes; `keys` sign what has content credentials.

        Raises NotFound, PictureDamaged, UnreadablePicture, and for a signature BadInput and
        OutputError.
        """
        encoded = source.encoded(self.file, self.rendition, self.siblings)
        data = with_metadata(self.rendition.kind, encoded, self.metadata)
        if self.credentials is None:
            return data
        if keys is None:
            raise ValueError("nobody signs the pictures of this edition")
        return self.credentials.signed(data, keys.signer(self.credentials.certificates))


def published_pictures(stories: Iterable[tuple[Sequence[Picture], int]]) -> list[PublishedPicture]:
    """Return each picture file that these stories show, once for each way it is turned.

    Each story is its pictures, in their order, and its year; the newest story is first.
    """
    shown: dict[str, PublishedPicture] = {}
    for pictures, year in stories:
        with_files = [picture for picture in pictures if renditions(picture)]
        for picture in with_files:
            name = picture_name(picture)
            before = shown.get(name, PublishedPicture(picture, year))
            own = lead_crops(picture) if picture is with_files[0] else ()
            all_crops = tuple(dict.fromkeys((*before.crops, *own)))
            shown[name] = PublishedPicture(before.picture, before.year, all_crops)
    return list(shown.values())


def picture_files(
    shown: PublishedPicture, wanted: tuple[Rendition, ...], house: House
) -> tuple[MediaFile, ...]:
    """Return the files of these renditions, with the picture's words and the paper's rights."""
    picture = shown.picture
    rights = picture_rights(picture, house, shown.year)
    metadata = picture_metadata(picture, rights)
    return tuple(
        MediaFile(
            picture.file, size, wanted, metadata, content_credentials(picture, size, rights, house)
        )
        for size in wanted
    )
