"""Help on this computer: pages in Markdown that can be searched, and the keys as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeyEvent, QKeySequence, QPagedPaintDevice
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QSizePolicy, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import button, column, label, row
from editor.gui.window.help_page import HelpPage
from editor.gui.window.help_pages import HelpFile, HelpQuery, help_files, with_keys
from editor.i18n import _
from editor.text.folding import fold_words


class HelpWindow(Dialog):
    """A list of pages, the page, and what is searched for. It opens nothing outside itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Stonehand help"), parent, size=(820, 600))
        # It is opened again where it was left.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._files = help_files()
        self._words: dict[str, frozenset[str]] = {}
        self._keys: Mapping[str, str] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the help"))
        self.search.setAccessibleName(_("Search the help"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(100)
        self._nothing = label(kind="hint", wrap=True)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._nothing.hide()
        self._list = self._make_list()
        self._text = HelpPage()
        self._text.anchorClicked.connect(self._follow)
        self._list.currentRowChanged.connect(self._show)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._text.go_to_next)
        above = column(self.search, self._nothing, spacing=6, margins=(8, 8))
        tip = _("Prints the page that is shown")
        self.print_button = button(_("&Print…"), self.choose_printer, "quiet", tip)
        below = column(self.print_button, margins=(8, 8))
        row(column(above, (self._list, 1), below), (self._text, 1), inside=self)
        self._list.setCurrentRow(0)
        self.search.setFocus()
        if not self._files:
            self._text.setPlainText(_("The help pages are missing. Install Stonehand again."))

    def text(self) -> str:
        """Return the page that is shown as plain text."""
        return self._text.toPlainText()

    def titles(self) -> list[str]:
        """Return the titles of the pages that are listed: all, or those with what is searched."""
        shown = zip(self._files, range(self._list.count()), strict=True)
        return [file.title for file, number in shown if not self._list.isRowHidden(number)]

    def use_keys(self, replaced: Mapping[str, str]) -> None:
        """Name the keys that a person chose, by the usual ones that the pages are written with."""
        if replaced != self._keys:
            self._keys = dict(replaced)
            self._show(self._list.currentRow())

    def show_page(self, name: str) -> None:
        """Show the window with a page, by its file's name without its number; or as it was left."""
        for number, file in enumerate(self._files):
            if file.name == name:
                self._list.setCurrentRow(number)
        self.show()
        self.raise_()
        self.activateWindow()

    def choose_printer(self) -> None:
        """Ask for a printer, then print the page that is shown."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._list.currentItem().text())
        chooser = QPrintDialog(printer, self)
        chooser.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(chooser)  # its own `open` takes a slot

    def print_on(self, device: QPagedPaintDevice) -> None:
        """Print the page that is shown, with pictures of the light theme."""
        from editor.gui.window.help_paper import paper_document  # noqa: PLC0415  seldom needed

        file = self._files[self._list.currentRow()]
        paper_document(with_keys(file.text(), self._keys), file.language).print_(device)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears what is searched before it closes the window; Down goes to the pages."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.search.text():
            self.search.clear()
            self.search.setFocus()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._list.setFocus()
        else:
            super().keyPressEvent(event)

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(_("Help pages"))
        set_kind(made, "index")
        made.ensurePolished()  # rows keep the height that they have when they are added
        made.addItems([file.title for file in self._files])
        made.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        return made

    def _search(self, words: str) -> None:
        """List the pages that have every word; the one that is shown stays if it is one."""
        query = HelpQuery(words)
        shown = [
            number
            for number, file in enumerate(self._files)
            if not query or query.is_among(self._words_of(file))
        ]
        # The column stays as wide as all titles are.
        self._list.setMinimumWidth(self._list.width() if query else 0)
        for number in range(self._list.count()):
            self._list.setRowHidden(number, number not in shown)
        self._nothing.setText(_("No page has “{words}”.").format(words=words.strip()))
        self._nothing.setVisible(not shown)
        if shown and self._list.currentRow() not in shown:
            self._list.setCurrentRow(shown[0])
        else:
            self._text.mark(query)

    def _words_of(self, file: HelpFile) -> frozenset[str]:
        if file.name not in self._words:
            self._words[file.name] = frozenset(word.text for word in fold_words(file.text()))
        return self._words[file.name]

    def _show(self, number: int) -> None:
        file = self._files[number]
        self._text.show_markdown(with_keys(file.text(), self._keys), file.language)
        self._text.mark(HelpQuery(self.search.text()))

    def _follow(self, url: QUrl) -> None:
        """Follow a link to another page of the help."""
        name = Path(url.path()).stem
        if not any(file.name == name for file in self._files):
            return
        self.search.clear()
        self.show_page(name)
