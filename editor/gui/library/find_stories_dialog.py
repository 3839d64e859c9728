"""Finds words in the stories of a place or of the whole desk, and replaces them on request."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QListView, QSplitter, QWidget

from editor.core.story import Story
from editor.errors import BadValue, EditorError
from editor.gui.coalescer import LastAnswer
from editor.gui.library.found_stories import FoundStories, FoundStory, approval_warning
from editor.gui.library.places import Place
from editor.gui.library.story_pages import StoryPages
from editor.gui.library.story_replacer import StoryReplacer
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.change_list import ChangeList, ChangeModel
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.find_ways import FindWays
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.line_field import LineField
from editor.gui.widgets.outcome import Outcome
from editor.gui.widgets.passphrase_bar import PassphraseBar
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _, plural
from editor.store.reading.rows import Filter
from editor.store.reading.snapshot import Snapshot
from editor.store.reading.story_changes import ChangesPage, StoryReplacing
from editor.text.find import FindQuery, searched_texts
from editor.text.replace import Replacing, TextChange


class FindStoriesDialog(Dialog):
    """What to find and where, then the stories, then the changes of one; nothing is changed yet.

    The stories are read a page at a time, and the changes of a story when it is looked at.
    """

    def __init__(
        self,
        session: Session,
        replacer: StoryReplacer,
        places: Sequence[Place],
        query: FindQuery | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`places` are where to look, the first one unless another is chosen."""
        super().__init__(_("Find in stories"), parent, size=(960, 640))
        self._session, self._replacer = session, replacer
        self.words, self.replacement = _field(_("Find")), _field(_("Replace with"))
        self.ways, self.where = FindWays(), QComboBox()
        self._places = [place for place in places if place.filter is not None]
        self.stories, self.changes = FoundStories(self), ChangeModel(self)
        self.list, self.change_list = self._make_list(), ChangeList(self.changes)
        self.bar, self.outcome = ProblemBar(), Outcome()
        self.passphrase = PassphraseBar(session)
        self.look = button(_("&Find"), self._look, "primary")
        self.replace = button("", self._replace)
        self.undo = button(_("&Undo"), self._undo)
        self.cancel = button(_("&Stop"), self._cancel)
        self.close_button = button(_("Close"), self.reject)
        self._work: StoryReplacing | None = None
        self._pages = StoryPages(session, self)
        self._shown, self._answer = -1, LastAnswer()
        self._failed: list[str] = []
        self._verb = ""
        self._fill(query)
        self._lay_out()
        self._connect()
        self._show_choice()
        self._offer_undo()
        self.outcome.show_message(
            _("Nothing is changed before you have seen every change and pressed Replace.")
        )

    def reject(self) -> None:
        """Stop what is under way, then close; what was replaced until then stays undoable."""
        self._cancel()
        super().reject()

    # What is asked

    def _fill(self, query: FindQuery | None) -> None:
        for place in self._places:
            self.where.addItem(place.title)
        self.where.setAccessibleName(_("Where to look"))
        if query is not None:
            self.words.setText(query.words)
            self.ways.show_query(query)
        self.words.selectAll()

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self.stories)
        view.setAccessibleName(_("Stories"))
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setWordWrap(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setSpacing(2)
        return view

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.list)
        parts.addWidget(self.change_list)
        parts.setChildrenCollapsible(False)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        self.list.setMinimumWidth(220)
        self._warning = label(kind="hint", wrap=True)
        in_label = label(_("&In"), buddy=self.where)
        self.lay_out(
            column(
                row((self.words, 1), (self.replacement, 1), spacing=8),
                row((self.ways, 1), in_label, self.where, self.look, spacing=8),
                (parts, 1),
                self._warning,
                self.outcome,
                spacing=8,
            ),
            row(
                *(self.undo, STRETCH, self.close_button, self.cancel, self.replace),
                spacing=8,
            ),
            above=(self.bar, self.passphrase),
        )
        self.look.setDefault(True)
        self.cancel.hide()
        self.words.setFocus()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._show_story)
        self.stories.choice_changed.connect(self._show_choice)
        self.changes.choice_changed.connect(self._leave_out)
        self._pages.found.connect(self._add_page)
        self._pages.ended.connect(self._looked)
        self._replacer.progressed.connect(self._show_progress)
        self._replacer.story_done.connect(self._story_done)
        self._replacer.finished.connect(self._replaced)
        for field in (self.words, self.replacement):
            field.textChanged.connect(lambda _text: self._forget())
        self.ways.changed.connect(self._forget)
        self.where.currentIndexChanged.connect(lambda _index: self._forget())

    # Looking

    def _forget(self) -> None:
        """What was found was found with other words."""
        self._pages.stop()
        if self._work is not None:
            self._work = None
            self.stories.clear()
            self._show_changes(-1, {}, [])
            for part in (self.outcome.message, self.outcome.notices):
                part.hide()

    def _look(self) -> None:
        """Look through the stories, a page after the other."""
        if self._is_busy():
            return
        self.bar.clear()
        try:
            query = self.ways.query(self.words.text())
            replacing = Replacing(query, self.replacement.text())
        except BadValue as error:
            self.bar.show_error(error)
            return
        self._forget()
        self._work = StoryReplacing(replacing, self._session.person, self._session.journal)
        self.outcome.show_started(_("Looking…"))
        self._pages.look(self._work, self._places[self.where.currentIndex()].filter or Filter())
        self._show_busy()

    def _add_page(self, page: ChangesPage) -> None:
        if self._work is None:
            return  # other words were typed meanwhile
        self.stories.add(page.stories)
        if page.stories and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.stories.index(0))
        pages = self._pages
        self.outcome.show_progress(min(pages.read, pages.total), pages.total, "")

    def _looked(self, error: EditorError | None) -> None:
        """Say what was found."""
        self._show_busy()
        self.outcome.show_ended()
        if error is not None:
            self.bar.show_error(error)
        if self._work is None:
            return
        count = len(self.stories.stories)
        sentence = _("{stories} looked through.").format(
            stories=plural("{n} story", "{n} stories", self._pages.read)
        )
        found = plural("Found in {n} story.", "Found in {n} stories.", count)
        self.outcome.show_message(f"{found if count else _('Not found.')} {sentence}")
        if count:
            self.list.setFocus()

    # The changes of one story

    def _show_story(self, index: QModelIndex) -> None:
        number, work = index.row(), self._work
        self._answer.drop()
        if not index.isValid() or work is None:
            self._show_changes(-1, {}, [])
            return
        story = self.stories.stories[number]
        found = story.found

        def read(snapshot: Snapshot) -> tuple[Story, list[TextChange]]:
            return work.changes(snapshot, found.row.id, found.row.version)

        def show(changes: tuple[Story, list[TextChange]]) -> None:
            texts = dict(searched_texts(changes[0]))
            self._show_changes(number, texts, changes[1], story)

        self._session.ask(
            read,
            owner=self,
            done=self._answer.only(show),
            failed=lambda _error: self._show_changes(-1, {}, []),
        )

    def _show_changes(
        self,
        number: int,
        texts: dict[str, str],
        changes: list[TextChange],
        story: FoundStory | None = None,
    ) -> None:
        self._shown = -1  # what the model says meanwhile is about no story
        self.changes.show_changes(texts, changes, set(story.left_out) if story else set())
        self.change_list.setEnabled(story is not None and story.can_change)
        self._shown = number

    def _leave_out(self) -> None:
        if 0 <= self._shown < len(self.stories.stories):
            self.stories.leave_out(self._shown, self.changes.left_out())

    def _show_choice(self) -> None:
        """Say how much would be changed, and what that means for approvals."""
        chosen = self.stories.chosen()
        count = sum(story.count for story in chosen)
        text = _("&Replace")
        if count:
            text = _("&Replace {changes} in {stories}").format(
                changes=count, stories=plural("{n} story", "{n} stories", len(chosen))
            )
        self.replace.setText(text)
        set_kind(self.replace, "primary" if count else "")
        set_kind(self.look, "" if count else "primary")
        can_sign = self._session.can_sign
        self.replace.setEnabled(bool(count) and can_sign and not self._is_busy())
        warning = approval_warning(chosen)
        if chosen and not can_sign:
            why = self._session.why_read_only
            key_is_elsewhere = _(
                "Your key is not on this computer: you can look, and change nothing."
            )
            warning = why.sentence if why else key_is_elsewhere
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        if 0 <= self._shown < len(self.stories.stories):
            story = self.stories.stories[self._shown]
            if story.left_out != self.changes.left_out():
                self.changes.choose(story.left_out)

    # Replacing

    def _replace(self) -> None:
        work, chosen = self._work, self.stories.chosen()
        if work is None or not chosen or self._is_busy():
            return
        self._start(_("replaced"))
        self._replacer.replace(
            work,
            [
                (story.found.row.id, story.found.row.version, frozenset(story.left_out))
                for story in chosen
            ],
        )
        self._show_busy()

    def _undo(self) -> None:
        if not self._is_busy():
            self._forget()
            self._start(_("restored"))
            self._replacer.undo()
            self._show_busy()

    def _start(self, verb: str) -> None:
        self._verb, self._failed = verb, []
        self.bar.clear()
        self.outcome.show_started(_("Starting…"))

    def _show_progress(self, done: int, total: int) -> None:
        self.outcome.show_progress(done, total, "")

    def _story_done(self, story_id: str, error: EditorError | None) -> None:
        sentence = f"{error.sentence} {error.hint}".strip() if error else ""
        if self.stories.finish(story_id, sentence) == self._shown:
            self.change_list.setEnabled(False)
        if sentence:
            self._failed.append(sentence)

    def _replaced(self) -> None:
        self._show_busy()
        self.outcome.show_ended()
        if self._verb == _("restored"):
            sentence = _("The texts before are the latest versions again.")
            if self._failed:
                sentence = _("Not every text could be restored.")
        else:
            sentence = _("{summary} made.").format(summary=self._replacer.summary())
        if self._failed:
            left = plural(
                "{n} story stayed as it is.", "{n} stories stayed as they are.", len(self._failed)
            )
            self.outcome.show_result(f"{sentence} {left}", list(dict.fromkeys(self._failed))[:5])
        else:
            self.outcome.show_result(sentence, ())
        self._offer_undo()
        self.close_button.setFocus()

    def _offer_undo(self) -> None:
        """Offer to take back what was replaced last, also where that was in an earlier dialog."""
        self.undo.setVisible(bool(self._replacer.done))
        self.undo.setEnabled(not self._is_busy())
        if self._replacer.done:
            self.undo.setText(_("&Undo {summary}").format(summary=self._replacer.summary()))

    # What is under way

    def _is_busy(self) -> bool:
        return self._pages.is_busy or self._replacer.is_busy

    def _show_busy(self) -> None:
        busy = self._is_busy()
        for idle in (self.close_button, self.replace):
            idle.setVisible(not busy)
        self.cancel.setVisible(busy)
        for idle in (self.look, self.undo):
            idle.setEnabled(not busy)
        self._show_choice()

    def _cancel(self) -> None:
        if self._is_busy():
            self._pages.stop()
            self._replacer.cancel()
            self.outcome.show_message(_("Stopping…"))


def _field(name: str) -> LineField:
    made = LineField()
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
