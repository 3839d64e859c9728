"""`stonehand export --to NAME`: deliver to a target, once somebody saw what would change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from editor.cli.base import open_desk, with_key
from editor.cli.export_changes import changes_json, say_changes, texts_of
from editor.cli.printing import can_ask, say, say_json, showing_progress
from editor.core.target_address import PlaceKind
from editor.core.times import now
from editor.dates import utc_text
from editor.errors import (
    CredentialsNeeded,
    DeliveryError,
    EditorError,
    HostKeyChanged,
    HostKeyUnknown,
)
from editor.i18n import _, plural, size_text

if TYPE_CHECKING:
    from editor.core.delivery import Target
    from editor.delivery.credentials import Credentials
    from editor.delivery.outbox import Outbox
    from editor.delivery.places import DeliveryAccess
    from editor.delivery.prepared import DeliveryOrder, PreparedDelivery
    from editor.delivery.send import Sent
    from editor.formats.replaced_texts import ReplacedTexts
    from editor.store.desk import Desk

T = TypeVar("T")

_CHOSEN = 0.2
_TRIES = 4
"""How often a password is asked for, and once about the key of a server."""


class ExportTo(NamedTuple):
    """What somebody asked for: a target by its name, and who sends.

    `signed` says whether the edition is; `confirmed` that nobody is asked before it is sent.
    """

    desk: Path
    to: str
    by: str
    signed: bool
    force: bool
    confirmed: bool
    as_list: bool
    diffs: tuple[str, ...]
    as_json: bool


class _Outcome(NamedTuple):
    """What came of a delivery: `sent` is None where nothing was; `problem` is about its record."""

    sent: Sent | None = None
    problem: EditorError | None = None


def export_to(wanted: ExportTo) -> None:
    """Deliver to a target. Raises EditorError, click.Abort where somebody says no."""
    # `--help` needs none of these, which bring the renderer.
    from editor.delivery.outbox import forget_other_outboxes, open_outbox  # noqa: PLC0415

    texts = texts_of(wanted.diffs)
    with open_desk(wanted.desk, writes=True) as desk:
        with desk.read() as snapshot:
            state = snapshot.targets_state()
            state.require_sound()
            target = state.targets.find(wanted.to)
            by = snapshot.person(wanted.by).name
        # Whoever sends it signs that, even if nobody signs the edition.
        with_key(desk, lambda: desk.signing_key(by))
        forget_other_outboxes(desk.path, state.targets)
        with open_outbox(desk.path, target, desk.exports.targets) as outbox:
            _deliver(desk, outbox, wanted._replace(by=by), texts)


def _deliver(desk: Desk, outbox: Outbox, wanted: ExportTo, texts: ReplacedTexts | None) -> None:
    access = _Access(desk, outbox.target, wanted)
    prepared = access.opening(lambda: _prepare(desk, outbox, wanted, access, texts))
    if not wanted.as_json:
        _say_plan(prepared)
        say_changes(prepared.plan.difference, texts, as_list=wanted.as_list)
    outcome = _send(desk, prepared, wanted) if not prepared.is_nothing else _Outcome()
    if wanted.as_json:
        say_json(_as_json(prepared, outcome))
    elif outcome.sent:
        _say_sent(prepared, outcome.sent)
    if problem := outcome.problem or prepared.unrecorded:
        sentence = _("It was sent to “{target}”, and is not recorded yet: {reason}")
        raise DeliveryError(
            sentence.format(target=outbox.target.name, reason=problem.sentence),
            _("The next delivery to it by {person} records it.").format(person=wanted.by),
        )
    if not (prepared.is_nothing or outcome.sent):
        raise DeliveryError(
            _("Nothing was sent: nobody confirmed it."),
            _("Look at what would change, then add --yes."),
        )


def _prepare(
    desk: Desk, outbox: Outbox, wanted: ExportTo, access: _Access, texts: ReplacedTexts | None
) -> PreparedDelivery:
    from editor.delivery.places import destination_for  # noqa: PLC0415  as above
    from editor.delivery.prepared import prepare, settle  # noqa: PLC0415

    with showing_progress() as progress:
        order = _order(desk, outbox.target, wanted)
        destination = destination_for(outbox, access.given(), force=wanted.force)
        prepared = prepare(order, outbox, destination, progress.part(_CHOSEN, 1), texts)
    return settle(desk, prepared)


def _order(desk: Desk, target: Target, wanted: ExportTo) -> DeliveryOrder:
    from editor.delivery.prepared import DeliveryOrder, what_is_there  # noqa: PLC0415  as above

    signer = desk.signing_key(wanted.by) if wanted.signed else None
    with desk.read() as snapshot:
        edition, there = snapshot.edition(None, now()), what_is_there(snapshot, target.name)
        return DeliveryOrder(target, edition, wanted.by, signer, there, wanted.force)


def _send(desk: Desk, prepared: PreparedDelivery, wanted: ExportTo) -> _Outcome:
    """Ask, send and record; what is not confirmed is not sent."""
    from editor.delivery.prepared import record  # noqa: PLC0415  as above
    from editor.delivery.sending_text import SendingText  # noqa: PLC0415

    if not wanted.confirmed:
        if wanted.as_json or not can_ask():
            return _Outcome()
        question = _("Send this to “{target}”?").format(target=prepared.order.target.name)
        click.confirm(question, abort=True, err=True)
    with showing_progress(SendingText(prepared.plan).describe) as progress:
        sent = prepared.send(progress)
    return _Outcome(sent, record(desk, prepared.outbox))


class _Access:
    """What opens a target: the keyring's, then what somebody types."""

    def __init__(self, desk: Desk, target: Target, wanted: ExportTo) -> None:
        self._target = target
        self._person = wanted.by
        with desk.read() as snapshot:
            self._desk_id = snapshot.masthead().desk
        self._typed: Credentials | None = None
        self._confirmed_key = ""

    def given(self) -> DeliveryAccess:
        """Return who sends, and what opens the target as far as is known. Raises DeliveryError."""
        from editor.delivery.credentials import Credentials, find_credentials  # noqa: PLC0415
        from editor.delivery.places import DeliveryAccess  # noqa: PLC0415

        credentials = self._typed
        if credentials is None:
            is_needed = self._target.place.needs_secret
            credentials = (
                find_credentials(self._desk_id, self._target) if is_needed else Credentials()
            )
        return DeliveryAccess(self._person, credentials, self._confirmed_key)

    def opening(self, work: Callable[[], T]) -> T:
        """Do what connects; what is missing or wrong is asked for, where somebody can be."""
        for _try in range(_TRIES):
            try:
                done = work()
            except (HostKeyUnknown, HostKeyChanged) as problem:
                if not can_ask():
                    raise
                say(f"{problem.sentence} {problem.hint}", err=True)
                is_new = isinstance(problem, HostKeyUnknown)
                right, changed = _("Is this the right server?"), _("Was its key changed to this?")
                click.confirm(right if is_new else changed, abort=True, err=True)
                self._confirmed_key = problem.fingerprint
            except CredentialsNeeded as problem:
                if not can_ask():
                    raise
                say(problem.sentence, err=True)
                self._ask()
            else:
                self._keep()
                return done
        return work()

    def _ask(self) -> None:
        from editor.delivery.credentials import Credentials, secret_title  # noqa: PLC0415

        def ask(question: str, *, hidden: bool = False) -> str:
            answer: str = click.prompt(
                question, hide_input=hidden, default="", show_default=False, err=True
            )
            return answer

        place = self._target.place
        user = "" if place.user else ask(_("User name or access key (empty for none)"))
        is_ssh = place.kind is PlaceKind.SFTP or place.transport == "ssh"
        key_file = ask(_("Private key file (empty for a password)")) if is_ssh else ""
        secret = ask(secret_title(self._target), hidden=True)
        self._typed = Credentials(secret, user, key_file)

    def _keep(self) -> None:
        """Keep what was typed and is right in the keyring, if somebody wants that."""
        from editor.delivery.credentials import keep_credentials  # noqa: PLC0415

        if self._typed is None:
            return
        if click.confirm(_("Keep it in this computer's keyring?"), default=True, err=True):
            try:
                keep_credentials(self._desk_id, self._target, self._typed)
            except CredentialsNeeded as problem:
                say(f"{problem.sentence} {problem.hint}", err=True)


def _say_plan(prepared: PreparedDelivery) -> None:
    from editor.delivery.sending_text import arrived_sentence  # noqa: PLC0415  as above
    from editor.formats.report import left_out_sentences, signature_sentence  # noqa: PLC0415

    target, found = prepared.order.target, prepared.plan.difference
    if prepared.is_nothing:
        say(_("“{target}” has all of it: nothing would change.").format(target=target.name))
        return
    sentence = _(
        "“{target}” ({address}) would get {new} new and {changed} changed files ({size}); "
        "{removed} would be removed, {same} stay as they are."
    )
    say(
        sentence.format(
            target=target.name,
            address=target.address,
            new=len(found.new),
            changed=len(found.changed),
            removed=len(found.removed),
            same=found.unchanged,
            size=size_text(prepared.plan.size),
        )
    )
    if arrived := arrived_sentence(prepared.plan):
        say(arrived)
    say(signature_sentence(prepared.report))
    edition = prepared.report.edition
    for notice in (*edition.notices, *left_out_sentences(edition.left_out)):
        say(notice)


def _say_sent(prepared: PreparedDelivery, sent: Sent) -> None:
    delivery = prepared.delivery
    files = plural("{n} file", "{n} files", sent.files)
    sentence = _("Sent {files} ({size}) to “{target}”; the edition of {instant} is there.")
    size, instant = size_text(sent.size), utc_text(delivery.generated_at)
    say(sentence.format(files=files, size=size, target=delivery.target, instant=instant))


def _as_json(prepared: PreparedDelivery, outcome: _Outcome) -> dict[str, object]:
    delivery = prepared.delivery
    return {
        "target": delivery.target,
        "address": prepared.order.target.address,
        "format": delivery.format,
        "parts": list(delivery.parts),
        "edition": delivery.edition,
        "generated_at": delivery.generated_at,
        "signed_by": prepared.report.signed_by or None,
        "sent": outcome.sent is not None,
        "sent_files": outcome.sent.files if outcome.sent else 0,
        "sent_bytes": outcome.sent.size if outcome.sent else 0,
        "recorded": outcome.sent is not None and outcome.problem is None,
        "stories": dict(delivery.stories),
        "withdrawn": list(delivery.withdrawn),
    } | changes_json(prepared.plan.difference)
