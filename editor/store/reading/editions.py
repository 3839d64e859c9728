"""Choosing what leaves the desk: approved text only, verified to be what was approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, or_, select

from editor.core.edition import FormerSlug, Item, LeftOut, Withdrawn
from editor.core.listing import Listing
from editor.core.publication import ReaderDates, due_from, reader_dates
from editor.core.workflow import Publication, Stage
from editor.errors import DeskDamaged, NotApproved, UntrustedSignature
from editor.progress import Progress
from editor.store.db.schema import stories
from editor.store.log.logs import Logs
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.former_slugs import former_slugs
from editor.store.reading.texts import VerifiedTexts
from editor.store.reading.verified_story import VerifiedStory
from editor.text.minimum import missing_parts

_AT_ONCE = 200
"""How many stories are read at once: a cancelled job stops after so many."""


@dataclass(frozen=True, slots=True)
class Instants:
    """What the times of stories are compared with: `at` for what begins, `expiry` for what ends."""

    at: datetime
    expiry: datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """Which stories are to go out: those with the `ids`, or with None all but those `without`.

    Their times are compared with the `instants`.
    """

    ids: Sequence[str] | None
    without: Collection[str]
    instants: Instants


Kept = TypeVar("Kept")
"""What is kept in memory of a story that goes out: the whole item, or its listing."""


class _Place(NamedTuple):
    """By what the stories of an edition are ordered: their time, then their first approval."""

    published: str
    row: int
    slug: str


@dataclass(slots=True)
class Chosen(Generic[Kept]):
    """What goes out, what was withdrawn from readers, and what stays."""

    stories: list[tuple[_Place, Kept]] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    former_slugs: list[FormerSlug] = field(default_factory=list)

    def renamed(self) -> tuple[FormerSlug, ...]:
        """The former slugs that name one story alone."""
        taken = {place.slug for place, _story in self.stories}
        taken |= {story.slug for story in self.withdrawn}
        counts = Counter(former.slug for former in self.former_slugs)
        return tuple(
            former
            for former in sorted(self.former_slugs, key=lambda former: former.slug)
            if former.slug not in taken and counts[former.slug] == 1
        )

    def in_order(self) -> tuple[Kept, ...]:
        """The stories, the last to be approved for the first time first."""
        return tuple(story for _place, story in sorted(self.stories, key=_order, reverse=True))

    def tombstones(self) -> tuple[Withdrawn, ...]:
        """The withdrawn stories, the last one first."""
        return tuple(sorted(self.withdrawn, key=lambda story: (story.at, story.story_id))[::-1])


class _Why(StrEnum):
    """What somebody can do about stories that may not leave: the hint."""

    DOUBTFUL = "Look at `stonehand audit`, and restore a backup from before if need be."
    UNAPPROVED = "Approve {them} first, or leave {them} out."
    NOT_NOW = "Leave {them} out."


class _Refusal(NamedTuple):
    """A story that may not leave, with the reason, and what can be done."""

    story: str
    why: _Why


class _NotReady(Exception):
    """The story is not ready: no reason to stop an export that did not name it.

    It is raised and caught in this file only.
    """


class _NotDue(_NotReady):
    """The version is approved, and waits for its time."""


def choose(  # noqa: PLR0913, PLR0917  what to choose from, by what, and what to make of it
    connection: Connection,
    verifier: ApprovalVerifier,
    selection: Selection,
    logs: Logs,
    listed: Callable[[Item], Listing],
    progress: Progress,
) -> Chosen[Listing]:
    """Choose the stories that go out at an instant, as `listed` makes them; each is reported.

    Without ids that is every approved or live story whose time has come: those that
    the verified `logs` know, and those that the tables claim. A live story that is
    being edited goes out as readers have it. Raises Cancelled, and NotApproved with
    the reason for every story that may not leave: one that was named and is not
    approved or not due, or any that does not verify.
    """
    is_named = selection.ids is not None
    chooser = _Chooser(verifier, selection.instants, listed, is_named=is_named)
    wanted, killed = _wanted(connection, selection, logs), _killed(connection, logs)
    for ids, choose_batch in ((wanted, chooser.choose), (killed, chooser.withdraw)):
        for start in range(0, len(ids), _AT_ONCE):
            done = start + (len(wanted) if ids is killed else 0)
            progress.report(done, len(wanted) + len(killed))
            choose_batch(connection, ids[start : start + _AT_ONCE])
    if chooser.refused:
        raise _refusal(chooser.refused)
    return chooser.chosen


def choose_named(
    connection: Connection, verifier: ApprovalVerifier, ids: Sequence[str], instants: Instants
) -> Chosen[Item]:
    """Choose a few stories by their ids, and read nothing of others. Raises NotApproved."""
    chooser = _Chooser(verifier, instants, lambda item: item, is_named=True)
    chooser.choose(connection, list(dict.fromkeys(ids)))
    if chooser.refused:
        raise _refusal(chooser.refused)
    return chooser.chosen


def _order(entry: tuple[_Place, Kept]) -> _Place:
    return entry[0]


def _wanted(connection: Connection, selection: Selection, logs: Logs) -> list[str]:
    """The stories that were named, or those of which something may go out."""
    if selection.ids is not None:
        return list(dict.fromkeys(selection.ids))
    claimed = or_(
        stories.c.stage == str(Stage.APPROVED),
        stories.c.live_version > 0,
        stories.c.publication != str(Publication.NEVER),
    )
    query = select(stories.c.id).where(claimed).order_by(stories.c.touched)
    wanted = dict.fromkeys([*connection.scalars(query), *logs.decided])
    return [id for id in wanted if id not in selection.without]


def _killed(connection: Connection, logs: Logs) -> list[str]:
    """The stories that were killed, as the tables claim and as the logs know."""
    claimed = select(stories.c.id).where(stories.c.publication == str(Publication.KILLED))
    return list(dict.fromkeys([*connection.scalars(claimed), *logs.killed]))


def _doubt(slug: str, reason: Exception) -> _Refusal:
    return _Refusal(f"{slug} ({_as_remark(str(reason))})", _Why.DOUBTFUL)


def _why(found: VerifiedStory, reason: _NotReady) -> _Why:
    is_held = isinstance(reason, _NotDue) or found.standing.stage is Stage.APPROVED
    is_killed = found.standing.publication is Publication.KILLED
    return _Why.NOT_NOW if is_held or is_killed else _Why.UNAPPROVED


class _Chooser(Generic[Kept]):
    """Verifies stories, some at once, and gathers what goes out and what is refused."""

    def __init__(
        self,
        verifier: ApprovalVerifier,
        instants: Instants,
        keep: Callable[[Item], Kept],
        *,
        is_named: bool,
    ) -> None:
        self.chosen: Chosen[Kept] = Chosen()
        self._keep = keep
        self.refused: list[_Refusal] = []
        self._verifier = verifier
        self._instants = instants
        self._is_named = is_named

    def choose(self, connection: Connection, ids: Sequence[str]) -> None:
        """Choose from some stories what goes out, and remember what may not."""
        batch = self._read(ids)
        wanted = (id for found in batch.values() for id in _versions_to_read(found))
        texts, slugs = VerifiedTexts(connection, wanted), dict[str, str]()
        for found in batch.values():
            slug, is_killed = found.row.slug, found.standing.publication is Publication.KILLED
            try:
                if is_killed and not self._is_named:
                    found.require_sound()
                    continue
                item = self._item_or_live(found, texts)
                row = found.places[found.standing.approved[0]]
                place = _Place(item.published, row, item.story.slug)
                self.chosen.stories.append((place, self._keep(item)))
                slugs[item.story.id] = item.story.slug
            except _NotReady as reason:
                if self._is_named:
                    self.refused.append(_Refusal(f"{slug} ({reason})", _why(found, reason)))
                elif found.standing.live or found.standing.stage is Stage.APPROVED:
                    self.chosen.left_out.append(LeftOut(found.row.id, slug, str(reason)))
            except (UntrustedSignature, DeskDamaged) as reason:
                self.refused.append(_doubt(slug, reason))
        self.chosen.former_slugs += former_slugs(connection, batch, slugs)

    def withdraw(self, connection: Connection, ids: Sequence[str]) -> None:
        """Choose some killed stories, under the address that readers had."""
        batch, slugs = self._read(ids), dict[str, str]()
        texts = VerifiedTexts(connection, (found.standing.live for found in batch.values()))
        for found in batch.values():
            try:
                found.require_sound()
                story = texts.story(found, found.standing.live)
            except (UntrustedSignature, DeskDamaged) as reason:
                self.refused.append(_doubt(found.row.slug, reason))
                continue
            at = found.events[found.standing.killing].at
            killed = Withdrawn(found.row.id, story.slug, story.language, at)
            self.chosen.withdrawn.append(killed)
            slugs[found.row.id] = story.slug
        self.chosen.former_slugs += former_slugs(connection, batch, slugs)

    def _read(self, ids: Sequence[str]) -> dict[str, VerifiedStory]:
        """Verify some stories, and refuse those that the logs know and the tables don't."""
        batch = self._verifier.standings(ids)
        self.refused += (
            _Refusal(f"{id} (the story is gone)", _Why.DOUBTFUL) for id in ids if id not in batch
        )
        return batch

    def _item_or_live(self, found: VerifiedStory, texts: VerifiedTexts) -> Item:
        """A story as it goes out: what was approved last, or what readers have until it is due."""
        found.require_sound()
        standing, latest = found.standing, found.latest()
        if standing.publication is Publication.KILLED:
            raise _NotReady("killed")
        if standing.stage is not Stage.APPROVED:
            if not standing.live:
                raise _NotReady(f"{standing.stage}, not approved")
            return self._item(found, standing.live, texts)
        try:
            return self._item(found, latest, texts)
        except _NotDue:
            if standing.live in ("", latest):
                raise
            return self._item(found, standing.live, texts)

    def _item(self, found: VerifiedStory, version: str, texts: VerifiedTexts) -> Item:
        story = texts.story(found, version)
        for part in missing_parts(story):
            raise _NotReady(part.reason)
        if why := story.withheld(self._instants.at, self._instants.expiry):
            # What has expired is removed, whatever readers had before.
            has_expired = why.startswith("expired")
            raise _NotReady(why) if has_expired else _NotDue(why)
        approval = self._verifier.approval(found, version, texts)
        dates = _dates(found, version, texts)
        return Item(
            story=story,
            version=found.number(version),
            hash=approval.hash,
            published=dates.published,
            updated=dates.updated,
            approval=approval,
        )


def _dates(found: VerifiedStory, version: str, texts: VerifiedTexts) -> ReaderDates:
    """When readers had the story first, and this version of it."""
    ids, standing = _approved_versions(found), found.standing
    for id in ids:
        texts.content(found, id)  # is as it was saved
    return reader_dates(
        [found.events[event].at for event in standing.approved],
        lambda place: due_from(texts.story(found, ids[place])),
        standing.approved.index(standing.approvals[version]),
    )


def _approved_versions(found: VerifiedStory) -> list[str]:
    """The version of each approval there ever was, in their order."""
    return [found.events[event].version for event in found.standing.approved]


def _versions_to_read(found: VerifiedStory) -> set[str]:
    """The versions that may go out, and those that say what has to be in them."""
    latest, live = found.latest(), found.standing.live
    published = found.published_before(latest)
    return {latest, live, *_approved_versions(found), *published} - {""}


def _as_remark(sentence: str) -> str:
    """A sentence as a remark in brackets: no capital, no full stop."""
    first, _, rest = sentence.rstrip(".").partition(" ")
    plain = first in {"A", "It", "Its", "No", "Nobody", "The", "This", "What"}
    return f"{first.lower() if plain else first} {rest}".rstrip()


def _refusal(refused: list[_Refusal]) -> NotApproved:
    """One error about all of them, with the hint that matters most."""
    names = ", ".join(refusal.story for refusal in refused)
    why = next(why for why in _Why if any(refusal.why is why for refusal in refused))
    if len(refused) == 1:
        return NotApproved(f"This story may not leave the desk: {names}.", why.format(them="it"))
    return NotApproved(
        f"These {len(refused)} stories may not leave the desk: {names}.", why.format(them="them")
    )
