"""The story being written. It owns the unsaved text: whatever fails, the text stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from editor.checks.base import Finding, Fix, TextPlace
from editor.core import times
from editor.core.changes import Changes
from editor.core.paths import text_at
from editor.core.story import Story
from editor.core.text_change import Splice
from editor.core.workflow import Action, State, outcome
from editor.errors import EditorError, NotAllowed
from editor.gui.draft import notices
from editor.gui.draft.check_runner import CheckRunner
from editor.gui.draft.fixes import mended, save_banner
from editor.gui.draft.notices import Notice
from editor.gui.draft.open_story import NEW, Done, OpenStory
from editor.gui.draft.saver import Saver
from editor.gui.draft.undo_steps import Step
from editor.gui.draft.unsaved import Opened, read_sheet
from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session
from editor.i18n import _
from editor.store.reading.rows import StoredVersion


class Draft(QObject):
    """One story at a time: what is saved, what is typed, and everything between the two."""

    opened = Signal()
    """Another story is open now, or none."""
    changed = Signal(str)
    """The value at this path changed; an empty path means anything may have."""
    state_changed = Signal()
    """Saved, not saved, stage, who may edit: anything around the text."""
    findings_changed = Signal()
    keeping = Signal()
    """The text is about to be written to the journal; `set_caret` now."""
    notice_changed = Signal()
    recovered = Signal(str)
    """Text that had not been saved came back; the sentence that says so."""
    reconcile_wanted = Signal(object)
    """The versions of the open story, as a tuple of numbers, that somebody wants to join."""
    went = Signal(object)
    """Place: undo, redo or a fix changed the text there, or the caret was there last."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.stack = QUndoStack(self)
        self._sheet = OpenStory()
        self._asked = ""
        self._last_entry: Entry | None = None
        self._findings: tuple[Finding, ...] = ()
        self._looked_at: Story | None = None
        self._journal = JournalWriter(session, self._entry, self)
        self._journal.written.connect(self._kept)
        self._journal.refused.connect(self._refused)
        self._saver = Saver(session, self._journal, self)
        self._saver.keeping.connect(self.keeping)
        self._saver.saved.connect(self._saved)
        self._saver.failed.connect(self._failed)
        self._saver.moved_on.connect(self._compare)
        self._check_runner = CheckRunner(session, self)
        self._check_runner.found.connect(self._found)
        session.changed.connect(self._desk_changed)
        session.person_changed.connect(self.state_changed)
        session.jobs.crashed.connect(self._crashed)

    @property
    def story(self) -> Story | None:
        """The story as it is typed now; None when none is open."""
        return self._sheet.typed

    @property
    def text(self) -> Story:
        """The story as it is typed now, empty when none is open."""
        return self._sheet.story

    @property
    def stored(self) -> StoredVersion | None:
        """The version the text was opened from; None for a story not saved yet."""
        return self._sheet.stored

    @property
    def sheet(self) -> OpenStory:
        """The open story itself: another object after another story was opened."""
        return self._sheet

    @property
    def key(self) -> str:
        """The story's id, or `new-…` for one the desk doesn't have yet; `open` takes both."""
        return self._sheet.key

    @property
    def dirty(self) -> bool:
        """Whether the text differs from the saved version."""
        return self._sheet.dirty

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found in `looked_at`."""
        return self._findings

    @property
    def looked_at(self) -> Story | None:
        """The text the findings are about; older than `story` while somebody types."""
        return self._looked_at

    @property
    def notice(self) -> Notice | None:
        """What the writer should know about this story now."""
        return self._sheet.notice

    @property
    def state(self) -> State:
        """Where the story stands; a story not saved yet is a draft."""
        return self._sheet.state

    @property
    def editable(self) -> bool:
        """Whether the person at work may change the open story."""
        return self.story is not None and self.why_not is None

    @property
    def why_not(self) -> NotAllowed | None:
        """Why the open story can't be changed; None when it can."""
        try:
            self.text.require_known()
            outcome(Action.SAVE, self.state, self.session.person.role)
        except NotAllowed as error:
            return error
        return None

    @property
    def save_state(self) -> str:
        """One phrase for the status bar: `Saving…`, `Saved 14:02`, `Not saved: why`."""
        sheet = self._sheet
        if sheet.typed is None:
            return ""
        if trouble := sheet.refused or sheet.unkept:
            return _("Not saved: {why}").format(why=trouble.sentence)
        if sheet.saving or (sheet.touched and not sheet.kept_at):
            return _("Saving…")
        if not sheet.kept_at:
            return _("Nothing to save yet")
        return _("Saved {time}").format(time=notices.clock(sheet.kept_at))

    def open(self, story_id: str) -> None:
        """Open a story by id (or `new-…` key), with the text that was typed but never saved."""
        self._asked = story_id
        if story_id == self.key:
            return
        lost = self._saver.lost.get(story_id)
        journal = self.session.desk.journal
        self.session.ask(
            lambda snapshot: read_sheet(snapshot, journal, story_id, lost),
            owner=self,
            done=self._show_opened,
        )

    def new(self) -> None:
        """Begin a story: in the house's language, by the person at work."""
        person, house = self.session.person, self.session.house
        blank = Story(language=house.language, bylines=(person.name,))
        sheet = OpenStory(key=NEW + uuid4().hex, typed=blank, blank=blank)
        self._asked = sheet.key
        self._show(sheet)

    def close(self, done: Callable[[bool], None] | None = None) -> None:
        """Leave the story; `done` hears whether its text is safe on disk."""
        self._asked = ""
        self._show(OpenStory(), done)

    def edit(self, story: Story, path: str) -> None:
        """Take the story as it is after an edit at a path, as one step or part of one."""
        if self.editable and story != self.text:
            self.stack.push(Step(self, story, path))

    def undo(self) -> None:
        """Take the last step back, wherever in the form it was."""
        if self.editable:
            self.stack.undo()

    def redo(self) -> None:
        """Do the last undone step again."""
        if self.editable:
            self.stack.redo()

    def set_caret(self, place: TextPlace) -> None:
        """Remember where the caret is; it comes back with unsaved text."""
        self._sheet.caret = place

    def save(self, done: Done | None = None) -> None:
        """Keep the text as a version; `done` is called once it is one, and only then."""
        sheet = self._sheet
        if sheet.typed is None:
            return
        if sheet.saving:
            # What was typed since is not in that version: it is not the one to wait for.
            sheet.waiting.append(partial(self.save, done))
            return
        if done is not None:
            sheet.waiting.append(done)
        if sheet.dirty or sheet.stored is None:
            self._saver.save(sheet)
            self.state_changed.emit()
        else:
            sheet.tell_waiting()

    def apply(self, fix: Fix) -> None:
        """Carry out a check's fix: in the story as one step, in the banner as a command."""
        before = self.text
        try:
            looked_at = self._looked_at or Story()
            story, banner = mended(before, looked_at, self.session.banner, fix)
        except EditorError as error:
            self.session.problem.emit(error)
            return
        if banner != self.session.banner:
            save_banner(self.session, self.session.banner, banner)
        if story != before:
            path = next(each.path for each in fix.edits if not each.path.startswith("banner/"))
            self.edit(story, path)
            self.went.emit(_landing(before, story, path))

    def show_saved(self) -> None:
        """Put the saved version in the form; undo brings the unsaved text back."""
        self._set_notice(self._standing_notice())
        self._replace_text(self._sheet.saved)

    def take_theirs(self) -> None:
        """Put the newer version in the form; undo brings one's own text back."""
        sheet = self._sheet
        if sheet.stored is not None:
            sheet.base, sheet.refused = sheet.stored.version, None
            self._set_notice(self._standing_notice())
            self._replace_text(sheet.saved)

    def reconcile(self) -> None:
        """Ask for the view that joins the versions nothing grew from yet, once all is saved."""
        self.save(lambda: self.reconcile_wanted.emit(self._sheet.leaves))

    def take_step(self, story: Story, path: str, travelling: bool) -> None:
        """Hold the story after a step; only steps call this."""
        before, sheet, around = self.text, self._sheet, self._around()
        sheet.typed, sheet.touched, sheet.kept_at = story, True, ""
        self._journal.touch()
        self._check_runner.check(story)
        self.changed.emit(path)
        if self._around() != around:
            self.state_changed.emit()
        if travelling and path:
            self.went.emit(_landing(before, story, path))

    def _around(self) -> tuple[str, bool]:
        """What `state_changed` tells of and typing may change; most keys change nothing of it."""
        return self.save_state, self.dirty

    def _show(self, sheet: OpenStory, left: Callable[[bool], None] | None = None) -> None:
        """Put another sheet on the desk and leave the present one safely behind."""
        behind, self._sheet = self._sheet, sheet
        self._journal.leave()
        self._saver.leave(behind, left)
        self.stack.clear()
        self._findings, self._looked_at = (), None
        self._check_runner.check(sheet.typed, 0)
        self.opened.emit()
        self.state_changed.emit()
        self.notice_changed.emit()
        self.findings_changed.emit()

    def _show_opened(self, found: Opened) -> None:
        sheet = found.sheet
        if self._asked != sheet.key or self.key == sheet.key:
            return
        if found.recovered:
            sheet.notice = self._recovered_notice(sheet)
            sheet.kept_at = times.instant_text(times.now())
        self._show(sheet)
        if sheet.notice is None:
            self._set_notice(self._standing_notice())
        if sheet.caret.path:
            self.went.emit(sheet.caret)
        if found.recovered and sheet.notice is not None:
            self.recovered.emit(sheet.notice.sentence)
        if found.problem is not None:
            self.session.problem.emit(found.problem)

    def _recovered_notice(self, sheet: OpenStory) -> Notice:
        if sheet.stored is None:
            return notices.recovered(None)
        if sheet.stored.version > sheet.base:
            return notices.moved_on(sheet.stored, self.save, self.take_theirs)
        return notices.recovered(self.show_saved)

    def _desk_changed(self, changes: Changes) -> None:
        sheet = self._sheet
        if changes.touches("banner") or changes.touches("house"):
            self._check_runner.check(sheet.typed)
        if sheet.stored is not None and changes.touches("story", sheet.key):
            self._saver.look_again(sheet)

    def _standing_notice(self) -> Notice | None:
        """What is to be known of the story as the desk has it."""
        leaves = self._sheet.leaves
        return notices.to_reconcile(leaves, self.reconcile) if len(leaves) > 1 else None

    def _compare(self, sheet: OpenStory, latest: StoredVersion, leaves: tuple[int, ...]) -> None:
        """Settle what to do about what the desk has now."""
        if sheet is not self._sheet:
            return
        if sheet.goes_beside(latest, leaves):
            self._set_notice(self._standing_notice())
            self.state_changed.emit()
            return
        if sheet.dirty and latest.version != sheet.base and latest.story != sheet.story:
            sheet.stored = latest
            self._set_notice(notices.moved_on(latest, self.save, self.take_theirs))
            return
        reload = latest.story != sheet.story and not sheet.dirty
        sheet.stored, sheet.base = latest, latest.version
        if reload:
            sheet.typed, sheet.kept_at = latest.story, latest.at
            self.stack.clear()
            self._check_runner.check(sheet.typed)
            self.changed.emit("")
        if not sheet.dirty:
            self._set_notice(self._standing_notice())
        self.state_changed.emit()

    def _replace_text(self, story: Story) -> None:
        if self.editable:
            self.edit(story, "")
        elif self.story is not None:
            self.stack.clear()
            self.take_step(story, "", False)

    def _entry(self) -> tuple[str, Entry | None]:
        sheet = self._sheet
        self.keeping.emit()
        self._last_entry = sheet.entry() if sheet.dirty else None
        return sheet.entry_key, self._last_entry

    def _kept(self, entry: Entry | None) -> None:
        sheet = self._sheet
        if entry is self._last_entry and not self._journal.pending:
            sheet.kept_at, sheet.unkept = times.instant_text(times.now()), None
            self.state_changed.emit()

    def _refused(self, error: EditorError) -> None:
        if self._sheet.unkept is None:
            self.session.problem.emit(error)
        self._sheet.unkept = error
        self.state_changed.emit()

    def _saved(self, sheet: OpenStory, filled: bool) -> None:
        if sheet is self._sheet:
            self._asked = sheet.key
            if sheet.dirty:
                self._journal.touch()
            self._set_notice(self._standing_notice())
            if filled:
                self.changed.emit("")
            self.state_changed.emit()

    def _failed(self, sheet: OpenStory) -> None:
        if sheet is self._sheet:
            self._journal.flush()
            self.state_changed.emit()

    def _crashed(self, _report: str) -> None:
        sheet = self._sheet
        if sheet.saving or (sheet.touched and not sheet.kept_at):
            sheet.saving = False
            sheet.refused = EditorError(
                _("Stonehand made a mistake while saving."),
                _("Your text is still here; try again."),
            )
            self.state_changed.emit()

    def _found(self, story: Story, findings: tuple[Finding, ...]) -> None:
        if story is self.story:
            self._looked_at, self._findings = story, findings
            self.findings_changed.emit()

    def _set_notice(self, notice: Notice | None) -> None:
        if notice != self._sheet.notice:
            self._sheet.notice = notice
            self.notice_changed.emit()


def _landing(before: Story, after: Story, path: str) -> TextPlace:
    """Where the caret belongs after a step: behind what changed."""
    end = Splice.between(text_at(before, path), text_at(after, path)).end
    return TextPlace(path, end, end)
