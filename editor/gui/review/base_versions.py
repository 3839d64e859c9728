"""Which versions a story under review can be compared with, and which one to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from editor.gui.review.seen_versions import SeenVersion, SeenVersions
from editor.i18n import _
from editor.store.log.entries import LogEntry
from editor.store.reading.rows import StoredVersion, VersionRow
from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Bases:
    """A story's history as its reviewer needs it, newest version first.

    `since` is when the version was handed in, or saved where it never was.
    """

    latest: int
    rows: tuple[VersionRow, ...]
    words: dict[int, str]
    default: int
    submitted: bool
    since: str

    @property
    def earlier(self) -> tuple[int, ...]:
        """The versions to compare with, newest first."""
        return tuple(row.version for row in self.rows if row.version < self.latest)

    def title(self, version: int) -> str:
        """A version as it is named in the choice: `Version 3, returned`."""
        words = self.words.get(version)
        name = _("Version {n}").format(n=version)
        return f"{name}, {words}" if words else name


def read_bases(snapshot: Snapshot, stored: StoredVersion, seen: SeenVersions) -> Bases:
    """Read what there is to compare a version with. For the store's thread."""
    story = stored.story.id
    rows = tuple(snapshot.versions(story))
    log = snapshot.log(story)
    earlier = [row.version for row in rows if row.version < stored.version]
    submitted = next((row.at for row in log if row.action == "submitted"), "")
    sight = seen.get(story)
    words = _words(log, sight, stored.version)
    return Bases(
        stored.version,
        rows,
        words,
        _default(log, sight, stored.version, earlier),
        bool(submitted),
        submitted or stored.at,
    )


def _default(log: list[LogEntry], sight: SeenVersion, latest: int, earlier: list[int]) -> int:
    """The version seen last; else the one returned, live, or the first; 0 for a first version."""
    wanted = [
        sight.against if sight.version == latest else sight.version,
        _last(log, "returned"),
        _last(log, "published"),
        earlier[-1] if earlier else 0,
    ]
    return next((each for each in wanted if each in earlier), 0)


def _words(log: list[LogEntry], sight: SeenVersion, latest: int) -> dict[int, str]:
    said = {1: _("the first")}
    for row in reversed(log):
        if row.action == "returned":
            said[row.version] = _("returned")
        elif row.action == "published":
            said[row.version] = _("published")
        elif row.action == "approved":
            said[row.version] = _("approved")
    seen = sight.against if sight.version == latest else sight.version
    if seen:
        known = said.get(seen)
        said[seen] = _("{what}, seen by you").format(what=known) if known else _("seen by you")
    return said


def _last(log: list[LogEntry], action: str) -> int:
    return next((row.version for row in log if row.action == action), 0)
