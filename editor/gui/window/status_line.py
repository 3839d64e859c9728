"""The line at the bottom: whether it is saved, its length, its issues, and who works where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from editor.core.findings import count_findings
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.word_counter import WordCounter
from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce_text
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.layout import STRETCH, button, caption, label, plain_tip, row
from editor.i18n import _, babel_locale, is_english, language_in_use, plural

if TYPE_CHECKING:
    from editor.gui.banner.banner_draft import BannerDraft

_SHORT_TERRITORIES = {"GB": "UK", "US": "US"}


class StatusLine(QFrame):
    """Shows all the time what a person must never have to guess."""

    checks_clicked = Signal()
    """The number of issues was clicked."""
    misspelled_clicked = Signal()
    """The number of misspelled words was clicked."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "status")
        self._session, self._draft = session, draft
        self._banner: BannerDraft | None = None
        self._was_saving = False
        self.saved, self.desk = ElidedLabel(), ElidedLabel()
        for elided in (self.saved, self.desk):
            set_kind(elided, "hint")
        self.words, self.language = label(kind="hint"), label(kind="hint")
        self.checks = button("", self.checks_clicked.emit, "quiet")
        self.misspelled = button("", self.misspelled_clicked.emit, "look")
        self.show_misspelled(0)
        self.person = SmallButton()
        set_kind(self.person, "quiet")
        self.person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row(
            self.saved,
            self.words,
            self.checks,
            self.misspelled,
            STRETCH,
            self.language,
            self.person,
            self.desk,
            inside=self,
            spacing=16,
            margins=(12, 2),
        )
        self._counter = WordCounter(session, self)
        self._counter.counted.connect(self._show_word_count)
        draft.opened.connect(self._story_opened)
        draft.changed.connect(self._text_changed)
        draft.state_changed.connect(self._show_state)
        draft.findings_changed.connect(self._show_findings)
        session.person_changed.connect(self._show_desk)
        session.changed.connect(self._show_desk)
        self._story_opened()
        self._show_desk()

    def show_banner(self, banner: BannerDraft | None) -> None:
        """Show the trends banner's state instead of the story's; None for the story's again."""
        if self._banner is not None:
            self._banner.state_changed.disconnect(self._show_state)
        if banner is not None:
            banner.state_changed.connect(self._show_state)
        self._banner = banner
        for widget in (self.words, self.language):
            widget.setVisible(banner is None)
        self.misspelled.setVisible(banner is None and bool(self.misspelled.text()))
        self._show_state()
        self._show_findings()

    def show_misspelled(self, count: int) -> None:
        """Show how many words of the open story are misspelled; nothing where none are."""
        text = plural("{n} misspelled word", "{n} misspelled words", count) if count else ""
        self.misspelled.setText(text)
        self.misspelled.setVisible(bool(text) and self._banner is None)

    def _story_opened(self) -> None:
        self._was_saving = False
        self.words.setText("")
        self._show_state()
        self._show_findings()
        self._counter.count(self._draft.typed.body, 0)

    def _text_changed(self, path: str) -> None:
        if path in ("", "body"):
            self._counter.count(self._draft.typed.body)

    def _show_word_count(self, number: int) -> None:
        is_open = self._draft.open_story.is_open
        self.words.setText(plural("{n} word", "{n} words", number) if is_open else "")

    def show_as_on(self, today: date) -> None:
        """Show where the text is safe as it is said on another day."""
        self._show_saved(self._draft.open_story.save_state_on(today))

    def _show_state(self) -> None:
        story = self._draft.open_story
        self._show_saved(story.save_state if self._banner is None else self._banner.save_state)
        if self._was_saving and not story.is_saving:
            announce_text(self.saved, story.save_state)
        self._was_saving = story.is_saving
        self.language.setText(language_name(story.typed.language) if story.is_open else "")

    def _show_saved(self, state: str) -> None:
        if state != self.saved.text():
            self.saved.setText(state)
            self.saved.setAccessibleName(state)
            self.saved.updateGeometry()

    def _show_findings(self) -> None:
        found = self._draft.open_story.findings
        own = [finding for finding in found if not finding.is_in_banner]
        in_banner = [finding for finding in found if finding.is_in_banner]
        text = count_findings(own) if own else _("No problems found")
        if in_banner:
            text = _("{found}; in the trends banner: {banner}").format(
                found=text, banner=count_findings(in_banner)
            )
        self.checks.setText(text)
        self.checks.setVisible(self._draft.open_story.is_open and self._banner is None)
        set_kind(self.checks, "look" if own else "quiet")

    def _show_desk(self) -> None:
        person = self._session.person
        self.person.setText(caption(person.name))
        self.person.setAccessibleName(_("Working as {name}").format(name=person.name))
        tip = _("{name}, {role}").format(name=person.name, role=_(person.role))
        self.person.setToolTip(plain_tip(tip))
        self.desk.setText(self._session.house.name)


def language_name(tag: str) -> str:
    """Return a language's name in the interface's language: `English (UK)`, `الإنجليزية`."""
    if not is_english(language_in_use()):
        return _translated_name(tag)
    locale = QLocale(tag.replace("-", "_"))
    if locale.language() is QLocale.Language.C:
        return tag
    name = QLocale.languageToString(locale.language())
    if "-" not in tag:
        return name
    territory = tag.rsplit("-", maxsplit=1)[-1].upper()
    full_name = QLocale.territoryToString(locale.territory())
    return f"{name} ({_SHORT_TERRITORIES.get(territory, full_name)})"


def _translated_name(tag: str) -> str:
    known = babel_locale(language_in_use())
    language, *others = tag.split("-")
    name = known.languages.get(language.lower())
    if not name:
        return tag
    territory = known.territories.get(others[-1].upper()) if others else None
    return f"{name} ({territory})" if territory else str(name)
