"""What pictures of the window in other states show, and those of other windows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from stage import DRAFT, EDITOR, LANGUAGES, WRITER, Stage, sheet_of

from editor.core.commands import AddNote
from editor.galley.contents import GalleyText, Wanted, read_galley
from editor.galley.pdf import pdf_of
from editor.gui.library.places import ALL
from editor.gui.theme import apply_theme, current_theme
from editor.gui.window.recent_desks import DeskFault, RecentDesk
from editor.gui.window.start_window import StartWindow
from editor.i18n import language_in_use
from editor.progress import Progress
from editor.settings import all_settings

NOTED = "crane-curfew"


def search(stage: Stage) -> QRect:
    """The field that finds stories and commands."""
    stage.choose("search")
    QTest.keyClicks(stage.window.top.search, "har")
    stage.settle()
    return stage.rect(stage.window.top).united(QRect(0, 0, 720, 420))


def start_page(stage: Stage) -> QRect:
    """The start page, with the desks that were opened before."""
    page = StartWindow()
    page.resize(860, 560)
    day = datetime.now(UTC) - timedelta(days=3)
    page.show_recent(
        [
            RecentDesk("/home/ingrid/Harbour Post.desk", "Harbour Post", day.isoformat()),
            RecentDesk("/media/stick/Election.desk", "Election", day.isoformat()),
        ]
    )
    languages = all_settings()["language"]
    names = {value: languages.words(value) for value in LANGUAGES}
    page.offer_languages(names, language_in_use())
    page.show_faults({"/media/stick/Election.desk": DeskFault.GONE})
    page.show_page()
    stage.show_instead(page)
    return page.rect()


def filters(stage: Stage) -> QRect:
    """The places, and a list that is narrowed to a section and an author."""
    stage.window.resize(1440, 900)
    stage.window.places.go(ALL)
    stage.settle()
    stage.window.list.filters.choose(section="business", author=WRITER)
    stage.settle()
    seen = stage.rect(stage.window.places, stage.window.list)
    return QRect(seen.x(), seen.y(), seen.width(), 560)


def focus(stage: Stage) -> QRect:
    """Focus mode: only what is written."""
    stage.open(DRAFT)
    stage.window.centre.form.body.setFocus()
    stage.choose("focus_mode")
    stage.show_caret(stage.window.centre.form.body)
    return stage.window.rect()


def contrast(stage: Stage) -> QRect:
    """The window with high contrast."""
    apply_theme(stage.app, "contrast_dark" if current_theme() == "dark" else "contrast")
    stage.open(DRAFT)
    stage.settle()
    return stage.window.rect()


def note_marks(stage: Stage) -> QRect:
    """Notes of colleagues, marked in the form and listed beside it."""
    with stage.desk.read() as snapshot:
        id = snapshot.find(NOTED)
        body = snapshot.stored(id).story.body
    for words, note in (
        ("1,100 signatures", "Can we see the list? How many of them live there?"),
        ("A ship that misses it waits six hours", "Says who? Let us name one shipper."),
    ):
        at = body.index(words)
        stage.do(AddNote(id, note, "body", at, at + len(words)), EDITOR)
    stage.open(NOTED)
    stage.window.centre.show_text()
    stage.choose_tab("notes")
    stage.show_part(stage.window.centre.form.body, 60)
    return stage.rect(stage.window.centre, stage.window.pane)


def proof(stage: Stage) -> QRect:
    """The first sheet of a proof on paper, with numbered lines and notes."""
    note_marks(stage)
    with stage.desk.read() as snapshot:
        chosen = GalleyText(snapshot.find(NOTED))
    wanted = Wanted(notes=True, pictures=True, ed_note=False)
    data, _pages = pdf_of([read_galley(stage.desk, chosen, wanted, Progress())], Progress())
    sheet = sheet_of(data, 560)
    stage.show_instead(sheet)
    return QRect(0, 0, sheet.width(), 640)
