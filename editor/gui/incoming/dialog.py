"""Paste wire text: the pasted text on one side, what it becomes on the other."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from editor.core.commands import ImportItems
from editor.core.limits import require_words
from editor.errors import BadValue, EditorError, UnreadableText, reason_of
from editor.formats.base import Incoming, Problem
from editor.formats.importers import read_incoming, read_text_file
from editor.gui.coalescer import Coalescer
from editor.gui.incoming.imports import Imported, import_items
from editor.gui.incoming.lines import LinesModel, LinesView
from editor.gui.incoming.wire_text import WireText
from editor.gui.jobs import Work
from editor.gui.kept.kept_text import KeptText
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.file_drop import FileDrop, dropped_files
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.offsets import source
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural

PAUSE_MS = 200
_LARGEST_CLIPBOARD = 1_000_000
"""Characters; longer text is pasted only by whoever asks for it."""
_JOURNAL_KEY = "paste"


class PasteDialog(Dialog):
    """Reads the text while it is typed; nothing reaches the desk before Import is pressed."""

    imported = Signal(Imported)
    """What was imported, once it is on the desk."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Paste wire text"), parent, size=(980, 640))
        self._session = session
        self.incoming = Incoming()
        """What would be imported now."""
        self._opening: Path | None = None
        """The file that is about to take the place of the text."""
        self._file: Path | None = None
        """The file that the text was read from, until it is edited."""
        self._reads = Coalescer[tuple[str, Incoming]](
            session.jobs,
            self,
            self._prepare,
            self._show_read,
            self._refused,
            lane="work",
            pause_ms=PAUSE_MS,
        )
        self._model = LinesModel(self)
        self.text = WireText()
        self.lines = LinesView(self._model)
        self.bar = ProblemBar()
        self.problems = label(kind="warn", wrap=True)
        self.pasted = QWidget()
        """Says that the text is the clipboard's, with a button that empties the box."""
        self.import_button = button("", self._import, "primary", tip="Ctrl+Return")
        self._lay_out()
        self.text.textChanged.connect(self._text_changed)
        self.text.paste_refused.connect(self.bar.show_error)
        self._show(Incoming())
        kept = KeptText(session, self.text)
        kept.refused.connect(self.bar.show_error)
        kept.shown.connect(self._paste_clipboard)
        kept.show(_JOURNAL_KEY)
        self.finished.connect(lambda _result: kept.forget(_JOURNAL_KEY))

    def open_file(self, path: Path) -> None:
        """Read a file instead of what is pasted; its text is shown."""
        self._opening = path
        self._reads.cancel()
        self._reads.ask(0)

    def _lay_out(self) -> None:
        self.text.setPlaceholderText(
            _("Paste a story here, as it came from the wire or from a page.\nOr drop a text file.")
        )
        self.text.setAccessibleName(_("Wire text"))
        self.text.setTabChangesFocus(True)
        # A dropped file is for the dialog, not its path for the text.
        self.text.setAcceptDrops(False)
        self.drop = FileDrop(
            self,
            lambda data: _("Drop to read this file") if dropped_files(data) else "",
            lambda data: self.open_file(dropped_files(data)[0]),
        )
        QShortcut(QKeySequence("Ctrl+Return"), self, self.import_button.click)
        sides = row(
            (self._paste_side(), 4),
            (_titled(_("What becomes of it"), self.lines), 5),
            spacing=14,
        )
        buttons = row(
            button(_("&Choose a file…"), self._choose),
            STRETCH,
            button(_("Cancel"), self.reject),
            self.import_button,
            spacing=8,
        )
        self.lay_out(column((sides, 1), self.problems, spacing=10), buttons, above=(self.bar,))

    def _paste_side(self) -> QVBoxLayout:
        row(
            (label(_("Pasted from the clipboard."), kind="hint"), 1),
            button(_("C&lear"), self._clear, tip=_("Empty the box, to paste something else")),
            inside=self.pasted,
            spacing=10,
        )
        self.pasted.hide()
        return column((_titled(_("What you paste"), self.text), 1), self.pasted, spacing=4)

    def _paste_clipboard(self) -> None:
        """Put the clipboard's text into an empty box, and say so."""
        text = QGuiApplication.clipboard().text()
        is_free = self._opening is None and self._file is None and not self.text.toPlainText()
        if is_free and text.strip() and len(text) <= _LARGEST_CLIPBOARD:
            # Nobody asked for it, so nobody is told what is wrong with it.
            with suppress(BadValue):
                require_words(text)
                self.text.insertPlainText(text)
                self.pasted.show()

    def _clear(self) -> None:
        self.text.clear()
        self.text.setFocus()

    def _choose(self) -> None:
        chooser = QFileDialog(self, _("Choose a text file"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda name: self.open_file(Path(name)))
        chooser.open()

    def _text_changed(self) -> None:
        if self._opening is not None:
            return
        self._file = None
        self.pasted.hide()
        # The button must import what is shown: it waits until the text is read.
        self.import_button.setEnabled(False)
        self._reads.ask()

    def _prepare(self) -> Work[tuple[str, Incoming]] | None:
        if self._opening is not None:
            path = self._opening
            return lambda _progress: _read_file(path)
        text = source(self.text.document())
        if not text.strip():
            self.bar.clear()
            self._show(Incoming())
            return None
        data = text.encode("utf-8", "replace")
        return lambda _progress: (text, read_incoming(data))

    def _show_read(self, result: tuple[str, Incoming]) -> None:
        text, incoming = result
        if self._opening is not None:
            self._file, self._opening = self._opening, None
            self.pasted.hide()
            with QSignalBlocker(self.text):
                self.text.setPlainText(text)
        self.bar.clear()
        self._show(incoming)

    def _refused(self, error: EditorError) -> None:
        self._opening = None
        self._show(Incoming())
        self.bar.show_error(error)

    def _show(self, incoming: Incoming) -> None:
        self.incoming = incoming
        self._model.show_lines(incoming.lines)
        self.problems.setText("\n".join(_describe(problem) for problem in incoming.problems))
        self.problems.setVisible(bool(incoming.problems))
        self.import_button.setEnabled(bool(incoming.stories or incoming.briefs))
        self.import_button.setText(button_text(len(incoming.stories), len(incoming.briefs)))

    def _import(self) -> None:
        self.import_button.setEnabled(False)
        origin = self._file.name if self._file is not None else _("pasted text")
        command = ImportItems(self.incoming.stories, self.incoming.briefs, origin)
        import_items(
            self._session, command, owner=self, done=self._imported, failed=self._not_imported
        )

    def _imported(self, imported: Imported) -> None:
        self.imported.emit(imported)
        self.accept()

    def _not_imported(self, error: EditorError) -> None:
        self.import_button.setEnabled(True)
        self.bar.show_error(error)


def button_text(stories: int, briefs: int) -> str:
    """Return what the button does: `&Import 1 story and 5 briefs`."""
    found = []
    if stories:
        found.append(plural("{n} story", "{n} stories", stories))
    if briefs:
        found.append(plural("{n} brief", "{n} briefs", briefs))
    if len(found) == 2:
        return _("&Import {stories} and {briefs}").format(stories=found[0], briefs=found[1])
    return _("&Import {items}").format(items=found[0]) if found else _("&Import")


def _read_file(path: Path) -> tuple[str, Incoming]:
    incoming = read_incoming(_read_bytes(path), path.name)
    text = "\n".join(line.text for line in incoming.lines)
    require_words(text)
    return text, incoming


def _read_bytes(path: Path) -> bytes:
    try:
        return read_text_file(path)
    except OSError as error:
        raise UnreadableText(
            _("“{name}” can't be read: {why}.").format(name=path.name, why=reason_of(error)),
            _("Copy the text and paste it here."),
        ) from error


def _describe(problem: Problem) -> str:
    where = _("Line {n}: ").format(n=problem.line) if problem.line else ""
    return f"{where}{problem.sentence} {problem.hint}".rstrip()


def _titled(title: str, field: QWidget) -> QVBoxLayout:
    return column(label(title, "label", buddy=field), (field, 1), spacing=4)
