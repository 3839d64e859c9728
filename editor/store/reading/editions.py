"""Choosing what leaves the desk: approved text only, verified to be what was approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from editor.core.edition import FormerSlug, Item, LeftOut, Withdrawn
from editor.core.publication import ApprovedVersion, ReaderDates, due_from, reader_dates
from editor.core.workflow import Publication, Stage
from editor.errors import DeskDamaged, NotApproved, UntrustedSignature
from editor.store.db.schema import stories, versions
from editor.store.log.logs import Logs
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.former_slugs import former_slugs
from editor.store.reading.values import read_story
from editor.store.reading.verified_story import VerifiedStory
from editor.text.minimum import missing_parts

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Instants:
    """What the times of stories are compared with: `at` for what begins, `expiry` for what ends."""

    at: datetime
    expiry: datetime


@dataclass(slots=True)
class Chosen:
    """What goes out, what was withdrawn from readers, and what stays."""

    items: list[tuple[str, int, Item]] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    former_slugs: list[FormerSlug] = field(default_factory=list)

    def renamed(self) -> tuple[FormerSlug, ...]:
        """The former slugs that name one story alone."""
        taken = {item.story.slug for *_order, item in self.items}
        taken |= {story.slug for story in self.withdrawn}
        counts = Counter(former.slug for former in self.former_slugs)
        return tuple(
            former
            for former in sorted(self.former_slugs, key=lambda former: former.slug)
            if former.slug not in taken and counts[former.slug] == 1
        )

    def in_order(self) -> tuple[Item, ...]:
        """The items, the last to be approved for the first time first."""
        return tuple(item for *_order, item in sorted(self.items, key=_order, reverse=True))

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


class _Refused(Exception):
    """Why a story may not leave; it is raised and caught in this file only."""


class _NotReady(_Refused):
    """The story is not ready: no reason to stop an export that did not name it."""


class _NotDue(_NotReady):
    """The version is approved, and waits for its time."""


def choose(
    connection: Connection,
    verifier: ApprovalVerifier,
    ids: Sequence[str] | None,
    instants: Instants,
    logs: Logs,
) -> Chosen:
    """Choose the stories that go out at an instant.

    `ids` names stories; None means every approved or live story whose time has
    come: those that the verified `logs` know, and those that the tables claim. A live
    story that is being edited goes out as readers have it. Raises NotApproved with
    the reason for every story that may not leave: one that was named and is not
    approved or not due, or any that does not verify.
    """
    chosen, refused = Chosen(), list[_Refusal]()
    claimed = _candidates(connection) if ids is None else ids
    wanted = list(dict.fromkeys([*claimed, *(logs.decided if ids is None else ())]))
    for start in range(0, len(wanted), _AT_ONCE):
        batch = verifier.standings(wanted[start : start + _AT_ONCE])
        texts = _Texts(connection, batch)
        refused += _gone(wanted[start : start + _AT_ONCE], batch)
        slugs: dict[str, str] = {}
        for found in batch.values():
            slug = found.row.slug
            try:
                if ids is None and found.standing.publication is Publication.KILLED:
                    found.require_sound()
                    continue
                item = _item_or_live(found, texts, verifier, instants)
                place = found.places[found.standing.approved[0]]
                chosen.items.append((item.published, place, item))
                slugs[item.story.id] = item.story.slug
            except _NotReady as reason:
                if ids is not None:
                    refused.append(_Refusal(f"{slug} ({reason})", _why(found, reason)))
                elif found.standing.live or found.standing.stage is Stage.APPROVED:
                    chosen.left_out.append(LeftOut(found.row.id, slug, str(reason)))
            except (_Refused, UntrustedSignature, DeskDamaged) as reason:
                refused.append(_doubt(slug, reason))
        chosen.former_slugs += former_slugs(connection, verifier, batch, slugs)
    refused += _withdraw(connection, verifier, logs, chosen)
    if refused:
        raise _refusal(refused)
    return chosen


def _order(entry: tuple[str, int, Item]) -> tuple[str, int]:
    return entry[0], entry[1]


def _candidates(connection: Connection) -> list[str]:
    """The stories of which something may go out, as the tables claim."""
    wanted = or_(
        stories.c.stage == str(Stage.APPROVED),
        stories.c.live_version > 0,
        stories.c.publication != str(Publication.NEVER),
    )
    return list(connection.scalars(select(stories.c.id).where(wanted).order_by(stories.c.touched)))


def _gone(wanted: Sequence[str], found: Mapping[str, VerifiedStory]) -> Iterator[_Refusal]:
    """Name the stories that the logs know and the tables don't."""
    return (
        _Refusal(f"{id} (the story is gone)", _Why.DOUBTFUL) for id in wanted if id not in found
    )


def _doubt(slug: str, reason: Exception) -> _Refusal:
    return _Refusal(f"{slug} ({_as_remark(str(reason))})", _Why.DOUBTFUL)


def _why(found: VerifiedStory, reason: _NotReady) -> _Why:
    is_held = isinstance(reason, _NotDue) or found.standing.stage is Stage.APPROVED
    is_killed = found.standing.publication is Publication.KILLED
    return _Why.NOT_NOW if is_held or is_killed else _Why.UNAPPROVED


class _Texts:
    """The contents of the versions that may go out, by the events that made them."""

    def __init__(self, connection: Connection, batch: dict[str, VerifiedStory]) -> None:
        wanted = [
            id
            for found in batch.values()
            for id in {found.latest(), found.standing.live, *_approved_versions(found)} - {""}
        ]
        self._contents: dict[str, str] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            query = select(versions.c.id, versions.c.content).where(versions.c.id.in_(some))
            self._contents |= dict(connection.execute(query).all())

    def of(self, version: str) -> str:
        """The content of a version."""
        if version not in self._contents:
            raise _Refused("the version is gone")
        return self._contents[version]


def _item_or_live(
    found: VerifiedStory, texts: _Texts, verifier: ApprovalVerifier, instants: Instants
) -> Item:
    """A story as it goes out: what was approved last, or what readers have until it is due."""
    found.require_sound()
    standing, latest = found.standing, found.latest()
    if standing.publication is Publication.KILLED:
        raise _NotReady("killed")
    if standing.stage is not Stage.APPROVED:
        if not standing.live:
            raise _NotReady(f"{standing.stage}, not approved")
        return _item(found, standing.live, texts, verifier, instants)
    try:
        return _item(found, latest, texts, verifier, instants)
    except _NotDue:
        if standing.live in ("", latest):
            raise
        return _item(found, standing.live, texts, verifier, instants)


def _item(
    found: VerifiedStory,
    version: str,
    texts: _Texts,
    verifier: ApprovalVerifier,
    instants: Instants,
) -> Item:
    content = texts.of(version)
    approval = verifier.approval(found, version, content)
    story = read_story(content, found.row.slug)
    for part in missing_parts(story):
        raise _NotReady(part.reason)
    if why := story.withheld(instants.at, instants.expiry):
        # What has expired is removed, whatever readers had before.
        has_expired = why.startswith("expired")
        raise _NotReady(why) if has_expired else _NotDue(why)
    dates = _dates(found, version, texts, verifier)
    return Item(
        story=story,
        version=found.number(version),
        hash=approval.hash,
        published=dates.published,
        updated=dates.updated,
        approval=approval,
    )


def _dates(
    found: VerifiedStory, version: str, texts: _Texts, verifier: ApprovalVerifier
) -> ReaderDates:
    """When readers had the story first, and this version of it."""
    ids, standing = _approved_versions(found), found.standing
    stories = {id: verifier.text_of(found, id, texts.of(id)) for id in dict.fromkeys(ids)}
    approved = [
        ApprovedVersion(found.events[event].at, due_from(stories[id]))
        for event, id in zip(standing.approved, ids, strict=True)
    ]
    return reader_dates(approved, standing.approved.index(standing.approvals[version]))


def _approved_versions(found: VerifiedStory) -> list[str]:
    """The version of each approval there ever was, in their order."""
    return [found.events[event].version for event in found.standing.approved]


def _withdraw(
    connection: Connection, verifier: ApprovalVerifier, logs: Logs, chosen: Chosen
) -> list[_Refusal]:
    """Choose the killed stories, under the address that readers had; say what is wrong."""
    claimed = select(stories.c.id).where(stories.c.publication == str(Publication.KILLED))
    ids = list(dict.fromkeys([*connection.scalars(claimed), *logs.killed]))
    killed, slugs = verifier.standings(ids), dict[str, str]()
    doubts = list(_gone(ids, killed))
    for found in killed.values():
        live, slug = found.standing.live, found.row.slug
        content = connection.scalar(select(versions.c.content).where(versions.c.id == live))
        try:
            found.require_sound()
            if content is None:
                raise _Refused("the version that readers had is gone")
            story = verifier.text_of(found, live, content)
        except (_Refused, UntrustedSignature, DeskDamaged) as reason:
            doubts.append(_doubt(slug, reason))
            continue
        at = found.events[found.standing.killing].at
        chosen.withdrawn.append(Withdrawn(found.row.id, story.slug, story.language, at))
        slugs[found.row.id] = story.slug
    chosen.former_slugs += former_slugs(connection, verifier, killed, slugs)
    return doubts


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
