"""Goes to places, stories and passages, and shows the column each of them is in."""

from __future__ import annotations

from editor.checks.base import TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.library.places import BANNER, MINE, Place
from editor.gui.library.places_view import PlacesView
from editor.gui.library.story_list import StoryList
from editor.gui.session import Session
from editor.gui.window.centre import Centre
from editor.gui.window.columns import Columns
from editor.gui.window.focus import focus_into
from editor.gui.window.story_pane import StoryPane


class Navigator:
    """Moves through one window, whichever page and place it shows."""

    def __init__(
        self,
        session: Session,
        draft: Draft,
        columns: Columns,
        columns_in_order: tuple[PlacesView, StoryList, Centre, StoryPane],
    ) -> None:
        self._session, self._draft, self._columns = session, draft, columns
        self._places, self._list, self._centre, self._pane = columns_in_order

    def show_place(self, place: Place) -> None:
        """Show the stories of a place, or the trends banner."""
        if place.key == BANNER:
            self._centre.show_banner()
        else:
            self._list.show_place(place)
            self._centre.show_story()
        # The banner's editor has a preview of its own.
        self._columns.lend_pane(self._centre.shows_banner())

    def open_story(self, story_id: str) -> None:
        """Open a story in the form."""
        self.leave_banner()
        self._centre.close_sheets()
        self._draft.open(story_id)
        self._centre.show_story()

    def open_slug(self, slug: str) -> None:
        """Open the story of a slug, if the desk has it."""
        for story_id, known in self._session.slugs.items():
            if known == slug:
                self._list.select(story_id)
                self.open_story(story_id)
                return

    def show_story(self, story_id: str) -> None:
        """Select a story in the list, open it, and put the caret into it."""
        self._list.select(story_id)
        self.open_story(story_id)
        self.focus_centre()

    def show_form(self) -> None:
        """Show the form of the open story and put the caret into it."""
        self._centre.show_story()
        self.focus_centre()

    def go_to(self, place: TextPlace) -> None:
        """Go to a place in the text of the open story, or of the trends banner."""
        where, _slash, rest = place.path.partition("/")
        if where != BANNER:
            self.leave_banner()
            self._centre.go_to(place)
            return
        self._places.go(BANNER)
        number = rest.partition("/")[0]
        cards = self._centre.banner.cards if self._centre.banner is not None else None
        if cards is not None and number.isdigit() and int(number) < len(cards.cards()):
            cards.focus(int(number))

    def leave_banner(self) -> None:
        """Go back from the trends banner to the place whose stories are listed."""
        place = self._list.place
        if self._centre.shows_banner():
            self._places.go(place.key if place is not None else MINE)

    def show_tab(self, name: str) -> None:
        """Show a tab of the pane, and the pane if it was hidden."""
        self._columns.show_pane(True)
        self._pane.choose(name)

    def focus_centre(self) -> None:
        """Put the focus into the page that is shown in the centre."""
        focus_into(self._centre.page())
