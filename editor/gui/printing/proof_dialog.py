"""What both ways to print a proof share: what is on it, and reading it beside the window."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from editor.galley.contents import Galley, GalleyText, Wanted, read_galley
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.widgets.job_dialog import JobDialog
from editor.gui.widgets.layout import Item, column, label
from editor.i18n import _
from editor.progress import Progress

READING = 0.2
"""The share of the work after which all is read that is printed."""


class ProofDialog(JobDialog):
    """Asks what is on a proof of the open story, as it is typed; nothing is saved for it."""

    def __init__(
        self, title: str, start: str, session: Session, draft: Draft, parent: QWidget | None
    ) -> None:
        super().__init__(title, session.jobs, start, parent)
        self._session = session
        story = draft.open_story
        is_stored = story.stored is not None
        # What is typed while the dialog is open is not on the proof: it was not asked for.
        self._chosen = GalleyText(story.story_id if is_stored else "", typed=story.typed)
        self.name = story.typed.slug or _("proof")
        self.notes = QCheckBox(_("Open &notes of colleagues, numbered in the text"))
        self.pictures = QCheckBox(_("P&ictures, small"))
        self.ed_note = QCheckBox(_("The private &editor’s note"))
        self._show_possible(is_stored)

    def lay_out_proof(self, *more: Item, after: tuple[QPushButton, ...] = ()) -> None:
        """Put what both ask for above `more`; buttons `after` are shown when all is done."""
        sentence = _(
            "The lines are numbered, with room for marks. What is not approved says so on each "
            "page. Unsaved text is printed as it is."
        )
        options = column(
            label(_("On the proof"), "label"),
            self.notes,
            self.pictures,
            self.ed_note,
            *more,
            label(sentence, "hint", wrap=True),
            spacing=6,
        )
        self.lay_out_options(options, *after)
        # The first thing that can be answered, not the button that closes.
        QTimer.singleShot(0, self, self.start_button.setFocus)

    def wanted(self) -> Wanted:
        """Return what is ticked."""
        return Wanted(
            notes=self.notes.isChecked(),
            pictures=self.pictures.isChecked(),
            ed_note=self.ed_note.isEnabled() and self.ed_note.isChecked(),
        )

    def read(self, wanted: Wanted, progress: Progress) -> Galley:
        """Read what is printed. For another thread. Raises DeskDamaged, Cancelled."""
        return read_galley(self._session.desk, self._chosen, wanted, progress.part(0, READING))

    def _show_possible(self, is_stored: bool) -> None:
        typed = self._chosen.typed
        has_pictures = typed is not None and bool(typed.pictures)
        for box, is_possible in ((self.notes, is_stored), (self.pictures, has_pictures)):
            box.setEnabled(is_possible)
            box.setChecked(is_possible)
        self.ed_note.setEnabled(typed is not None and bool(typed.ed_note))
