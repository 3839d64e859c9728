"""What changed between two versions, to read and to walk through change by change."""

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
from editor.gui.review.comparison import Compared
from editor.gui.review.redline_document import RedlineDocument, RedlineMark
from editor.gui.theme import color
from editor.i18n import _, plural

_GROUNDS = {"added": "added", "removed": "removed", "moved": "chip"}
_MARGIN = 60


class Redline(QTextEdit):
    """Removed words are struck on red, added ones underlined on green, moves named.

    J and K, or the arrows the window's actions give, go from change to change.
    """

    moved = Signal(int)
    """The change that is looked at now, counted from 0; −1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
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
        self._compared: Compared | None = None
        self._titles: tuple[str, str] | None = None
        self._accepted: frozenset[tuple[str, ...]] = frozenset()
        self._marks: list[RedlineMark] = []
        self._open: tuple[Spot, ...] = ()
        self._current = -1
        self._alone = False

    def show_comparison(
        self,
        compared: Compared,
        titles: tuple[str, str] | None = None,
        accepted: frozenset[tuple[str, ...]] = frozenset(),
    ) -> None:
        """Show a comparison; with two titles side by side. Accepted changes are not marked.

        The change that was looked at, and the place in the text, stay where they can.
        """
        self._compared, self._titles, self._accepted = compared, titles, accepted
        scroll, current = self.verticalScrollBar().value(), self._current
        sheet = RedlineDocument(self.document(), accepted)
        sheet.write(compared, titles, labelled=not self._alone)
        self._marks = sheet.marks
        # Else the view follows the caret to the end of what was written.
        self.setTextCursor(QTextCursor(self.document()))
        shown = {mark.spot for mark in sheet.marks}
        self._open = tuple(spot for spot in compared.spots if spot in shown)
        self._current = min(current, len(self._open) - 1)
        self.verticalScrollBar().setValue(scroll)
        self.setAccessibleDescription(self._in_words())
        self.moved.emit(self._current)

    def show_alone(self, compared: Compared) -> None:
        """Show one field without its name, as tall as it is: a part of something larger."""
        self._alone = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.show_comparison(compared)
        self._fit()

    def forget(self) -> None:
        """Start at the top with the next comparison."""
        self._current = -1
        self.verticalScrollBar().setValue(0)

    def marks(self) -> list[RedlineMark]:
        """Where the marked text is, in the order it was written."""
        return self._marks

    def changes(self) -> tuple[Spot, ...]:
        """The changes that wait to be looked at, in reading order."""
        return self._open

    def current(self) -> Spot | None:
        """The change that is looked at."""
        return self._open[self._current] if 0 <= self._current < len(self._open) else None

    def position(self) -> int:
        """Which change is looked at, counted from 0; −1 for none."""
        return self._current

    def step(self, by: int) -> None:
        """Go to the next change, or the one before; at the ends it stays."""
        if self._open:
            first = 0 if by > 0 or self._current < 0 else self._current
            at = self._current + by if self._current >= 0 else first
            self.go(max(0, min(at, len(self._open) - 1)))

    def go(self, index: int) -> None:
        """Look at a change: mark it and bring it into view."""
        self._current = index
        spot = self.current()
        mark = next((each for each in self._marks if each.spot == spot), None)
        if mark is not None:
            cursor = QTextCursor(self.document())
            cursor.setPosition(mark.start)
            self.setTextCursor(cursor)
            self._bring_into_view()
        self.viewport().update()
        self.moved.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K go through the changes, as in other readers."""
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        by = steps.get(Qt.Key(event.key()))
        if by is not None and not event.modifiers():
            self.step(by)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Look at the change that was clicked."""
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        at = self.cursorForPosition(event.position().toPoint()).position()
        for mark in self._marks:
            if mark.start <= at <= mark.end and mark.spot in self._open:
                self._current = self._open.index(mark.spot)
                self.viewport().update()
                self.moved.emit(self._current)
                return

    def changeEvent(self, event: QEvent) -> None:
        """Take up another look or size of text."""
        super().changeEvent(event)
        styles = (QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange)
        if event.type() in styles and getattr(self, "_compared", None) is not None:
            assert self._compared is not None  # noqa: S101 - told to the type checker
            self.show_comparison(self._compared, self._titles, self._accepted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grounds of the marks, then the words on them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = QRectF(event.rect()).translated(-shift)
        current = self.current()
        for mark in self._marks:
            for rect in self._rects(mark, seen):
                self._ground(painter, mark, rect.translated(shift), mark.spot == current)
        painter.end()
        super().paintEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 8)

    def _ground(self, painter: QPainter, mark: RedlineMark, rect: QRectF, chosen: bool) -> None:
        painter.setBrush(color(_GROUNDS[mark.kind]))
        painter.setPen(QPen(color("focus"), 1.5) if chosen else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect.adjusted(-1.5, 0.5, 1.5, -0.5), 3, 3)

    def _rects(self, mark: RedlineMark, seen: QRectF) -> Iterator[QRectF]:
        """Where a mark's words are, line by line, also in text of both directions."""
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

    def _in_words(self) -> str:
        """Every change as a sentence, for those who can't see the marks."""
        if self._compared is None or not self._open:
            return _("Nothing is marked as changed.")
        count = plural("{n} change", "{n} changes", len(self._open))
        return f"{count}. " + " ".join(f"{self._compared.described(s)}." for s in self._open)


def _line_rects(layout: QTextLayout, start: int, end: int) -> Iterator[QRectF]:
    """Where characters of a block are, line by line; where directions mix, in pieces."""
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first < last:
            rects = [run.boundingRect() for run in line.glyphRuns(first, last - first)]
            yield from _joined(rects)


def _joined(rects: list[QRectF]) -> list[QRectF]:
    """Rectangles of one line that touch become one."""
    joined: list[QRectF] = []
    for rect in sorted(rects, key=lambda each: each.left()):
        if joined and rect.left() <= joined[-1].right() + 1.5:
            joined[-1] = joined[-1].united(rect)
        else:
            joined.append(rect)
    return joined
