"""The window on the desk of a newer Stonehand: all is read, nothing can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import AddNote, SaveBanner, SaveStory, Submit
from editor.core.house import House
from editor.core.story import Story
from editor.errors import DeskTooNew, EditorError
from editor.gui.draft.draft import Draft
from editor.gui.preview.pane import PreviewPane
from editor.gui.review.notes import NotesPane
from editor.gui.story.finding_card import FindingCard
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.window.actions import table
from editor.gui.window.actions.refusal_menu import refusal_of
from editor.gui.window.given_files import take_files
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder, choose_key_store
from tests.faults.newsroom import Room
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.newer import files, make_newer
from tests.reading import every_slug, reading
from tests.templates import copy_template

OpenWindow = Callable[..., MainWindow]
Settle = Callable[[], None]

START = {"New story", "Paste wire text…", "Import files…"}
"""The commands that begin a story."""

LINE = (
    "A newer Stonehand made the desk Harbour.desk: here you can read it, but not change it. "
    "Install the latest Stonehand to work on it."
)


@pytest.fixture
def desk(tmp_path: Path, desk_template: Path) -> Iterator[Desk]:
    """The desk of the Harbour Post after the next version worked there; it must stay as it is."""
    path = copy_template(desk_template, "Harbour.desk", tmp_path)
    with Desk.open(path) as made:
        for slug in ("ferry", "market"):
            story = Story(slug=slug, headline=f"The {slug}", body="It came on on Monday.")
            [id] = made.do(SaveStory(story), WRITER).ids("story")
            made.do(AddNote(id, "Ask the port."), EDITOR)
        made.do(Submit(id, 1), WRITER)
        briefs = Banner((Brief("b1", "Ferry back", "Repairs were done."),))
        made.do(SaveBanner(briefs, reading(made).banner().hash), CHIEF)
        made.journal.write(f"story:{id}", {"story": replace(story, id=id).to_json(), "base": 1})
    keys = choose_key_store()
    assert isinstance(keys, KeyFolder)
    make_newer(Room(path, keys), CHIEF, "ferry")
    before = files(path)
    with Desk.open(path) as opened:
        yield opened
    assert files(path) == before


def test_every_place_and_story_is_read_and_says_why_no_more(
    desk: Desk, open_window: OpenWindow, settle: Settle, qtbot: QtBot
) -> None:
    window = open_window(CHIEF)
    assert window.reading_line.text() == LINE
    assert not window.reading_line.join.isVisible()
    form, parts = window.centre.form, window.parts
    for place in window.places.places().places():
        parts.places.go(place.key)
        settle()
    for id, slug in every_slug(desk).items():
        parts.show_story(id)
        settle()
        assert window.draft.typed.headline == f"The {slug}"
        assert window.draft.why_locked is not None
        assert form.locked.text() == "", "the line at the top says it"
        assert form.headline.isReadOnly()
        qtbot.keyClicks(form.headline, "x")
        assert not window.draft.open_story.is_unsaved
        for tab in ("checks", "history", "notes"):
            parts.show_tab(tab)
            settle()
        notes = window.findChild(NotesPane)
        assert [note.text for note in notes.notes] == ["Ask the port."]
        assert not notes.box.isEnabled()
        assert not [button.text() for button in notes._list.findChildren(QPushButton)]
    assert any(finding.fixes for finding in window.draft.open_story.findings)
    assert not any(card.finding.fixes for card in window.findChildren(FindingCard))
    assert window.centre.problem.text() == ""


def test_every_command_of_the_menus_says_why_it_is_refused(
    open_window: OpenWindow, settle: Settle, desk: Desk
) -> None:
    window = open_window(CHIEF)
    window.parts.show_story(next(iter(every_slug(desk))))
    settle()
    writing = {row.name for row in table.rows() if row.writes}
    assert {"new", "import", "paste_wire", "save", "deliver", "note", "spike"} <= writing
    for name in (*writing, "export", "primary", "bold", "crosshead"):
        action = window.menu_actions[name]
        assert not action.isEnabled(), name
        refusal = refusal_of(action)
        assert refusal is not None, name
        assert f"{refusal.sentence} {refusal.hint}" == LINE
    window.draft.new()
    assert window.draft.open_story.stored is not None, "no new story is begun"
    assert window.centre.problem.text().startswith("A newer Stonehand made")


def test_empty_list_offers_nothing_that_is_refused(open_window: OpenWindow, settle: Settle) -> None:
    window = open_window(CHIEF)
    window.parts.places.go("killed")
    window.parts.places.go("mine")
    window.parts.show_tab("preview")
    settle()
    states = window.findChildren(EmptyState)
    buttons = [made for state in states for made in state.findChildren(QPushButton)]
    beginning = [made for made in buttons if made.text() in START]
    assert {made.text() for made in beginning} == START
    assert len(beginning) == 5, "the list, the window's middle and the preview"
    assert not any(made.isEnabled() for made in beginning)


def test_given_file_is_not_taken_in(
    open_window: OpenWindow, settle: Settle, tmp_path: Path, jpeg: bytes
) -> None:
    window = open_window(CHIEF)
    text, picture = tmp_path / "wire.txt", tmp_path / "boat.jpg"
    text.write_text("Harbour opens")
    picture.write_bytes(jpeg)
    for file in (text, picture):
        window.centre.problem.hide()
        take_files(window.parts, [file])
        settle()
        assert not window.centre.problem.isHidden()
        assert window.centre.problem.text().startswith("A newer Stonehand made")
        assert not [found for found in window.findChildren(Dialog) if found.isVisible()]


def test_banner_is_read_and_copied_alone(open_window: OpenWindow, settle: Settle) -> None:
    window = open_window(CHIEF)
    window.parts.places.go("banner")
    settle()
    banner = window.centre.banner
    assert banner is not None
    [card] = banner.cards.cards()
    assert card.title.text() == "Ferry back"
    assert card.title.isReadOnly()
    card.move_asked.emit(1)
    card.remove_asked.emit()
    assert len(banner.draft.banner.briefs) == 1
    assert not banner.can_approve()


DIALOGS_OF_A_DESK = (
    *("paper", "theme", "credentials", "house_style", "front", "masthead", "desk_log", "targets"),
    *("deliveries", "own_key", "find_in_stories", "story_log", "whereabouts", "print", "backup"),
)


@pytest.mark.slow
def test_every_dialog_of_the_desk_is_read(
    desk: Desk, open_window: OpenWindow, settle: Settle, problems: list[EditorError]
) -> None:
    window = open_window(CHIEF)
    window.parts.show_story(next(iter(every_slug(desk))))
    settle()
    for name in DIALOGS_OF_A_DESK:
        action = window.menu_actions[name]
        assert action.isEnabled(), name
        action.trigger()
        settle()
        for dialog in window.findChildren(Dialog):
            for bar in dialog.findChildren(ProblemBar):
                assert not bar.text(), name
            dialog.reject()
        settle()
    assert not problems, problems[0].sentence


def test_page_is_the_one_of_the_story(
    desk: Desk, pane: PreviewPane, draft: Draft, open_story: Callable[[str], None]
) -> None:
    for id in every_slug(desk):
        open_story(id)
        assert pane.view is not None


def test_people_and_house_are_those_of_the_desk(open_window: OpenWindow) -> None:
    window = open_window(CHIEF)
    house = window.session.house
    assert house == House("Harbour Post", dateline_template=house.dateline_template)
    assert isinstance(window.session.why_read_only, DeskTooNew)
    assert not window.session.can_sign
