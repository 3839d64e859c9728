"""Help on this computer: pages in Markdown, and the keys as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QListWidget, QSizePolicy, QWidget

from editor.checks import CHECKS
from editor.checks.help import help_sections
from editor.gui.theme import set_kind
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import row
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


def with_keys(text: str, replaced: Mapping[str, str]) -> str:
    """Return a page with the keys that a person chose in the place of the usual ones."""
    if not replaced:
        return text
    # The longest first: one key may end as another one does.
    usual = "|".join(re.escape(keys) for keys in sorted(replaced, key=len, reverse=True))
    keys = re.compile(rf"(?<![\w+])(?:{usual})(?![\w+])")
    return keys.sub(lambda found: replaced[found[0]] or _("no key"), text)


class HelpWindow(Dialog):
    """A list of pages and the page. It opens nothing outside itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Stonehand help"), parent, size=(820, 600))
        # It is opened again where it was left.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._pages = pages()
        self._keys: Mapping[str, str] = {}
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

    def use_keys(self, replaced: Mapping[str, str]) -> None:
        """Name the keys that a person chose, by the usual ones that the pages are written with."""
        if replaced != self._keys:
            self._keys = dict(replaced)
            self._show(self._list.currentRow())

    def show_page(self, name: str) -> None:
        """Show the window with a page, by its file's name without its number."""
        for number, (_title, path) in enumerate(self._pages):
            if path.stem == name or path.stem.endswith(f"-{name}"):
                self._list.setCurrentRow(number)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show(self, number: int) -> None:
        self._text.show_markdown(with_keys(page_text(self._pages[number][1]), self._keys))

    def _follow(self, url: QUrl) -> None:
        """Follow a link to another page of the help."""
        self.show_page(Path(url.path()).stem)
