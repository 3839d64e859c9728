"""What both ways to print a proof ask, and that nothing is saved for it."""

from __future__ import annotations

from collections.abc import Callable

from editor.core.commands import AddNote
from editor.galley.contents import Wanted
from editor.gui.draft.draft import Draft
from editor.gui.printing.pdf_dialog import PdfDialog
from editor.gui.session import Session
from editor.progress import Progress
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, ShowDialog
from tests.gui.hands import Hands
from tests.reading import reading

Write = Callable[..., str]


def test_only_what_the_story_has_can_be_ticked(
    session: Session, draft: Draft, hands: Hands, write: Write, show_dialog: ShowDialog[PdfDialog]
) -> None:
    hands.open(write("ferry"))
    plain = show_dialog(PdfDialog(session, draft))
    assert plain.notes.isEnabled()
    assert not plain.pictures.isEnabled()
    assert not plain.ed_note.isEnabled()
    assert plain.wanted().notes
    assert not plain.wanted().ed_note
    hands.open(write("pilot", ed_note="Call the harbour."))
    noted = show_dialog(PdfDialog(session, draft))
    assert noted.ed_note.isEnabled()
    assert not noted.wanted().ed_note, "private words are printed only when that is asked for"


def test_unsaved_text_is_printed_and_stays_unsaved(
    session: Session,
    draft: Draft,
    desk: Desk,
    hands: Hands,
    write: Write,
    show_dialog: ShowDialog[PdfDialog],
) -> None:
    story = write("ferry")
    desk.do(AddNote(story, "Who says so?"), CHIEF)
    hands.open(story)
    draft.set_value("headline", "The ferry sails")
    made = show_dialog(PdfDialog(session, draft)).read(Wanted(), Progress())
    assert made.title == "The ferry sails"
    assert made.facts[0].endswith("with unsaved changes")
    assert [note.note.text for note in made.notes] == ["Who says so?"]
    assert reading(desk).stored(story).latest == 1


def test_story_that_was_never_saved_can_be_printed(
    session: Session, draft: Draft, show_dialog: ShowDialog[PdfDialog]
) -> None:
    draft.new()
    dialog = show_dialog(PdfDialog(session, draft))
    assert not dialog.notes.isEnabled()
    assert dialog.read(dialog.wanted(), Progress()).facts == ("Never saved",)
