"""What the checks say about the open story: a card each, with the way there and the mend."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from editor.checks import CHECKS
from editor.checks.base import Finding, Fix, Level, TextPlace
from editor.core.fields import noun
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.flow_row import FlowRow
from editor.i18n import _, plural


class FindingCard(QFrame):
    """One finding. Enter goes to its place, the arrows to the next card."""

    go_to = Signal(object)
    fix = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        set_kind(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{_level(finding.level)}: {finding.sentence}")
        self.setAccessibleDescription(finding.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(3)
        column.addWidget(_label(finding.sentence, _KINDS[finding.level], bold=True))
        if finding.hint:
            column.addWidget(_label(finding.hint))
        self.buttons = FlowRow()
        self._button(_where(finding.place), partial(self.go_to.emit, finding.place))
        for fix in finding.fixes:
            self._button(fix.title, partial(self.fix.emit, fix))
        column.addSpacing(5)
        column.addWidget(self.buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_to.emit(self.finding.place)
        else:
            super().keyPressEvent(event)

    def _button(self, words: str, act: Callable[[], None]) -> None:
        button = QPushButton(words.replace("&", "&&"))
        button.setAccessibleDescription(self.finding.sentence)
        button.clicked.connect(lambda _checked=False: act())
        self.buttons.add(button)


class ChecksPane(QScrollArea):
    """The findings as cards, worst first as the checks gave them; one line when all is well."""

    go_to = Signal(object)
    """Place in the form or the banner that a person wants to see."""
    counted = Signal(int)
    """How many findings there are, for a badge."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self.cards: list[FindingCard] = []
        self.setAccessibleName(_("Checks"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget()
        set_kind(ground, "panel")
        set_kind(self.viewport(), "panel")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(10)
        self.summary = _label("", "ok", bold=True)
        self._about = _label("", "hint")
        self._column.addWidget(self.summary)
        self._column.addWidget(self._about)
        self._column.addStretch(1)
        self.setWidget(ground)
        draft.findings_changed.connect(self.show_findings)
        draft.opened.connect(self.show_findings)
        self.show_findings()

    def show_findings(self) -> None:
        """Show what the checks found; a card that is still true stays, with its focus."""
        findings = self._draft.open_story.findings
        if [card.finding for card in self.cards] != list(findings):
            self._arrange(findings)
        self._sum_up(len(findings))
        self.counted.emit(len(findings))

    def step(self, by: int) -> None:
        """Go to the next card, or with -1 to the one before."""
        at = next((i for i, card in enumerate(self.cards) if card.hasFocus()), -1)
        to = min(max(0, at + by), len(self.cards) - 1)
        if self.cards:
            self.cards[to].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.cards[to])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the cards with the arrows."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if by:
            self.step(by)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of look."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    def _arrange(self, findings: tuple[Finding, ...]) -> None:
        old = {card.finding: card for card in self.cards}
        focused = next((i for i, card in enumerate(self.cards) if card.hasFocus()), None)
        self.cards = [old.pop(each) if each in old else self._card(each) for each in findings]
        for gone in old.values():
            gone.hide()
            gone.deleteLater()
        for index, card in enumerate(self.cards):
            self._column.removeWidget(card)
            self._column.insertWidget(index + 2, card)
        if focused is not None and self.cards and not any(card.hasFocus() for card in self.cards):
            self.cards[min(focused, len(self.cards) - 1)].setFocus()

    def _card(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding)
        card.go_to.connect(self.go_to)
        card.fix.connect(self._fix)
        return card

    def _fix(self, fix: Fix) -> None:
        self._draft.apply_fix(fix)

    def _sum_up(self, count: int) -> None:
        if not self._draft.open_story.is_open:
            text, about = _("Open a story to see what the checks say."), ""
        elif self._draft.open_story.checked is None:
            text, about = _("Looking…"), ""
        elif count:
            text = plural("{n} thing to look at", "{n} things to look at", count)
            about = ""
        else:
            text = _("Nothing to mend")
            about = plural("{n} check read this story.", "{n} checks read this story.", len(CHECKS))
        if text != self.summary.text():
            well = not count and self._draft.open_story.checked is not None
            set_kind(self.summary, "ok" if well else "hint")
            self.summary.setText(text)
            event = QAccessibleEvent(self.summary, QAccessible.Event.NameChanged)
            QAccessible.updateAccessibility(event)
        self._about.setText(about)
        self._about.setVisible(bool(about))


_KINDS = {Level.ERROR: "error", Level.WARNING: "warn"}


def _level(level: Level) -> str:
    return _("Error") if level is Level.ERROR else _("Warning")


def _where(place: TextPlace) -> str:
    """The words of the button that goes to a place."""
    name = place.path.partition("/")[0]
    if name == "banner":
        return _("Go to banner")
    return _("Go to {field}").format(field=noun(name))


def _label(text: str, kind: str = "", bold: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if kind:
        set_kind(label, kind)
    label.setProperty("heavy", bold)
    return label
