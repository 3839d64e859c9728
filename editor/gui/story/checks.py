"""What the checks found in the open story: a card each, with the way there and the fix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QWidget

from editor.checks import CHECKS
from editor.checks.base import Finding, Fix, Level, TextPlace
from editor.core.fields import noun
from editor.gui.draft.draft import Draft
from editor.gui.theme import set_kind
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import STRETCH, button, column, label
from editor.i18n import _, plural

_KINDS = {Level.ERROR: "error", Level.WARNING: "warn"}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FindingCard(QFrame):
    """One finding. Enter goes to its place, the arrows to the next card."""

    place_chosen = Signal(TextPlace)
    fix_chosen = Signal(Fix)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        set_kind(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        level = _("Error") if finding.level is Level.ERROR else _("Warning")
        self.setAccessibleName(f"{level}: {finding.sentence}")
        self.setAccessibleDescription(finding.hint)
        hint = [label(finding.hint, wrap=True)] if finding.hint else []
        go_there = partial(self.place_chosen.emit, finding.place)
        buttons = FlowRow(self._button(_go_to(finding.place), go_there))
        for fix in finding.fixes:
            buttons.add(self._button(fix.title, partial(self.fix_chosen.emit, fix)))
        sentence = _strong_label(finding.sentence, _KINDS[finding.level])
        column(sentence, *hint, 5, buttons, inside=self, spacing=3, margins=(12, 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.place_chosen.emit(self.finding.place)
        else:
            super().keyPressEvent(event)

    def _button(self, text: str, on_click: Callable[[], object]) -> QPushButton:
        made = button(text.replace("&", "&&"), on_click)
        made.setAccessibleDescription(self.finding.sentence)
        return made


class ChecksPane(QScrollArea):
    """The findings as cards, worst first as the checks gave them; one line when there are none."""

    place_chosen = Signal(TextPlace)
    """Somebody wants to see a place of the form or the banner."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.cards: list[FindingCard] = []
        self.setAccessibleName(_("Checks"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget()
        set_kind(ground, "panel")
        set_kind(self.viewport(), "panel")
        self.summary = _strong_label("", "ok")
        self.about = label(kind="hint", wrap=True)
        self._column = column(
            self.summary, self.about, STRETCH, inside=ground, spacing=10, margins=12
        )
        self.setWidget(ground)
        draft.findings_changed.connect(self.show_findings)
        self.show_findings()

    def show_findings(self) -> None:
        """Show what the checks found; a card that is still true stays, with its focus."""
        findings = self._draft.open_story.findings
        if [card.finding for card in self.cards] != list(findings):
            self._arrange(findings)
        self._show_summary(len(findings))

    def step(self, by: int) -> None:
        """Go to the next card, or with -1 to the one before."""
        at = next((i for i, card in enumerate(self.cards) if card.hasFocus()), -1)
        to = min(max(0, at + by), len(self.cards) - 1)
        if self.cards:
            self.cards[to].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.cards[to])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the cards with the arrows."""
        if by := _STEPS.get(Qt.Key(event.key())):
            self.step(by)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    def _arrange(self, findings: tuple[Finding, ...]) -> None:
        old = {card.finding: card for card in self.cards}
        focused = next((i for i, card in enumerate(self.cards) if card.hasFocus()), None)
        self.cards = [
            old.pop(found) if found in old else self._make_card(found) for found in findings
        ]
        for card in old.values():
            card.hide()
            card.deleteLater()
        for index, card in enumerate(self.cards):
            self._column.removeWidget(card)
            self._column.insertWidget(index + 2, card)
            card.show()  # a layout would show it a moment later, too late to give it the focus
        if focused is not None and self.cards and not any(card.hasFocus() for card in self.cards):
            self.cards[min(focused, len(self.cards) - 1)].setFocus()

    def _make_card(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding)
        card.place_chosen.connect(self.place_chosen)
        card.fix_chosen.connect(self._draft.apply_fix)
        return card

    def _show_summary(self, count: int) -> None:
        kind, text, about = "hint", plural("{n} issue", "{n} issues", count), ""
        if not self._draft.open_story.is_open:
            text = _("Open a story to see what the checks find.")
        elif self._draft.open_story.checked is None:
            text = _("Checking…")
        elif not count:
            kind, text = "ok", _("No problems found")
            about = plural("{n} check read this story.", "{n} checks read this story.", len(CHECKS))
        if text != self.summary.text():
            set_kind(self.summary, kind)
            self.summary.setText(text)
            event = QAccessibleEvent(self.summary, QAccessible.Event.NameChanged)
            QAccessible.updateAccessibility(event)
        self.about.setText(about)
        self.about.setVisible(bool(about))


def _go_to(place: TextPlace) -> str:
    """Return the text of the button that goes to a place."""
    name = place.path.partition("/")[0]
    if name == "banner":
        return _("Go to banner")
    return _("Go to {field}").format(field=noun(name))


def _strong_label(text: str, kind: str) -> QLabel:
    made = label(text, kind, wrap=True)
    made.setProperty("heavy", True)
    return made
