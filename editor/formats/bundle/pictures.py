"""The part of a bundle with each picture once, as large as readers get it."""

from __future__ import annotations

from collections.abc import Sequence

from editor.core.edition import Edition
from editor.formats.bundle.part import PlainPart
from editor.formats.edition_pictures import EditionPictures
from editor.formats.planned import PlannedFile
from editor.progress import Progress
from editor.proof.picture_files import PublishedPicture
from editor.proof.renditions import picture_name


class PicturesPart(PlainPart):
    """A JPEG for each picture, with its caption, credit and rights in it, and no other metadata."""

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file. Raises Cancelled."""
        progress.report(0, 1)
        pictures = EditionPictures(edition)
        return [
            file
            for shown in pictures.shown
            for file in pictures.planned(shown, shown.for_api[-1:], self.picture_paths(shown))
        ]

    def picture_paths(self, shown: PublishedPicture) -> tuple[str, ...]:
        """Return the path of a picture's file: 16 digits of its original's hash."""
        return (f"{picture_name(shown.picture)}.jpg",)
