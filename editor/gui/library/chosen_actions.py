"""What is done to several chosen stories at once, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt

from editor.core.people import Role
from editor.core.workflow import Action, Stage, allowed, already_published
from editor.errors import EditorError
from editor.gui.draft.bad_text import first_refusal
from editor.gui.draft.draft import Draft
from editor.gui.library.refused_stories import refusal_of_several
from editor.gui.library.row_details import headline
from editor.gui.library.story_run import StoryRun
from editor.gui.section_names import section_name_of
from editor.gui.session import Session
from editor.gui.widgets.elided import shortened
from editor.i18n import _, plural, quoted
from editor.store.reading.rows import StoryRow

if TYPE_CHECKING:
    from editor.store.desk import Desk
    from editor.store.replacement import ReplacedStory

    Work = Callable[[Desk, StoryRow], object]

# What writes is imported for the first action: no window waits for it.
# ruff: noqa: PLC0415

_LONGEST_TITLE: Final = 48


@dataclass(frozen=True, slots=True)
class StoryTask:
    """What is done to each story, and what is said then of a story's title or of `2 stories`.

    `undo` undoes it for the stories to which it was done.
    """

    work: Work
    done: Callable[[str], str]
    undo: Callable[[list[StoryRow]], object] | None = None


class ChosenActions(StoryRun):
    """Does one thing to several stories, as the person at work; the rules are the desk's.

    Each story is done as it is listed: one that was saved since stays as it is. What is typed
    in the open story is saved first, if it is one of them.

    Only what asks nothing is done to several. An approval is a signature on one text that was
    read, and a story is returned, corrected or killed with a note of its own.
    """

    def __init__(self, session: Session, draft: Draft, parent: QObject) -> None:
        super().__init__(session, parent)
        self._draft = draft
        self._task: StoryTask | None = None
        self._rows: dict[str, StoryRow] = {}
        self._refused: dict[str, EditorError] = {}
        self._done: list[StoryRow] = []
        self._seen: dict[str, str] = {}
        """The hash of the one text that was shown when it began: the open story's."""
        self.story_done.connect(self._note_outcome)
        self.finished.connect(self._report)

    def can(self, action: Action, rows: Sequence[StoryRow]) -> bool:
        """Return whether the person at work may do this to at least one of some stories."""
        role = self._session.person.role
        return (
            not self.is_busy
            and self._session.can_decide
            and any(_is_possible(action, row, role) for row in rows)
        )

    def can_move(self, rows: Sequence[StoryRow]) -> bool:
        """Return whether the person at work may put at least one story into another section."""
        return self.can(Action.SAVE, [row for row in rows if row.stage is not Stage.APPROVED])

    def do(self, action: Action, rows: Sequence[StoryRow]) -> None:
        """Carry out a step of the workflow on each story."""
        by, story = self._session.person.name, self._draft.open_story
        is_for_readers = action in (Action.SUBMIT, Action.PUBLISH)
        bad = first_refusal(story.bad_texts) if is_for_readers else None

        def work(desk: Desk, row: StoryRow) -> None:
            from editor.core.commands import STEPS

            if bad is not None and row.id == story.key:
                raise bad
            seen = {"hash": self._seen.get(row.id, "")} if action is Action.SUBMIT else {}
            changes = desk.do(STEPS[action](row.id, row.version, **seen), by)
            if action is Action.PUBLISH and not changes.touched:
                raise already_published()

        undo = self._unspike if action is Action.SPIKE else None
        self.begin(StoryTask(work, _done(action), undo), rows)

    def move(self, section: str, rows: Sequence[StoryRow]) -> None:
        """Put each story into a section of the paper."""
        by = self._session.person.name
        moved: dict[str, ReplacedStory] = {}

        def work(desk: Desk, row: StoryRow) -> None:
            from editor.store.section_change import change_section

            moved[row.id] = change_section(desk, row.id, row.version, section, by)

        def restore(desk: Desk, row: StoryRow) -> None:
            from editor.store.replacement import restore_story

            if moved[row.id].count:
                restore_story(desk, moved[row.id], by)

        def describe_undo(story: str) -> str:
            return _("Section restored: {story}.").format(story=story)

        def undo(done: list[StoryRow]) -> None:
            self.begin(StoryTask(restore, describe_undo), done)

        title = section_name_of(self._session.house, section)

        def describe(story: str) -> str:
            return _("Put {story} into {section}.").format(story=story, section=title)

        self.begin(StoryTask(work, describe, undo), rows)

    def begin(self, task: StoryTask, rows: Sequence[StoryRow]) -> None:
        """Save what is typed in the open story, if it is one of them, then do the task to each."""
        story = self._draft.open_story
        if self.is_busy or not rows:
            return
        if not (story.is_unsaved and any(row.id == story.key for row in rows)):
            self._start(task, rows)
            return

        def go_on() -> None:
            if self.is_busy:
                # Something else was begun while the text was being saved.
                self.finished.connect(go_on, Qt.ConnectionType.SingleShotConnection)
                return
            version = story.stored.version if story.stored else 0
            self._start(
                task,
                [replace(row, version=version) if row.id == story.key else row for row in rows],
            )

        self._draft.save(go_on)

    def _start(self, task: StoryTask, rows: Sequence[StoryRow]) -> None:
        story, journal = self._draft.open_story, self._session.journal
        self._task, self._rows = task, {row.id: row for row in rows}
        self._refused, self._done = {}, []
        self._seen = {story.key: story.stored.hash} if story.stored else {}
        self._draft.save_left()

        def work(desk: Desk, row: StoryRow) -> None:
            from editor.store.reading.changeable import require_saved_text

            # The entry of the open story may not be removed yet, and it is saved.
            if row.id != story.key or not row.version:
                require_saved_text(journal, row)
            task.work(desk, row)

        self.run(rows, lambda row: row.id, work, lambda _nothing: None)

    def _note_outcome(self, story_id: str, error: EditorError | None) -> None:
        if error is None:
            self._done.append(self._rows[story_id])
        else:
            self._refused[story_id] = error

    def _report(self) -> None:
        """Say what was done, with its undo, and name what stayed as it was, with the reason."""
        task, done = self._task, self._done
        if task is not None and done:
            what = plural("{n} story", "{n} stories", len(done))
            if len(self._rows) == 1:
                what = quoted(shortened(headline(done[0]), _LONGEST_TITLE))
            message = task.done(what)
            left = len(self._rows) - len(done) - len(self._refused)
            if left:
                stopped = plural(
                    "Stopped before the other story.",
                    "Stopped before the other {n} stories.",
                    left,
                )
                message = f"{message} {stopped}"
            self._offer(task, done, message)
        if self._refused:
            refused = [(headline(self._rows[id]), error) for id, error in self._refused.items()]
            self._session.problem.emit(refusal_of_several(refused, len(self._rows)))

    def _offer(self, task: StoryTask, done: list[StoryRow], message: str) -> None:
        """Say what was done; its undo is offered again while something else is under way."""
        undo = task.undo

        def take_back() -> None:
            if undo is not None and not self.is_busy:
                undo(done)
            else:
                self._offer(task, done, message)

        self._session.message.emit(message, take_back if undo is not None else None)

    def _unspike(self, done: list[StoryRow]) -> None:
        """Unspike, and submit again what was in review or further: an approval is a signature."""
        by = self._session.person.name

        def work(desk: Desk, row: StoryRow) -> None:
            from editor.core.commands import Submit, Unspike

            desk.do(Unspike(row.id, row.version), by)
            if row.stage is not Stage.DRAFT:
                desk.do(Submit(row.id, row.version), by)

        self.begin(StoryTask(work, _done(Action.UNSPIKE)), done)


def _is_possible(action: Action, row: StoryRow, role: Role) -> bool:
    if not (row.version and allowed(action, row.state, role)):
        return False
    return action is not Action.PUBLISH or row.version != row.live_version


def _done(action: Action) -> Callable[[str], str]:
    """Return what the workflow says after a step."""
    return lambda story: _(action.done).format(story=story)
