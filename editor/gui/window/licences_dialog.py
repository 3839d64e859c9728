"""The licences of everything that Stonehand is made of, to search in and to read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from editor.gui.jobs import Jobs
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _
from editor.licences import Component, components


class LicencesDialog(Dialog):
    """Lists the parts with their licences; below is the text for the selected one.

    They are read from the metadata of every library, in a job: that takes half a second.
    """

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(_("Licences"), parent, size=(720, 620))
        self._parts: tuple[Component, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search names and licences"))
        self.search.setAccessibleName(_("Search names and licences"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = self._make_table()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Licence"))
        # Licences are in English, whatever the window speaks.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        about = label(
            _("Everything that this installation of Stonehand is made of. Nothing is looked up."),
            "hint",
            wrap=True,
        )
        self.lay_out(
            column(about, self.search, (self.table, 3), (self.text, 4), spacing=8),
            row(STRETCH, button(_("Close"), self.reject)),
            margins=12,
        )
        jobs.run(lambda _progress: components(), owner=self, done=self._show_parts)

    def listed(self) -> list[str]:
        """Return the names of the parts that are listed now."""
        rows = range(len(self._parts))
        return [self._parts[number].name for number in rows if not self.table.isRowHidden(number)]

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setAccessibleName(_("Licences"))
        table.setHorizontalHeaderLabels([_("Name"), _("Version"), _("Licence"), _("Part of")])
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.itemSelectionChanged.connect(self._show_text)
        return table

    def _show_parts(self, parts: tuple[Component, ...]) -> None:
        self._parts = parts
        self.table.setRowCount(len(parts))
        for number, part in enumerate(parts):
            licence = part.licence or _("unknown")
            for place, text in enumerate((part.name, part.version, licence, part.within)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, place, item)
        # Not by `selectRow`, which finds no row in a table from right to left.
        self.table.setCurrentCell(0, 0)
        self._filter()

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        shown = []
        for number, part in enumerate(self._parts):
            text = f"{part.name} {part.licence} {part.within}".casefold()
            fits = all(word in text for word in words)
            self.table.setRowHidden(number, not fits)
            if fits:
                shown.append(number)
        if shown and self.table.currentRow() not in shown:
            self.table.setCurrentCell(shown[0], 0)

    def _show_text(self) -> None:
        part = self._parts[self.table.currentRow()]
        self.text.setAccessibleName(_("Licence of {name}").format(name=part.name))
        self.text.setPlainText(_text_of(part))


def _text_of(part: Component) -> str:
    try:
        text = part.text()
    except OSError:
        text = ""
    return text or _("The licence's text is missing from this installation.")
