"""A folder or a file that is typed or chosen, with what is wrong with it below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from editor.gui.coalescer import LastAnswer
from editor.gui.jobs import Jobs
from editor.gui.widgets.layout import button, column, label, row
from editor.i18n import _


class PathField(QWidget):
    """A path that can be typed or chosen.

    What is wrong with it is asked off the main thread: a disk may be slow.
    """

    changed = Signal()
    """Another path is in the field; what is wrong with it is not known yet."""
    checked = Signal()
    """What is wrong with the path is shown, or nothing is."""

    def __init__(
        self,
        jobs: Jobs,
        name: str,
        find_problem: Callable[[Path], str],
        *,
        files: str = "",
    ) -> None:
        """`find_problem` returns what is wrong with a path, or nothing.

        With `files`, a name filter of Qt's, a file is chosen, else a folder.
        """
        super().__init__()
        self._jobs, self._find_problem, self._files = jobs, find_problem, files
        self._answer = LastAnswer()
        self.is_own = False
        """Whether a person typed or chose the path, rather than left what was offered."""
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self._problem = label(kind="error", wrap=True)
        self._problem.hide()
        choose = button(_("Choose…"), self._choose)
        choose.setAccessibleDescription(name)
        self._column: QVBoxLayout = column(
            row((self.edit, 1), choose, spacing=8),
            self._problem,
            inside=self,
            spacing=4,
        )
        self.edit.textEdited.connect(self.take)

    @property
    def path(self) -> Path:
        """The path in the field."""
        return Path(self.edit.text().strip()).expanduser()

    def set_path(self, path: Path) -> None:
        """Put a path into the field as if a person had typed it."""
        self.edit.setText(str(path))
        self.take()

    def take(self) -> None:
        """Take what is in the field for what a person typed."""
        self.is_own = True
        self.check()

    def show_path(self, path: Path) -> None:
        """Show a path in the field, whoever it is from."""
        self.edit.setText(str(path))
        self.check()

    def add(self, widget: QWidget) -> None:
        """Add a widget below the path and its problem."""
        self._column.addWidget(widget)

    def problem(self) -> str:
        """Return what is wrong with the path, or nothing."""
        return "" if self._problem.isHidden() else self._problem.text()

    def show_problem(self, problem: str) -> None:
        """Show what is wrong with the path, or with nothing that it is right."""
        self._answer.drop()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.edit.setAccessibleDescription(problem)
        self.checked.emit()

    def check(self) -> None:
        """Ask what is wrong with the path."""
        path, find_problem = self.path, self._find_problem
        self._jobs.run(
            lambda _progress: find_problem(path),
            owner=self,
            done=self._answer.only(self.show_problem),
        )
        self.changed.emit()

    def _choose(self) -> None:
        title = _("Choose a file") if self._files else _("Choose a folder")
        chooser = QFileDialog(self, title, str(self.path.parent))
        if self._files:
            chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
            chooser.setNameFilter(self._files)
        else:
            chooser.setFileMode(QFileDialog.FileMode.Directory)
            chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self._chosen)
        chooser.open()

    def _chosen(self, name: str) -> None:
        self.is_own = True
        self.show_path(Path(name))
