"""Which versions a story under review can be compared with, and which one is the first choice."""

from __future__ import annotations

from dataclasses import dataclass

from editor.gui.review.seen_versions import SeenVersion, SeenVersions
from editor.i18n import _
from editor.store.log.entries import LogEntry
from editor.store.reading.rows import StoredVersion
from editor.store.reading.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Bases:
    """The versions before the one under review.

    `earlier` has them newest first, `default` is the one to compare with first, 0
    for none. `since` is when the version was submitted, or saved where it never was.
    """

    latest: int
    earlier: tuple[int, ...]
    default: int
    descriptions: dict[int, str]
    submitted: bool
    since: str

    def title(self, version: int) -> str:
        """Return a version's name in the choice: `Version 3, returned`."""
        name = _("Version {n}").format(n=version)
        description = self.descriptions.get(version)
        return f"{name}, {description}" if description else name


def read_bases(snapshot: Snapshot, stored: StoredVersion, seen_versions: SeenVersions) -> Bases:
    """Read which versions one can be compared with. For the store's thread."""
    story, latest = stored.story.id, stored.version
    log = snapshot.log(story)
    rows = snapshot.versions(story)
    earlier = tuple(row.version for row in rows if row.version < latest)
    seen = _seen_before(seen_versions.get(story), latest)
    submitted = next((row.at for row in log if row.action == "submitted"), "")
    return Bases(
        latest,
        earlier,
        _default(log, seen, earlier),
        _descriptions(log, seen),
        bool(submitted),
        submitted or stored.at,
    )


def _seen_before(seen: SeenVersion, latest: int) -> int:
    """Return the version that was seen before this one; 0 for none."""
    return seen.against if seen.version == latest else seen.version


def _default(log: list[LogEntry], seen: int, earlier: tuple[int, ...]) -> int:
    """Return the version seen last; else the one returned, live, or first; 0 for none."""
    wanted = (seen, _last(log, "returned"), _last(log, "published"), *earlier[-1:])
    return next((version for version in wanted if version in earlier), 0)


def _descriptions(log: list[LogEntry], seen: int) -> dict[int, str]:
    words = {
        "returned": _("returned"),
        "published": _("published"),
        "approved": _("approved"),
    }
    found = {1: _("the first")}
    found |= {row.version: words[row.action] for row in reversed(log) if row.action in words}
    if seen:
        known = found.get(seen)
        found[seen] = _("{what}, seen by you").format(what=known) if known else _("seen by you")
    return found


def _last(log: list[LogEntry], action: str) -> int:
    return next((row.version for row in log if row.action == action), 0)
