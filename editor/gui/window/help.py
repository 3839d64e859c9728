"""Help on this computer: pages in Markdown, and the keys as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QListWidget,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from editor.checks import CHECKS
from editor.checks.help import help_sections
from editor.gui.theme import set_kind
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, row
from editor.gui.window.actions.action_names import full_name
from editor.gui.window.help_page import HelpPage
from editor.i18n import _
from editor.resources import resource


def pages() -> list[tuple[str, Path]]:
    """Return each help page's title (its first line) and file, `index` first."""
    files = sorted(
        resource("help").glob("*.md"), key=lambda path: (path.stem != "index", path.stem)
    )
    return [
        (path.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# "), path) for path in files
    ]


def page_text(path: Path) -> str:
    """Return a page's Markdown; the page of the checks ends with what each says of itself."""
    text = path.read_text(encoding="utf-8")
    if path.stem.endswith("-checks"):
        text = f"{text}\n{help_sections(CHECKS)}"
    return text


class HelpWindow(Dialog):
    """A list of pages and the page. It opens nothing outside itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Stonehand help"), parent, size=(820, 600))
        # It is opened again where it was left.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._pages = pages()
        self._list = QListWidget()
        self._list.setAccessibleName(_("Help pages"))
        set_kind(self._list, "index")
        self._list.ensurePolished()  # rows keep the height that they have when they are added
        self._list.addItems([title for title, _path in self._pages])
        self._list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self._list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._text = HelpPage()
        self._text.anchorClicked.connect(self._follow)
        self._list.currentRowChanged.connect(self._show)
        row(self._list, (self._text, 1), inside=self)
        self._list.setCurrentRow(0)
        if not self._pages:
            self._text.setPlainText(_("The help pages are missing. Install Stonehand again."))

    def text(self) -> str:
        """Return the page that is shown as plain text."""
        return self._text.toPlainText()

    def show_page(self, name: str) -> None:
        """Show the window with a page, by its file's name without its number."""
        for number, (_title, path) in enumerate(self._pages):
            if path.stem == name or path.stem.endswith(f"-{name}"):
                self._list.setCurrentRow(number)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show(self, number: int) -> None:
        self._text.show_markdown(page_text(self._pages[number][1]))

    def _follow(self, url: QUrl) -> None:
        """Follow a link to another page of the help."""
        self.show_page(Path(url.path()).stem)


def shortcut_sheet(actions: Iterable[QAction], parent: QWidget) -> Dialog:
    """Make a dialog that lists every action that has a key, as this computer writes it."""
    keyed = [action for action in actions if not action.shortcut().isEmpty()]
    sheet = Dialog(_("Keyboard shortcuts"), parent, size=(460, 560))
    table = QTableWidget(len(keyed), 2)
    table.setAccessibleName(_("Keyboard shortcuts"))
    table.setHorizontalHeaderLabels([_("Command"), _("Key")])
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    )
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    for number, action in enumerate(keyed):
        text = full_name(action)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        table.setItem(number, 0, QTableWidgetItem(text))
        table.setItem(number, 1, QTableWidgetItem(keys))
    table.resizeColumnToContents(0)
    table.setColumnWidth(0, table.columnWidth(0) + 24)
    buttons = row(STRETCH, button(_("Close"), sheet.reject))
    sheet.lay_out(column(table), buttons, margins=11)
    return sheet
