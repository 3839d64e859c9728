"""What can be done about a misspelled word: another word, leave it, or add it to a dictionary."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from editor.core.findings import TextPlace
from editor.core.paths import text_at
from editor.core.people import Role
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.widgets.layout import caption
from editor.i18n import _

if TYPE_CHECKING:
    from editor.core.changes import Changes
    from editor.core.house_style import HouseStyle
    from editor.spelling.speller import Misspelling, Speller
    from editor.store.reading.snapshot import Snapshot

# No window waits for what a choice needs.
# ruff: noqa: PLC0415


class WordChoices(QObject):
    """Makes the actions of a misspelled word's menu, and carries them out."""

    ignored_once = Signal(object)
    """This Misspelling is right at its place."""
    words_changed = Signal()
    """One's own dictionary has other words."""

    def __init__(self, session: Session, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft

    def actions(
        self, word: Misspelling, suggestions: list[str] | None, speller: Speller
    ) -> list[QAction]:
        """Return the actions of a word's menu, words to choose from first; a menu is to own them.

        Without any list, they are still being looked for. A word with markup inside can't
        be replaced as a whole.
        """
        name = speller.name_of(word)
        chosen = [
            _action(text, partial(self._replace, word, text))
            for text in (suggestions or () if word.is_plain else ())
        ]
        if not chosen:
            is_late = suggestions is None
            none = _("Suggestions take a while; ask again") if is_late else _("No suggestions")
            chosen = [_action(none)]
        to_mine = _("Add “{word}” to my dictionary").format(word=name)
        to_paper = _("Add “{word}” to the paper’s dictionary").format(word=name)
        is_editor = self._session.person.role is not Role.JOURNALIST and self._session.can_sign
        return [
            *chosen,
            _line(),
            _action(_("Ignore once"), partial(self.ignored_once.emit, word)),
            _action(_("Ignore in this story"), partial(self._ignore, name)),
            _action(to_mine, partial(self._add_to_mine, name, speller)),
            _action(to_paper, partial(self._add_to_paper, name) if is_editor else None),
            _line(),
        ]

    def _replace(self, word: Misspelling, text: str) -> None:
        """Put another word into its place, as an undo step that no key is merged into."""
        before = text_at(self._draft.typed, word.path)
        after = before[: word.start] + text + before[word.end :]
        stack, end = self._draft.stack, word.start + len(text)
        stack.beginMacro(text)
        self._draft.set_value(word.path, after)
        stack.endMacro()
        self._draft.caret_placed.emit(TextPlace(word.path, end, end))

    def _ignore(self, name: str) -> None:
        """Note in the story that a word is right; the Checks tab shows that."""
        from editor.spelling.speller import ignoring

        self._draft.set_value("ignored", ignoring(self._draft.typed, name))

    def _add_to_mine(self, name: str, speller: Speller) -> None:
        self._change_mine(
            partial(speller.personal.add, name),
            _("“{word}” is in your dictionary.").format(word=name),
            partial(
                self._change_mine,
                partial(speller.personal.remove, name),
                _("“{word}” is no longer in your dictionary.").format(word=name),
            ),
        )

    def _change_mine(
        self, change: Callable[[], None], message: str, undo: Callable[[], None] | None = None
    ) -> None:
        def show(_nothing: None) -> None:
            self.words_changed.emit()
            self._session.message.emit(message, undo)

        self._session.jobs.run(
            lambda _progress: change(),
            owner=self,
            done=show,
            failed=self._session.problem.emit,
            lane="spelling",
        )

    def _add_to_paper(self, name: str) -> None:
        """Add a word to the house style as it is now; it is signed like all of it."""

        def read(snapshot: Snapshot) -> HouseStyle:
            state = snapshot.house_style_state()
            state.require_sound()
            return state.saved

        def save(style: HouseStyle) -> None:
            message = _("“{word}” is in the paper’s dictionary.").format(word=name)
            self._save_style(style, style.with_words(name), message)

        self._session.ask(read, owner=self, done=save)

    def _save_style(self, before: HouseStyle, after: HouseStyle, message: str) -> None:
        from editor.core.commands import SaveHouseStyle

        def offer_undo(_changes: Changes) -> None:
            self._session.message.emit(
                message,
                lambda: self._session.run(SaveHouseStyle(before, after.hash), owner=self),
            )

        self._session.run(SaveHouseStyle(after, before.hash), owner=self, done=offer_undo)


def _action(text: str, choose: Callable[[], object] | None = None) -> QAction:
    action = QAction(caption(text))
    action.setEnabled(choose is not None)
    if choose is not None:
        action.triggered.connect(lambda _checked=False: choose())
    return action


def _line() -> QAction:
    line = QAction()
    line.setSeparator(True)
    return line
