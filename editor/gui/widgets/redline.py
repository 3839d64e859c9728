"""Shows what changed between two versions, to read and to go through change by change."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from editor.core.revise import Spot
from editor.gui.theme import color
from editor.gui.widgets.compared import Compared
from editor.gui.widgets.redline_document import RedlineDocument, RedlineMark
from editor.i18n import _, plural

_GROUNDS = {"added": "added", "removed": "removed", "moved": "chip"}
_MARGIN = 60


class Redline(QTextEdit):
    """Strikes removed words on red, underlines added ones on green, and names moves.

    J and K, or the window's actions, go from change to change. `changes` are those
    that are marked, in reading order; `position` is the current one of them,
    counted from 0, −1 for none; `marks` are their places in the text.
    """

    moved = Signal(int)
    """The position of the current change; −1 for none."""

    # Qt sends `changeEvent` from within its own constructor.
    _compared: Compared | None = None

    def __init__(self, parent: QWidget | None = None, *, labelled: bool = True) -> None:
        """`labelled` writes the name of each field above it."""
        super().__init__(parent)
        self.setProperty("kind", "read")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self.setAccessibleName(_("Changes"))
        self._titles: tuple[str, str] | None = None
        self._accepted: frozenset[tuple[str, str]] = frozenset()
        self._is_labelled = labelled
        self.marks: list[RedlineMark] = []
        self.changes: tuple[Spot, ...] = ()
        self.position = -1

    def show_comparison(
        self,
        compared: Compared,
        titles: tuple[str, str] | None = None,
        accepted: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """Show a comparison, with two titles side by side; `accepted` changes are not marked.

        The current change and the scroll position stay where they can.
        """
        self._compared, self._titles, self._accepted = compared, titles, accepted
        scroll = self.verticalScrollBar().value()
        written = RedlineDocument(self.document(), compared, accepted)
        written.write(titles, labelled=self._is_labelled)
        self.marks = written.marks
        # Otherwise the view follows the caret to the end of the text.
        self.setTextCursor(QTextCursor(self.document()))
        marked = {mark.spot for mark in self.marks}
        self.changes = tuple(spot for spot in compared.spots if spot in marked)
        self.position = min(self.position, len(self.changes) - 1)
        self.verticalScrollBar().setValue(scroll)
        self.setAccessibleDescription(self._description())
        self.moved.emit(self.position)

    def show_alone(self, compared: Compared) -> None:
        """Show one field without its name, as tall as its text, as part of a larger page."""
        self._is_labelled = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.show_comparison(compared)
        self._fit()

    def forget(self) -> None:
        """Show the next comparison from the top, with no current change."""
        self.position = -1
        self.verticalScrollBar().setValue(0)

    def current(self) -> Spot | None:
        """Return the current change."""
        return self.changes[self.position] if 0 <= self.position < len(self.changes) else None

    def step(self, by: int) -> None:
        """Go to the next change, or the previous one; at the ends nothing happens."""
        if self.changes:
            wanted = self.position + by if self.position >= 0 else 0
            self._go(max(0, min(wanted, len(self.changes) - 1)))

    def _go(self, position: int) -> None:
        """Make a change the current one and scroll to it."""
        self.position = position
        spot = self.current()
        mark = next((mark for mark in self.marks if mark.spot == spot), None)
        if mark is not None:
            cursor = QTextCursor(self.document())
            cursor.setPosition(mark.start)
            self.setTextCursor(cursor)
            self._bring_into_view()
        self.viewport().update()
        self.moved.emit(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        by = steps.get(Qt.Key(event.key()))
        if by is not None and not event.modifiers():
            self.step(by)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        at = self.cursorForPosition(event.position().toPoint()).position()
        for mark in self.marks:
            if mark.start <= at <= mark.end and mark.spot in self.changes:
                self.position = self.changes.index(mark.spot)
                self.viewport().update()
                self.moved.emit(self.position)
                return

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        styles = (QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange)
        if event.type() in styles and self._compared is not None:
            self.show_comparison(self._compared, self._titles, self._accepted)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = QRectF(event.rect()).translated(-shift)
        for mark in self.marks:
            for rect in self._rects(mark, seen):
                self._paint_ground(painter, mark, rect.translated(shift))
        painter.end()
        super().paintEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 8)

    def _paint_ground(self, painter: QPainter, mark: RedlineMark, rect: QRectF) -> None:
        painter.setBrush(color(_GROUNDS[mark.kind]))
        is_current = mark.spot == self.current()
        painter.setPen(QPen(color("focus"), 1.5) if is_current else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect.adjusted(-1.5, 0.5, 1.5, -0.5), 3, 3)

    def _rects(self, mark: RedlineMark, seen: QRectF) -> Iterator[QRectF]:
        """Yield where a mark's words are, line by line, also in text of both directions."""
        document, layout = self.document(), self.document().documentLayout()
        block = document.findBlock(mark.start)
        while block.isValid() and block.position() < mark.end:
            box = layout.blockBoundingRect(block)
            if box.intersects(seen):
                start = max(mark.start - block.position(), 0)
                end = min(mark.end - block.position(), block.length())
                origin = box.topLeft() - block.layout().boundingRect().topLeft()
                for rect in _line_rects(block.layout(), start, end):
                    yield rect.translated(origin)
            block = block.next()

    def _bring_into_view(self) -> None:
        rect, bar = self.cursorRect(), self.verticalScrollBar()
        if rect.bottom() > self.viewport().height() - _MARGIN:
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() // 2)
        elif rect.top() < _MARGIN // 2:
            bar.setValue(bar.value() + rect.top() - _MARGIN)

    def _description(self) -> str:
        """Return every change in words, for those who can't see the marks."""
        if self._compared is None or not self.changes:
            return _("Nothing is marked as changed.")
        count = plural("{n} change", "{n} changes", len(self.changes))
        return f"{count}. " + " ".join(f"{self._compared.describe(spot)}." for spot in self.changes)


def _line_rects(layout: QTextLayout, start: int, end: int) -> Iterator[QRectF]:
    """Yield where characters of a block are, line by line; where directions mix, in pieces."""
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first < last:
            rects = [run.boundingRect() for run in line.glyphRuns(first, last - first)]
            yield from _joined(rects)


def _joined(rects: list[QRectF]) -> list[QRectF]:
    """Join rectangles of one line that touch."""
    joined: list[QRectF] = []
    for rect in sorted(rects, key=QRectF.left):
        if joined and rect.left() <= joined[-1].right() + 1.5:
            joined[-1] = joined[-1].united(rect)
        else:
            joined.append(rect)
    return joined
