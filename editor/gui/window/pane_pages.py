"""What stands in the pane's tabs, and how it leads back into the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from editor.checks.base import TextPlace
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.gui.window.pane import Pane
from editor.i18n import _


@dataclass(frozen=True, slots=True)
class PaneTargets:
    """Where the pane's pages lead: to a place in the text, to another story,
    to another width of the page.
    """

    go_to: Callable[[TextPlace], None]
    open_slug: Callable[[str], None]
    set_width: Callable[[str], None]


def fill_pane(
    pane: Pane, session: Session, draft: Draft, form: StoryForm, leads: PaneTargets
) -> None:
    """Give the pane its tabs. Nothing of them is imported before it is seen."""

    def preview() -> QWidget:
        from editor.gui.preview.pane import PreviewPane  # noqa: PLC0415 - brings the web engine

        page = PreviewPane(session, draft)
        page.open_story.connect(leads.open_slug)
        page.place_clicked.connect(leads.go_to)
        form.caret_moved.connect(page.show_place)
        page.switch.chosen.connect(leads.set_width)
        pane.add_control("preview", page.switch)
        return page

    def checks() -> QWidget:
        from editor.gui.story.checks import ChecksPane  # noqa: PLC0415

        page = ChecksPane(draft)
        page.place_chosen.connect(leads.go_to)
        return page

    def history() -> QWidget:
        from editor.gui.review.history import HistoryPane  # noqa: PLC0415

        return HistoryPane(session, draft)

    def notes() -> QWidget:
        from editor.gui.review.notes import NotesPane  # noqa: PLC0415

        page = NotesPane(session, draft)
        page.go_to.connect(leads.go_to)
        return page

    pane.add("preview", _("Preview"), preview)
    pane.add("checks", _("Checks"), checks)
    pane.add("history", _("History"), history)
    pane.add("notes", _("Notes"), notes)
    draft.findings_changed.connect(
        lambda: pane.tabs.set_badge("checks", len(draft.open_story.findings))
    )
