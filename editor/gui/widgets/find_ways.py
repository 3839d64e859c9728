"""The boxes that say how words are found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from editor.gui.widgets.flow_row import FlowRow
from editor.i18n import _
from editor.text.find import FindQuery


class FindWays(FlowRow):
    """Whole words, case, regular expression, diacritics; `more` boxes may follow."""

    changed = Signal()

    def __init__(self, *more: QWidget) -> None:
        self.whole_word = QCheckBox(_("Whole &words"))
        self.match_case = QCheckBox(_("Match &case"))
        self.expression = QCheckBox(_("E&xpression"))
        self.no_diacritics = QCheckBox(_("Ignore &diacritics"))
        boxes = (self.whole_word, self.match_case, self.expression, self.no_diacritics)
        super().__init__(*boxes, *more)
        self.expression.setToolTip(_("Regular expression"))
        self.expression.setAccessibleName(_("Regular expression"))
        for box in boxes:
            box.toggled.connect(lambda _checked: self.changed.emit())

    def query(self, words: str) -> FindQuery:
        """Return what is looked for, and how."""
        return FindQuery(
            words,
            whole_word=self.whole_word.isChecked(),
            match_case=self.match_case.isChecked(),
            regular_expression=self.expression.isChecked(),
            ignore_diacritics=self.no_diacritics.isChecked(),
        )

    def show_query(self, query: FindQuery) -> None:
        """Check the boxes of a query."""
        self.whole_word.setChecked(query.whole_word)
        self.match_case.setChecked(query.match_case)
        self.expression.setChecked(query.regular_expression)
        self.no_diacritics.setChecked(query.ignore_diacritics)
