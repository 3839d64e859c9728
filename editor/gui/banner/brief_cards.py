"""The banner's cards in their order, moved by mouse or keyboard."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.errors import BadValue
from editor.gui.banner.brief_card import BriefCard
from editor.gui.banner.draft import BannerDraft
from editor.gui.session import Session
from editor.gui.theme import color, set_kind
from editor.i18n import _


class Cards(QWidget):
    """A card for each brief of the draft, kept as long as its brief is there."""

    def __init__(self, session: Session, draft: BannerDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "ground")
        self._session = session
        self._draft = draft
        self._cards: dict[str, BriefCard] = {}
        self._target = -1
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 4, 16, 12)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        draft.changed.connect(self._show)
        self._show("")

    def cards(self) -> list[BriefCard]:
        """The cards in the order of the briefs."""
        return [self._cards[brief.id] for brief in self._draft.banner.briefs]

    def focus(self, index: int) -> None:
        """Put the caret into a brief's title."""
        self.cards()[index].title.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show where a dragged card would go."""
        super().paintEvent(event)
        if self._target >= 0:
            painter = QPainter(self)
            painter.fillRect(
                QRect(16, self._gap(self._target) - 1, self.width() - 32, 3), color("accent")
            )

    def _show(self, _where: str) -> None:
        briefs = self._draft.banner.briefs
        for gone in self._cards.keys() - {brief.id for brief in briefs}:
            card = self._cards.pop(gone)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for index, brief in enumerate(briefs):
            if brief.id not in self._cards:
                self._cards[brief.id] = self._make(brief.id, index)
            card = self._cards[brief.id]
            if self._column.indexOf(card) != index:
                self._column.insertWidget(index, card)
            card.show_brief(brief, index + 1, len(briefs))
        self._order_tabs()

    def _make(self, brief_id: str, index: int) -> BriefCard:
        card = BriefCard(self._session, self._draft.banner.briefs[index], self)
        card.written.connect(lambda name, value: self._write(brief_id, name, value))
        card.remove_asked.connect(lambda: self._remove(brief_id))
        card.move_asked.connect(lambda step: self._step(brief_id, step))
        card.undo_asked.connect(self._draft.stack.undo)
        card.redo_asked.connect(self._draft.stack.redo)
        card.grip.dragged.connect(self._drag)
        card.grip.dropped.connect(lambda at: self._drop(brief_id, at))
        return card

    def _order_tabs(self) -> None:
        cards = self.cards()
        for before, after in pairwise(cards):
            QWidget.setTabOrder(before.expires, after.title)

    def _index(self, brief_id: str) -> int:
        return next(i for i, b in enumerate(self._draft.banner.briefs) if b.id == brief_id)

    def _write(self, brief_id: str, name: str, value: str) -> None:
        try:
            self._draft.write(self._index(brief_id), name, value)
        except BadValue as error:
            self._session.problem.emit(error)

    def _remove(self, brief_id: str) -> None:
        index = self._index(brief_id)
        title = self._draft.banner.briefs[index].title
        step = self._draft.stack.index()
        self._draft.remove(index)

        def put_back() -> None:
            if self._draft.stack.index() == step + 1:
                self._draft.stack.undo()

        self._session.message.emit(_("Removed “{title}”.").format(title=title), put_back)
        if self._draft.banner.briefs:
            self.focus(min(index, len(self._draft.banner.briefs) - 1))

    def _step(self, brief_id: str, step: int) -> None:
        index = self._index(brief_id)
        focused = self.focusWidget()
        to = self._draft.move(index, index + step)
        # Moving a widget in a layout may take the focus from the field in it.
        if focused is not None:
            focused.setFocus()
        if to != index:
            self.setAccessibleDescription(_("Moved to place {number}").format(number=to + 1))

    def _drag(self, at: QPoint) -> None:
        self._target = self._place(self.mapFromGlobal(at))
        self.update()

    def _drop(self, brief_id: str, at: QPoint) -> None:
        to, self._target = self._place(self.mapFromGlobal(at)), -1
        index = self._index(brief_id)
        self._draft.move(index, to - 1 if to > index else to)
        self.update()

    def _place(self, at: QPoint) -> int:
        """Before which card a point is; the number of cards when it is under them all."""
        middles = [card.geometry().center().y() for card in self.cards()]
        return sum(at.y() > middle for middle in middles)

    def _gap(self, place: int) -> int:
        cards = self.cards()
        half = self._column.spacing() // 2
        if place < len(cards):
            return cards[place].geometry().top() - half
        return cards[-1].geometry().bottom() + half if cards else 0

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in another look."""
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)
