"""What the site and the API exporter share: adding files, progress, pages, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from editor.core.edition import Edition, Item
from editor.core.story import Picture
from editor.errors import NotFound, PictureDamaged, UnreadablePicture
from editor.formats.base import Output, Report
from editor.progress import Progress
from editor.proof.pictures import Rendition, render, renditions

PAGE_STORIES = 20
"""How many stories a page of a list has."""


class EditionWriter:
    """Writes the files of one edition, and reports one step for each story and picture."""

    def __init__(self, edition: Edition, output: Output, progress: Progress) -> None:
        self._edition = edition
        self._pictures = tuple(edition_pictures(edition))
        self._output = output
        self._progress = progress
        self._step_count = len(edition.listings) + len(self._pictures)
        self._steps_done = 0
        self._file_count = 0

    def _add(self, path: str, data: bytes) -> None:
        """Write one file. Raises OutputError, DiskFull."""
        self._output.write(path, data)
        self._file_count += 1

    def _items(self) -> Iterator[Item]:
        """Yield the items, newest first, and report each. Raises Cancelled."""
        for listing in self._edition.listings:
            self._step(listing.headline)
            yield self._edition.item(listing)

    def _rendered_pictures(self) -> Iterator[tuple[Picture, dict[Rendition, bytes]]]:
        """Yield each picture with the bytes of its renditions, and report it.

        Raises Cancelled, and for a picture that can't be exported NotFound, PictureDamaged
        or UnreadablePicture; the sentence names its stories.
        """
        for picture in self._pictures:
            self._step(picture.caption or picture.alt)
            try:
                original = self._edition.pictures.read(picture.file)
                rendered = {size: render(original, size.width) for size in renditions(picture)}
            except (NotFound, PictureDamaged, UnreadablePicture) as error:
                slugs = ", ".join(self._slugs_with(picture.file))
                raise type(error)(f"{slugs}: {error.sentence}", error.hint) from error
            yield picture, rendered

    def _slugs_with(self, file: str) -> list[str]:
        """The stories that have a picture."""
        return [
            listing.slug
            for listing in self._edition.listings
            if any(picture.file == file for picture in listing.pictures)
        ]

    def _report(self, start: str, notices: tuple[str, ...] = ()) -> Report:
        """Report the last step, and return what was written."""
        self._progress.report(self._step_count, self._step_count)
        return Report(
            files=self._file_count,
            start=start,
            notices=notices,
            counts={"stories": len(self._edition.listings), "pictures": len(self._pictures)},
        )

    def _step(self, name: str) -> None:
        self._progress.report(self._steps_done, self._step_count, name)
        self._steps_done += 1


def list_pages(items: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    """Cut a list into pages, the first one first; an empty list has one empty page."""
    starts = range(0, max(1, len(items)), PAGE_STORIES)
    return [items[start : start + PAGE_STORIES] for start in starts]


def edition_pictures(edition: Edition) -> Iterator[Picture]:
    """Yield the pictures of all stories, each file once, as the newest story shows it."""
    seen: set[str] = set()
    for listing in edition.listings:
        for picture in listing.pictures:
            if renditions(picture) and picture.file not in seen:
                seen.add(picture.file)
                yield picture
