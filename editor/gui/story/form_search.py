"""Finds and replaces in the story that is open in the form, while it is typed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from editor.core.findings import TextPlace
from editor.core.story import Story
from editor.errors import BadValue, EditorError
from editor.gui.coalescer import Coalescer
from editor.gui.jobs import Work
from editor.gui.story.find_bar import FindBar
from editor.gui.story.found_matches import FoundMatches, SearchScope
from editor.gui.story.names import NamesArea, line_at
from editor.gui.widgets.match_marks import MatchMarks
from editor.i18n import _, plural
from editor.progress import Progress
from editor.text.find import FindQuery, TextMatch, searched_texts
from editor.text.replace import Replacing, TextChange, apply_changes

if TYPE_CHECKING:
    from editor.gui.story.form import StoryForm

_LONGEST_WORDS = 200
"""Characters of a selection that are taken as what is looked for."""
_SECONDS = 0.5
"""What an expression may take: the page and the checks wait in the same lane."""
_PAUSE_MS = 200
"""After typing: until then the marks move with their words."""
_START = TextPlace("kicker")


class FormSearch(QObject):
    """The find bar at work on one form."""

    def __init__(self, form: StoryForm) -> None:
        super().__init__(form)
        self._form, self._draft = form, form.draft
        self.bar, self.marks = FindBar(), MatchMarks(self)
        self._found: FoundMatches | None = None
        self._current, self._at, self._from = -1, _START, _START
        self._scope: SearchScope | None = None
        self._steps, self._jumps = 0, False
        self._runs = Coalescer[FoundMatches](
            form.session.jobs, self, self._prepare, self._show_found, self._refuse
        )
        form.bars.put_first(self.bar)
        self._connect()
        self._show_locked()

    def _connect(self) -> None:
        bar, draft = self.bar, self._draft
        bar.query_changed.connect(self._query_changed)
        bar.scope_changed.connect(self._change_scope)
        bar.step_asked.connect(self.step)
        bar.replace_asked.connect(self._replace)
        bar.replace_all_asked.connect(self._preview)
        bar.close_asked.connect(self.close)
        draft.changed.connect(self._text_changed)
        draft.opened.connect(self._opened)
        draft.state_changed.connect(self._show_locked)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    # What the window asks for

    def open(self, *, replacing: bool) -> None:
        """Show the bar; what is selected in one line is looked for, else searched in."""
        passage, was_hidden, words = self._form.selected_passage(), self.bar.isHidden(), ""
        self._remember_place(QApplication.focusWidget())
        if passage is not None:
            place, text = passage
            if "\n" not in text and len(text) <= _LONGEST_WORDS:
                words = text
            elif was_hidden:
                self._set_scope(place)
        self.bar.ask(words, replacing=replacing)
        self._query_changed()

    def query(self) -> FindQuery:
        """Return what is selected in one line, or else what was looked for last, and how."""
        passage = self._form.selected_passage()
        query = self.bar.query()
        if passage is not None and "\n" not in passage[1] and len(passage[1]) <= _LONGEST_WORDS:
            return replace(query, words=passage[1])
        return query

    def step(self, by: int) -> None:
        """Go to the next match, or with -1 to the one before, and around the ends."""
        if not self.bar.words.text():
            self.open(replacing=False)
            return
        self._remember_place(QApplication.focusWidget())
        if self.bar.isHidden():
            self.bar.show()
            self._found = None
        if self._is_stale():
            self._steps += by
            self._runs.ask(0)
        else:
            self._go(by)

    def close(self) -> bool:
        """Hide the bar and put the caret where it shows; return whether it was open."""
        if self.bar.isHidden():
            return False
        had_focus = self.bar.isAncestorOf(QApplication.focusWidget() or self._form)
        self.bar.hide()
        self._runs.cancel()
        self._set_scope(None)
        self._show_nothing()
        if had_focus:
            self._form.go_to(self._at)
        return True

    # Searching

    def _query_changed(self) -> None:
        self._jumps = True
        self._runs.ask(0)

    def _text_changed(self, _path: str) -> None:
        if self._scope is not None:
            self._scope = self._scope.after_edit(self._draft.typed)
        if not self.bar.isHidden():
            self._runs.ask(_PAUSE_MS)

    def _opened(self) -> None:
        self._set_scope(None)
        self._at = self._from = _START
        self._found = None
        if not self.bar.isHidden():
            self._runs.ask(0)

    def _show_locked(self) -> None:
        self.bar.allow_replacing(self._draft.can_edit)

    def _prepare(self) -> Work[FoundMatches] | None:
        query, story = self.bar.query(), self._draft.typed
        if not query.words or not self._draft.open_story.is_open:
            self._show_nothing()
            return None

        def job(_progress: Progress) -> FoundMatches:
            return FoundMatches.find(query, story, _SECONDS)

        return job

    def _is_stale(self) -> bool:
        """Whether what was found is not of the text and the words as they are now."""
        found = self._found
        if found is None or self._jumps:
            return True
        return found.story is not self._draft.typed or found.query != self.bar.query()

    def _refuse(self, error: EditorError) -> None:
        self._show_nothing()
        self.bar.show_problem(f"{error.sentence} {error.hint}".strip())

    def _show_nothing(self) -> None:
        self._found, self._current, self._steps, self._jumps = None, -1, 0, False
        self.marks.show_all({})
        self.bar.show_problem("")
        self.bar.show_count("")

    def _show_found(self, found: FoundMatches) -> None:
        """Mark what was found; after other words go to the first match from where one was."""
        found = found.within(self._scope)
        self._found, steps, jumps = found, self._steps, self._jumps
        self._steps, self._jumps, self._current = 0, False, -1
        self.marks.show_all(found.marked_texts(self._form.text_fields(), self._scope))
        self.bar.show_problem("")
        if jumps and found.matches:
            self._show_match(found.number_from(self._from) + steps)
        elif steps and found.matches:
            self._go(steps)
        else:
            self._current = found.number_at(self._at)
            self._show_count()

    # Going to a match

    def _focus_moved(self, left: QWidget | None, _new: QWidget | None) -> None:
        if not self.bar.isHidden():
            self._remember_place(left)

    def _remember_place(self, widget: QWidget | None) -> None:
        """Remember what is selected in a widget, if it is a text of the form."""
        for path, field in self._form.text_fields():
            if field is widget:
                start = field.selection_start()
                place = TextPlace(path, start, start + len(field.selected()))
                if isinstance(field, NamesArea):
                    place = line_at(path, field.text(), place)
                self._at = self._from = place

    def _go(self, by: int) -> None:
        """Go to the match after the place, or before it."""
        found = self._found
        if found is None or not found.matches:
            return
        number = found.number_at(self._at)
        if number >= 0:
            self._show_match(number + by)
        elif by > 0:
            self._show_match(found.number_from(self._at) + by - 1)
        else:
            self._show_match(found.number_before(self._at) + by + 1)
        self._from = self._at

    def _show_match(self, number: int) -> None:
        """Select a match by its number, counted around the ends."""
        if self._found is None:
            return
        matches = self._found.matches
        self._current = number % len(matches)
        match = matches[self._current]
        self._at = TextPlace(match.path, match.start, match.end)
        for _path, field in self._form.text_fields():
            if field.selected():
                field.select(field.caret(), field.caret())
        self._form.go_to(self._at, with_focus=False)
        around = _("from the end") if number < 0 else ""
        self._show_count(_("from the top") if number >= len(matches) else around)

    def _show_count(self, around: str = "") -> None:
        count = len(self._found.matches) if self._found else 0
        if not count:
            self.bar.show_count(_("Not found"), is_none=True)
            return
        text = plural("{n} found", "{n} found", count)
        if self._current >= 0:
            text = _("{n} of {count}").format(n=self._current + 1, count=count)
        self.bar.show_count(f"{text} · {around}" if around else text)

    # In what is selected

    def _change_scope(self, is_wanted: bool) -> None:
        found = self._found
        is_match = found is not None and found.number_at(self._at) >= 0
        if is_wanted and (self._at.start == self._at.end or is_match):
            self.bar.show_scope(False)
            self.bar.show_problem(
                _("No other text is selected. Select some to look in, then choose this again.")
            )
            return
        self._set_scope(self._at if is_wanted else None)
        self._query_changed()

    def _set_scope(self, place: TextPlace | None) -> None:
        self._scope = SearchScope.of(self._draft.typed, place) if place else None
        self.bar.show_scope(self._scope is not None)

    # Replacing

    def _replace(self) -> None:
        """Replace the match that is shown, and go on to the next."""
        found = self._found
        if not self._draft.can_edit:
            return
        if found is None or self._is_stale() or self._current < 0:
            self.step(1)
            return
        match = found.matches[self._current]
        changes = self._changes(found, [match])
        if changes is None:
            return
        end = match.end
        if changes:
            end = match.start + len(changes[0].new)
            self._edit(found.story, changes)
        self._at = self._from = TextPlace(match.path, end, end)
        self._query_changed()

    def _changes(self, found: FoundMatches, matches: list[TextMatch]) -> list[TextChange] | None:
        """Return what would change at some matches; None, and a sentence, where that can't be."""
        try:
            replacing = Replacing(found.query, self.bar.replacement.text())
        except BadValue as error:
            self.bar.show_problem(f"{error.sentence} {error.hint}".strip())
            return None
        return replacing.changes_at(dict(searched_texts(found.story)), matches)

    def _edit(self, story: Story, changes: list[TextChange]) -> bool:
        """Make changes as one step, which no other becomes a part of; return whether it was."""
        paths = {change.path for change in changes}
        try:
            after = apply_changes(story, changes)
        except BadValue as error:
            self.bar.show_problem(f"{error.sentence} {error.hint}".strip())
            return False
        self._draft.stack.beginMacro("")
        self._draft.edit(after, paths.pop() if len(paths) == 1 else "")
        self._draft.stack.endMacro()
        return True

    def _preview(self) -> None:
        """List what Replace all would change; what stays checked is then changed."""
        found = self._found
        if not self._draft.can_edit or found is None or self._is_stale():
            return
        changes = self._changes(found, found.matches)
        if not changes:
            return
        from editor.gui.story.replace_dialog import ReplaceDialog  # noqa: PLC0415 - when asked for

        dialog = ReplaceDialog(found.story, changes, self._form.window())
        dialog.chosen.connect(partial(self._replace_all, found.story))
        dialog.open()

    def _replace_all(self, story: Story, changes: list[TextChange]) -> None:
        if story is not self._draft.typed:
            self.bar.show_problem(_("The text has changed since. Look at the changes again."))
        elif self._edit(story, changes):
            sentence = plural("{n} change made.", "{n} changes made.", len(changes))
            self._form.session.message.emit(sentence, self._draft.undo)
