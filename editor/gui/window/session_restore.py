"""What a window opens first: text that was never saved, then what was open the last time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from editor.core.workflow import Stage
from editor.gui.draft.open_story import NEW, OpenStory
from editor.gui.draft.unsaved import Opened, continue_cut_off, unsaved_stories
from editor.gui.kept.journal_writer import BANNER_ENTRY
from editor.gui.library.places import BANNER, DRAFTS, MINE, REVIEW
from editor.gui.widgets.layout import once
from editor.gui.widgets.tab_order import focus_into
from editor.gui.window.parts import WindowParts
from editor.gui.window.remembered import Remembered
from editor.gui.window.tab_facts import TabFacts, read_tab_facts, tabs_from_text
from editor.gui.window.window_state import WindowState
from editor.i18n import _, plural

if TYPE_CHECKING:
    from editor.store.journal import Journal
    from editor.store.reading.snapshot import Snapshot


class _Found(NamedTuple):
    """What is known once the desk is open: unsaved text, which stories there are, and tabs.

    `is_right` is whether what was remembered of the open story is what the desk has.
    """

    unsaved: tuple[str, ...]
    known: Collection[str]
    is_right: bool
    tabs: Mapping[str, TabFacts]


class SessionRestore(QObject):
    """Brings a window back to where its desk was left; on a first visit, to where there is work."""

    def __init__(self, parts: WindowParts, state: WindowState) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._last = state.on_desk(parts.session.path)
        self._tabs = tabs_from_text(self._last.get("tabs", ""))
        self._remembered: Remembered | None = None
        self._opens_first = self._begins_story = False
        parts.list.counted.connect(self._list_read)

    def start(self, remembered: Remembered | None = None, *, begins_story: bool = False) -> None:
        """Open the story and the place, as soon as it is known what was not saved.

        What is `remembered` is shown until then; most often nothing has to change after it.
        With `begins_story` a new story is begun, and no other opened.
        """
        self._begins_story = begins_story
        session = self._parts.session
        journal = session.journal
        last = self._last.get("story", "")
        self._parts.centre.wait_for_story()
        if remembered is not None:
            self._show(remembered)

        def query(snapshot: Snapshot) -> _Found:
            continue_cut_off(snapshot, journal)
            unsaved = unsaved_keys(snapshot, journal)
            known = snapshot.slugs((last.removeprefix(NEW), *unsaved))
            is_right = remembered is None or remembered.is_on(snapshot)
            return _Found(unsaved, known, is_right, read_tab_facts(snapshot, journal, self._tabs))

        session.ask(query, owner=self, done=partial(self._open, last))

    def _show(self, remembered: Remembered) -> None:
        parts, self._remembered = self._parts, remembered
        tabs = {facts.story: facts for facts in remembered.tabs}
        parts.tabs.restore(self._tabs, self._last.get("story", "").removeprefix(NEW), tabs)
        parts.places.go(remembered.place)
        parts.list.show_remembered(remembered.total, remembered.rows)
        if remembered.stored is not None:
            found = OpenStory.of(remembered.stored, remembered.around)
            parts.draft.open(found.key, Opened(found))
        parts.list.select(self._last.get("story", "").removeprefix(NEW))
        focus_into(parts.list)

    def _open(self, last: str, found: _Found) -> None:
        parts, remembered, unsaved = self._parts, self._remembered, found.unsaved
        if last not in unsaved:
            last = last.removeprefix(NEW)  # it was saved when the window closed
        last = self._restore_tabs(last, found)
        known = {*found.known, *found.tabs}
        first, others = to_open("" if self._begins_story else last, unsaved, known)
        if self._begins_story:
            others = (first, *others) if first else others
        elif remembered is None or parts.draft.asked_key == remembered.story:
            self._open_story(first, found.is_right)
        if remembered is None:
            if not parts.places.go(self._last.get("place", "")):
                self._go_to_work()
            focus_into(parts.list)
        if self._begins_story:
            parts.new_story()
        others = tuple(key for key in others if key != parts.draft.asked_key)
        if others:
            # Later, for the story that is opening now clears the centre's bars.
            once(self, lambda: self._offer_unsaved(others)).start()

    def _restore_tabs(self, last: str, found: _Found) -> str:
        """Show the tabs of the last time; return the story that was open, or else is in a tab."""
        tabs = self._parts.tabs
        if self._remembered is not None:
            tabs.show_facts(self._tabs, found.tabs)
            return last
        tabs.restore(self._tabs, last.removeprefix(NEW), found.tabs)
        tabs.tell_gone(len(self._tabs) - len(found.tabs))
        is_gone = last not in (*found.known, *found.unsaved)
        active = found.tabs.get(tabs.stories[tabs.active])
        return active.key if is_gone and active is not None else last

    def _open_story(self, first: str, is_right: bool) -> None:
        """Open a story, or the first there is; what was shown so far may not be on the desk."""
        parts, place = self._parts, self._parts.list.place
        if not is_right:
            # What was typed into it goes to the journal, and to the desk if that takes it.
            parts.draft.close()
        if first:
            parts.tabs.add(first)
            parts.draft.open(first)
            parts.list.select(first)
            return
        self._opens_first = True
        parts.list.open_first()
        if place is not None:
            parts.list.show_place(place)

    def _list_read(self, total: int) -> None:
        if self._opens_first and not total:
            self._parts.centre.end_wait()

    def _offer_unsaved(self, keys: tuple[str, ...]) -> None:
        """Say that more text is not saved, and lead from each place to the next."""
        first, others = keys[0], keys[1:]
        parts = self._parts

        def open_first() -> None:
            if first == BANNER_ENTRY:
                parts.places.go(BANNER)
            else:
                parts.open_story(first)
                parts.list.select(first)
            if others:
                self._offer_unsaved(others)

        parts.centre.unsaved.show_text(
            unsaved_message(keys),
            _("Nothing is lost: the text is on this computer."),
            (_("Open the first") if others else _("Open it"), open_first),
        )

    def _go_to_work(self) -> None:
        """Go to the person's own drafts; without any, to the stories in review, then to all."""
        parts = self._parts
        mine = parts.places.places().place(MINE)
        wanted = mine.filter if mine else None

        def go(number: int) -> None:
            if parts.places.current() is not None:
                return
            stages = parts.session.counts.stages
            others = REVIEW if stages.get(Stage.REVIEW) else DRAFTS
            nothing_else = not (stages.get(Stage.REVIEW) or stages.get(Stage.DRAFT))
            parts.places.go(MINE if number or nothing_else else others)

        if wanted is not None:
            parts.session.ask(lambda snapshot: snapshot.count(wanted), owner=self, done=go)


def unsaved_keys(snapshot: Snapshot, journal: Journal) -> tuple[str, ...]:
    """Return the keys of stories whose text is in the journal only, as after a crash.

    `banner` is the last of them when the trends banner has such text.
    """
    entry = journal.read(BANNER_ENTRY)
    has_banner = entry is not None and entry.get("banner") != snapshot.banner().to_json()
    stories = tuple(unsaved.key for unsaved in unsaved_stories(snapshot, journal))
    return (*stories, BANNER_ENTRY) if has_banner else stories


def to_open(
    last: str, unsaved: Collection[str], known: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """Return the story to open, or nothing, and the other places with unsaved text.

    The story that was open `last` is opened where it still exists, except that
    unsaved text comes before a story without any.
    """
    found = [key for key in unsaved if key in known or key.startswith(NEW)]
    exists = last in known or last in found
    first = last if exists and (last in found or not found) else (found or [""])[0]
    return first, tuple(key for key in unsaved if key in (*found, BANNER_ENTRY) and key != first)


def unsaved_message(keys: Sequence[str]) -> str:
    """Return a sentence about the places whose text is not saved as a version."""
    if all(key == BANNER_ENTRY for key in keys):
        return _("The trends banner has text that was not saved.")
    if all(key.startswith(NEW) for key in keys):
        return plural("{n} story was never saved.", "{n} stories were never saved.", len(keys))
    return plural(
        "Another story has text that was not saved.",
        "{n} other places have text that was not saved.",
        len(keys),
    )
