"""The parts of one window, as its actions are given them, and going from one to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from editor.core.findings import TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.library.chosen_actions import ChosenActions
from editor.gui.library.places import BANNER, MINE, Place
from editor.gui.library.places_view import PlacesView
from editor.gui.library.story_list import StoryList
from editor.gui.review.story_actions import (
    Primary,
    StoryActions,
    banner_step,
    export_step,
    new_step,
)
from editor.gui.session import Session
from editor.gui.widgets.tab_order import focus_into
from editor.gui.widgets.text_field import TextField
from editor.gui.window.beside_windows import BesideWindows
from editor.gui.window.centre import Centre
from editor.gui.window.columns import Columns
from editor.gui.window.detached_preview import DetachedPreview
from editor.gui.window.focus_mode import FocusMode
from editor.gui.window.messages import MessageLog
from editor.gui.window.palette import SearchField
from editor.gui.window.shortcuts import Shortcuts
from editor.gui.window.story_pane import StoryPane
from editor.gui.window.story_tabs import StoryTabs
from editor.gui.window.visits import Visits
from editor.store.reading.rows import StoryNames


@dataclass(frozen=True, eq=False)
class WindowParts:
    """What the actions of a window may use."""

    window: QMainWindow
    session: Session
    draft: Draft
    story_actions: StoryActions
    chosen_actions: ChosenActions
    places: PlacesView
    list: StoryList
    centre: Centre
    pane: StoryPane
    columns: Columns
    focus_mode: FocusMode
    preview: DetachedPreview
    beside: BesideWindows
    search: SearchField
    visits: Visits
    tabs: StoryTabs
    actions: Mapping[str, QAction]
    shortcuts: Shortcuts
    messages: MessageLog
    open_desk: Callable[[str], object]
    """Open the desk at a path, `new` to create one, or `open` to ask which."""

    def shows_story(self) -> bool:
        """Return whether a story is worked on: nothing is done to a story out of sight."""
        return self.draft.open_story.is_open and not self.centre.shows_banner()

    def next_step(self) -> Primary:
        """Return what comes next for the story or the banner that is shown, else for the desk."""
        banner = self.centre.banner
        if banner is not None and self.centre.shows_banner() and banner.can_approve():
            return banner_step()
        if not any(self.session.counts.stages.values()) and not self.shows_story():
            return new_step()
        return self.story_actions.primary() if self.shows_story() else export_step()

    def new_story(self) -> None:
        """Begin a story, with the caret in its form."""
        self.leave_banner()
        self.draft.new()
        self.centre.show_story()
        self.focus_centre()

    def show_place(self, place: Place) -> None:
        """Show the stories of a place, or the trends banner."""
        if place.key == BANNER:
            # The list beside it keeps the place that it shows; at the start it has none yet.
            beside = self.places.places().place(MINE)
            if self.list.place is None and beside is not None:
                self.list.show_place(beside)
            self.centre.show_banner()
        else:
            self.list.show_place(place)
            self.centre.show_story()
        # The banner's editor has a preview of its own.
        self.columns.lend_pane(self.centre.shows_banner())

    def leave_banner(self) -> None:
        """Go back from the trends banner to the place whose stories are listed."""
        place = self.list.place
        if self.centre.shows_banner():
            self.places.go(place.key if place is not None else MINE)

    def open_story(self, story_id: str) -> None:
        """Open a story in the form."""
        # First, so that the place gone to is no visit without its story.
        self.draft.open(story_id)
        self.tabs.follow()
        self.leave_banner()
        self.centre.close_sheets()
        self.centre.show_story()

    def open_slug(self, slug: str) -> None:
        """Open the story that has or had a slug, if the desk has it."""

        def open_owner(names: StoryNames) -> None:
            if story_id := names.owners.get(slug):
                self.list.select(story_id)
                self.open_story(story_id)

        self.session.ask(
            lambda snapshot: snapshot.names(slugs=(slug,)), owner=self.window, done=open_owner
        )

    def show_story(self, story_id: str) -> None:
        """Select a story in the list, open it, and put the caret into it."""
        self.list.select(story_id)
        self.open_story(story_id)
        self.focus_centre()

    def go_to(self, place: TextPlace) -> None:
        """Go to a place in the text of the open story, or of the trends banner."""
        where, _slash, rest = place.path.partition("/")
        if where != BANNER:
            self.leave_banner()
            self.centre.go_to(place)
            return
        self.places.go(BANNER)
        number = rest.partition("/")[0]
        cards = self.centre.banner.cards if self.centre.banner is not None else None
        if cards is not None and number.isdigit() and int(number) < len(cards.cards()):
            cards.focus(int(number))

    def show_note(self, id: int) -> None:
        """Show a note of the open story."""
        self.show_tab("notes")
        self.pane.show_note(id)

    def show_tab(self, name: str) -> None:
        """Show a tab of the pane, and the pane if it was hidden; the preview where it is."""
        if name == "preview" and self.preview.is_out:
            self.preview.come_forward()
            return
        self.columns.show_pane(True)
        self.pane.choose(name)

    def focus_text(self) -> None:
        """Put the focus into the text, where it last was: into no bar and no button beside it."""
        form, page = self.centre.form, self.centre.page()
        if page is not form:
            self.focus_centre()
        elif not isinstance(form.focusWidget(), TextField):
            form.body.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            focus_into(form)

    def focus_centre(self) -> None:
        """Put the focus into the page that is shown in the centre."""
        focus_into(self.centre.page())
