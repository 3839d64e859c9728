"""Every screen of the main window, by name, and the stories that they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from editor.gui.review.history import HistoryPane
from editor.gui.window.main_window import MainWindow


@dataclass(frozen=True)
class Desks:
    """What the screens show: a draft, a story in review, one to reconcile, and the banner."""

    draft: str
    review: str
    torn: str


def show_draft(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)


def show_history(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.parts.show_tab("history")


def show_notes(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.parts.show_tab("notes")


def show_review(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.review)


def show_banner(window: MainWindow, stories: Desks) -> None:
    window.places.go("banner")


def show_reconciling(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.torn)


def show_tabs(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.parts.tabs.open_all([stories.review, stories.torn])


SCREENS = {
    "story": show_draft,
    "tabs": show_tabs,
    "history": show_history,
    "notes": show_notes,
    "review": show_review,
    "banner": show_banner,
    "reconciling": show_reconciling,
}


def show_screen(name: str, window: MainWindow, stories: Desks, settle: Callable[[], None]) -> None:
    """Show a screen, and what a person opens on it."""
    SCREENS[name](window, stories)
    settle()
    if name == "reconciling":
        window.draft.reconcile()
        settle()
    if name == "history":
        history = window.pane.page("history")
        assert isinstance(history, HistoryPane)
        history.choose(1)
        settle()
