"""Choosing what leaves the desk: approved text only, verified to be what was approved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from editor.core.edition import Expired, FormerSlug, LeftOut, Withdrawn
from editor.core.listing import Listing, dated
from editor.core.publication import Withheld, next_change, public_versions, withheld
from editor.core.workflow import Publication, Stage
from editor.errors import DeskDamaged, NotApproved, UntrustedSignature
from editor.i18n import N_plural, _, plural
from editor.progress import Progress
from editor.store.db.engine import plain
from editor.store.exports.outcomes import NEVER, StoryOutcome
from editor.store.log.logs import Logs
from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.former_slugs import former_slugs
from editor.store.reading.known_texts import KnownTexts
from editor.store.reading.public_versions import (
    approvals_until,
    approved_versions,
    expired_story,
)
from editor.store.reading.texts import VerifiedTexts
from editor.store.reading.verified_story import VerifiedStory
from editor.text.minimum import missing_parts

AT_ONCE = 200
"""How many stories are read at once: a cancelled job stops after so many."""

_CLAIMED = (
    "SELECT id, publication FROM stories "
    "WHERE (stage = 'approved' OR live_version > 0 OR publication <> 'never')"
)
_ALL = f"{_CLAIMED} ORDER BY touched"
_SOME = f"{_CLAIMED} AND id IN (SELECT value FROM json_each(?)) ORDER BY touched"  # noqa: S608

_KILLED = f"SELECT id FROM stories WHERE publication = '{Publication.KILLED}'"  # noqa: S608
ALWAYS = 0.0
"""The instant until which an outcome is certain that must be judged each time."""


@dataclass(frozen=True, slots=True)
class Instants:
    """What the times of stories are compared with: `at` for what begins, `expiry` for what ends."""

    at: datetime
    expiry: datetime


@dataclass(slots=True)
class Chosen:
    """What goes out, in order, what was withdrawn or has expired, and what stays."""

    listings: tuple[Listing, ...]
    withdrawn: tuple[Withdrawn, ...]
    expired: tuple[Expired, ...]
    left_out: tuple[LeftOut, ...]
    former_slugs: tuple[FormerSlug, ...]

    @classmethod
    def of(cls, outcomes: Mapping[str, StoryOutcome]) -> Chosen:
        """What the outcomes of stories come to together; they are by their ids.

        The last story to be approved for the first time is first, as is the last to be killed,
        and to expire: that one is not named where another story has its address.
        """
        out = [outcome for outcome in outcomes.values() if outcome.listing]
        out.sort(key=_order, reverse=True)
        withdrawn = [outcome.withdrawn for outcome in outcomes.values() if outcome.withdrawn]
        withdrawn.sort(key=lambda story: (story.at, story.story_id), reverse=True)
        former = [slug for outcome in outcomes.values() for slug in outcome.former]
        listings = tuple(outcome.listing for outcome in out if outcome.listing)
        taken = {listing.slug for listing in listings} | {story.slug for story in withdrawn}
        expired = [outcome.expired for outcome in outcomes.values() if outcome.expired]
        expired.sort(key=lambda story: (story.at, story.story_id), reverse=True)
        left_out = (
            LeftOut(id, outcome.slug, outcome.left_out)
            for id, outcome in outcomes.items()
            if outcome.left_out
        )
        return cls(
            listings,
            tuple(withdrawn),
            tuple(story for story in expired if story.slug not in taken),
            tuple(sorted(left_out, key=lambda story: (story.slug, story.story_id))),
            _of_one_story(former, taken),
        )


class _Why(Enum):
    """What somebody can do about a story that may not leave, or about several: the hint."""

    DOUBTFUL = N_plural(
        "Look at `stonehand audit`, and restore a backup from before if need be.",
        "Look at `stonehand audit`, and restore a backup from before if need be.",
    )
    UNAPPROVED = N_plural(
        "Approve it first, or leave it out.", "Approve them first, or leave them out."
    )
    NOT_NOW = N_plural("Leave it out.", "Leave them out.")


class Refusal(NamedTuple):
    """A story that may not leave, with the reason, and what can be done."""

    story: str
    why: _Why


class _NotReady(Exception):
    """The story is not ready: no reason to stop an export that did not name it.

    It is raised and caught in this file only. `is_certain` says that only what was done to
    the story, or the time, changes that.
    """

    is_certain = True

    @property
    def remark(self) -> str:
        """The reason in the language of the interface; as a string it is kept."""
        why = self.args[0]
        return why.describe() if isinstance(why, Withheld) else str(why)


class _HasExpired(_NotReady):
    """The version is approved, and readers don't have it any more, if they ever had it."""

    def __init__(self, why: Withheld, version: str) -> None:
        super().__init__(why)
        self.version = version


class _NotDue(_NotReady):
    """The version is approved, and waits for its time."""


class _LacksParts(_NotReady):
    """The text is less than readers must get."""

    is_certain = False


def claimed(
    connection: Connection, logs: Logs, among: Collection[str] | None = None
) -> dict[str, bool]:
    """The stories that were ever approved or live, by their ids, and whether they were killed.

    They are those that the tables claim, and those that the verified `logs` know; all, or those
    `among` some.
    """
    query, values = (_ALL, ()) if among is None else (_SOME, (json.dumps([*among]),))
    rows = plain(connection).execute(query, values)
    found = {id: publication == Publication.KILLED for id, publication in rows}
    for stories, was_killed in ((logs.decided, False), (logs.killed, True)):
        known = stories if among is None else (id for id in among if id in stories)
        found |= {id: was_killed or found.get(id, False) for id in known}
    return found


def killed(connection: Connection, logs: Logs) -> list[str]:
    """The stories that were killed, as the tables claim and as the logs know."""
    rows = plain(connection).execute(_KILLED)
    return list(dict.fromkeys([*(id for (id,) in rows), *logs.killed]))


class Chooser:
    """Verifies stories, some at once, and tells what comes of each at an instant."""

    def __init__(
        self,
        connection: Connection,
        verifier: ApprovalVerifier,
        instants: Instants,
        known: KnownTexts,
    ) -> None:
        self._connection = connection
        self._verifier = verifier
        self._instants = instants
        self._known = known
        self._refused: list[Refusal] = []
        self._until = NEVER

    def choose(
        self, ids: Sequence[str], progress: Progress, named: Collection[str] = ()
    ) -> dict[str, StoryOutcome]:
        """Return what comes of stories by their ids; each is reported.

        A live story that is being edited goes out as readers have it. Raises Cancelled, and
        NotApproved with the reason for every story that may not leave: one that is `named`
        and is not approved or not due, or any that does not verify.
        """
        outcomes: dict[str, StoryOutcome] = {}
        refused: list[Refusal] = []
        for start in range(0, len(ids), AT_ONCE):
            progress.report(start, len(ids))
            found, refusals = self.choose_some(ids[start : start + AT_ONCE], named)
            outcomes |= found
            refused += refusals
        raise_refused(refused)
        return outcomes

    def reasons_against(self, ids: Sequence[str]) -> dict[str, str]:
        """Why each of a few stories would not go out, as a remark; those that would have none."""
        batch, reasons = self._verifier.standings(ids), dict[str, str]()
        for id in ids:
            if id not in batch:
                reasons[id] = _("the story is gone")
                continue
            found = batch[id]
            texts = VerifiedTexts(self._connection, _versions_to_read(found), self._known)
            try:
                found.require_sound()
                self._listing_or_live(found, texts)
            except _NotReady as reason:
                reasons[id] = reason.remark
            except (UntrustedSignature, DeskDamaged) as reason:
                reasons[id] = _as_remark(reason.sentence)
        return reasons

    def choose_some(
        self, ids: Sequence[str], named: Collection[str] = ()
    ) -> tuple[dict[str, StoryOutcome], list[Refusal]]:
        """Return what comes of some stories, and which may not leave."""
        self._refused = []
        batch = self._read(ids)
        needed = (id for found in batch.values() for id in _versions_to_read(found))
        texts, outcomes = VerifiedTexts(self._connection, needed, self._known), {}
        for id, found in batch.items():
            try:
                outcomes[id] = self._outcome(found, texts, is_named=id in named)
            except (UntrustedSignature, DeskDamaged) as reason:
                self._refused.append(_doubt(found.row.slug, reason))
        slugs = {
            id: story.slug
            for id, outcome in outcomes.items()
            if (story := outcome.listing or outcome.withdrawn)
        }
        for id, former in former_slugs(self._connection, batch, slugs).items():
            outcomes[id] = replace(outcomes[id], former=former)
        return outcomes, self._refused

    def _outcome(
        self, found: VerifiedStory, texts: VerifiedTexts, *, is_named: bool
    ) -> StoryOutcome:
        """What comes of one story. Raises UntrustedSignature, DeskDamaged."""
        found.require_sound()
        slug, self._until = found.row.slug, NEVER
        try:
            listing = self._listing_or_live(found, texts)
            place = found.places[found.standing.approved[0]]
            return StoryOutcome(listing=listing, place=place, slug=slug, until=self._until)
        except _NotReady as reason:
            if is_named:
                self._refused.append(Refusal(f"{slug} ({reason.remark})", _why(found, reason)))
            if found.standing.publication is Publication.KILLED:
                return StoryOutcome(withdrawn=_withdrawn(found, texts), slug=slug)
            is_expected = found.standing.live or found.standing.stage is Stage.APPROVED
            left_out = str(reason) if is_expected else ""
            until = self._until if reason.is_certain else ALWAYS
            expired = None
            if isinstance(reason, _HasExpired):
                expired = expired_story(found, reason.version, texts)
            return StoryOutcome(left_out=left_out, slug=slug, until=until, expired=expired)

    def _read(self, ids: Sequence[str]) -> dict[str, VerifiedStory]:
        """Verify some stories, and refuse those that the logs know and the tables don't."""
        batch = self._verifier.standings(ids)
        self._refused += (
            Refusal(_("{story} (the story is gone)").format(story=id), _Why.DOUBTFUL)
            for id in ids
            if id not in batch
        )
        return batch

    def _listing_or_live(self, found: VerifiedStory, texts: VerifiedTexts) -> Listing:
        """A story as it goes out: what was approved last, or what readers have until it is due."""
        standing, latest = found.standing, found.latest()
        if standing.publication is Publication.KILLED:
            raise _NotReady(_("killed"))
        if standing.stage is not Stage.APPROVED:
            if not standing.live:
                raise _NotReady(_("{stage}, not approved").format(stage=_(standing.stage)))
            return self._listing(found, standing.live, texts)
        try:
            return self._listing(found, latest, texts)
        except _NotDue:
            if standing.live in ("", latest):
                raise
            return self._listing(found, standing.live, texts)

    def _listing(self, found: VerifiedStory, version: str, texts: VerifiedTexts) -> Listing:
        known = texts.facts(found, version)
        if change := next_change(known, self._instants.at, self._instants.expiry):
            self._until = min(self._until, change.timestamp())
        if known.lacks_parts:
            raise _LacksParts(next(missing_parts(texts.story(found, version))).reason)
        if why := withheld(known, self._instants.at, self._instants.expiry):
            # What has expired is removed, whatever readers had before.
            raise _HasExpired(why, version) if why.has_expired else _NotDue(why)
        approval = self._verifier.approval(found, version, texts)
        versions = public_versions(approvals_until(found, version, texts))
        return dated(known.facts, approval.hash, versions[0].at, versions, approval)


def _order(outcome: StoryOutcome) -> tuple[str, int, str]:
    """By what the stories of an edition are ordered: their time, then their first approval."""
    listing = outcome.listing
    return (listing.published, outcome.place, listing.slug) if listing else ("", 0, "")


def _of_one_story(former: Iterable[FormerSlug], taken: Collection[str]) -> tuple[FormerSlug, ...]:
    """The former slugs that name one story alone."""
    former = sorted(former, key=lambda former: former.slug)
    counts = Counter(slug.slug for slug in former)
    return tuple(slug for slug in former if slug.slug not in taken and counts[slug.slug] == 1)


def _withdrawn(found: VerifiedStory, texts: VerifiedTexts) -> Withdrawn:
    """A killed story, under the address that readers had."""
    story = texts.story(found, found.standing.live)
    at = found.events[found.standing.killing].at
    return Withdrawn(found.row.id, story.slug, story.language, at)


def _doubt(slug: str, reason: Exception) -> Refusal:
    return Refusal(f"{slug} ({_as_remark(str(reason))})", _Why.DOUBTFUL)


def _why(found: VerifiedStory, reason: _NotReady) -> _Why:
    is_held = isinstance(reason, _NotDue) or found.standing.stage is Stage.APPROVED
    is_killed = found.standing.publication is Publication.KILLED
    return _Why.NOT_NOW if is_held or is_killed else _Why.UNAPPROVED


def _versions_to_read(found: VerifiedStory) -> set[str]:
    """The versions that may go out, and those that say what has to be in them."""
    latest, live = found.latest(), found.standing.live
    published = found.published_before(latest)
    return {latest, live, *approved_versions(found), *published} - {""}


def _as_remark(sentence: str) -> str:
    """A sentence as a remark in brackets: no capital, no full stop."""
    first, _, rest = sentence.rstrip(".").partition(" ")
    plain = first in {"A", "It", "Its", "No", "Nobody", "The", "This", "What"}
    return f"{first.lower() if plain else first} {rest}".rstrip()


def raise_refused(refused: Sequence[Refusal]) -> None:
    """Raise NotApproved about all stories that may not leave, with the hint that matters most."""
    if not refused:
        return
    names = ", ".join(refusal.story for refusal in refused)
    why = next(why for why in _Why if any(refusal.why is why for refusal in refused))
    sentence = plural(
        "This story may not leave the desk: {names}.",
        "These {n} stories may not leave the desk: {names}.",
        len(refused),
        names=names,
    )
    raise NotApproved(sentence, plural(*why.value, len(refused)))
