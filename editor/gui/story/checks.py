"""What the checks found in the open story: a card each, with the way there and the fix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QWidget

from editor.checks import CHECKS
from editor.checks.ignored import Ignored, can_ignore
from editor.core.fields import noun
from editor.core.findings import Finding, Fix, Level, TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.elided import quoted
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import STRETCH, button, caption, column, label, row
from editor.gui.widgets.line_field import LineField
from editor.i18n import _, plural

_KINDS = {Level.STOPS: "error", Level.WARNING: "warn"}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FindingCard(QFrame):
    """One finding. Enter goes to its place, the arrows to the next card.

    `finding` may be set to one that says the same of another place.
    """

    place_chosen = Signal(TextPlace)
    fix_chosen = Signal(Fix)
    ignored = Signal(str)
    """Why somebody wants to leave the text as it is."""

    def __init__(self, finding: Finding, *, can_edit: bool) -> None:
        super().__init__()
        self.finding = finding
        set_kind(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        level = _("Error") if finding.level is Level.STOPS else _("Warning")
        self.setAccessibleName(f"{level}: {finding.sentence}")
        self.setAccessibleDescription(finding.hint)
        hint = [label(finding.hint, wrap=True)] if finding.hint else []
        buttons = FlowRow(self._button(_go_to(finding.place), self._go_there))
        for index, fix in enumerate(finding.fixes):
            buttons.add(self._button(fix.title, partial(self._choose_fix, index)))
        if can_edit and can_ignore(finding):
            buttons.add(self._button(_("Ignore here…"), self._ask_why))
        self.why = self._make_why()
        sentence = _strong_label(finding.sentence, _KINDS[finding.level])
        column(sentence, *hint, 5, buttons, self.why, inside=self, spacing=3, margins=(12, 10))

    def _go_there(self) -> None:
        self.place_chosen.emit(self.finding.place)

    def _choose_fix(self, index: int) -> None:
        self.fix_chosen.emit(self.finding.fixes[index])

    def _make_why(self) -> QWidget:
        """Make the line for the reason, which is shown when somebody wants to give one."""
        self.reason = LineField()
        self.reason.setPlaceholderText(_("Why is it right as it is?"))
        self.reason.setAccessibleName(_("Why is it right as it is?"))
        self.ignore = button(_("Ignore"), self._ignore)
        self.ignore.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.ignore.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._ignore)
        made = QWidget()
        row((self.reason, 1), self.ignore, inside=made, spacing=6, margins=(0, 6, 0, 0))
        made.hide()
        return made

    def _ask_why(self) -> None:
        self.why.show()
        self.reason.setFocus()

    def _ignore(self) -> None:
        if self.reason.text().strip():
            self.ignored.emit(self.reason.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.why.isVisible():
            self.setFocus()
            self.why.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self._go_there()
        else:
            super().keyPressEvent(event)

    def _button(self, text: str, on_click: Callable[[], object]) -> QPushButton:
        made = button(caption(text), on_click)
        made.setAccessibleDescription(self.finding.sentence)
        return made


class IgnoredCard(QFrame):
    """What somebody left as it is, and why; it can be checked again."""

    check_again = Signal()

    def __init__(self, line: str, can_edit: bool) -> None:
        super().__init__()
        set_kind(self, "card")
        self.line = line
        known = Ignored.parse(line)
        titles = {check.id: _(check.title) for check in CHECKS}
        about = titles.get(known.check, known.check) if known else line
        words = _("Ignored: {what}").format(what=about)
        parts = [label(words, "strong", wrap=True)]
        if known is not None:
            has_words = any(character.isalnum() for character in known.quote)
            quote = quoted(known.quote) if has_words else known.quote
            about = f"{quote} – {known.reason}" if quote else known.reason
            parts.append(label(about, "hint", wrap=True))
        again = button(_("Check again"), self.check_again.emit)
        again.setAccessibleDescription(words)
        again.setEnabled(can_edit)
        column(*parts, 5, FlowRow(again), inside=self, spacing=3, margins=(12, 10))


class ChecksPane(QScrollArea):
    """The findings as cards, worst first as the checks gave them; one line when there are none."""

    place_chosen = Signal(TextPlace)
    """Somebody wants to see a place of the form or the banner."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.cards: list[FindingCard] = []
        self.ignored_cards: list[IgnoredCard] = []
        self._current: FindingCard | None = None
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
        self._show_ignored()
        self._show_summary(len(findings))

    def step(self, by: int) -> None:
        """Go to the next card, or with -1 to the one before."""
        at = next((i for i, card in enumerate(self.cards) if card.hasFocus()), -1)
        to = min(max(0, at + by), len(self.cards) - 1)
        if self.cards:
            self.cards[to].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.cards[to])

    def show_next_place(self) -> None:
        """Go to the place of the next finding in the text, and mark its card; then from the top."""
        if self.cards:
            at = self.cards.index(self._current) if self._current in self.cards else -1
            card = self.cards[(at + 1) % len(self.cards)]
            self._mark(card)
            self.ensureWidgetVisible(card)
            self.place_chosen.emit(card.finding.place)

    def _mark(self, card: FindingCard) -> None:
        for other in self.cards:
            set_kind(other, "chosen" if other is card else "card")
        self._current = card

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
        old = self.cards
        focused = next((i for i, card in enumerate(old) if card.hasFocus()), None)
        self.cards = self._cards_of(findings)
        for card in set(old) - set(self.cards):
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for index, card in enumerate(self.cards, start=2):
            if self._column.indexOf(card) != index:
                self._column.removeWidget(card)
                self._column.insertWidget(index, card)
                card.show()  # a layout would show it a moment later, too late to give it the focus
        if focused is not None and self.cards and not any(card.hasFocus() for card in self.cards):
            self.cards[min(focused, len(self.cards) - 1)].setFocus()

    def _cards_of(self, findings: tuple[Finding, ...]) -> list[FindingCard]:
        """Return a card for each finding: its own, or one that looks the same, or else a new one.

        Typing moves all that follows it, so those that look the same are paired from the end.
        """
        own = {card.finding: card for card in self.cards}
        alike: dict[object, list[FindingCard]] = {}
        for finding in own.keys() - set(findings):
            alike.setdefault(_look(finding), []).append(own[finding])
        for cards in alike.values():
            cards.sort(key=self.cards.index)
        found: list[FindingCard] = []
        for finding in reversed(findings):
            card = own.pop(finding, None)
            if card is None and (others := alike.get(_look(finding))):
                card = others.pop()
                card.finding = finding
            found.append(card or self._make_card(finding))
        return found[::-1]

    def _make_card(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding, can_edit=self._draft.can_edit)
        card.place_chosen.connect(self.place_chosen)
        card.fix_chosen.connect(self._draft.apply_fix)
        card.ignored.connect(lambda reason: self._ignore(card.finding, reason))
        return card

    def _ignore(self, finding: Finding, reason: str) -> None:
        """Note in the story that a finding is to be ignored; undo checks it again."""
        story = self._draft.typed
        if self._draft.open_story.checked == story:
            line = Ignored.of(finding, story, reason).line
            self._draft.set_value("ignored", (*story.ignored, line))

    def _check_again(self, line: str) -> None:
        kept = tuple(other for other in self._draft.typed.ignored if other != line)
        self._draft.set_value("ignored", kept)

    def _show_ignored(self) -> None:
        lines = self._draft.typed.ignored
        if [card.line for card in self.ignored_cards] == list(lines):
            return
        for card in self.ignored_cards:
            card.hide()
            card.deleteLater()
        self.ignored_cards = [IgnoredCard(line, self._draft.can_edit) for line in lines]
        for card in self.ignored_cards:
            card.check_again.connect(partial(self._check_again, card.line))
            self._column.insertWidget(self._column.count() - 1, card)

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
            announce(self.summary, "NameChanged")
        self.about.setText(about)
        self.about.setVisible(bool(about))


def _look(finding: Finding) -> object:
    """Return all that the card of a finding shows: the same for two that differ in their place."""
    titles = tuple(fix.title for fix in finding.fixes)
    text = (finding.sentence, finding.hint, *titles)
    return finding.check, finding.level, finding.place.path, text


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
