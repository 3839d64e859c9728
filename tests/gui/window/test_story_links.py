"""A link that is copied opens the story again, on this desk alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from editor.files import parse_json, write_json
from editor.gui.window.given_files import take_asked
from editor.gui.window.main_window import MainWindow
from editor.gui.window.story_links import find_linked_desk, remember_desk
from editor.places import desk_ids_file
from editor.story_link import StoryLink, read_link
from tests.gui.conftest import OpenWindow, Settle

OTHER = "0" * 32


@pytest.fixture
def linked(open_window: OpenWindow, write: Callable[..., str], settle: Settle) -> tuple[str, str]:
    """The link to a story, and its id; another story is open."""
    story, other = write("ferry"), write("quay")
    window = open_window()
    window.parts.show_story(story)
    settle()
    window.menu_actions["copy_link"].trigger()
    settle()
    window.parts.show_story(other)
    settle()
    return QGuiApplication.clipboard().text(), story


@pytest.fixture
def window(linked: tuple[str, str], open_window: OpenWindow) -> MainWindow:
    return open_window()


def test_link_opens_the_story_in_the_window(
    linked: tuple[str, str], window: MainWindow, settle: Settle
) -> None:
    link, story = linked
    assert window.draft.open_story.story_id != story
    take_asked(window.parts, [], link)
    settle()
    assert window.draft.open_story.story_id == story
    assert window.centre.problem.text() == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda link: str(link._replace(desk=OTHER)), "another desk"),
        (lambda link: str(link._replace(story=OTHER)), "no story"),
        (lambda link: f"{link}/export", "not a link"),
        (lambda _link: "stonehand:quit", "not a link"),
    ],
)
def test_link_that_leads_nowhere_changes_nothing_and_says_why(
    linked: tuple[str, str],
    window: MainWindow,
    settle: Settle,
    change: Callable[[StoryLink], str],
    sentence: str,
) -> None:
    before = window.draft.open_story.key
    take_asked(window.parts, [], change(read_link(linked[0])))
    settle()
    assert sentence in window.centre.problem.text()
    assert window.draft.open_story.key == before


def test_story_that_was_never_saved_has_no_link(open_window: OpenWindow) -> None:
    window = open_window()
    window.parts.new_story()
    assert not window.menu_actions["copy_link"].isEnabled()


def test_desk_of_a_link_is_found_among_those_that_were_opened(
    linked: tuple[str, str], window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    session, link = window.session, linked[0]
    id, gone = read_link(link).desk, str(tmp_path / "gone.desk")
    unusable = str(tmp_path / ("x" * 300))  # the system refuses even to look
    write_json(desk_ids_file(), {gone: id, unusable: id, str(session.path): OTHER})
    assert find_linked_desk(link, None) is None
    remember_desk(session)
    settle()
    assert parse_json(desk_ids_file().read_bytes()) == {str(session.path): id}
    assert find_linked_desk(link, None) == session.path
    assert find_linked_desk(str(read_link(link)._replace(desk=OTHER)), None) is None
    assert find_linked_desk("stonehand:x", session.path) is None


def test_of_two_copies_of_a_desk_a_link_leads_to_the_one_opened_last(
    linked: tuple[str, str], window: MainWindow
) -> None:
    path, link = window.session.path, linked[0]
    copy = path.with_name("Copy.desk")
    shutil.copytree(path, copy)
    write_json(desk_ids_file(), dict.fromkeys(map(str, (path, copy)), read_link(link).desk))
    assert [find_linked_desk(link, last) for last in (path, copy)] == [path, copy]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"/a.desk": 7}', '{"/a\\u0000.desk": "x"}'])
def test_ids_that_do_not_read_back_are_none(text: str) -> None:
    desk_ids_file().parent.mkdir(parents=True, exist_ok=True)
    desk_ids_file().write_text(text, encoding="utf-8")
    assert find_linked_desk(str(StoryLink(OTHER, OTHER)), None) is None
