"""The banner's cards in their order, moved by mouse or keyboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.errors import BadValue
from editor.gui.banner.banner_draft import BannerDraft
from editor.gui.banner.brief_card import BriefCard
from editor.gui.session import Session
from editor.gui.theme import color, set_kind
from editor.gui.widgets.layout import STRETCH, column
from editor.i18n import _, quoted


class BriefCards(QWidget):
    """A card for each brief of the draft, which lives as long as its brief is in the banner."""

    def __init__(self, session: Session, draft: BannerDraft) -> None:
        super().__init__()
        set_kind(self, "ground")
        self._session = session
        self._draft = draft
        self._cards: dict[str, BriefCard] = {}
        self._drop_place = -1
        self._column = column(STRETCH, inside=self, spacing=10, margins=(16, 4, 16, 12))
        draft.changed.connect(lambda _field: self._show())
        session.opened.connect(self._show)
        self._show()

    def cards(self) -> list[BriefCard]:
        """Return the cards in the order of the briefs."""
        return [self._cards[brief.id] for brief in self._draft.banner.briefs]

    def focus(self, index: int) -> None:
        """Put the caret into a brief's title."""
        self.cards()[index].title.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line where a dragged card would be dropped."""
        super().paintEvent(event)
        if self._drop_place >= 0:
            line = QRect(16, self._gap(self._drop_place) - 1, self.width() - 32, 3)
            QPainter(self).fillRect(line, color("accent"))

    def _show(self) -> None:
        briefs = self._draft.banner.briefs
        for removed in self._cards.keys() - {brief.id for brief in briefs}:
            card = self._cards.pop(removed)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for index, brief in enumerate(briefs):
            if brief.id not in self._cards:
                self._cards[brief.id] = self._make(brief.id)
            card = self._cards[brief.id]
            if self._column.indexOf(card) != index:
                self._column.insertWidget(index, card)
            card.show_brief(brief, index + 1, len(briefs))
            card.set_read_only(self._session.why_read_only is not None)

    def _make(self, brief_id: str) -> BriefCard:
        card = BriefCard(self._session)
        card.field_changed.connect(partial(self._set_field, brief_id))
        card.remove_asked.connect(lambda: self._remove(brief_id))
        card.move_asked.connect(lambda step: self._move(brief_id, step))
        card.undo_asked.connect(self._draft.stack.undo)
        card.redo_asked.connect(self._draft.stack.redo)
        card.handle.dragged.connect(self._drag)
        card.handle.dropped.connect(lambda at: self._drop(brief_id, at))
        return card

    def _index(self, brief_id: str) -> int:
        return [brief.id for brief in self._draft.banner.briefs].index(brief_id)

    def _set_field(self, brief_id: str, name: str, value: str, is_own_step: bool) -> None:
        try:
            self._draft.set_field(self._index(brief_id), name, value, is_own_step)
        except BadValue as error:
            self._session.problem.emit(error)

    def _remove(self, brief_id: str) -> None:
        index = self._index(brief_id)
        title = self._draft.banner.briefs[index].title
        step = self._draft.stack.index()
        self._draft.remove(index)

        def undo() -> None:
            if self._draft.stack.index() == step + 1:
                self._draft.stack.undo()
                self.focus(index)

        self._session.message.emit(_("Removed {title}.").format(title=quoted(title)), undo)
        if self._draft.banner.briefs:
            self.focus(min(index, len(self._draft.banner.briefs) - 1))

    def _move(self, brief_id: str, step: int) -> None:
        index = self._index(brief_id)
        focused = self.focusWidget()
        to = self._draft.move(index, index + step)
        # Moving a widget in a layout may take the focus from the field in it.
        if focused is not None:
            focused.setFocus()
        if to != index:
            self.setAccessibleDescription(_("Moved to place {number}").format(number=to + 1))

    def _drag(self, at: QPoint) -> None:
        self._drop_place = self._place(at)
        self.update()

    def _drop(self, brief_id: str, at: QPoint) -> None:
        index, to, self._drop_place = self._index(brief_id), self._place(at), -1
        self._draft.move(index, to - 1 if to > index else to)
        self.update()

    def _place(self, at: QPoint) -> int:
        """Return before which card a point of the screen is; the number of cards below them all."""
        y = self.mapFromGlobal(at).y()
        return sum(y > card.geometry().center().y() for card in self.cards())

    def _gap(self, place: int) -> int:
        """Return the height of the middle of the gap before a card."""
        cards = self.cards()
        half = self._column.spacing() // 2
        if place < len(cards):
            return cards[place].geometry().top() - half
        return cards[-1].geometry().bottom() + half if cards else 0
