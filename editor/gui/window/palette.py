"""Ctrl+K: one field that finds stories by their text, and all else by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from editor.gui.library.row_details import headline
from editor.gui.section_names import section_name_of
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.found_stories import find_stories
from editor.gui.widgets.layout import STRETCH, column, label, once, row
from editor.gui.widgets.stages import state_name
from editor.gui.window.actions.action_names import plain_text
from editor.gui.window.actions.other_words import other_words
from editor.gui.window.actions.refusal_menu import refusal_of
from editor.gui.window.palette_answers import Answer, has_words
from editor.i18n import _, listed
from editor.store.reading.rows import StoryRow

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot

Find: TypeAlias = Callable[[str, list[Answer]], Mapping[str, Sequence[Answer]]]
"""Gives what has the words of a text, by the heading of its kind."""

_PAUSE_MS = 120
_HITS = 30
_RECENT = 6
_COMMANDS = 8
_ANSWER = Qt.ItemDataRole.UserRole
_CAN_BE_CHOSEN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}


_AROUND = 18
"""Pixels above and below the answers: frames, margins and padding."""


class SearchField(QLineEdit):
    """Type to search; arrow keys select; Enter chooses; Esc gives the focus back.

    Before anything is typed it offers the stories that were seen last, then the newest, and
    what can be done now.
    """

    story_chosen = Signal(str)
    """A story's id."""
    help_wanted = Signal(str)
    """The words to search the help for."""

    def __init__(
        self,
        session: Session,
        actions: Callable[[], Iterable[QAction]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self._find: Find = lambda _text, commands: {_("Commands"): commands}
        self._seen: Callable[[], Sequence[str]] = tuple
        self._previous_focus: QWidget | None = None
        self._answers = AnswerList(parent)
        self._answers.list.itemClicked.connect(self._choose)
        set_kind(self, "search")
        self.setPlaceholderText(_("Search stories, commands…"))
        self.setToolTip(self.placeholderText())
        self.setAccessibleName(_("Search stories and commands"))
        self.setMinimumWidth(120)
        self.setMaximumWidth(340)
        self._keys = label("", "key")
        row(STRETCH, (self._keys, Qt.AlignmentFlag.AlignVCenter), inside=self, margins=(7, 0))
        self._fit_margins()
        self._pause = once(self, self._search, _PAUSE_MS)
        self.textChanged.connect(self._text_changed)

    def use(self, find: Find, seen: Callable[[], Sequence[str]]) -> None:
        """Offer what `find` gives for a text, and first of all the stories that were `seen` last.

        What is seen are ids, the last one first.
        """
        self._find, self._seen = find, seen

    def show_keys(self, keys: QKeySequence) -> None:
        """Show the key that leads here, where there is one."""
        self._keys.setText(keys.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "))
        self._keys.setVisible(not keys.isEmpty() and not self.text())
        self._fit_margins()

    def begin(self, previous_focus: QWidget | None) -> None:
        """Take the focus; Esc gives it back to the widget it came from."""
        if previous_focus is not self:
            self._previous_focus = previous_focus
        self.selectAll()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._offer()

    def answers(self) -> list[str]:
        """Return the titles that are offered now, best first."""
        return [] if self._answers.isHidden() else self._answers.titles()

    def leave(self) -> None:
        """Clear the field and give the focus back."""
        with QSignalBlocker(self):
            self.clear()
        self._keys.setVisible(bool(self._keys.text()))
        self._pause.stop()
        self._answers.hide()
        if self._previous_focus is not None and self._previous_focus.isVisible():
            self._previous_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._previous_focus = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not self._answers.isHidden():
            self._answers.move_by(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._fit_margins()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._answers.hide()

    def _fit_margins(self) -> None:
        """Keep the text clear of the key's name, whichever side it is on."""
        room = self._keys.sizeHint().width() + 6 if self._keys.text() else 0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)

    def _text_changed(self, text: str) -> None:
        self._keys.setVisible(bool(self._keys.text()) and not text)
        self._offer()

    def _offer(self) -> None:
        """Show at once what needs no search, and the stories a moment later."""
        self._show([], _("Searching…"))
        self._answers.open_below(self)
        self._pause.start()

    def _search(self) -> None:
        words, seen = self.text().strip(), self._seen()

        def query(snapshot: Snapshot) -> list[StoryRow]:
            if words:
                return find_stories(snapshot, words, _HITS)
            return _recent_stories(snapshot, seen[:_RECENT])

        def show(rows: list[StoryRow]) -> None:
            # Somebody may have typed on meanwhile.
            if words == self.text().strip() and not self._answers.isHidden():
                self._show(rows)

        self._session.ask(
            query,
            owner=self,
            done=show,
            failed=lambda _error: show([]),
        )

    def _show(self, rows: list[StoryRow], empty: str = "") -> None:
        words = self.text().strip()
        title = _("Stories") if words else _("Recent stories")
        commands = self._commands(words)
        stories = {title: [self._story(row) for row in rows]}
        others = self._find(words, commands) if words else {_("Commands"): commands}
        # A story that has the words in its text alone is not what they are the name of.
        in_headlines = any(has_words(headline(row), words) for row in rows)
        is_named = words and not in_headlines and any(map(partial(_begins, words), others.values()))
        groups = {**others, **stories} if is_named else {**stories, **others}
        if words and not empty:
            # Only once there is nothing else to come: Enter must not open it instead.
            groups[_("Help")] = [self._help(words)]
        self._answers.show_answers(groups, empty)

    def _help(self, words: str) -> Answer:
        title = _("Search the help for “{words}”").format(words=words)
        return Answer(title, "", partial(self.help_wanted.emit, words))

    def _commands(self, text: str) -> list[Answer]:
        """Return commands by their names, then those that somebody may call so."""
        named, others = list[Answer](), list[Answer]()
        for action in self._actions():
            title = plain_text(action)
            if has_words(title, text):
                named += self._command(action, title, text)
            elif has_words(f"{title} {other_words(action)}", text):
                others += self._command(action, title, text)
        return [*named, *others][:_COMMANDS]

    def _command(self, action: QAction, title: str, text: str) -> list[Answer]:
        if action.isEnabled():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            return [Answer(title, keys, action.trigger)]
        refusal = refusal_of(action)
        if refusal is None or not text:
            return []
        return [Answer(title, refusal.sentence, partial(self._session.problem.emit, refusal))]

    def _story(self, story: StoryRow) -> Answer:
        section = section_name_of(self._session.house, story.section) if story.section else ""
        detail = " · ".join(part for part in (section, state_name(story.state)) if part)
        return Answer(headline(story), detail, partial(self.story_chosen.emit, story.id))

    def _choose(self) -> None:
        answer = self._answers.selected()
        if answer is not None:
            self.leave()
            answer.choose()


def _begins(words: str, answers: Sequence[Answer]) -> bool:
    """Return whether one of the answers is called so, or begins so."""
    return any(answer.title.casefold().startswith(words.casefold()) for answer in answers)


def _recent_stories(snapshot: Snapshot, seen: Sequence[str]) -> list[StoryRow]:
    """Return the stories that were seen last, then the newest, in two queries."""
    found = snapshot.rows_of(seen)
    rows = [found[story] for story in seen if story in found]
    rows += [row for row in find_stories(snapshot, "", _RECENT) if row.id not in found]
    return rows[:_RECENT]


class AnswerList(QFrame):
    """The list under the field. It never takes the focus, so typing goes on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_kind(self, "palette")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Search results"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = label(kind="hint")
        self._empty.setContentsMargins(12, 8, 12, 8)
        column(self._empty, self.list, inside=self, spacing=6, margins=4)
        self.hide()

    def show_answers(self, groups: Mapping[str, Sequence[Answer]], empty: str = "") -> None:
        """Show what was found under its headings, or `empty` where nothing was."""
        lines = list(_lines_of(groups))
        self.list.setCurrentRow(-1)
        # What is typed changes a few words: lines that are there take their texts.
        self.list.model().removeRows(len(lines), self.list.count() - len(lines))
        for number, line in enumerate(lines):
            self._show_line(number, line)
        self._empty.setText(empty or _("Nothing found."))
        self._empty.setVisible(not self.list.count())
        self.list.setVisible(bool(self.list.count()))
        self.move_by(1)
        self._fit_height()

    def open_below(self, field: QWidget) -> None:
        """Open below a field."""
        window = self.parentWidget()
        if window is not None:
            width = min(max(field.width(), 520), window.width() - 24)
            corner = field.mapTo(window, QPoint(0, field.height() + 4))
            left = min(corner.x(), window.width() - width - 12)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                left = max(12, corner.x() + field.width() - width)
            self.setGeometry(left, corner.y(), width, self.height())
        self._fit_height()
        self.show()
        self.raise_()

    def titles(self) -> list[str]:
        """Return the titles of what can be chosen."""
        return [item.data(_ANSWER).title for item in self._selectable()]

    def selected(self) -> Answer | None:
        """Return the answer that is selected."""
        item = self.list.currentItem()
        answer = item.data(_ANSWER) if item is not None else None
        return answer if isinstance(answer, Answer) else None

    def move_by(self, steps: int) -> None:
        """Select another answer, staying within the list."""
        items = self._selectable()
        if items:
            current = self.list.currentItem()
            index = items.index(current) if current in items else -1
            chosen = min(max(index + steps, 0), len(items) - 1)
            self.list.setCurrentItem(items[chosen])
            if not chosen:
                self.list.scrollToTop()  # to the heading above it

    def _selectable(self) -> list[QListWidgetItem]:
        items = (self.list.item(i) for i in range(self.list.count()))
        return [item for item in items if item.data(_ANSWER) is not None]

    def _show_line(self, number: int, line: Answer | str) -> None:
        item = self.list.item(number) or QListWidgetItem(self.list)
        shown = self.list.itemWidget(item)
        if not isinstance(shown, _Line):
            shown = _Line()
        if isinstance(line, str):
            title, detail, kind, flags, answer = line, "", "label", Qt.ItemFlag.NoItemFlags, None
        else:
            title, detail, kind, flags, answer = line.title, line.detail, "", _CAN_BE_CHOSEN, line
        item.setFlags(flags)
        item.setData(_ANSWER, answer)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, listed(filter(None, (title, detail))))
        shown.show_texts(title, detail, kind)
        # As wide as the list: a long title gives way to what is said beside it.
        item.setSizeHint(QSize(0, shown.sizeHint().height()))
        if self.list.itemWidget(item) is None:
            self.list.setItemWidget(item, shown)

    def _fit_height(self) -> None:
        """Be as high as the answers need, and no higher than most of the window."""
        window = self.parentWidget()
        rows = sum(self.list.sizeHintForRow(i) for i in range(self.list.count()))
        most = window.height() * 2 // 3 if window is not None else rows
        needed = rows + _AROUND if rows else self._empty.sizeHint().height() + _AROUND
        self.resize(self.width(), min(needed, most))


class _Line(QWidget):
    """A heading, or an answer with what is said beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._detail = ElidedLabel(), label(kind="count")
        row((self._title, 1), self._detail, inside=self, spacing=6, margins=(8, 4))

    def show_texts(self, title: str, detail: str, kind: str) -> None:
        """Show another title, of a kind that the style sheet knows, and what is beside it."""
        set_kind(self._title, kind)
        self._title.setText(title)
        self._detail.setText(detail)


def _lines_of(groups: Mapping[str, Sequence[Answer]]) -> Iterator[Answer | str]:
    """Yield the headings of what was found, each before its answers."""
    for heading, answers in groups.items():
        if answers:
            yield heading
            yield from answers
