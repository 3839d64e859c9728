"""What stands in the pane's tabs, and how it leads back into the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from editor.gui.centre import Centre
from editor.gui.pane import Pane
from editor.gui.session import Session
from editor.gui.story.draft import Draft
from editor.i18n import _


def fill_pane(
    pane: Pane, session: Session, draft: Draft, centre: Centre, open_slug: Callable[[str], None]
) -> None:
    """Give the pane its tabs. Nothing of them is imported before it is seen."""

    def preview() -> QWidget:
        from editor.gui.preview.pane import PreviewPane  # noqa: PLC0415 - brings the web engine

        page = PreviewPane(session, draft)
        page.open_story.connect(open_slug)
        page.place_clicked.connect(centre.form.go_to)
        centre.form.caret_moved.connect(page.show_place)
        pane.add_control("preview", page.switch)
        return page

    def checks() -> QWidget:
        from editor.gui.story.checks import ChecksPane  # noqa: PLC0415

        page = ChecksPane(session, draft)
        page.go_to.connect(centre.form.go_to)
        return page

    def history() -> QWidget:
        from editor.gui.review.history import HistoryPane  # noqa: PLC0415

        return HistoryPane(session, draft)

    def notes() -> QWidget:
        from editor.gui.review.notes import NotesPane  # noqa: PLC0415

        return NotesPane(session, draft)

    pane.add("preview", _("Preview"), preview)
    pane.add("checks", _("Checks"), checks)
    pane.add("history", _("History"), history)
    pane.add("notes", _("Notes"), notes)
    draft.findings_changed.connect(lambda: pane.tabs.set_badge("checks", len(draft.findings)))
