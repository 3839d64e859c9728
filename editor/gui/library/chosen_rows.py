"""Which stories of the list are chosen for one action; what is open is another matter."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from editor.gui.library.rows import StoryRows
from editor.store.reading.rows import StoryRow


class ChosenRows(QObject):
    """Stories by their ids, so that they stay chosen when the list is read again.

    Only what is listed can be chosen: a story that leaves the list is chosen no more.
    """

    changed = Signal()

    def __init__(self, rows: StoryRows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._ids: frozenset[str] = frozenset()
        # Several actions ask for the rows after each key in the form.
        self._found: list[StoryRow] | None = None
        for signal in (rows.modelReset, rows.rowsInserted, rows.dataChanged):
            signal.connect(self._forget_rows)
        # A range goes from where it was begun to where it ends now, beside what was chosen before.
        self._start = self._end = ""
        self._before: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, story_id: object) -> bool:
        return story_id in self._ids

    def rows(self) -> list[StoryRow]:
        """Return the chosen stories in the order of the list."""
        if self._found is None:
            self._found = [row for row in self._rows.listed() if row.id in self._ids]
        return self._found

    def toggle(self, position: int, open_id: str) -> None:
        """Choose the story of a row, or choose it no more.

        The first choice is made beside the open story, if that is listed: it looks chosen.
        """
        row = self._rows.row(position)
        if row is None:
            return
        is_listed = not self._ids and self._rows.position(open_id) >= 0
        before = frozenset({open_id}) if is_listed else self._ids
        self._start = self._end = row.id
        self._before = before ^ {row.id}
        self._set(self._before)

    def extend(self, start: int, end: int) -> None:
        """Choose all from one row to another; a range that ended at `start` gets another end."""
        first, last = self._rows.row(start), self._rows.row(end)
        if last is None:
            return
        is_same_range = first is not None and first.id == self._end and self._ids
        if not is_same_range or self._rows.position(self._start) < 0:
            self._start, self._before = (first or last).id, self._ids
        self._end = last.id
        begin = self._rows.position(self._start)
        between = self._rows.listed()[min(begin, end) : max(begin, end) + 1]
        self._set(self._before | {row.id for row in between})

    def choose_all(self) -> None:
        """Choose every story that was read into the list."""
        self._end = ""
        self._set(frozenset(row.id for row in self._rows.listed()))

    def choose_only(self, story_id: str) -> None:
        """Choose one story and no other."""
        self._end = ""
        self._set(frozenset({story_id}))

    def clear(self) -> None:
        """Choose none."""
        self._end = ""
        self._set(frozenset())

    def keep_listed(self) -> None:
        """Forget the stories that are not listed any more."""
        if self._ids:
            self._set(self._ids & {row.id for row in self._rows.listed()})

    def _forget_rows(self) -> None:
        self._found = None

    def _set(self, ids: frozenset[str]) -> None:
        if ids != self._ids:
            self._ids = ids
            self._forget_rows()
            self.changed.emit()
