"""Which versions a story under review can be compared with, and which one is the first choice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from editor.core.workflow import Action
from editor.gui.review.seen_versions import SeenVersion, SeenVersions
from editor.gui.widgets.ago import since
from editor.i18n import _, listed
from editor.store.log.entries import LogEntry
from editor.store.reading.rows import StoredVersion
from editor.store.reading.snapshot import Snapshot

WHOLE_TEXT = 0
"""In the place of a version to compare with: the text is shown whole, without marks."""

_DECIDED = frozenset(
    action.past
    for action in (Action.SUBMIT, Action.RETURN, Action.APPROVE, Action.PUBLISH, Action.KILL)
)
"""Who did one of these to a version had its whole text before them."""

_ROUND_ENDS = frozenset(
    action.past
    for action in (
        Action.RETURN,
        Action.WITHDRAW,
        Action.PUBLISH,
        Action.UPDATE,
        Action.UNSPIKE,
    )
)
"""A submission before one of these was of an earlier round."""


@dataclass(frozen=True, slots=True)
class Bases:
    """The versions before the one under review.

    `earlier` has them newest first, `default` is the one to compare with first, or
    `WHOLE_TEXT`. `shows_all` says that also what did not change is to be shown, for
    somebody who never saw it. `saved_at` is when the version was made,
    `submitted_at` when it, or one before it, was submitted in this round, if it was.
    """

    latest: int
    earlier: tuple[int, ...]
    default: int
    descriptions: dict[int, str]
    shows_all: bool
    saved_at: str
    submitted_at: str
    submitted: int

    def title(self, version: int) -> str:
        """Return a version's name in the choice: `Version 3, returned`."""
        if version == WHOLE_TEXT:
            return _("nothing: the whole text")
        name = _("Version {n}").format(n=version)
        description = self.descriptions.get(version)
        return listed((name, description)) if description else name

    def about(self) -> str:
        """Name the version under review, and say how long it waits."""
        name = _("Version {n}").format(n=self.latest)
        saved = _("saved {ago} ago").format(ago=since(self.saved_at))
        if not self.submitted_at:
            return listed((name, saved))
        submitted = _("submitted {ago} ago").format(ago=since(self.submitted_at))
        if self.submitted == self.latest:
            return listed((name, submitted))
        first = _("Version {n}").format(n=self.submitted)
        return f"{listed((name, saved))} · {listed((first, submitted))}"


def read_bases(
    snapshot: Snapshot, stored: StoredVersion, seen_versions: SeenVersions, person: str
) -> Bases:
    """Read which versions one can be compared with. For the store's thread.

    The first choice is the newest version that this person really saw: it was on
    their review screen, they wrote it, or they decided on it. Without one they get
    the whole text. Of a story that readers have, an older one is no choice: what
    is approved is what changes for readers, and all since counts, also one's own.
    """
    story, latest = stored.story.id, stored.version
    log = snapshot.log(story)
    rows = snapshot.versions(story)
    earlier = tuple(row.version for row in rows if row.version < latest)
    last = _seen_before(seen_versions.get(story), latest)
    own = {row.version for row in rows if row.author == person}
    seen = {row.version for row in log if row.person == person and row.action in _DECIDED} | {last}
    live = snapshot.row(story).live_version
    wanted = {*seen, live} if live else seen | own
    default = max((version for version in wanted if version in earlier), default=WHOLE_TEXT)
    this_round = list(takewhile(lambda row: row.action not in _ROUND_ENDS, log))
    submission = next((row for row in this_round if row.action == Action.SUBMIT.past), None)
    return Bases(
        latest,
        earlier,
        default,
        _descriptions(log, last),
        shows_all=default == live and live not in seen | own,
        saved_at=stored.at,
        submitted_at=submission.at if submission is not None else "",
        submitted=submission.version if submission is not None else 0,
    )


def _seen_before(seen: SeenVersion, latest: int) -> int:
    """Return the version that was seen before this one; 0 for none."""
    return seen.against if seen.version == latest else seen.version


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
