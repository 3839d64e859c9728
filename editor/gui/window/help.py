"""Help that is on this computer: pages in Markdown, and the keys as they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from editor.gui.theme import set_kind
from editor.gui.window.actions import Actions
from editor.i18n import _
from editor.resources import resource
from editor.text.html import to_html
from editor.text.parse import parse

_PAGE = "td, th { padding: 3px 18px 3px 0; text-align: left; } p, li { line-height: 140%; }"


def pages() -> list[tuple[str, Path]]:
    """The help pages, `index` first: a title (the page's first line) and the file."""
    files = sorted(
        resource("help").glob("*.md"), key=lambda path: (path.stem != "index", path.stem)
    )
    return [
        (path.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# "), path) for path in files
    ]


class HelpWindow(QDialog):
    """A list of pages and the page. It opens nothing outside itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Stonehand help"))
        self.resize(820, 600)
        self._pages = pages()
        self._list = QListWidget()
        self._list.setAccessibleName(_("Help pages"))
        set_kind(self._list, "index")
        self._list.addItems([title for title, _path in self._pages])
        self._list.setMaximumWidth(230)
        self._text = QTextBrowser()
        self._text.setAccessibleName(_("Help page"))
        set_kind(self._text, "page")
        self._text.document().setDefaultStyleSheet(_PAGE)
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        self._list.currentRowChanged.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._text, 1)
        self._list.setCurrentRow(0)
        if not self._pages:
            self._text.setPlainText(_("The help pages are missing. Install Stonehand again."))

    def text(self) -> str:
        """The page that is shown, as plain text."""
        return self._text.toPlainText()

    def _show(self, row: int) -> None:
        source = self._pages[row][1].read_text(encoding="utf-8")
        self._text.setHtml(to_html(parse(source)))

    def _follow(self, url: QUrl) -> None:
        """Follow a link to another page of the help, by its file's name."""
        names = [path.stem for _title, path in self._pages]
        name = Path(url.path()).stem
        matching = [i for i, each in enumerate(names) if each == name or each.endswith(f"-{name}")]
        if matching:
            self._list.setCurrentRow(matching[0])


def shortcut_sheet(actions: Actions, parent: QWidget) -> QDialog:
    """Every command that has a key, read from the commands themselves."""
    keyed = [action for action in actions.by_name.values() if not action.shortcut().isEmpty()]
    sheet = QDialog(parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.setWindowTitle(_("Keyboard shortcuts"))
    sheet.resize(460, 560)
    table = QTableWidget(len(keyed), 2)
    table.setAccessibleName(_("Keyboard shortcuts"))
    table.setHorizontalHeaderLabels([_("Command"), _("Key")])
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading)
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    for row, action in enumerate(keyed):
        for column, text in enumerate((words(action), keys(action))):
            table.setItem(row, column, QTableWidgetItem(text))
    table.resizeColumnToContents(0)
    table.setColumnWidth(0, table.columnWidth(0) + 24)
    close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close.rejected.connect(sheet.reject)
    column_ = QVBoxLayout(sheet)
    column_.addWidget(table)
    column_.addWidget(close)
    return sheet


def words(action: QAction) -> str:
    """A command's words without the mark of its access key."""
    if action.objectName() == "primary":
        return _("What comes next: submit, approve, export")
    return action.text().replace("&", "")


def keys(action: QAction) -> str:
    """A command's key as this computer writes it."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
