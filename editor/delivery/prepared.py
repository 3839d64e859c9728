"""A delivery from its edition in the outbox to what is recorded of it.

Nothing is sent by itself: what `prepare` returns shows a person what would change, and only its
`send` changes a target.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from editor.core.commands import RecordDelivery
from editor.core.delivery import Delivery, Target
from editor.core.edition import Edition
from editor.delivery.destination import Destination
from editor.delivery.outbox import Outbox
from editor.delivery.plan import DeliveryPlan
from editor.delivery.send import Sent
from editor.errors import BadValue, DeliveryError, EditorError, NotOurs, reason_of
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.output import output_for
from editor.formats.paths import UNFINISHED
from editor.formats.replaced_texts import ReplacedTexts, title_of
from editor.formats.report import ExportDifference, Report
from editor.i18n import _
from editor.progress import Progress
from editor.store.desk import Desk
from editor.store.reading.snapshot import Snapshot
from editor.trust.keys import PrivateKey

_MOST_TITLES = 300
_LARGEST_PAGE = 2_000_000


_MOST_EDITIONS = 200


@dataclass(frozen=True, slots=True)
class KnownDeliveries:
    """What a desk's log knows of a target.

    `stories` are those that it has, by their ids, each with the SHA-256 of its content;
    `editions` are the SHA-256 of the lists of the last editions that were delivered there.
    """

    stories: Mapping[str, str]
    editions: frozenset[str]


def what_is_there(snapshot: Snapshot, target: str) -> KnownDeliveries:
    """Read what the log knows of a target. Raises DeskDamaged."""
    rows = snapshot.deliveries(target, limit=_MOST_EDITIONS)
    editions = frozenset(row.delivery.edition for row in rows)
    return KnownDeliveries(snapshot.delivered(target), editions)


@dataclass(frozen=True, slots=True)
class DeliveryOrder:
    """What is to be delivered, where to, and by whom.

    `signer` is the key of `by` that signs the edition; nobody signs it without one. `there` is
    what the desk knows of the target. `force` sends in spite of what a person should look at
    first.
    """

    target: Target
    edition: Edition
    by: str
    signer: PrivateKey | None
    there: KnownDeliveries
    force: bool = False


@dataclass(frozen=True, slots=True)
class PreparedDelivery:
    """An edition in the outbox, and what it would change at its target.

    `report` is that of the edition; its difference is that at the target. `unrecorded` says why
    an earlier delivery, which was sent, could not be recorded again.
    """

    order: DeliveryOrder
    outbox: Outbox
    destination: Destination
    plan: DeliveryPlan
    report: Report
    delivery: Delivery
    unrecorded: EditorError | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether the target has all of it already, so nothing is sent or recorded."""
        return self.plan.is_nothing

    def send(self, progress: Progress) -> Sent:
        """Bring the edition to its target, and return what was sent; `progress` is in bytes.

        Raises what `Destination.send` does. It waits to be recorded then, see `record`.
        """
        try:
            self.outbox.keep_waiting(self.delivery, self.order.by)
        except OSError as error:
            sentence = _("It can't be noted on this computer what goes to “{target}”: {reason}.")
            raise DeliveryError(
                sentence.format(target=self.order.target.name, reason=reason_of(error)),
                _("Free some space, then send again. Nothing was sent."),
            ) from error
        sent = self.destination.send(self.plan, progress)
        counted = replace(
            self.delivery, sent=sent.files, sent_bytes=sent.size, removed=sent.removed
        )
        # On a disk that is full by now it is recorded as it was planned.
        with suppress(OSError):
            self.outbox.keep_waiting(counted, self.order.by)
        return sent


def prepare(
    order: DeliveryOrder,
    outbox: Outbox,
    destination: Destination,
    progress: Progress,
    texts: ReplacedTexts | None = None,
) -> PreparedDelivery:
    """Make the edition in the outbox and compare it with what is at the target.

    `texts` keeps what changed files say there now. Raises BadValue for an edition that is
    none, what an export raises, and what `Destination.look` does. Nothing is changed outside
    this computer.
    """
    if order.edition.what_if:
        raise BadValue(
            _("A what-if edition is delivered to nobody."),
            _("Look at it on this computer with `stonehand export`."),
        )
    exporter = find_exporter(order.target.format, order.target.parts)
    by = order.by if order.signer else ""
    with output_for(outbox.edition, force=True, targets=outbox.targets) as output:
        report = write_edition(order.edition, exporter, output, progress, order.signer, by)
    progress.report(1, 1)  # the last moment to cancel before anybody is contacted
    plan = destination.look()
    if not (order.force or plan.is_nothing):
        _refuse_unknown_edition(order, outbox, plan)
    difference = _with_titles(plan)
    if texts is not None:
        _keep_texts(texts, plan, destination)
    plan = replace(plan, difference=difference)
    report = replace(report, difference=difference)
    return PreparedDelivery(order, outbox, destination, plan, report, _describe(order, plan))


def settle(desk: Desk, prepared: PreparedDelivery) -> PreparedDelivery:
    """Record a delivery that was sent before and could not be recorded, or forget one that was cut.

    Returns the same delivery with what its own record has to say then.
    """
    waiting = prepared.outbox.waiting()
    if waiting is None:
        return prepared
    delivery, _by = waiting
    if hashlib.sha256(prepared.plan.found.sums).hexdigest() != delivery.edition:
        prepared.outbox.forget_waiting()
        return prepared
    if problem := record(desk, prepared.outbox):
        return replace(prepared, unrecorded=problem)
    with desk.read() as snapshot:
        there = what_is_there(snapshot, delivery.target)
    order = replace(prepared.order, there=there)
    stories, withdrawn = _changed_stories(order)
    described = replace(prepared.delivery, stories=stories, withdrawn=withdrawn)
    return replace(prepared, order=order, delivery=described)


def record(desk: Desk, outbox: Outbox) -> EditorError | None:
    """Record what was sent in the log of whoever sent it; return why it could not be, if so.

    It waits then, and is recorded the next time.
    """
    waiting = outbox.waiting()
    if waiting is None:
        return None
    delivery, by = waiting
    try:
        with desk.read() as snapshot:
            last = snapshot.deliveries(delivery.target, limit=1)
        if not (last and last[0].delivery == delivery):
            desk.do(RecordDelivery(delivery), by=by)
    except EditorError as problem:
        return problem
    outbox.forget_waiting()
    return None


def _refuse_unknown_edition(order: DeliveryOrder, outbox: Outbox, plan: DeliveryPlan) -> None:
    """Raise NotOurs for an edition of this desk that its log knows nothing of.

    It was delivered from another copy of the desk, with events that this one has not got: what
    was killed or corrected there would come back.
    """
    if not plan.found.sums or UNFINISHED.encode() in plan.found.sums:
        return  # nothing, or what a cut left
    waiting = outbox.waiting()
    known = {*order.there.editions, *([waiting[0].edition] if waiting else [])}
    if hashlib.sha256(plan.found.sums).hexdigest() not in known:
        sentence = _("“{target}” has an edition that this desk knows nothing of.")
        raise NotOurs(
            sentence.format(target=order.target.name),
            _(
                "It was delivered from another copy of the desk, or exported to there. What was "
                "killed or corrected in it would come back: look first, then add --force."
            ),
        )


def _with_titles(plan: DeliveryPlan) -> ExportDifference:
    """Return a difference with the titles of the first pages that are written."""
    titles = {}
    for file in plan.files[:_MOST_TITLES]:
        is_page = file.path.endswith(".html") and file.size < _LARGEST_PAGE
        if is_page and (title := title_of(file.path, file.source.read_bytes())):
            titles[file.path] = title
    return replace(plan.difference, titles=titles)


def _keep_texts(texts: ReplacedTexts, plan: DeliveryPlan, destination: Destination) -> None:
    former = plan.difference.former
    for file in plan.files:
        if file.path in former and texts.wants(file.path, file.size + former[file.path]):
            before = destination.read(file.path, _LARGEST_PAGE)
            if before is not None:
                texts.keep(file.path, before, file.source.read_bytes())


def _describe(order: DeliveryOrder, plan: DeliveryPlan) -> Delivery:
    stories, withdrawn = _changed_stories(order)
    return Delivery(
        target=order.target.name,
        format=order.target.format,
        parts=order.target.parts,
        edition=hashlib.sha256(plan.edition.sums).hexdigest(),
        generated_at=plan.edition.generated_at,
        sent=len(plan.to_send),
        removed=len(plan.removed),
        sent_bytes=plan.size,
        stories=stories,
        withdrawn=withdrawn,
    )


def _changed_stories(
    order: DeliveryOrder,
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the stories that come to a target or change there, and those that leave it."""
    there = {listing.id: listing.hash for listing in order.edition.listings}
    changed = {id: hash for id, hash in there.items() if order.there.stories.get(id) != hash}
    return tuple(sorted(changed.items())), tuple(sorted(order.there.stories.keys() - there.keys()))
