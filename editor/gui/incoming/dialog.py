"""Paste wire text: what was pasted on one side, what becomes of it on the other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.changes import Changes
from editor.core.commands import ImportItems
from editor.errors import EditorError, UnreadableText
from editor.formats.base import Incoming
from editor.formats.importers import read_incoming
from editor.gui.incoming.lines import LinesModel, LinesView
from editor.gui.kept.kept_text import KeptText
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural
from editor.progress import Progress

PAUSE_MS = 200
_LARGEST = 20 * 1024 * 1024
_PASTED = "pasted.txt"
_KEPT = "paste"
"""Where the journal keeps what was pasted, until the dialog is closed."""


class PasteDialog(QDialog):
    """Reads as one types; nothing reaches the desk before the button is pressed."""

    taken = Signal(object)
    """The ids of the stories that came in, as a tuple."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Paste wire text"))
        self.setAcceptDrops(True)
        self._session = session
        self._file: Path | None = None
        self._incoming = Incoming()
        self._asked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self._model = LinesModel(self)
        self.text = QPlainTextEdit()
        self.lines = LinesView(self._model)
        self.bar = ProblemBar()
        self.problems = QLabel()
        self.take = QPushButton()
        self._lay_out()
        self.text.textChanged.connect(self._typed)
        self._show(Incoming())
        kept = KeptText(session, self.text)
        kept.refused.connect(self.bar.show_error)
        kept.show(_KEPT)
        self.finished.connect(lambda _result: kept.forget(_KEPT))
        self.resize(980, 640)

    @property
    def incoming(self) -> Incoming:
        """What would be taken in now."""
        return self._incoming

    def open_file(self, path: Path) -> None:
        """Read a file instead of what is pasted; its text is shown."""

        def work(_progress: Progress) -> tuple[str, Incoming]:
            data = _bytes(path)
            found = read_incoming(data, path.name)
            return "\n".join(line.text for line in found.lines), found

        self._pause.stop()
        self._asked += 1
        asked = self._asked
        self._session.jobs.run(
            work, owner=self, done=partial(self._opened, asked, path), failed=self._refused
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file that was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_file(Path(paths[0]))

    def _lay_out(self) -> None:
        self.text.setPlaceholderText(
            _("Paste a story here, as it came from the wire or from a page.\nOr drop a text file.")
        )
        self.text.setAccessibleName(_("Wire text"))
        self.text.setTabChangesFocus(True)
        # A dropped file is for the dialog, not its path for the text.
        self.text.setAcceptDrops(False)
        set_kind(self.problems, "warn")
        self.problems.setWordWrap(True)
        self.problems.setTextFormat(Qt.TextFormat.PlainText)
        set_kind(self.take, "primary")
        self.take.clicked.connect(self._take_in)
        choose = QPushButton(_("&Choose a file…"))
        choose.clicked.connect(self._choose)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        for button in (choose, cancel):
            button.setAutoDefault(False)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.take.click)
        self.take.setToolTip("Ctrl+Return")
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addWidget(_titled(_("What you paste"), self.text), 4)
        sides.addWidget(_titled(_("What becomes of it"), self.lines), 5)
        buttons = QHBoxLayout()
        buttons.addWidget(choose)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addLayout(sides, 1)
        column.addWidget(self.problems)
        column.addLayout(buttons)

    def _typed(self) -> None:
        self._file = None
        # What the button offers must be what is read: it waits for the reader.
        self.take.setEnabled(False)
        self._pause.start()

    def _choose(self) -> None:
        chooser = QFileDialog(self, _("Choose a text file"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda name: self.open_file(Path(name)))
        chooser.open()

    def _read(self) -> None:
        text = self.text.toPlainText()
        self._asked += 1
        asked = self._asked
        if not text.strip():
            self.bar.clear()
            self._show(Incoming())
            return
        data = text.encode("utf-8", "replace")
        self._session.jobs.run(
            lambda _progress: read_incoming(data, _PASTED),
            owner=self,
            done=partial(self._was_read, asked),
            failed=self._refused,
        )

    def _was_read(self, asked: int, found: Incoming) -> None:
        if asked == self._asked:
            self.bar.clear()
            self._show(found)

    def _opened(self, asked: int, path: Path, result: tuple[str, Incoming]) -> None:
        text, found = result
        if asked != self._asked:
            return
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self._file = path
        self._was_read(asked, found)

    def _refused(self, error: EditorError) -> None:
        self._show(Incoming())
        self.bar.show_error(error)

    def _show(self, found: Incoming) -> None:
        self._incoming = found
        self._model.show_lines(found.lines)
        said = [
            _problem(problem.line, problem.sentence, problem.hint) for problem in found.problems
        ]
        self.problems.setText("\n".join(said))
        self.problems.setVisible(bool(said))
        self.take.setEnabled(bool(found.stories or found.briefs))
        self.take.setText(offer(len(found.stories), len(found.briefs)))

    def _take_in(self) -> None:
        if not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        source = self._file.name if self._file is not None else _("pasted text")
        command = ImportItems(self._incoming.stories, self._incoming.briefs, source)
        self._session.run(command, owner=self, done=self._done, failed=self._not_taken)

    def _done(self, changes: Changes) -> None:
        self.taken.emit(changes.ids("story"))
        self.accept()

    def _not_taken(self, error: EditorError) -> None:
        self.take.setEnabled(True)
        self.bar.show_error(error)


def offer(stories: int, briefs: int) -> str:
    """What the button does: `Take in 1 story and 5 briefs`."""
    some = plural("{n} story", "{n} stories", stories)
    others = plural("{n} brief", "{n} briefs", briefs)
    if stories and briefs:
        return _("&Take in {stories} and {briefs}").format(stories=some, briefs=others)
    if stories or briefs:
        return _("&Take in {what}").format(what=some if stories else others)
    return _("&Take in")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableText(
                _("“{name}” is larger than any story.").format(name=path.name),
                _("Paste the part you need."),
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableText(
            _("“{name}” can't be read: {why}.").format(name=path.name, why=error.strerror),
            _("Copy the text and paste it here."),
        ) from error


def _problem(line: int, sentence: str, hint: str) -> str:
    where = _("Line {n}: ").format(n=line) if line else ""
    return f"{where}{sentence} {hint}".rstrip()


def _titled(title: str, widget: QWidget) -> QWidget:
    box = QWidget()
    label = QLabel(title)
    set_kind(label, "label")
    label.setBuddy(widget)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(widget, 1)
    return box
