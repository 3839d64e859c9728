"""The dialog that lists what an export changed, and shows what changed in a page on request."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QSplitter, QTableView, QWidget

from editor.formats.report import difference_sentence
from editor.gui.exporting.changed_rows import (
    KINDS,
    PATH,
    TITLE,
    ChangedFile,
    ChangedModel,
    ExportChanges,
    kind_title,
)
from editor.gui.exporting.file_diff import FileDiff
from editor.gui.jobs import Jobs
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, once, row
from editor.gui.widgets.segments import Segments
from editor.i18n import _

_LEAST_LINES = 5
"""How many lines of the list and of the changes are always seen."""


class ChangesDialog(Dialog):
    """New, changed and removed files of an export; Return shows what changed, or why nothing."""

    def __init__(self, jobs: Jobs, changes: ExportChanges, parent: QWidget | None = None) -> None:
        super().__init__(_("What the export changed"), parent, size=(940, 680))
        self.model = ChangedModel(changes, self)
        self.kinds, self.search, self.table = Segments(), QLineEdit(), QTableView()
        self.diff = FileDiff(jobs, changes.texts)
        self.show_diff = button(_("&Show what changed"), self._show_diff, "primary")
        self.show_diff.setDefault(True)
        self._difference = difference_sentence(changes.difference)
        self._sentence = label(wrap=True)
        self._scroll_to_file = once(self, lambda: self.table.scrollTo(self.table.currentIndex()))
        self._fill_head()
        self._set_up_table()
        self._lay_out()
        self.diff.hide()
        self._filter()

    def _fill_head(self) -> None:
        counts = self.model.counts
        self.kinds.add_choice("", kind_title("", sum(counts.values())))
        for kind in KINDS:
            if counts.get(kind):
                self.kinds.add_choice(kind, kind_title(kind, counts[kind]))
        self.kinds.setVisible(len(counts) > 1)
        self.kinds.chosen.connect(lambda _kind: self._filter())
        self.search.setPlaceholderText(_("Search titles and files"))
        self.search.setToolTip(self.search.placeholderText())
        self.search.setAccessibleName(_("Search titles and files"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._filter())

    def _set_up_table(self) -> None:
        table, letters = self.table, self.table.fontMetrics()
        table.setModel(self.model)
        table.setAccessibleName(_("Files that the export changed"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(letters.lineSpacing() + 8)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setMinimumHeight(letters.lineSpacing() * (_LEAST_LINES + 2))
        table.doubleClicked.connect(lambda _index: self._show_diff())
        table.selectionModel().currentRowChanged.connect(self._current_changed)
        header = table.horizontalHeader()
        header.ensurePolished()
        kind = letters.horizontalAdvance("Removed") + 20
        table.setColumnWidth(0, max(kind, header.sectionSizeHint(0)))
        for number in range(PATH + 1, self.model.columnCount()):
            title = str(self.model.headerData(number, Qt.Orientation.Horizontal))
            width = letters.horizontalAdvance(title) + 28
            table.setColumnWidth(number, max(width, header.sectionSizeHint(number)))
        for number in (TITLE, PATH):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self.diff)
        parts.setChildrenCollapsible(False)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        line = self.fontMetrics().lineSpacing()
        self.diff.setMinimumHeight(line * (_LEAST_LINES + 3))
        self.lay_out(
            column(
                self._sentence,
                row(self.kinds, STRETCH, (self.search, 1), spacing=12),
                (parts, 1),
                spacing=8,
            ),
            row(STRETCH, button(_("Close"), self.reject), self.show_diff, spacing=8),
        )

    def _filter(self) -> None:
        self.model.show_only(self.kinds.current(), self.search.text())
        is_found = self.model.rowCount() > 0
        nothing = _("No file has these words in its title or its path.")
        self._sentence.setText(self._difference if is_found else nothing)
        self.search.setAccessibleDescription("" if is_found else nothing)
        if is_found:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self._current_changed(QModelIndex())

    def _current_changed(self, index: QModelIndex) -> None:
        file = self.model.file(index.row()) if index.isValid() else None
        self.show_diff.setEnabled(file is not None)
        if not self.diff.isHidden():
            self._show_file(file)

    def _show_diff(self) -> None:
        """Show what changed in the current file; from then on the list leads what is shown."""
        index = self.table.currentIndex()
        if not index.isValid():
            return
        self.diff.show()
        self._show_file(self.model.file(index.row()))
        self._scroll_to_file.start()  # once the list has its new height
        if self.diff.note.isHidden():
            self.diff.redline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_file(self, file: ChangedFile | None) -> None:
        self.diff.show_file(file)
        # The keyboard stays in the list where there is only a reason to read.
        self.table.setAccessibleDescription(self.diff.note.text())
