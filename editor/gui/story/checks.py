"""What the checks found in the open story: a card each, with the way there and the fix."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from editor.checks.help import title_of
from editor.checks.in_force import all_checks, checks_in_force
from editor.core.findings import Finding, TextPlace, count_findings
from editor.core.house_style import HouseStyle
from editor.core.ignored import Ignored
from editor.gui.draft.draft import Draft
from editor.gui.draft.fixes import fix_of_kind
from editor.gui.draft.new_stories import new_story_action
from editor.gui.story.finding_card import FindingCard, IgnoredCard, look_of, strong_label
from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _, plural

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ChecksPane(QScrollArea):
    """The findings as cards, worst first; one line when there are none."""

    place_chosen = Signal(TextPlace)
    """Somebody wants to see a place of the form or the banner."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.cards: list[FindingCard] = []
        self.ignored_cards: list[IgnoredCard] = []
        self._current: FindingCard | None = None
        self._awaited_card = -1
        """The number of the card to go to once the text is checked after a fix; -1 for none."""
        self.setAccessibleName(_("Checks"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget()
        set_kind(ground, "panel")
        set_kind(self.viewport(), "panel")
        self.summary = strong_label("", "ok")
        self.about = label(kind="hint", wrap=True)
        begin = new_story_action(draft, self)
        self._begin = button(_("New story"), begin.trigger)
        cells = (self.summary, self.about, row(self._begin, STRETCH), STRETCH)
        self._column = column(*cells, inside=ground, spacing=10, margins=12)
        self.setWidget(ground)
        draft.opened.connect(self._forget_fix)
        draft.findings_changed.connect(self.show_findings)
        self.show_findings()

    def show_findings(self) -> None:
        """Show what the checks found; a card that is still true stays, with its focus."""
        findings = self._draft.open_story.findings
        if self._draft.session.why_read_only:
            findings = tuple(replace(finding, fixes=()) for finding in findings)
        if [card.finding for card in self.cards] != list(findings):
            self._arrange(findings)
        self._offer_all(findings)
        self._show_ignored()
        self._show_summary(findings)
        self._go_on()

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

    def fix_here(self, caret: TextPlace) -> None:
        """Fix what was found at the caret, or else on the current card, and go to the next.

        Where that has no fix, only go on; while a fix is being checked, wait for that.
        """
        card = self._card_for(caret)
        if self._awaited_card >= 0 or card is None:
            return
        if not card.finding.fixes or not self._draft.can_edit:
            self._mark(card)
            self.show_next_place()
            return
        before = self._draft.open_story
        self._awaited_card = self.cards.index(card)
        checked = before.checked
        self._draft.apply_fix(card.finding.fixes[0])
        if self._draft.typed == checked:  # the fix was refused, or is one of the banner
            self._awaited_card = -1

    def fix_all_here(self, caret: TextPlace) -> None:
        """Fix all that was found by the check of the finding at the caret, as one step."""
        if (card := self._card_for(caret)) is not None:
            self._fix_all(card.finding.check)

    def _card_for(self, caret: TextPlace) -> FindingCard | None:
        """Return the card of what was found at the caret, else the current one or the first."""
        for card in self.cards:
            place = card.finding.place
            is_here = place.path == caret.path and place.start <= caret.start <= place.end
            if is_here and place.end > place.start:
                return card
        if self._current in self.cards:
            return self._current
        return next(iter(self.cards), None)

    def _fix_all(self, check: str) -> None:
        if fix := fix_of_kind(self._draft.open_story.findings, check):
            self._draft.apply_fix(fix)

    def _forget_fix(self) -> None:
        """Go nowhere in another story."""
        self._awaited_card = -1

    def _go_on(self) -> None:
        """Go to the finding after the one that was fixed, once the new text is checked."""
        story = self._draft.open_story
        if self._awaited_card >= 0 and story.checked is story.typed:
            at, self._awaited_card = self._awaited_card, -1
            if self.cards:
                card = self.cards[min(at, len(self.cards) - 1)]
                self._mark(card)
                self.ensureWidgetVisible(card)
                self.place_chosen.emit(card.finding.place)

    def _offer_all(self, findings: tuple[Finding, ...]) -> None:
        """Show on each card how many of its kind can be fixed at once."""
        fixable = Counter(finding.check for finding in findings if finding.fixes)
        for card in self.cards:
            has_fix = bool(card.finding.fixes) and self._draft.can_edit
            card.offer_all(fixable[card.finding.check] if has_fix else 0)

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
            alike.setdefault(look_of(finding), []).append(own[finding])
        for cards in alike.values():
            cards.sort(key=self.cards.index)
        found: list[FindingCard] = []
        for finding in reversed(findings):
            card = own.pop(finding, None)
            if card is None and (others := alike.get(look_of(finding))):
                card = others.pop()
                card.finding = finding
            found.append(card or self._make_card(finding))
        return found[::-1]

    def _make_card(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding, can_edit=self._draft.can_edit)
        card.place_chosen.connect(self.place_chosen)
        card.fix_chosen.connect(self._draft.apply_fix)
        card.all_chosen.connect(lambda: self._fix_all(card.finding.check))
        card.ignored.connect(lambda reason: self._ignore(card.finding, reason))
        return card

    def _ignore(self, finding: Finding, reason: str) -> None:
        """Note in the story that a finding is to be ignored; undo checks it again."""
        story = self._draft.typed
        if self._draft.open_story.checked == story:
            line = Ignored.of(finding, story, reason, self._draft.session.person.name).line
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
        titles = {check.id: title_of(check) for check in all_checks(self._style())} if lines else {}
        self.ignored_cards = [IgnoredCard(line, titles, self._draft.can_edit) for line in lines]
        for card in self.ignored_cards:
            card.check_again.connect(partial(self._check_again, card.line))
            self._column.insertWidget(self._column.count() - 1, card)

    def _show_summary(self, findings: tuple[Finding, ...]) -> None:
        kind, text, about = "hint", count_findings(findings), ""
        if not self._draft.open_story.is_open:
            text = _("Open a story to see what the checks find.")
        elif self._draft.open_story.checked is None:
            text = _("Checking…")
        elif not findings:
            kind, text = "ok", _("No problems found")
            checks = len(checks_in_force(self._style()))
            about = plural("{n} check read this story.", "{n} checks read this story.", checks)
        doubt = self._draft.session.facts.style_state.doubt
        if doubt and self._draft.open_story.is_open:
            about = _("The checks go by no house style. {why}").format(why=doubt)
        if text != self.summary.text():
            set_kind(self.summary, kind)
            self.summary.setText(text)
            announce(self.summary, "NameChanged")
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self._begin.setVisible(not self._draft.open_story.is_open)

    def _style(self) -> HouseStyle:
        return self._draft.session.facts.style_state.style
