"""A scrolling column of cards, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.layout import STRETCH, Margins, bring_into_view, column, once

_BY_TAB = Qt.FocusPolicy.TabFocus


class CardList(QScrollArea):
    """Shows cards below the widgets in `above`, which stay while the cards are replaced."""

    def __init__(
        self,
        *above: QWidget,
        kind: str = "panel",
        spacing: int = 8,
        margins: Margins = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards: list[QWidget] = []
        # A layout gives new cards their place a moment later.
        self._later = once(self, self._scroll_to_end)
        ground = QWidget()
        set_kind(ground, kind)
        self._column = column(*above, STRETCH, inside=ground, spacing=spacing, margins=margins)
        self.setWidgetResizable(True)
        self.setWidget(ground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these cards in place of those before, which are deleted."""
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = list(cards)
        for card in self._cards:
            self._column.insertWidget(self._column.count() - 1, card)

    def scroll_to_end(self) -> None:
        """Bring the last card into view."""
        self._later.start()

    def bring_to(self, card: QWidget) -> None:
        """Bring a card into view, with the focus on the first that can be done with it."""
        self._later.stop()
        bring_into_view(self, card)
        stops = [part for part in card.findChildren(QWidget) if part.focusPolicy() & _BY_TAB]
        if stops:
            stops[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _scroll_to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())
