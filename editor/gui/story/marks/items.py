"""The items of one list: which are selected, and how they change places."""

from __future__ import annotations

from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_lines import BodyLineKind, read_list_lines


class ListItems:
    """The items of the list that begins at a line, as far as the selection needs them."""

    def __init__(self, lines: BodyLines, first: int) -> None:
        self._lines = lines
        touched = lines.touched()
        last = max(touched.stop - 1, first)
        while last + 1 < len(lines.lines) and lines.depth(last + 1) == lines.depth(first):
            last += 1
        self._found = read_list_lines(lines, range(first, last + 1))
        self._last = max(self._found)
        inside = [number for number in touched if self._item(number) >= 0]
        self._parent = self._common_parent(inside)
        self._siblings = self._items_in(self._parent, first)
        chosen = {self._child_of(self._parent, number) for number in inside}
        self._chosen = [at for at, item in enumerate(self._siblings) if item in chosen]

    def has_all_selected(self) -> bool:
        """Return whether every item of the outermost list is selected, at least in part."""
        return self._parent < 0 and len(self._chosen) == len(self._siblings)

    def moved(self, step: int) -> MarkEdit | None:
        """Exchange the selected items with the one above or below; None where there is none."""
        if not self._chosen:
            return None
        other = self._chosen[0] - 1 if step < 0 else self._chosen[-1] + 1
        if not 0 <= other < len(self._siblings):
            return None
        numbers = sorted([*self._chosen, other])
        units = [self._siblings[number] for number in numbers]
        marks = [self._mark(item) for item in units]
        above, below = (units[:1], units[1:]) if step < 0 else (units[:-1], units[-1:])
        self._renumber([*below, *above], marks)
        self._lines.exchange(self._extent(above), self._extent(below))
        return self._lines.edit()

    def _item(self, number: int) -> int:
        """The line on which the item of a line begins; -1 outside of lists."""
        line = self._found.get(number)
        return line.item if line is not None else -1

    def _path(self, number: int) -> list[int]:
        """The items around a line, outermost first, then its own."""
        path: list[int] = []
        item = self._item(number)
        while item >= 0:
            path.insert(0, item)
            item = self._found[item].parent
        return path

    def _common_parent(self, inside: list[int]) -> int:
        """The innermost item that has all selected ones inside it; -1 where none has."""
        paths = [self._path(number)[:-1] for number in inside]
        parent = -1
        for items in zip(*paths, strict=False):
            if len(set(items)) > 1:
                break
            parent = items[0]
        return parent

    def _items_in(self, parent: int, first: int) -> list[int]:
        items: list[int] = []
        for number in sorted(self._found):
            line = self._found[number]
            if number < max(first, parent):
                continue
            if line.kind not in _IN_LISTS or (parent >= 0 and not self._is_in(number, parent)):
                if items or number > parent:
                    break
            elif line.kind is BodyLineKind.ITEM and line.parent == parent:
                items.append(number)
        return items

    def _is_in(self, number: int, item: int) -> bool:
        return self._found[number].kind is BodyLineKind.BLANK or item in self._path(number)

    def _child_of(self, parent: int, number: int) -> int:
        """The item directly in `parent` that a line belongs to."""
        path = self._path(number)
        return path[path.index(parent) + 1] if parent in path else path[0]

    def _extent(self, items: list[int]) -> range:
        """The lines of items that follow each other, without the blank ones after them."""
        last = items[-1]
        for number in range(items[-1] + 1, self._last + 1):
            if self._found[number].kind is BodyLineKind.BLANK:
                continue
            if items[-1] not in self._path(number):
                break
            last = number
        return range(items[0], last + 1)

    def _mark(self, item: int) -> str:
        line = self._found[item]
        words = self._lines.words(item)
        return words[line.indent : line.words_at] if line.number else ""

    def _renumber(self, items: list[int], marks: list[str]) -> None:
        """Give items that are numbered the numbers of the places they get."""
        if not all(marks):
            return
        for item, mark in zip(items, marks, strict=True):
            line, at = self._found[item], len(self._lines.quote_marks(item))
            extent = self._extent([item])
            self._lines.replace(item, at + line.indent, line.width, mark)
            for number in extent[1:]:
                self._lines.indent(number, len(mark) - line.width, line.words_at)


_IN_LISTS = (BodyLineKind.ITEM, BodyLineKind.ITEM_TEXT, BodyLineKind.BLANK)
