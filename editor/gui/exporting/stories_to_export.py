"""The stories of an export with their ticks: searched by headline, all or none at once."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from editor.gui.exporting.story_choice import StoriesModel
from editor.gui.session import Session
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _, plural

_LEAST_LINES = 6
"""How many lines of the list are always seen, however small the screen is."""


class StoriesToExport(QWidget):
    """Counts and lists the stories; `model` knows which are ticked."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.model = StoriesModel(session, self)
        self.search, self.list = QLineEdit(), QListView()
        self._count = label(kind="count")
        self.search.setPlaceholderText(_("Search the headlines"))
        self.search.setAccessibleName(_("Search the headlines"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.model.search)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.setAccessibleName(_("Stories to export"))
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        self.list.doubleClicked.connect(self._toggle)
        self.model.ticks_changed.connect(self.show_count)
        head = row(
            label(_("Stories"), "label"),
            STRETCH,
            self._count,
            button(_("&All"), lambda: self.model.tick_all(True), "quiet"),
            button(_("&None"), lambda: self.model.tick_all(False), "quiet"),
            spacing=6,
        )
        column(head, self.search, (self.list, 1), inside=self, spacing=6)

    def show_count(self) -> None:
        """Say how many stories are ticked."""
        number = self.model.ticked
        self._count.setText(plural("{n} story to export", "{n} stories to export", number))

    def _toggle(self, index: QModelIndex) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            on = Qt.CheckState(state) is Qt.CheckState.Checked
            new = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.model.setData(index, new, Qt.ItemDataRole.CheckStateRole)
