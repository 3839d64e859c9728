"""The line at the bottom: is it saved, how long is it, what is to be looked at, where am I."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from editor.gui.banner.banner_draft import BannerDraft
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.word_counter import WordCounter
from editor.gui.theme import set_kind
from editor.gui.widgets.elided import ElidedLabel
from editor.i18n import _, plural


class StatusLine(QFrame):
    """Says all the time what a person must never have to guess."""

    checks_wanted = Signal()
    """The number of checks was pressed."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "status")
        self._session, self._draft = session, draft
        self._banner: BannerDraft | None = None
        self.saved = ElidedLabel()
        self.words = QLabel()
        self.checks = QPushButton()
        self.language = QLabel()
        self.person = QToolButton()
        self.desk = ElidedLabel()
        self._build()
        self._counter = WordCounter(session, self)
        self._counter.counted.connect(self._show_words)
        draft.opened.connect(self._opened)
        draft.changed.connect(self._changed)
        draft.state_changed.connect(self._show_state)
        draft.findings_changed.connect(self._show_findings)
        session.person_changed.connect(self._show_desk)
        session.changed.connect(lambda _changes: self._show_desk())
        self._opened()
        self._show_desk()

    def show_banner(self, banner: BannerDraft | None) -> None:
        """Speak of the trends banner instead of the story, or of the story again."""
        if banner is not None and self._banner is not banner:
            banner.state_changed.connect(self._show_state)
        self._banner = banner
        for widget in (self.words, self.language):
            widget.setVisible(banner is None)
        self._show_state()
        self._show_findings()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(16)
        for label in (self.saved, self.words, self.language, self.desk):
            set_kind(label, "hint")
        self.checks.setProperty("kind", "quiet")
        self.checks.clicked.connect(self.checks_wanted)
        self.person.setProperty("kind", "quiet")
        self.person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self.saved)
        row.addWidget(self.words)
        row.addWidget(self.checks)
        row.addStretch(1)
        row.addWidget(self.language)
        row.addWidget(self.person)
        row.addWidget(self.desk)

    def _opened(self) -> None:
        self.words.setText("")
        self._show_state()
        self._show_findings()
        self._counter.count(self._draft.typed.body, 0)

    def _changed(self, path: str) -> None:
        if path in ("", "body"):
            self._counter.count(self._draft.typed.body)

    def _show_words(self, number: int) -> None:
        is_open = self._draft.open_story.is_open
        self.words.setText(plural("{n} word", "{n} words", number) if is_open else "")

    def _show_state(self) -> None:
        story = self._draft.open_story
        state = story.save_state if self._banner is None else self._banner.save_state
        if state != self.saved.text():
            self.saved.setText(state)
            self.saved.setAccessibleName(state)
            self.saved.updateGeometry()
        self.language.setText(language_name(story.typed.language) if story.is_open else "")

    def _show_findings(self) -> None:
        number = len(self._draft.open_story.findings)
        text = plural("{n} check to look at", "{n} checks to look at", number)
        self.checks.setText(text if number else _("Nothing to look at"))
        self.checks.setVisible(self._draft.open_story.is_open and self._banner is None)
        set_kind(self.checks, "look" if number else "quiet")

    def _show_desk(self) -> None:
        person = self._session.person
        self.person.setText(person.name)
        self.person.setAccessibleName(_("Working as {name}").format(name=person.name))
        self.person.setToolTip(f"{person.name}, {person.role}")
        self.desk.setText(self._session.house.name)


def language_name(tag: str) -> str:
    """A language by its name in the interface's language: `English (UK)`, `Arabic`."""
    locale = QLocale(tag.replace("-", "_"))
    if locale.language() is QLocale.Language.C:
        return tag
    name = QLocale.languageToString(locale.language())
    if "-" not in tag:
        return name
    short = {"GB": "UK", "US": "US"}
    territory = tag.rsplit("-", maxsplit=1)[-1].upper()
    return f"{name} ({short.get(territory, QLocale.territoryToString(locale.territory()))})"
