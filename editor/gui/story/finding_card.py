"""A card for what a check found, and one for what somebody left as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from editor.checks.help import level_name
from editor.core.fields import noun
from editor.core.findings import Finding, Fix, Level, TextPlace
from editor.core.ignored import Ignored, can_ignore, is_reason
from editor.gui.theme import set_kind
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import button, caption, column, label, row
from editor.gui.widgets.line_field import LineField
from editor.i18n import _

_KINDS = {Level.STOPS: "error", Level.WARNING: "warn", Level.HINT: ""}
"""The colour of a finding's sentence; its level is written above it as well."""


class FindingCard(QFrame):
    """One finding. Enter goes to its place, the arrows to the next card.

    `finding` may be set to one that says the same of another place.
    """

    place_chosen = Signal(TextPlace)
    fix_chosen = Signal(Fix)
    all_chosen = Signal()
    """Somebody wants to fix all that its check found."""
    ignored = Signal(str)
    """Why somebody wants to leave the text as it is."""

    def __init__(self, finding: Finding, *, can_edit: bool) -> None:
        super().__init__()
        self.finding = finding
        set_kind(self, "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        level = level_name(finding.level)
        self.setAccessibleName(f"{level}: {finding.sentence}")
        self.setAccessibleDescription(finding.hint)
        hint = [label(finding.hint, wrap=True)] if finding.hint else []
        buttons = FlowRow(self._button(_go_to(finding.place), self._go_there))
        for index, fix in enumerate(finding.fixes):
            buttons.add(self._button(fix.title, partial(self._choose_fix, index)))
        self.fix_all = self._button("", self.all_chosen.emit)
        self.fix_all.hide()
        buttons.add(self.fix_all)
        if can_edit and can_ignore(finding):
            buttons.add(self._button(_("Ignore here…"), self._ask_why))
        self.why = self._make_why()
        sentence = strong_label(finding.sentence, _KINDS[finding.level])
        sentence.setProperty("heavy", finding.level is not Level.HINT)
        column(
            label(level, "label"),
            sentence,
            *hint,
            5,
            buttons,
            self.why,
            inside=self,
            spacing=3,
            margins=(12, 10),
        )

    def offer_all(self, count: int) -> None:
        """Offer to fix what its check found in so many places; nothing for less than two."""
        self.fix_all.setText(caption(_("Fix all {n} of this kind").format(n=count)))
        self.fix_all.setVisible(count > 1)

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
        self.reason.textChanged.connect(lambda text: self.ignore.setEnabled(is_reason(text)))
        self.reason.returnPressed.connect(self._ignore)
        made = QWidget()
        row((self.reason, 1), self.ignore, inside=made, spacing=6, margins=(0, 6, 0, 0))
        made.hide()
        return made

    def _ask_why(self) -> None:
        self.why.show()
        self.reason.setFocus()

    def _ignore(self) -> None:
        if is_reason(self.reason.text()):
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

    def __init__(self, line: str, titles: Mapping[str, str], can_edit: bool) -> None:
        super().__init__()
        set_kind(self, "card")
        self.line = line
        known = Ignored.parse(line)
        about = titles.get(known.check, known.check) if known else line
        words = _("Ignored: {what}").format(what=about)
        parts = [label(words, "strong", wrap=True)]
        if known is not None:
            parts.append(label(known.describe(), "hint", wrap=True))
        again = button(_("Check again"), self.check_again.emit)
        again.setAccessibleDescription(words)
        again.setEnabled(can_edit)
        column(*parts, 5, FlowRow(again), inside=self, spacing=3, margins=(12, 10))


def look_of(finding: Finding) -> object:
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


def strong_label(text: str, kind: str) -> QLabel:
    """Make a label of heavy letters that wraps."""
    made = label(text, kind, wrap=True)
    made.setProperty("heavy", True)
    return made
