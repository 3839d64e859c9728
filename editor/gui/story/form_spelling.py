"""Underlines the misspelled words of the form, as they are typed, and offers others for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal

from editor.core.changes import Changes
from editor.core.findings import Level, TextPlace
from editor.core.languages import own_name
from editor.core.paths import text_at
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.coalescer import Coalescer
from editor.gui.draft.draft import Draft
from editor.gui.jobs import Work
from editor.gui.session import Session
from editor.gui.story.word_choices import WordChoices
from editor.gui.widgets.squiggles import Squiggle
from editor.gui.widgets.text_field import TextField
from editor.i18n import _
from editor.places import dictionaries_folder
from editor.progress import Progress

if TYPE_CHECKING:
    from editor.spelling.speller import Misspelling, Speller, Spelling

# What checks spelling is imported on its own lane: no window waits for it.
# ruff: noqa: PLC0415

T = TypeVar("T")

PAUSE_MS = 300
_OPENED_MS = 600
"""After a story was opened its page and its findings come first."""
_LOADING_MS = 250
_SUGGESTED_WITHIN_MS = 700
"""A menu does not wait longer for its suggestions."""


class FieldsOfWords(Protocol):
    """The form, as far as its spelling needs it."""

    session: Session
    draft: Draft

    def text_fields(self) -> Iterator[tuple[str, TextField]]:
        """Yield every field of text, with the path of its value."""
        ...

    def go_to(self, place: TextPlace) -> None:
        """Focus the field of a place and select the range."""
        ...


class FormSpelling(QObject):
    """Checks the open story after a pause, off the main thread, for as long as that is on."""

    counted = Signal(int)
    """How many misspelled words the story has."""

    def __init__(self, form: FieldsOfWords, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._session, self._draft = form, form.session, form.draft
        self.speller: Speller | None = None
        """Made by the first check, and used by the jobs of the lane `spelling` alone."""
        self._closing: list[Callable[[], object]] = []
        """What is called once the form is deleted: no dictionary outlives its window."""
        self.destroyed.connect(partial(_call_all, self._closing))
        self.found: tuple[Misspelling, ...] = ()
        """The misspelled words of `checked`, without those that are ignored once."""
        self.checked: Story | None = None
        self.is_loading = False
        self._on = False
        self._names: tuple[str, ...] | None = None
        """What the desk knows; None until a story is checked for the first time."""
        self._paper_words: tuple[str, ...] = ()
        self._reported: set[str] = set()
        self._ignored: set[tuple[str, str, str]] = set()
        self._typed_in: TextField | None = None
        self._hidden: tuple[int, int] | None = None
        """The word that is being typed, in the field that was typed in last."""
        self._question: object = None
        self._choices = WordChoices(self._session, self._draft, self)
        self._choices.ignored_once.connect(self._ignore_once)
        self._choices.words_changed.connect(partial(self._ask, 0))
        self._checks = Coalescer["Spelling"](
            self._session.jobs,
            self,
            self._prepare,
            self._show,
            self._session.problem.emit,
            lane="spelling",
            pause_ms=PAUSE_MS,
        )
        self._connect(parent)
        self._settings_changed()

    def _connect(self, form: QObject) -> None:
        self._draft.opened.connect(self._opened)
        self._draft.changed.connect(lambda _path: self._ask())
        self._session.changed.connect(self._desk_changed)
        self._session.settings_changed.connect(self._settings_changed)
        form.installEventFilter(self)

    # Checking

    def _opened(self) -> None:
        self.found, self.checked, self._question = (), None, None
        self._typed_in = self._hidden = None
        self._checks.cancel()
        self.counted.emit(0)
        self._ask(_OPENED_MS)

    def _ask(self, pause_ms: int | None = None) -> None:
        if self._on and self._draft.open_story.is_open:
            self._checks.ask(pause_ms)

    def _settings_changed(self) -> None:
        if self._on == self._session.settings.check_spelling:
            return
        self._on = not self._on
        self._checks.cancel()
        if not self._on:
            self.found, self.checked, self.is_loading = (), None, False
            self._reported.clear()
            self._show_squiggles()
            if self.speller is not None:
                self._run(self.speller.unload)
        self._ask(0)

    def _desk_changed(self, changes: Changes) -> None:
        if self._names is None:
            return
        if changes.touches("house style") or changes.touches("people"):
            self._read_paper_words()
        elif changes.touches("house"):
            self._set_paper_words(self._paper_words)

    def _read_paper_words(self) -> None:
        self._session.ask(
            lambda snapshot: snapshot.house_style_state().style.words,
            owner=self,
            done=self._set_paper_words,
        )

    def _set_paper_words(self, words: tuple[str, ...]) -> None:
        facts, self._paper_words = self._session.facts, words
        names = (facts.house.name, *(person.name for person in facts.people), *words)
        if names != self._names:
            self._names = names
            self._ask(0)

    def _prepare(self) -> Work[Spelling] | None:
        story, session = self._draft.typed, self._session
        if self._names is None:
            self._names = ()
            self._read_paper_words()
        names, language = self._names, session.house.language

        closing = self._closing

        def job(_progress: Progress) -> Spelling:
            from editor.spelling.speller import Speller

            if self.speller is None:
                self.speller = Speller(session.path)
                closing.append(self.speller.close)
            document = session.documents.of(story.body)
            return self.speller.check(story, document, language, names)

        return job

    def _show(self, result: Spelling) -> None:
        self.checked, self.is_loading = result.story, result.is_loading
        self.found = tuple(word for word in result.misspellings if not self._is_ignored(word))
        self._show_squiggles()
        if result.is_loading:
            self._ask(_LOADING_MS)
        for problem in result.problems:
            self._report(problem.sentence, problem)
        if result.missing:
            self._report(result.missing, _missing(result.missing))

    def _report(self, key: str, problem: EditorError) -> None:
        """Tell of a problem once; the story is written on all the same."""
        if key not in self._reported:
            self._reported.add(key)
            self._session.problem.emit(problem)

    # Underlining

    def _show_squiggles(self) -> None:
        self.counted.emit(len(self.found))
        by_path: dict[str, list[Misspelling]] = {}
        for word in self.found:
            by_path.setdefault(word.path, []).append(word)
        for path, field in self._form.text_fields():
            field.edited.connect(self._edited, Qt.ConnectionType.UniqueConnection)
            field.suggestions_asked.connect(self._offer, Qt.ConnectionType.UniqueConnection)
            field.cursorPositionChanged.connect(
                self._caret_moved, Qt.ConnectionType.UniqueConnection
            )
            self._show_in(path, field, by_path)

    def _show_in(
        self, path: str, field: TextField, by_path: Mapping[str, Sequence[Misspelling]]
    ) -> None:
        text = text_at(self.checked, path) if self.checked is not None else field.text()
        words = [(word.start, word.end) for word in by_path.get(path, ())]
        if field is self._typed_in:
            caret = field.caret() if field.hasFocus() and field.text() == text else -1
            hidden = [(start, end) for start, end in words if start <= caret <= end]
            self._hidden = hidden[0] if hidden else None
        else:
            hidden = []
        tip = _("No dictionary has this word.")
        squiggles = [
            Squiggle(start, end, Level.STOPS, tip, is_misspelling=True)
            for start, end in words
            if (start, end) not in hidden
        ]
        field.show_misspellings(text, squiggles)

    def _edited(self) -> None:
        """Leave the word alone that is being typed."""
        field = self.sender()
        if isinstance(field, TextField):
            self._typed_in = field

    def _caret_moved(self) -> None:
        """Underline the word that was typed once the caret has left it."""
        field, hidden = self.sender(), self._hidden
        if hidden is None or field is not self._typed_in or not isinstance(field, TextField):
            return
        if not hidden[0] <= field.caret() <= hidden[1]:
            self._typed_in = self._hidden = None
            self._show_squiggles()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Underline again in the colours of another look, after the form has seen that."""
        if event.type() is QEvent.Type.PaletteChange:
            QTimer.singleShot(0, self, self._show_squiggles)
        return super().eventFilter(watched, event)

    # By keyboard

    def go_to_next(self) -> None:
        """Select the next misspelled word after the caret, in the order of the form."""
        fields = list(self._form.text_fields())
        order = {path: number for number, (path, _field) in enumerate(fields)}
        words = [word for word in self.found if word.path in order and self._is_there(word)]
        words.sort(key=lambda word: (order[word.path], word.start))
        if not words:
            self._session.message.emit(self._why_none(), None)
            return
        here = next(((order[path], field) for path, field in fields if field.hasFocus()), None)
        at = (here[0], here[1].caret()) if here else (-1, 0)
        after = [word for word in words if (order[word.path], word.start) >= at]
        word = (after or words)[0]
        self._form.go_to(TextPlace(word.path, word.start, word.end))

    def offer_at_caret(self) -> None:
        """Open the menu of the misspelled word that the caret is in."""
        for path, field in self._form.text_fields():
            if field.hasFocus():
                if self._at(path, field.caret()) is not None:
                    corner = field.cursorRect().bottomLeft()
                    self._open_menu(
                        path, field, field.caret(), field.viewport().mapToGlobal(corner)
                    )
                else:
                    self._session.message.emit(self._why_none(), None)
                return

    def _why_none(self) -> str:
        if not self._on:
            return _("Check spelling is off. Turn it on in the Edit menu.")
        if self.is_loading or self.checked is None:
            return _("The dictionary is being loaded.")
        return (
            _("The word at the caret is in the dictionary.")
            if self.found
            else _("No misspelled words.")
        )

    def _offer(self, index: int, position: QPoint) -> None:
        for path, field in self._form.text_fields():
            if field is self.sender():
                self._open_menu(path, field, index, position)
                return

    def _open_menu(self, path: str, field: TextField, index: int, position: QPoint) -> None:
        """Open the menu of a word once it is known what may have been meant."""
        word, text, speller = self._at(path, index), field.text(), self.speller
        if word is None or speller is None or field.isReadOnly():
            field.show_menu(index, position)
            return
        self._question = question = object()

        def show(suggestions: list[str] | None) -> None:
            if self._question is question and field.text() == text:
                self._question = None
                field.show_menu(index, position, self._choices.actions(word, suggestions, speller))

        self._run(partial(speller.suggest, word.word, word.script), show)
        QTimer.singleShot(_SUGGESTED_WITHIN_MS, field, lambda: show(None))

    def _run(self, work: Callable[[], T], done: Callable[[T], object] | None = None) -> None:
        self._session.jobs.run(
            lambda _progress: work(),
            owner=self,
            done=done,
            failed=self._session.problem.emit,
            lane="spelling",
        )

    # Words

    def _at(self, path: str, index: int) -> Misspelling | None:
        found = (word for word in self.found if word.path == path)
        return next((w for w in found if w.start <= index <= w.end and self._is_there(w)), None)

    def _is_there(self, word: Misspelling) -> bool:
        checked = self.checked
        return checked is not None and text_at(checked, word.path) == text_at(
            self._draft.typed, word.path
        )

    def _ignore_once(self, word: Misspelling) -> None:
        self._ignored.add(self._key(word))
        self.found = tuple(other for other in self.found if not self._is_ignored(other))
        self._show_squiggles()

    def _is_ignored(self, word: Misspelling) -> bool:
        return self._key(word) in self._ignored

    def _key(self, word: Misspelling) -> tuple[str, str, str]:
        return (self._draft.open_story.story_id, word.path, word.around)


def _call_all(calls: list[Callable[[], object]], _deleted: object = None) -> None:
    for call in calls:
        call()


def _missing(language: str) -> EditorError:
    return EditorError(
        _("There is no dictionary for {language}, so its spelling is not checked.").format(
            language=own_name(language)
        ),
        _("Put its two files, such as {name}.aff and {name}.dic, into {folder}.").format(
            name=language.replace("-", "_"), folder=dictionaries_folder()
        ),
    )
