"""The delivery dialog: where to, what would change there; then, once somebody said so, sending."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from editor.core import times
from editor.core.delivery import Target
from editor.delivery.credentials import Credentials
from editor.delivery.prepared import PreparedDelivery, record, settle, what_is_there
from editor.delivery.send import Sent
from editor.delivery.sending_text import SendingText, arrived_sentence
from editor.errors import CredentialsNeeded, EditorError, HostKeyChanged, HostKeyUnknown, NotOurs
from editor.formats.report import left_out_sentences, signature_sentence
from editor.gui.exporting.access_bar import AccessBar
from editor.gui.exporting.changed_rows import ExportChanges
from editor.gui.exporting.changes_dialog import ChangesDialog
from editor.gui.exporting.delivery_job import Access, HeldOutbox, Planned, ToDeliver
from editor.gui.exporting.delivery_text import (
    order_text,
    plan_sentence,
    sent_sentence,
)
from editor.gui.exporting.job import EditionSigner
from editor.gui.exporting.publishing import Publishing
from editor.gui.exporting.stories_to_export import StoriesToExport
from editor.gui.exporting.target_choice import TargetChoice
from editor.gui.session import Session
from editor.gui.widgets.job_dialog import JobDialog
from editor.gui.widgets.layout import STRETCH, button, caption, column, once, row
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.i18n import _
from editor.progress import Progress


class DeliverDialog(JobDialog):
    """Delivers an edition to a target of the paper. Nothing is sent before “Send” is pressed.

    Its one button looks at what would change first, then sends that.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        look = _("&Look at what would change")
        super().__init__(_("Deliver"), session.jobs, look, parent, size=(620, 600))
        self.cancelled = _("Cancelled. Sending again sends only the rest.")
        self.crashed = _("Stonehand had an error and stopped. Sending again sends only the rest.")
        self._session = session
        self._is_recording = False
        self._access = Access()
        self._to_deliver: ToDeliver | None = None
        self._planned: Planned | None = None
        self._publishing: Publishing | None = None
        self._held = HeldOutbox()
        self.where = TargetChoice(session)
        self.chosen = StoriesToExport(session)
        self.publish = QCheckBox(_("Readers get this: &mark its stories as published"))
        self.changes = button(_("What would &change…"), self._show_changes)
        self.access = AccessBar()
        self.passphrase = PassphraseBar(session)
        self._scroll_to_outcome = once(self, lambda: self.bring_into_view(self.outcome))
        self._lay_out()
        self.start_button.clicked.connect(self._do_next)
        self.ended.connect(self._show_state)
        self.ended.connect(self._scroll_to_outcome.start)
        self.where.refused.connect(self.bar.show_error)
        for changed in (
            self.where.changed,
            self.chosen.model.ticks_changed,
            self.publish.toggled,
            session.person_changed,
        ):
            changed.connect(self._forget_plan)
        self.access.given.connect(self._try_with)
        self.finished.connect(self._held.close)
        self._show_state()

    def reject(self) -> None:
        """Cancel what is under way, and close after it has stopped.

        What was sent is recorded first, which is not cancelled.
        """
        if not self._is_recording:
            super().reject()

    def _lay_out(self) -> None:
        column(
            self.where,
            6,
            (self.chosen, 1),
            self.publish,
            inside=self.options,
            spacing=6,
        )
        self.lay_out(
            column((self.options, 1), self.outcome, spacing=8),
            row(
                self.changes,
                STRETCH,
                self.close_button,
                self.cancel,
                self.start_button,
                spacing=8,
            ),
            above=(self.bar, self.passphrase, self.access),
        )

    def _show_changes(self) -> None:
        if self._planned is not None and self._to_deliver is not None:
            changes = ExportChanges(
                self._planned.prepared.plan.difference,
                self._planned.texts,
                self._to_deliver.edition.house.name,
            )
            ChangesDialog(self.jobs, changes, self).open()

    # -- choosing -------------------------------------------------------------------

    @property
    def target(self) -> Target | None:
        """The target that is chosen; None while there is none."""
        return self.where.target

    @property
    def is_ready(self) -> bool:
        """Whether what would change was looked at, and can be sent."""
        return self._planned is not None and not self._planned.prepared.is_nothing

    def _forget_plan(self, *_value: object) -> None:
        """What was looked at is about another target, other stories or another person."""
        if self.job is not None:
            return
        self._access = Access()
        if self._planned is not None:
            self._drop()
            self.outcome.show_result("", ())
            self.outcome.message.hide()
        self._show_state()

    def _drop(self) -> None:
        self._planned = None
        self._held.close()

    def _show_state(self) -> None:
        target = self.target
        self.chosen.show_count()
        self.changes.setVisible(self.job is None and self.is_ready)
        self.start_button.setEnabled(target is not None)
        send = _("&Send to {target}")
        self.start_button.setText(
            send.format(target=caption(target.name))
            if target is not None and self.is_ready
            else _("&Look at what would change")
        )

    def _do_next(self) -> None:
        if self.is_ready:
            self._send()
        else:
            self.start()

    # -- looking --------------------------------------------------------------------

    def start(self) -> None:
        """Read and verify the stories, make the edition and look at what it would change."""
        target = self.target
        if self.job is not None or target is None:
            return
        self._drop()
        self._publishing = None
        choice, at, session = self.chosen.model.choice(), times.now(), self._session
        name, is_release = session.person.name, self.publish.isChecked()

        def read(progress: Progress) -> ToDeliver:
            desk = session.desk
            # Whoever may not sign or publish is refused before anything is made.
            signer = EditionSigner(name, desk.signing_key(name))
            with desk.read() as snapshot:
                snapshot.targets_state().require_sound()
                edition = snapshot.edition(
                    choice.ids, at, without=choice.without, progress=progress
                )
                return ToDeliver(
                    target,
                    edition,
                    signer,
                    snapshot.releases(edition, name) if is_release else (),
                    what_is_there(snapshot, target.name),
                    desk.path,
                    snapshot.masthead().desk,
                    desk.exports.targets,
                )

        self.run(read, self._plan, self._not_read, lane="store", on_progress=self._show_verified)
        self._begin(_("Reading the stories…"))

    def _plan(self, wanted: ToDeliver) -> None:
        """Make the edition and look at the target, as far as it opens."""
        self._to_deliver = wanted
        plan = partial(self._held.plan, wanted, self._access)
        self.run(plan, self._settle, self._not_planned, on_progress=self.outcome.show_progress)
        self._begin(_("Making the edition…"))

    def _settle(self, planned: Planned) -> None:
        """Record first what was sent before and could not be recorded then."""
        desk = self._session.desk
        self.run(
            lambda _progress: settle(desk, planned.prepared),
            partial(self._show_plan, planned),
            self._not_planned,
            lane="store",
        )
        self._begin(_("Looking at what would change…"))

    def _show_plan(self, planned: Planned, settled: PreparedDelivery) -> None:
        self._planned = replace(planned, prepared=settled)
        notices = [signature_sentence(settled.report), *self._remarks(self._planned)]
        self.outcome.show_result(plan_sentence(settled), notices)
        self._show_state()
        if settled.unrecorded is not None:
            self._say_unrecorded(settled.unrecorded)
        (self.close_button if settled.is_nothing else self.start_button).setFocus()

    def _remarks(self, planned: Planned) -> list[str]:
        edition = planned.prepared.report.edition
        remarks = [*edition.notices, *left_out_sentences(edition.left_out)]
        if not planned.prepared.is_nothing:
            remarks.append(arrived_sentence(planned.prepared.plan))
            remarks.append(order_text(planned.prepared.order.target))
        return [*filter(None, [*remarks, planned.not_kept])]

    # -- sending --------------------------------------------------------------------

    def _send(self) -> None:
        planned = self._planned
        if planned is not None and self.job is None:
            record_it = partial(self._record, planned)
            show_bytes = partial(self._show_bytes, SendingText(planned.prepared.plan))
            self.run(planned.prepared.send, record_it, self._not_planned, on_progress=show_bytes)
            self._begin(_("Sending…"))

    def _record(self, planned: Planned, sent: Sent) -> None:
        self._is_recording = True
        desk = self._session.desk
        self.run(
            lambda _progress: record(desk, planned.prepared.outbox),
            partial(self._show_sent, planned, sent),
            self._not_planned,
            lane="store",
        )
        self._begin(_("Recording it…"))
        self.cancel.setEnabled(False)

    def _show_sent(self, planned: Planned, sent: Sent, problem: EditorError | None) -> None:
        self._is_recording = False
        self._drop()
        self._session.check_for_changes()  # the log of deliveries has one more
        wanted = self._to_deliver
        if wanted is not None and wanted.to_publish:
            slugs = {listing.id: listing.slug for listing in wanted.edition.listings}
            show_done = partial(self._show_done, planned, sent)
            self._publishing = Publishing(wanted.to_publish, slugs, show_done)
            self._publishing.start(self._session, self, self.bar.show_error)
        if problem is not None:
            self._say_unrecorded(problem)
        self._show_done(planned, sent)
        self._show_state()

    def _say_unrecorded(self, problem: EditorError) -> None:
        sentence = _("It was sent, and is not recorded yet: {reason}")
        hint = _("Your next delivery to this target records it.")
        self.bar.show_text(sentence.format(reason=problem.sentence), hint, severe=True)

    def _show_done(self, planned: Planned, sent: Sent) -> None:
        notices = [self._publishing.notice()] if self._publishing is not None else []
        self.outcome.show_result(sent_sentence(planned.prepared.order.target, sent), notices)

    # -- what is under way ------------------------------------------------------------

    def _begin(self, message: str) -> None:
        """Close what asked something, and say what comes."""
        self.passphrase.close_bar()
        self.access.close_bar()
        self.changes.hide()
        self.outcome.show_started(message)
        self._scroll_to_outcome.start()  # once it has its place: a small screen shows less

    def _show_verified(self, done: int, total: int, _item: str) -> None:
        self.outcome.show_share(done, total, _("Verifying the approvals"))

    def _show_bytes(self, text: SendingText, done: int, total: int, path: str) -> None:
        self.outcome.show_share(done, total, "")  # bytes of a large edition are no bar's numbers
        self.outcome.show_message(text.describe(done, total, path))

    # -- what stops it ----------------------------------------------------------------

    def _not_read(self, error: EditorError) -> None:
        name = self._session.person.name
        self._session.keys.solve(error, name, retry=self.start, failed=self.bar.show_error)

    def _not_planned(self, error: EditorError) -> None:
        """Ask for what is missing, or say why nothing goes on."""
        self._is_recording = False
        self._drop()
        self._show_state()
        target = self.target
        match error:
            case CredentialsNeeded() if target is not None and target.place.needs_secret:
                self.access.ask(target, f"{error.sentence} {error.hint}")
            case HostKeyUnknown():
                trust = partial(self._look_again, self._access.with_key(error.fingerprint))
                self.bar.show_error(error, (_("&This is its key"), trust))
            case HostKeyChanged():
                take = partial(self._look_again, self._access.with_key(error.fingerprint))
                self.bar.show_error(error, (_("Its key &was changed to this"), take))
            case NotOurs():
                force = partial(self._look_again, self._access.forced())
                self.bar.show_error(error, (_("Send &all the same"), force))
            case _:
                self.bar.show_error(error)

    def _try_with(self, credentials: Credentials, is_kept: bool) -> None:
        self._look_again(self._access.with_typed(credentials, is_kept=is_kept))

    def _look_again(self, access: Access) -> None:
        """Look once more, with what was asked for."""
        self._access = access
        self.start()
