"""The parts of one window, as its actions are given them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from editor.gui.draft.draft import Draft
from editor.gui.library.places_view import PlacesView
from editor.gui.library.story_list import StoryList
from editor.gui.review.story_actions import Primary, StoryActions, export_step
from editor.gui.session import Session
from editor.gui.window.centre import Centre
from editor.gui.window.columns import Columns
from editor.gui.window.navigator import Navigator
from editor.gui.window.palette import SearchField
from editor.gui.window.story_pane import StoryPane


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What the actions of a window may use."""

    window: QMainWindow
    session: Session
    draft: Draft
    story_actions: StoryActions
    places: PlacesView
    list: StoryList
    centre: Centre
    pane: StoryPane
    columns: Columns
    search: SearchField
    navigator: Navigator
    actions: Mapping[str, QAction]
    open_desk: Callable[[str], object]
    """Open the desk at a path, `new` to make one, or `open` to ask which."""

    def shows_story(self) -> bool:
        """Return whether a story is worked on: nothing is done to a story out of sight."""
        return self.draft.open_story.is_open and not self.centre.shows_banner()

    def next_step(self) -> Primary:
        """Return what comes next for the story that is shown, else an export."""
        return self.story_actions.primary() if self.shows_story() else export_step()
