"""What changed in one file of an export: its text or its source, with the changes marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from editor.core.diff import FieldDiff, Passage
from editor.core.revise import Spot, runs, spots_of_field
from editor.formats.page_changes import FileChanges, file_changes
from editor.formats.replaced_texts import ReplacedTexts
from editor.gui.coalescer import Coalescer
from editor.gui.exporting.changed_rows import CHANGED, NEW, ChangedFile
from editor.gui.jobs import Jobs, Work
from editor.gui.widgets.compared import Compared, span_text
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.layout import button, column, label, row
from editor.gui.widgets.redline import Redline
from editor.gui.widgets.redline_document import LINES
from editor.gui.widgets.segments import Segments
from editor.i18n import _, isolated, listed, plural

_WORDS = "words"


@dataclass(frozen=True, slots=True)
class ComparedFile(Compared):
    """A file before and after an export. It is all one, so its changes need no name before them."""

    def describe(self, spot: Spot) -> str:
        """Return a change in words: `added “again”`."""
        passage = self.parts[0].passages[spot.passage]
        start, end = runs(passage)[spot.run]
        return listed(span_text(span) for span in passage.spans[start:end])


class FileDiff(QWidget):
    """Shows what readers see that changed, or where a person wants it the lines of the file."""

    def __init__(self, jobs: Jobs, texts: ReplacedTexts) -> None:
        super().__init__()
        self._texts = texts
        self._file: ChangedFile | None = None
        self._changes = FileChanges((), ())
        self._comparison = Coalescer[FileChanges](jobs, self, self._prepare, self._compared)
        self._path, self.count = ElidedLabel(), label(kind="hint")
        self.note = label(kind="hint", wrap=True)
        self.views = Segments()
        self.views.add_choice(_WORDS, _("Text"))
        self.views.add_choice(LINES, _("Source"))
        self.views.chosen.connect(lambda _view: self._show_view())
        self.redline = Redline(labelled=False)
        self.redline.moved.connect(self._show_position)
        self.previous = _step("↑", _("Previous change"), "K", lambda: self.redline.step(-1))
        self.next = _step("↓", _("Next change"), "J", lambda: self.redline.step(1))
        self._tools = (self.views, self.count, self.previous, self.next)
        head = row((self._path, 1), self.count, self.previous, self.next, self.views, spacing=8)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        column(
            head, (self.redline, 1), (self.note, 1), inside=self, spacing=6, margins=(0, 6, 0, 0)
        )

    def show_file(self, file: ChangedFile | None) -> None:
        """Show what changed in a file, or why that can't be seen; nothing without one."""
        self._file = file
        self._changes = FileChanges((), ())
        self._path.setText(isolated(file.title or file.path) if file is not None else "")
        self._comparison.cancel()
        self._show_note(_note(file, self._texts))
        if self.note.isHidden():
            self._comparison.ask(0)

    def _prepare(self) -> Work[FileChanges] | None:
        text = self._texts.get(self._file.path) if self._file is not None else None
        if text is None or self._file is None:
            return None
        path = self._file.path
        return lambda _progress: file_changes(path, text)

    def _compared(self, changes: FileChanges) -> None:
        self._changes = changes
        self.views.setVisible(bool(changes.words))
        view = _WORDS if changes.words else LINES
        if self.views.current() == view:
            self._show_view()
        else:
            self.views.choose(view)

    def _show_view(self) -> None:
        passages: tuple[Passage, ...] = getattr(self._changes, self.views.current())
        diff = FieldDiff(self.views.current(), passages)
        self.redline.forget()
        self.redline.show_comparison(ComparedFile((diff,), (), tuple(spots_of_field(diff))))

    def _show_position(self, position: int) -> None:
        changes = len(self.redline.changes)
        sentence = _("{n} of {all}").format(n=position + 1, all=changes)
        count = plural("{n} change", "{n} changes", changes)
        self.count.setText(count if position < 0 else sentence)
        self.previous.setEnabled(position > 0)
        self.next.setEnabled(position + 1 < changes)

    def _show_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        for part in (*self._tools, self.redline):
            part.setVisible(not text)


def _note(file: ChangedFile | None, texts: ReplacedTexts) -> str:
    """Return why nothing can be compared; empty where something can."""
    if file is None:
        return _("Choose a file to see what changed in it.")
    if file.kind == NEW:
        return _("This file is new: there is nothing to compare it with.")
    if file.kind != CHANGED:
        return _("This file was removed: it is no longer part of the export.")
    if texts.get(file.path) is None:
        return _(
            "What this file was before is not kept. An export keeps up to 200 texts that it "
            "replaces, pages first, and no pictures."
        )
    return ""


def _step(text: str, name: str, key: str, on_click: Callable[[], object]) -> QPushButton:
    made = button(text, on_click, "quiet", tip=f"{name} ({key})")
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
