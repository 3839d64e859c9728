"""What a bundle asks of each of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from editor.core.edition import Edition
from editor.formats.planned import PlannedFile
from editor.progress import Progress
from editor.proof.picture_files import PublishedPicture


class BundlePart(Protocol):
    """Plans the files of one part, by paths within it; every exporter does."""

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file. Raises as `Exporter.plan` does."""
        ...

    def notices(self, edition: Edition) -> tuple[str, ...]:
        """Return sentences about what it leaves out."""
        ...

    def other_inputs(self, edition: Edition) -> Iterable[str]:
        """Return what goes into it beside the edition's own values."""
        ...

    def next_change(self, edition: Edition) -> datetime | None:
        """Return an instant before which the time alone makes no other; None for never."""
        ...

    def story_path(self, slug: str) -> str:
        """Return the path of the file that has a story."""
        ...

    def expired_path(self, slug: str) -> str:
        """Return the path of the file that says that a story has expired; empty for none."""
        ...

    def redirect_path(self, slug: str) -> str:
        """Return the path of the page at an address that a story had; empty for none."""
        ...

    def picture_paths(self, shown: PublishedPicture) -> tuple[str, ...]:
        """Return the paths of a picture's files, the largest JPEG last."""
        ...


class PlainPart:
    """What a part answers that leaves nothing out and is made of the edition's values alone."""

    def notices(self, _edition: Edition) -> tuple[str, ...]:
        """Return nothing: all is in it."""
        return ()

    def other_inputs(self, _edition: Edition) -> tuple[str, ...]:
        """Return nothing, as the time alone changes nothing."""
        return ()

    def next_change(self, _edition: Edition) -> datetime | None:
        """Return nothing, as above."""
        return None

    def story_path(self, _slug: str) -> str:
        """Return no path: it has no stories."""
        return ""

    def expired_path(self, _slug: str) -> str:
        """Return no path: an expired story leaves nothing."""
        return ""

    def redirect_path(self, _slug: str) -> str:
        """Return no path: nothing leads from a former name to a file."""
        return ""

    def picture_paths(self, _shown: PublishedPicture) -> tuple[str, ...]:
        """Return nothing: it has no pictures."""
        return ()
