"""The story being written. It owns the unsaved text: whatever fails, the text stays."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from editor.core import times
from editor.core.changes import Changes
from editor.core.findings import Finding, Fix, TextPlace
from editor.core.paths import with_value
from editor.core.story import Story
from editor.core.workflow import Action, outcome
from editor.errors import EditorError, NotAllowed
from editor.gui.draft.bad_text import BadText
from editor.gui.draft.check_runner import CheckRunner
from editor.gui.draft.fixes import fixed_story
from editor.gui.draft.named_stories import NamedStories
from editor.gui.draft.notice_board import back_notice, usual_notice
from editor.gui.draft.notices import Notice, NoticeKind, newer_notice
from editor.gui.draft.open_story import NEW, OnSaved, OpenStory
from editor.gui.draft.saver import Latest, OnLeft, Saver, crash_while_saving
from editor.gui.draft.undo_histories import UndoHistories
from editor.gui.draft.undo_steps import Step, end_of_change, path_to_show
from editor.gui.draft.unsaved import Opened, read_open_story
from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session
from editor.gui.widgets.joining_stack import JoiningStack


class Draft(QObject):
    """One story at a time, in `open_story`: what is saved, what is typed, and all in between."""

    opened = Signal()
    """Another story is open now, or none."""
    changed = Signal(str)
    """The value at this path changed; an empty path means anything may have."""
    state_changed = Signal()
    """Saved, not saved, stage, who may edit: anything around the text."""
    findings_changed = Signal()
    notice_changed = Signal()
    steps_changed = Signal()
    """There are other steps to undo or redo."""
    caret_asked = Signal()
    """The text is about to be written to the journal; call `set_caret` now."""
    caret_placed = Signal(TextPlace)
    """Where undo, redo or a fix changed the text, or where the caret was when it was typed."""
    journal_changing = Signal(str)
    """The entry of this key is about to be written or removed."""
    refused = Signal(str, str)
    """The path of the field that the story was refused for, and why."""
    action_asked = Signal(Action)
    """Somebody wants to do this to the story, which is approved and being edited."""
    notes_asked = Signal()
    """Somebody wants to read the notes on the open story."""
    reconcile_asked = Signal(str)
    """Somebody wants to reconcile the versions of the open story, which is saved."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._undo = UndoHistories(self)
        self._undo.changed.connect(self.steps_changed)
        self.open_story = OpenStory()
        self.open_error: EditorError | None = None
        """Why the story that was asked for last can't be shown."""
        self.asked_key = ""
        """The key of the story that was asked for last, open or not yet."""
        self._last_entry: Entry | None = None
        self._journal = JournalWriter(session, self._describe_entry, self)
        self._journal.changing.connect(self.journal_changing)
        self._journal.written.connect(self._entry_written)
        self._journal.refused.connect(self._entry_refused)
        self._saver = Saver(session, self._journal, self)
        self._saver.caret_asked.connect(self.caret_asked)
        self._saver.saved.connect(self._saved)
        self._saver.failed.connect(self._save_failed)
        self._saver.latest_read.connect(self._show_latest)
        self.named = NamedStories(session, self)
        """What the stories are called that the open one names."""
        self._check_runner = CheckRunner(session, self.named, self)
        self._check_runner.found.connect(self._show_findings)
        session.changed.connect(self._desk_changed)
        session.person_changed.connect(self.state_changed)
        session.keys.changed.connect(self.state_changed)
        session.jobs.crashed.connect(self._job_crashed)

    @property
    def stack(self) -> JoiningStack:
        """The steps of the open story; another story has others."""
        return self._undo.stack

    @property
    def typed(self) -> Story:
        """The story as it is typed now, empty when none is open."""
        return self.open_story.typed

    def not_safe(self) -> list[OpenStory]:
        """Return the stories whose text may not be on disk yet: those just left, the open one."""
        return [*self._saver.leaving, self.open_story]

    @property
    def can_edit(self) -> bool:
        """Whether the person at work may change the open story."""
        return self.open_story.is_open and self.why_locked is None

    @property
    def why_locked(self) -> EditorError | None:
        """Why the open story can't be changed; None when it can."""
        if why := self.session.why_read_only:
            return why
        try:
            self.typed.require_known()
            outcome(Action.SAVE, self.open_story.state, self.session.person.role)
        except NotAllowed as error:
            return error
        return None

    def open(self, key: str, remembered: Opened | None = None) -> None:
        """Open a story by its id or `new-…` key, with the text that was typed but never saved.

        What is `remembered` of it is shown at once, and read again once the desk is open.
        """
        self.asked_key = key
        if key == self.open_story.key:
            return
        if remembered is not None:
            self._show_opened(remembered)
            return
        self._saver.held.forget_story(key)
        lost, journal = self._saver.lost.get(key), self.session.journal
        self.session.ask(
            lambda snapshot: read_open_story(snapshot, journal, key, lost),
            owner=self,
            done=self._show_opened,
            failed=partial(self._not_opened, key),
        )

    def new(self) -> None:
        """Begin a story: in the house's language, by the person at work."""
        if why := self.session.why_read_only:
            self.session.problem.emit(why)
            return
        story = OpenStory.begun(self.session.house.language, self.session.person.name)
        self.asked_key = story.key
        self._show(story)

    def close(self, on_left: OnLeft | None = None) -> None:
        """Leave the story; `on_left` gets whether its text is safe on disk."""
        self.asked_key = ""
        self._show(OpenStory(), on_left)

    def edit(self, story: Story, path: str, caret: int | None = None) -> None:
        """Change the story by an edit at a path; with its caret it is an undo step of its own."""
        if self.can_edit and story != self.typed:
            self.stack.do(Step(self, story, path, caret))

    def set_value(self, path: str, value: object) -> None:
        """Change the value at a path as one step. Raises BadValue for one that breaks a rule."""
        self.edit(with_value(self.typed, path, value), path)

    def check_again(self) -> None:
        """Check the story though its text is as it was: something it uses has changed."""
        if self.open_story.is_open:
            self._check_runner.check(self.typed, 0)

    def set_bad_text(self, path: str, bad: BadText | None) -> None:
        """Keep what is typed at a path while it is no value of it; None once there is none."""
        story = self.open_story
        known = story.bad_texts.get(path)
        if bad is None:
            story.bad_texts.pop(path, None)
        else:
            story.bad_texts[path] = bad
        if not story.is_open or (known and known.text) == (bad and bad.text):
            return
        story.was_edited, story.written_at = True, ""
        self._journal.touch()
        if not story.bad_texts and story.notice and story.notice.about is NoticeKind.UNREADABLE:
            self._set_notice()
        self.state_changed.emit()

    def undo(self) -> None:
        """Undo the last step, wherever in the form it was."""
        if self.can_edit:
            self.stack.undo()

    def redo(self) -> None:
        """Redo the last step that was undone."""
        if self.can_edit:
            self.stack.redo()

    def set_caret(self, place: TextPlace) -> None:
        """Remember where the caret is; it comes back with unsaved text."""
        self.open_story.caret = place

    def save(self, on_saved: OnSaved | None = None) -> None:
        """Save the text as a version; `on_saved` is called once it is one, and only then.

        That is so also where another story is opened meanwhile.
        """
        self._save(self.open_story, on_saved)

    def _save(self, story: OpenStory, on_saved: OnSaved | None) -> None:
        if not story.is_open:
            return
        if not self.session.can_sign:
            # Without a key there is no version: the text stays in the journal.
            self._journal.flush()
            return
        if story.is_saving:
            # What was typed since is not in that version: it is not the one to wait for.
            story.on_saved.append(partial(self._save, story, on_saved))
            return
        if on_saved is not None:
            story.on_saved.append(on_saved)
        if story.is_unsaved or story.stored is None:
            self._saver.save(story)
            self.state_changed.emit()
        else:
            story.call_on_saved()

    def refuse(self, error: EditorError) -> None:
        """Tell why the story can't go on, and go to the field that it is about."""
        self.session.problem.emit(error)
        if error.path:
            self.refused.emit(error.path, f"{error.sentence} {error.hint}".strip())

    def save_left(self) -> None:
        """Save at once what was left a moment ago and can still be undone."""
        self._saver.held.release()

    def apply_fix(self, fix: Fix) -> None:
        """Carry out a check's fix: in the story as one step, in the banner as a command."""
        before, story = self.typed, fixed_story(self.session, self.open_story, fix)
        if story != before:
            path = next(edit.path for edit in fix.edits if not edit.path.startswith("banner/"))
            self.edit(story, path)
            self.caret_placed.emit(end_of_change(before, story, path))

    def show_saved(self) -> None:
        """Put the saved version in the form; undo brings the unsaved text back."""
        self._set_notice()
        self._replace_text(self.open_story.saved)

    def use_theirs(self) -> None:
        """Put the newer version in the form; undo brings one's own text back."""
        story = self.open_story
        if story.stored is not None:
            story.base, story.save_error = story.stored.version, None
            self.show_saved()

    def reconcile(self) -> None:
        """Ask for the view that reconciles the versions of the story, once all is saved."""
        self.save(partial(self.reconcile_asked.emit, self.open_story.key))

    def apply_step(self, after: Story, path: str, caret: TextPlace | None) -> None:
        """Change the story by a step; only steps call this."""
        story, before, state = self.open_story, self.typed, self.open_story.state_of_text
        story.typed, story.was_edited, story.written_at = after, True, ""
        for bad in [bad for bad in story.bad_texts if not path or f"{bad}/".startswith(f"{path}/")]:
            del story.bad_texts[bad]
        self._journal.touch()
        self._check_runner.check(after)
        self.changed.emit(path_to_show(before, after, path))
        if story.state_of_text != state:
            if story.is_unsaved != state[1]:
                self._set_notice()
            self.state_changed.emit()
        if caret is not None and path:
            self.caret_placed.emit(caret)

    def _show(self, story: OpenStory, on_left: OnLeft | None = None) -> None:
        """Show another story, and save the one that is left."""
        left, self.open_story = self.open_story, story
        self.open_error = None
        self._journal.cancel()
        self._saver.leave(left, on_left)
        self._undo.switch(left, story)
        self.named.forget()
        self._check_runner.check(story.typed if story.is_open else None, 0)
        for signal in (self.opened, self.state_changed, self.notice_changed, self.findings_changed):
            signal.emit()

    def _show_opened(self, found: Opened) -> None:
        story = found.open_story
        if self.asked_key != story.key or self.open_story.key == story.key:
            return
        if found.is_recovered:
            story.written_at = times.instant_text(times.now())
        self._show(story)
        self._set_notice(back_notice(self) if found.is_recovered else None)
        if story.caret.path:
            self.caret_placed.emit(story.caret)
        if found.problem is not None:
            self.session.problem.emit(found.problem)

    def _not_opened(self, key: str, error: EditorError) -> None:
        """Show why a story can't be opened, and no other in its place."""
        if self.asked_key == key:
            self.asked_key = ""
            self._show(OpenStory())
            self.open_error = error
            self.opened.emit()

    def _desk_changed(self, changes: Changes) -> None:
        story = self.open_story
        if story.is_open and changes.touches_any("banner", "house", "house style"):
            self._check_runner.check(story.typed)
        if story.stored is not None and changes.touches("story", story.key):
            self._saver.read_latest(story)

    def _show_latest(self, story: OpenStory, latest: Latest) -> None:
        """Show the latest version, or where other text is typed, that there is one."""
        if story is not self.open_story:
            return
        version, story.around = latest.version, latest.around
        is_other = version.story != story.typed
        if story.stay_beside(version):
            self._set_notice()
        elif story.is_unsaved and version.version != story.base and is_other:
            story.stored = version
            self._set_notice(newer_notice(version, self.save, self.use_theirs))
            return
        else:
            was_unsaved = story.is_unsaved
            story.stored, story.base = version, version.version
            if is_other and not was_unsaved:
                story.typed, story.written_at = version.story, version.at
                self.stack.clear()
                self._check_runner.check(story.typed)
                self.changed.emit("")
            if not story.is_unsaved:
                self._set_notice()
        self.state_changed.emit()

    def _replace_text(self, story: Story) -> None:
        if self.can_edit:
            self.edit(story, "")
        elif self.open_story.is_open:
            self.stack.clear()
            self.apply_step(story, "", None)

    def _describe_entry(self) -> tuple[str, Entry | None]:
        story = self.open_story
        self.caret_asked.emit()
        self._last_entry = story.to_entry() if story.has_unsaved_text else None
        return story.journal_key, self._last_entry

    def _entry_written(self, entry: Entry | None) -> None:
        story = self.open_story
        if entry is self._last_entry and not self._journal.pending:
            story.written_at, story.journal_error = times.instant_text(times.now()), None
            if story.stored is None:
                self.session.new_stories_changed.emit()
            self.state_changed.emit()

    def _entry_refused(self, error: EditorError) -> None:
        if self.open_story.journal_error is None:
            self.session.problem.emit(error)
        self.open_story.journal_error = error
        self.state_changed.emit()

    def _saved(self, story: OpenStory, is_filled: bool) -> None:
        if story is not self.open_story:
            return
        if self.asked_key.removeprefix(NEW) == story.story_id:  # else another is being opened
            self.asked_key = story.key
        if story.has_unsaved_text:
            self._journal.touch()
        self._set_notice()
        if is_filled:
            self.changed.emit("")
        self.state_changed.emit()

    def _save_failed(self, story: OpenStory) -> None:
        if story is self.open_story:
            self._journal.flush()
            self.state_changed.emit()

    def _job_crashed(self, _report: str) -> None:
        story = self.open_story
        if story.is_saving or story.is_unwritten:
            story.is_saving, story.save_error = False, crash_while_saving()
            self.state_changed.emit()

    def _show_findings(self, checked: Story, findings: tuple[Finding, ...]) -> None:
        if checked is self.typed:
            self.open_story.checked, self.open_story.findings = checked, findings
            self.findings_changed.emit()

    def _set_notice(self, notice: Notice | None = None) -> None:
        """Show a notice; without one, what is worth knowing as long as nothing else happens."""
        story = self.open_story
        notice = notice or usual_notice(self)
        if notice != story.notice:
            story.notice = notice
            self.notice_changed.emit()
