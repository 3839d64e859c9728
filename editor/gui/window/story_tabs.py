"""Which stories are in tabs. The open story is the one of the active tab."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.core.changes import Changes
from editor.errors import NotAllowed
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import NEW, OpenStory
from editor.gui.widgets.announce import announce_text
from editor.gui.widgets.layout import once
from editor.gui.window.tab_facts import MOST_TABS, TabFacts, read_tab_facts, tabs_to_text
from editor.i18n import _, plural

if TYPE_CHECKING:
    from editor.gui.window.parts import WindowParts

_PAUSE_MS = 200
"""A story that was left is read again once its save has ended, most often."""
_MOST_CLOSED = 20


class StoryTabs(QObject):
    """The stories in tabs, by their ids, in order. With one tab nothing of them is seen.

    A story that is chosen elsewhere is shown in the active tab, unless it is in a tab already.
    """

    changed = Signal()
    """Other stories are in tabs, or in another order, or another tab is active."""

    def __init__(self, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self.stories: list[str] = [""]
        """One empty id where no story was open yet."""
        self.active = 0
        self._facts: dict[str, TabFacts] = {}
        self._closed: list[str] = []
        self._left = OpenStory()
        self._unread: set[str] = set()
        self._parts: WindowParts | None = None
        self._read_soon = once(self, self._read, _PAUSE_MS)

    def connect_parts(self, parts: WindowParts) -> None:
        """Follow what a window's parts show, and what a person does with the strip."""
        self._parts = parts
        self._draft.opened.connect(self._story_opened)
        self._draft.state_changed.connect(self._show_open_story)
        self._draft.changed.connect(self._follow_typing)
        self._draft.journal_changing.connect(self._journal_changing)
        parts.session.changed.connect(self._desk_changed)
        parts.list.tab_wanted.connect(lambda story: self.open_all([story]))
        strip = parts.centre.tab_strip
        strip.chosen.connect(self.choose)
        strip.close_wanted.connect(self.close)
        strip.moved.connect(self._moved)
        parts.centre.page_changed.connect(self._fit_strip)
        parts.focus_mode.changed.connect(self._fit_strip)
        strip.hide()

    @property
    def are_several(self) -> bool:
        """Whether there are tabs to see: more than one."""
        return len(self.stories) > 1

    @property
    def can_reopen(self) -> bool:
        """Whether a tab was closed that can be opened again."""
        return bool(self._closed)

    def to_text(self) -> str:
        """Return the stories in tabs for the window's state; an empty text for one tab alone."""
        return tabs_to_text(self._known(self.stories) if self.are_several else ())

    def restore(self, stories: Sequence[str], active: str, found: Mapping[str, TabFacts]) -> None:
        """Show the tabs of the last time, as far as their stories were found.

        The story of the active one is opened by the caller.
        """
        known = [story for story in stories if story in found]
        if len(known) > 1:
            self.stories = known
            self.active = known.index(active) if active in known else 0
            self._facts = dict(found)
            self._show()

    def show_facts(self, asked: Collection[str], found: Mapping[str, TabFacts]) -> None:
        """Show what was read of the stories that were asked for; those not found are gone."""
        self._facts.update(found)
        open_story = self._draft.open_story.story_id
        gone = [story for story in asked if story not in found and story != open_story]
        self._drop(gone)
        self.tell_gone(len(gone))

    def tell_gone(self, number: int) -> None:
        """Say that so many stories are gone that were in tabs."""
        if number and self._parts is not None:
            sentence = plural(
                "A story that was in a tab is no longer on this desk.",
                "{n} stories that were in tabs are no longer on this desk.",
                number,
            )
            self._parts.session.message.emit(sentence, None)

    def add(self, key: str) -> None:
        """Give a story that is about to be opened a tab of its own, where there are several."""
        story = key.removeprefix(NEW)
        if self.are_several and story not in self.stories and len(self.stories) < MOST_TABS:
            self.stories.insert(self.active + 1, story)
        if story in self.stories:
            self.active = self.stories.index(story)
        self._show()

    def open_all(self, stories: Sequence[str]) -> None:
        """Open stories, each in a tab, and show the first of them."""
        ids = [story.removeprefix(NEW) for story in stories]
        new = [story for story in ids if story not in self.stories]
        if not ids or not self._has_room(len(new)):
            return
        after = self.active + 1
        self.stories[after:after] = new
        if not self.stories[self.active]:
            del self.stories[self.active]  # nothing was open yet
        self.active = self.stories.index(ids[0])
        self._show()
        self._stay()
        self._ask(ids)

    def choose(self, index: int) -> None:
        """Show the story of a tab, where it was left."""
        self.active = index
        self._show()
        story, open_story = self.stories[index], self._draft.open_story
        if story == open_story.story_id:
            self._return_to(open_story.key)
        elif story:
            self._stay()
            self._ask([story])

    def follow(self) -> None:
        """Make the tab of the open story the active one, where no other is being opened."""
        story = self._draft.open_story.story_id
        is_elsewhere = story in self.stories and self.stories[self.active] != story
        if is_elsewhere and not self._is_other_asked():
            self.active = self.stories.index(story)
            self._show()

    def step(self, by: int) -> None:
        """Choose the next tab (1) or the one before (-1); after the last comes the first."""
        self.choose((self.active + by) % len(self.stories))
        if self._parts is not None:
            # The focus may stay in a field, which says nothing of it.
            strip = self._parts.centre.tab_strip
            announce_text(strip, strip.accessibleTabName(self.active))

    def move(self, by: int) -> None:
        """Move the active tab so many places on, as far as there are."""
        to = self.active + by
        if self._parts is not None and 0 <= to < len(self.stories):
            self._parts.centre.tab_strip.moveTab(self.active, to)

    def can_move(self, by: int) -> bool:
        """Whether there is a place for the active tab on that side."""
        return 0 <= self.active + by < len(self.stories)

    def close(self, index: int) -> None:
        """Close a tab that is not the only one; what was typed is kept as on leaving a story."""
        if self.are_several:
            self._close([self.stories[index]])

    def close_active(self) -> None:
        """Close the active tab."""
        self.close(self.active)

    def close_others(self) -> None:
        """Close all tabs but the active one."""
        self._close(self.stories[: self.active] + self.stories[self.active + 1 :])

    def reopen(self) -> None:
        """Open the story again whose tab was closed last."""
        if self._closed:
            self.open_all([self._closed.pop()])

    def _has_room(self, number: int) -> bool:
        if len(self.stories) + number <= MOST_TABS:
            return True
        if self._parts is not None:
            self._parts.session.problem.emit(
                NotAllowed(
                    plural(
                        "{n} story can be in tabs at a time.",
                        "{n} stories can be in tabs at a time.",
                        MOST_TABS,
                    ),
                    _("Close a few tabs first."),
                )
            )
        return False

    def _is_shown(self, story: str) -> bool:
        is_open = story == self._draft.open_story.story_id and not self._is_other_asked()
        return is_open and self._parts is not None and self._parts.shows_story()

    def _ask(self, stories: Sequence[str]) -> None:
        """Read what tabs show of stories; open the one whose tab is active."""
        parts = self._parts
        if parts is not None:
            journal = parts.session.journal
            parts.session.ask(
                lambda snapshot: read_tab_facts(snapshot, journal, stories),
                owner=self,
                done=partial(self._open, stories),
            )

    def _open(self, stories: Sequence[str], found: Mapping[str, TabFacts]) -> None:
        self.show_facts(stories, found)
        active, story = self.stories[self.active], self._draft.open_story
        # Of what is typed just now there may be nothing to be found yet.
        known = {story.story_id: story.key, **{id: facts.key for id, facts in found.items()}}
        if active in stories and active in known and not self._is_other_asked():
            self._return_to(known[active])

    def _return_to(self, key: str) -> None:
        if self._parts is not None and not self._is_shown(key.removeprefix(NEW)):
            self._parts.visits.return_to(key)

    def _stay(self) -> None:
        """Open nothing that was asked for before and is not open yet."""
        if self._parts is not None and self._is_other_asked():
            key = self._draft.open_story.key
            self._draft.open(key)
            self._parts.list.select(key)

    def _is_other_asked(self) -> bool:
        """Whether another story than the open one was asked for and is not open yet."""
        return self._draft.asked_key not in ("", self._draft.open_story.key)

    def _story_opened(self) -> None:
        left, story = self._left, self._draft.open_story
        self._left = story
        if not story.is_open:
            return
        if story.story_id in self.stories:
            self.active = self.stories.index(story.story_id)
        else:
            self.stories[self.active] = story.story_id
        if _is_nothing(left) and left.story_id != story.story_id:
            # A story that was begun and has no word is nowhere once it is left.
            self._drop([left.story_id])
        self._show_open_story()
        self._show()

    def _show_open_story(self) -> None:
        story = self._draft.open_story
        if story.is_open and (facts := TabFacts.of(story)) != self._facts.get(story.story_id):
            self._facts[story.story_id] = facts
            if self.are_several:
                self._show_strip()

    def _follow_typing(self, path: str) -> None:
        if path in ("", "headline"):
            self._show_open_story()

    def _journal_changing(self, entry: str) -> None:
        story = entry.partition(":")[2].removeprefix(NEW)
        if self.are_several and story != self._draft.open_story.story_id and story in self.stories:
            self._unread.add(story)
            self._read_soon.start()

    def _desk_changed(self, changes: Changes) -> None:
        if self.are_several:
            self._unread.update(story for story in self.stories if changes.touches("story", story))
            self._read_soon.start()

    def _read(self) -> None:
        """Read again what tabs show of stories that may be different, but for the open one."""
        open_story = self._draft.open_story.story_id
        stories = [story for story in self.stories if story in self._unread - {open_story}]
        self._unread.clear()
        if stories:
            self._ask(stories)

    def _close(self, stories: Sequence[str]) -> None:
        self._closed = [*self._closed, *self._known(stories)][-_MOST_CLOSED:]
        self._drop(stories)

    def _known(self, stories: Sequence[str]) -> list[str]:
        """Return the stories that can be found again: all but one that has no word yet."""
        open_story = self._draft.open_story
        nothing = open_story.story_id if _is_nothing(open_story) else ""
        return [story for story in stories if story != nothing]

    def _drop(self, gone: Collection[str]) -> None:
        """Remove tabs; where the active one is among them, show the one after it, or the last."""
        was_active = self.stories[self.active]
        before = sum(story not in gone for story in self.stories[: self.active])
        self.stories = [story for story in self.stories if story not in gone] or [""]
        self.active = min(before, len(self.stories) - 1)
        if was_active in gone:
            self.choose(self.active)
        else:
            self._show()

    def _moved(self, start: int, end: int) -> None:
        active = self.stories[self.active]
        self.stories.insert(end, self.stories.pop(start))
        self.active = self.stories.index(active)
        self.changed.emit()

    def _show(self) -> None:
        story = self._draft.open_story
        known = {**self._facts, story.story_id: TabFacts.of(story)}
        self._facts = {story: known[story] for story in self.stories if story in known}
        self._show_strip()
        self.changed.emit()

    def _show_strip(self) -> None:
        if self._parts is not None:
            tabs = [self._facts.get(story, TabFacts(story)) for story in self.stories]
            self._parts.centre.tab_strip.show_tabs(tabs, self.active)
            self._fit_strip()

    def _fit_strip(self) -> None:
        """Show the strip where there are several tabs, and what it is above is a story."""
        parts = self._parts
        if parts is not None:
            hidden = parts.centre.shows_banner() or parts.focus_mode.is_on
            parts.centre.tab_strip.setVisible(self.are_several and not hidden)


def _is_nothing(story: OpenStory) -> bool:
    """Whether a story was begun and has no word: nobody will ever find it again."""
    return story.is_open and story.stored is None and not story.has_unsaved_text
