"""A form that checks spelling, and what a person does with a misspelled word in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.widgets.text_field import TextField
from tests.gui.hands import Hands


class SpellingHands:
    """Opens stories, waits for their spelling, and chooses from menus."""

    def __init__(
        self,
        qtbot: QtBot,
        session: Session,
        form: StoryForm,
        hands: Hands,
        write: Callable[..., str],
    ) -> None:
        self._qtbot, self.form, self._hands, self._write = qtbot, form, hands, write
        self.session = session

    @property
    def draft(self) -> Draft:
        """The draft of the form."""
        return self.form.draft

    def open(self, body: str, **more: object) -> list[str]:
        """Write and open a British story; returns its misspelled words."""
        more.setdefault("language", "en-GB")
        self._hands.open(self._write("harbour-opens", body=body, **more))
        return self.words()

    def words(self) -> list[str]:
        """Wait until the story is checked as it is; return its misspelled words."""
        spelling = self.form.spelling
        self._qtbot.waitUntil(
            lambda: spelling.checked is self.draft.typed and not spelling.is_loading,
            timeout=60_000,
        )
        return [found.word for found in spelling.found]

    def underlined(self, field: TextField) -> list[str]:
        """Return the words of a field that are underlined as misspelled."""
        return [
            selection.cursor.selectedText()
            for selection in field.extraSelections()
            if selection.format.underlineStyle() == selection.format.UnderlineStyle.DashUnderline
        ]

    def menu(self, ask: Callable[[], object]) -> QMenu:
        """Ask for a menu and wait until it is open."""
        ask()
        self._qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None, timeout=20_000)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def menu_at(self, field: TextField, index: int) -> QMenu:
        """Put the caret at an index and open the menu of the word there, as Ctrl+F7 does."""
        field.setFocus()
        field.select(index, index)
        return self.menu(self.form.spelling.offer_at_caret)

    def choose(self, menu: QMenu, text: str) -> None:
        """Choose from a menu."""
        [action] = [action for action in menu.actions() if action.text() == text]
        assert action.isEnabled()
        action.trigger()
        menu.close()


def titles(menu: QMenu) -> list[str]:
    """Return what a menu offers about a word, without what every field offers."""
    found = [action.text().replace("&", "") for action in menu.actions()]
    return [text for text in found[: found.index("Undo")] if text]
