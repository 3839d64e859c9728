"""The stories in which words were found, a row each, and which changes are to be made there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from editor.core.workflow import Publication, Stage
from editor.gui.theme import color
from editor.gui.widgets.stages import state_name
from editor.i18n import _, isolated, plural
from editor.store.reading.story_changes import StoryChanges

_Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class FoundStory:
    """A story with changes, those of them that are left out, and what became of it."""

    found: StoryChanges
    left_out: set[int] = field(default_factory=set)
    outcome: str = ""
    is_done: bool = False

    @property
    def can_change(self) -> bool:
        """Whether its changes can be chosen."""
        return self.found.refusal is None and not self.outcome

    @property
    def count(self) -> int:
        """How many changes are to be made."""
        return self.found.count - len(self.left_out) if self.can_change else 0


class FoundStories(QAbstractListModel):
    """The stories found so far, in the order in which they were found."""

    choice_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stories: list[FoundStory] = []
        self._rows: dict[str, int] = {}

    def clear(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self.stories, self._rows = [], {}
        self.endResetModel()
        self.choice_changed.emit()

    def add(self, page: Sequence[StoryChanges]) -> None:
        """Add a page of stories; one that was saved meanwhile comes again, and is there already."""
        new = [found for found in page if found.row.id not in self._rows]
        if not new:
            return
        first = len(self.stories)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        self.stories += [FoundStory(found) for found in new]
        self._rows |= {found.row.id: first + number for number, found in enumerate(new)}
        self.endInsertRows()
        self.choice_changed.emit()

    def chosen(self) -> list[FoundStory]:
        """Return the stories in which something is to be changed."""
        return [story for story in self.stories if story.count]

    def leave_out(self, row: int, left_out: set[int]) -> None:
        """Leave out the changes of some numbers in one story."""
        if self.stories[row].left_out != left_out:
            self.stories[row].left_out = left_out
            self.dataChanged.emit(self.index(row), self.index(row))
            self.choice_changed.emit()

    def finish(self, story_id: str, problem: str) -> int:
        """Show what became of a story, or the problem with it; return its row, or -1."""
        row = self._rows.get(story_id, -1)
        if row >= 0:
            story = self.stories[row]
            story.is_done, count = not problem, story.count
            story.outcome = problem or plural("{n} change made", "{n} changes made", count)
            self.dataChanged.emit(self.index(row), self.index(row))
        return row

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.stories)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable
        can_change = index.isValid() and self.stories[index.row()].can_change
        return usual | flag.ItemIsUserCheckable if can_change else usual

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        story = self.stories[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{isolated(story.found.row.name)}\n{describe(story)}"
            case Qt.ItemDataRole.CheckStateRole if story.can_change:
                return _check_state(story)
            case Qt.ItemDataRole.ForegroundRole if not story.can_change:
                return color("ok" if story.is_done else "mute")
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Choose all changes of a story, or leave all out."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        story = self.stories[index.row()]
        if not story.can_change:
            return False
        is_chosen = Qt.CheckState(value) is not Qt.CheckState.Unchecked
        self.leave_out(index.row(), set() if is_chosen else set(range(story.found.count)))
        return True


def _check_state(story: FoundStory) -> Qt.CheckState:
    if not story.left_out:
        return Qt.CheckState.Checked
    return Qt.CheckState.PartiallyChecked if story.count else Qt.CheckState.Unchecked


def describe(story: FoundStory) -> str:
    """Return what is to be changed in a story, what became of it, or why nothing can be."""
    found = story.found
    if story.outcome:
        return story.outcome
    if found.refusal is not None:
        return f"{found.refusal.sentence} {found.refusal.hint}".strip()
    changes = plural("{n} change", "{n} changes", found.count)
    if story.left_out:
        changes = _("{n} of {changes}").format(n=story.count, changes=changes)
    return " · ".join((state_name(found.row.state), found.row.slug, changes))


def approval_warning(stories: Sequence[FoundStory]) -> str:
    """Return what a new version means for the stories that are approved, or that readers have."""
    rows = [story.found.row for story in stories]
    approved = sum(row.stage is Stage.APPROVED for row in rows)
    live = sum(row.publication is Publication.LIVE for row in rows)
    sentences = []
    if approved:
        sentences.append(
            plural(
                "{n} of them is approved: its new version has no approval.",
                "{n} of them are approved: their new versions have no approval.",
                approved,
            )
        )
    if live:
        sentences.append(_("Readers keep what is published until a new version is."))
    return " ".join(sentences)
