"""The delivery dialog: where to, what would change there; then, once somebody said so, sending."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from editor.core import times
from editor.core.delivery import Target
from editor.delivery.credentials import Credentials
from editor.delivery.prepared import record, settle, what_is_there
from editor.errors import CredentialsNeeded, EditorError, HostKeyChanged, HostKeyUnknown, NotOurs
from editor.formats.report import left_out_sentences, signature_sentence
from editor.gui.exporting.access_bar import AccessBar
from editor.gui.exporting.changed_rows import ExportChanges
from editor.gui.exporting.changes_dialog import ChangesDialog
from editor.gui.exporting.delivery_job import Access, HeldOutbox, Planned, ToDeliver
from editor.gui.exporting.delivery_text import (
    bytes_text,
    order_text,
    plan_sentence,
    sent_sentence,
)
from editor.gui.exporting.job import EditionSigner
from editor.gui.exporting.publishing import Publishing
from editor.gui.exporting.stories_to_export import StoriesToExport
from editor.gui.exporting.target_choice import TargetChoice
from editor.gui.jobs import Job, OnProgress, Work
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, once, row
from editor.gui.widgets.outcome import Outcome
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _
from editor.progress import Progress
from editor.store.reading.snapshot import Snapshot

T = TypeVar("T")


class DeliverDialog(Dialog):
    """Delivers an edition to a target of the paper. Nothing is sent before “Send” is pressed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Deliver"), parent, size=(620, 600))
        self._session = session
        self._job: Job | None = None
        self._closing = False
        self._access = Access()
        self._to_deliver: ToDeliver | None = None
        self._planned: Planned | None = None
        self._publishing: Publishing | None = None
        self._held = HeldOutbox()
        self.where = TargetChoice(session)
        self.chosen = StoriesToExport(session)
        self.publish = QCheckBox(_("Readers get this: &mark its stories as published"))
        self.bar, self.access = ProblemBar(), AccessBar()
        self.passphrase = PassphraseBar(session)
        self.outcome = Outcome()
        self._scroll_to_outcome = once(self, lambda: self.bring_into_view(self.outcome))
        self._lay_out()
        self.where.changed.connect(self._forget_plan)
        self.where.refused.connect(self.bar.show_error)
        self.chosen.model.ticks_changed.connect(self._forget_plan)
        self.access.given.connect(self._try_with)
        session.person_changed.connect(self._forget_plan)
        session.jobs.crashed.connect(self._crashed)
        self.finished.connect(self._held.close)
        self._show_state()

    def reject(self) -> None:
        """Cancel what is under way, and close after it has stopped."""
        if self._job is not None:
            self._closing = True
            self._cancel()
        else:
            super().reject()

    # -- layout ---------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._options = QWidget()
        column(
            self.where,
            6,
            (self.chosen, 1),
            self.publish,
            inside=self._options,
            spacing=6,
        )
        self.lay_out(
            column((self._options, 1), self.outcome, spacing=8),
            self._button_row(),
            above=(self.bar, self.passphrase, self.access),
        )

    def _button_row(self) -> QHBoxLayout:
        self.changes = button(_("What would &change…"), self._show_changes)
        self.cancel = button(_("Cancel"), self._cancel)
        self.close_button = button(_("Close"), self.reject)
        self.look = button(_("&Look at what would change"), self.start, "primary")
        self.send = button(_("&Send"), self._send, "primary")
        for idle in (self.cancel, self.changes, self.send):
            idle.hide()
        return row(
            self.changes, STRETCH, self.close_button, self.cancel, self.look, self.send, spacing=8
        )

    def _show_changes(self) -> None:
        if self._planned is not None and self._to_deliver is not None:
            found, paper = (
                self._planned.prepared.plan.difference,
                self._to_deliver.edition.house.name,
            )
            changes = ExportChanges(found, self._planned.texts, paper)
            ChangesDialog(self._session.jobs, changes, self).open()

    # -- choosing -------------------------------------------------------------------

    @property
    def target(self) -> Target | None:
        """The target that is chosen; None while there is none."""
        return self.where.target

    def _forget_plan(self, *_value: object) -> None:
        """What was looked at is about another target, other stories or another person."""
        if self._job is not None:
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
        target, is_idle, planned = self.target, self._job is None, self._planned
        self.chosen.show_count()
        is_ready = planned is not None and not planned.prepared.is_nothing
        self.look.setVisible(is_idle and not is_ready)
        self.look.setEnabled(target is not None)
        self.send.setVisible(is_idle and is_ready)
        self.changes.setVisible(is_idle and is_ready)
        if target is not None:
            self.send.setText(_("&Send to {target}").format(target=target.name.replace("&", "&&")))
        (self.send if is_ready else self.look).setDefault(True)

    # -- looking --------------------------------------------------------------------

    def start(self) -> None:
        """Read and verify the stories, make the edition and look at what it would change."""
        target = self.target
        if self._job is not None or target is None:
            return
        self._drop()
        self._publishing = None
        self._show_running(_("Reading the stories…"))
        choice, at, session = self.chosen.model.choice(), times.now(), self._session
        name, is_release = session.person.name, self.publish.isChecked()

        def read(snapshot: Snapshot, progress: Progress) -> ToDeliver:
            # Whoever may not sign or publish is refused before anything is made.
            signer = EditionSigner(name, session.desk.signing_key(name))
            snapshot.targets_state().require_sound()
            edition = snapshot.edition(choice.ids, at, without=choice.without, progress=progress)
            return ToDeliver(
                target,
                edition,
                signer,
                snapshot.releases(edition, name) if is_release else (),
                what_is_there(snapshot, target.name),
                session.desk.path,
                snapshot.masthead().desk,
                session.desk.exports.targets,
            )

        self._job = session.ask_long(
            read,
            owner=self,
            done=self._plan,
            failed=self._not_read,
            on_progress=self._show_verified,
            ended=self._show_if_cancelled,
        )

    def _plan(self, wanted: ToDeliver) -> None:
        """Make the edition and look at the target, as far as it opens."""
        self._to_deliver = wanted
        self._run(partial(self._held.plan, wanted, self._access), self._settle, self._not_planned)

    def _settle(self, planned: Planned) -> None:
        self._planned = planned
        self._job = self._session.use_desk(
            lambda desk: settle(desk, planned.prepared),
            owner=self,
            done=self._show_plan,
            failed=self._not_planned,
        )

    def _show_plan(self, prepared: object) -> None:
        planned = self._planned
        if planned is None or not self._end():
            return
        notices = [signature_sentence(planned.prepared.report), *self._remarks(planned)]
        self.outcome.show_result(plan_sentence(planned.prepared), notices)
        self._show_state()
        (self.close_button if planned.prepared.is_nothing else self.send).setFocus()

    def _remarks(self, planned: Planned) -> list[str]:
        edition = planned.prepared.report.edition
        remarks = [*edition.notices, *left_out_sentences(edition.left_out)]
        if not planned.prepared.is_nothing:
            remarks.append(order_text(planned.prepared.order.target))
        return [*remarks, *filter(None, [planned.not_kept])]

    # -- sending --------------------------------------------------------------------

    def _send(self) -> None:
        planned = self._planned
        if planned is not None and self._job is None:
            self._show_running(_("Sending…"))
            self._run(planned.prepared.send, self._record, self._not_sent, self._show_bytes)

    def _record(self, _sent: None) -> None:
        planned = self._planned
        if planned is None:
            return
        self._job = self._session.use_desk(
            lambda desk: record(desk, planned.prepared.outbox),
            owner=self,
            done=self._show_sent,
            failed=self._not_sent,
        )

    def _show_sent(self, problem: EditorError | None) -> None:
        planned, wanted = self._planned, self._to_deliver
        if planned is None or wanted is None or not self._end():
            return
        self._drop()
        self._session.check_for_changes()  # the log of deliveries has one more
        if wanted.to_publish:
            slugs = {listing.id: listing.slug for listing in wanted.edition.listings}
            self._publishing = Publishing(
                wanted.to_publish, slugs, partial(self._show_done, planned)
            )
            self._publishing.start(self._session, self, self.bar.show_error)
        if problem is not None:
            sentence = _("It was sent, and is not recorded yet: {reason}")
            hint = _("Your next delivery to this target records it.")
            self.bar.show_text(sentence.format(reason=problem.sentence), hint, severe=True)
        self._show_done(planned)
        self._show_state()
        self.close_button.setFocus()

    def _show_done(self, planned: Planned) -> None:
        notices = [self._publishing.notice()] if self._publishing is not None else []
        self.outcome.show_result(sent_sentence(planned.prepared), notices)

    # -- what is under way ------------------------------------------------------------

    def _run(
        self,
        work: Work[T],
        done: Callable[[T], object],
        failed: Callable[[EditorError], object],
        on_progress: OnProgress | None = None,
    ) -> None:
        if self._job is not None and self._job.progress.cancelled:
            self._show_if_cancelled()
            return
        self._job = self._session.jobs.run(
            work,
            owner=self,
            done=done,
            failed=failed,
            ended=self._show_if_cancelled,
            on_progress=on_progress or self.outcome.show_progress,
        )

    def _show_verified(self, done: int, total: int, _item: str) -> None:
        self.outcome.show_share(done, total, _("Verifying the approvals"))

    def _show_bytes(self, done: int, total: int, path: str) -> None:
        self.outcome.show_progress(done, total, path)
        self.outcome.show_message(bytes_text(done, total, path))

    def _show_running(self, message: str) -> None:
        self.bar.clear()
        self.passphrase.close_bar()
        self.access.close_bar()
        self._options.setEnabled(False)
        self.outcome.show_started(message)
        self._scroll_to_outcome.start()  # once it has its place: a small screen shows less
        for idle in (self.look, self.send, self.changes, self.close_button):
            idle.hide()
        self.cancel.setEnabled(True)
        self.cancel.show()
        self.cancel.setFocus()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.outcome.show_message(_("Cancelling…"))

    def _show_if_cancelled(self) -> None:
        if self._job is not None and self._job.progress.cancelled and self._end():
            self._drop()
            self._show_state()
            self.outcome.show_message(_("Cancelled. Sending again sends only the rest."))

    def _end(self) -> bool:
        """Show that nothing is under way; return whether the dialog stays open."""
        self._job = None
        self._options.setEnabled(True)
        self.outcome.show_ended()
        self._scroll_to_outcome.start()
        self.cancel.hide()
        self.close_button.show()
        self._show_state()
        if self._closing:
            super().reject()
        return not self._closing

    # -- what stops it ----------------------------------------------------------------

    def _not_read(self, error: EditorError) -> None:
        if self._stopped():
            name = self._session.person.name
            self._session.keys.solve(error, name, retry=self.start, failed=self.bar.show_error)

    def _not_planned(self, error: EditorError) -> None:
        """Ask for what is missing, or say why there is nothing to look at."""
        target = self.target
        if not self._stopped() or target is None:
            return
        match error:
            case CredentialsNeeded() if target.place.needs_secret:
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

    def _not_sent(self, error: EditorError) -> None:
        if self._stopped():
            self.bar.show_error(error)

    def _stopped(self) -> bool:
        is_open = self._end()
        self._drop()
        self.outcome.message.hide()
        self._show_state()
        return is_open

    def _try_with(self, credentials: Credentials, is_kept: bool) -> None:
        self._look_again(self._access.with_typed(credentials, is_kept=is_kept))

    def _look_again(self, access: Access) -> None:
        """Look once more, with what was asked for."""
        self._access = access
        self.start()

    def _crashed(self, _report: str) -> None:
        if self._job is not None and self._stopped():
            self.outcome.show_message(
                _("Stonehand had an error and stopped. Sending again sends only the rest."), "error"
            )
