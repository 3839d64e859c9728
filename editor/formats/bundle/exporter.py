"""The exporter that plans an edition as a BagIt bag, made of what others plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from editor.core.bundle_parts import MAIN_PARTS, remembered_name
from editor.core.edition import Edition
from editor.core.story import Picture
from editor.core.times import instant_text
from editor.formats.bundle import bag
from editor.formats.bundle.history import HistoryPart
from editor.formats.bundle.part import BundlePart
from editor.formats.bundle.pictures import PicturesPart
from editor.formats.bundle.readme import readme
from editor.formats.bundle.stories import StoriesPart
from editor.formats.planned import PlannedFile, ready_files
from editor.formats.sums import Sums
from editor.i18n import N_
from editor.progress import Progress
from editor.proof.picture_files import PublishedPicture

_PICTURES_FROM = ("pictures", "site", "api")
"""The parts that have pictures; a story's text names those of the first that is there."""


class BundleExporter:
    """The chosen parts below `data/`, and the files that say what is in the bag.

    `names` are the parts in their order (`checked_parts`); `exporters` plan those of them
    that are formats of their own.
    """

    name = "bundle"
    title = N_("Bundle")
    start = bag.README
    in_one_folder = True

    def __init__(self, names: Sequence[str], exporters: Mapping[str, BundlePart]) -> None:
        every: dict[str, BundlePart] = {
            "pictures": PicturesPart(),
            "stories": StoriesPart(self._picture_file),
            "history": HistoryPart(),
            **exporters,
        }
        self._parts = {name: every[name] for name in names}
        self._main = next(name for name in MAIN_PARTS if name in self._parts)
        self.remembered_as = remembered_name(names)

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file but those that list others. Raises what the parts' plans raise."""
        planned = [
            file._replace(path=_placed(name, file.path))
            for name, part in self._parts.items()
            for file in part.plan(edition, progress)
        ]
        texts = {bag.DECLARATION: bag.DECLARED, bag.README: readme(edition, self._parts)}
        return [*planned, *ready_files(texts)]

    def notices(self, edition: Edition) -> tuple[str, ...]:
        """Return what the parts leave out, each sentence once."""
        found = (notice for part in self._parts.values() for notice in part.notices(edition))
        return tuple(dict.fromkeys(found))

    def other_inputs(self, edition: Edition) -> Iterator[str]:
        """Yield the names of the parts, and what they yield."""
        for name, part in self._parts.items():
            yield name
            yield from part.other_inputs(edition)

    def next_change(self, edition: Edition) -> datetime | None:
        """Return when the first of the parts changes."""
        times = (part.next_change(edition) for part in self._parts.values())
        return min((at for at in times if at), default=None)

    def story_path(self, slug: str) -> str:
        """Return the path of a story in the part that comes first."""
        return _placed(self._main, self._parts[self._main].story_path(slug))

    def expired_path(self, slug: str) -> str:
        """Return the path of the file that says so in the first part that has one."""
        paths = ((name, part.expired_path(slug)) for name, part in self._parts.items())
        return next((_placed(name, path) for name, path in paths if path), "")

    def redirect_path(self, slug: str) -> str:
        """Return the path of the page at an address that a story had, in the same part."""
        path = self._parts[self._main].redirect_path(slug)
        return _placed(self._main, path) if path else ""

    def picture_paths(self, shown: PublishedPicture) -> tuple[str, ...]:
        """Return the paths of a picture's files in all parts."""
        return tuple(
            _placed(name, path)
            for name, part in self._parts.items()
            for path in part.picture_paths(shown)
        )

    def closing_files(self, edition: Edition, sums: Sums) -> Iterator[tuple[str, bytes]]:
        """Yield bag-info.txt, the manifest of the payload, and that of the other files."""
        yield bag.INFO, _bag_info(edition, sums).encode()
        yield bag.MANIFEST, bag.manifest(sums.hashes)
        yield bag.TAG_MANIFEST, bag.tag_manifest(sums.hashes)

    def _picture_file(self, picture: Picture) -> str:
        """Return the largest JPEG of a picture, from the top of the payload; empty for none."""
        for name in _PICTURES_FROM:
            if name in self._parts:
                paths = self._parts[name].picture_paths(PublishedPicture(picture, 0))
                return f"{name}/{paths[-1]}"
        return ""


def _placed(part: str, path: str) -> str:
    return f"{bag.PAYLOAD}{part}/{path}"


def _bag_info(edition: Edition, sums: Sums) -> str:
    """Return bag-info.txt (RFC 8493, 2.2.2); the dates are those of the edition."""
    instant = instant_text(edition.generated_at)
    payload = [size for path, size in sums.sizes.items() if path.startswith(bag.PAYLOAD)]
    desk = edition.proof.desk if edition.proof else ""
    what = "Not an edition: how one would be at" if edition.what_if else "The edition of"
    return bag.tag_lines(
        {
            "Source-Organization": edition.house.name,
            "External-Description": f"{what} {instant}",
            "External-Identifier": f"{desk} {instant}",
            "Bagging-Date": instant[:10],
            "Payload-Oxum": f"{sum(payload)}.{len(payload)}",
            "Bag-Group-Identifier": desk,
            "Bag-Software-Agent": "Stonehand",
        }
    )
