"""Names and keywords, one a line: a comma belongs to a name (`Martin King, Jr.`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from editor.core.findings import TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.story.labelled_field import BoundField
from editor.gui.widgets.squiggles import Squiggle
from editor.gui.widgets.text_area import TextArea


class NamesArea(TextArea):
    """A text area whose lines are the texts of a list."""


class NamesField(BoundField):
    """The texts of a list, a line each; blank lines are left out."""

    def __init__(
        self, draft: Draft, path: str, placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(draft, path, NamesArea(placeholder), read_lines, "\n".join, parent=parent)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the field, also for one of its lines."""
        name, _slash, index = path.partition("/")
        return self.field if name == self.path and (not index or index.isdecimal()) else None


def read_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not blank, their spaces made single."""
    return tuple(name for line in text.splitlines() if (name := " ".join(line.split())))


def line_start(path: str, texts: Mapping[str, str]) -> int:
    """Return where the text at a path such as `bylines/1` begins in its field; 0 for others."""
    name, _slash, index = path.partition("/")
    if not index.isdecimal():
        return 0
    return sum(len(texts.get(f"{name}/{i}", "")) + 1 for i in range(int(index)))


def line_at(path: str, text: str, place: TextPlace) -> TextPlace:
    """Return the line of a field of lines that a range of its text begins in, and where."""
    before = text[: place.start]
    start = before.rfind("\n") + 1
    end = min(place.end - start, len(text[start:].partition("\n")[0]))
    return TextPlace(f"{path}/{before.count(chr(10))}", place.start - start, end)


def in_lines(
    path: str, texts: Mapping[str, str], found: Mapping[str, list[Squiggle]]
) -> tuple[str, list[Squiggle]]:
    """Return what a field of lines holds, and what was found in all its lines."""
    lines: list[str] = []
    squiggles: list[Squiggle] = []
    while (line := f"{path}/{len(lines)}") in texts:
        start = line_start(line, texts)
        squiggles += [
            replace(mark, start=mark.start + start, end=mark.end + start)
            for mark in found.get(line, [])
        ]
        lines.append(texts[line])
    return "\n".join(lines), squiggles
