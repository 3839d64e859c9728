"""Every screen of the main window, by name, and the stories that they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from editor.core.workflow import Stage
from editor.gui.review.history import HistoryPane
from editor.gui.window.main_window import MainWindow
from editor.gui.window.preview_window import PreviewWindow


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


def show_preview(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.parts.show_tab("preview")


def show_editing(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.review)


def show_find(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.menu_actions["replace"].trigger()
    window.centre.search.bar.show_problem("“(” has no “)”: a pattern needs both of them.")


def show_filters(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.places.go("all")
    window.list.filters.choose(
        stage=Stage.DRAFT, section="world", author="Ines Vale", language="en-GB", has_notes=True
    )


def show_chosen(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.places.go("all")


def show_search(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.menu_actions["search"].trigger()


def show_answers(window: MainWindow, stories: Desks) -> None:
    show_search(window, stories)
    window.top.search.setText("e")


def show_no_answer(window: MainWindow, stories: Desks) -> None:
    show_search(window, stories)
    window.top.search.setText("nowhere to be found")


def show_focus_mode(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.menu_actions["focus_mode"].trigger()


def show_tabs(window: MainWindow, stories: Desks) -> None:
    window.parts.show_story(stories.draft)
    window.parts.tabs.open_all([stories.review, stories.torn])


SCREENS = {
    "story": show_draft,
    "preview": show_preview,
    "history": show_history,
    "notes": show_notes,
    "review": show_review,
    "editing": show_editing,
    "banner": show_banner,
    "reconciling": show_reconciling,
    "find": show_find,
    "filters": show_filters,
    "chosen": show_chosen,
    "search": show_search,
    "answers": show_answers,
    "no answer": show_no_answer,
    "focus mode": show_focus_mode,
    "tabs": show_tabs,
}


def show_screen(name: str, window: MainWindow, stories: Desks, settle: Callable[[], None]) -> None:
    """Show a screen, and what a person opens on it."""
    leave_screen(window)
    SCREENS[name](window, stories)
    settle()
    if name == "reconciling":
        window.draft.reconcile()
    if name == "editing":
        window.centre.switch()
    if name == "chosen":
        window.list.view.selectAll()
    if name == "history":
        history = window.pane.page("history")
        assert isinstance(history, HistoryPane)
        history.choose(1)
    settle()


def show_preview_window(
    window: MainWindow, stories: Desks, settle: Callable[[], None]
) -> PreviewWindow:
    """Move the preview of a story into its own window."""
    show_screen("story", window, stories, settle)
    window.menu_actions["preview_window"].trigger()
    settle()
    out = window.parts.preview.window
    assert out is not None
    return out


def leave_screen(window: MainWindow) -> None:
    """Close what was opened on the screen before: a search, a filter, a choice, a message."""
    window.top.search.leave()
    window.centre.close_search()
    window.centre.toast.dismiss()
    window.parts.focus_mode.leave()
    window.list.clear_choice()
    window.list.filters.clear()
    if window.pane.tabs.current() == "preview":
        window.parts.show_tab("checks")
