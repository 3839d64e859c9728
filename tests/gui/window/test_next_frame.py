"""The picture of the next window: of what it will show first, and only where that is so."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.gui.library.places import DRAFTS, REVIEW
from editor.gui.page.page_picture import PagePicture
from editor.gui.window import first_frame
from editor.gui.window.first_frame import (
    FirstFrame,
    first_frame_file,
    later_frame_file,
    recall_first_frame,
    remembered_file,
)
from editor.gui.window.next_frame import take_next_frame
from editor.gui.window.remembered import forget, remember
from editor.gui.window.window_state import WindowState, load_window_state, save_window_state
from editor.places import LOCK_FILE, settings_file, window_state_file
from editor.settings import Settings, load_settings, save_settings
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF
from tests.gui.window.test_remembered import place_of
from tests.reading import reading

Write = Callable[..., str]
Take = Callable[..., Path]
SIZE = QSize(1440, 900)


@pytest.fixture
def take(qtbot: QtBot, desk: Desk) -> Take:
    """Take the picture as when a window is closed with a story open; gives the desk's path."""

    def close_with(
        story: str, place: str = DRAFTS, page: PagePicture | None = None, **known: Any
    ) -> Path:
        settings = Settings(appearance="light", person=CHIEF)
        desks = {str(desk.path): {"place": place, "story": story}}
        state = WindowState(tab="preview" if page else "checks", desks=desks, **known)
        save_settings(settings)
        save_window_state(state)
        remember(desk, CHIEF, place_of(desk, place), story)
        take_next_frame(desk.path, settings, state, SIZE, page)
        return desk.path

    return close_with


def recalled(desk: Path) -> FirstFrame:
    frame = recall_first_frame(desk)
    assert frame is not None
    return frame


def test_picture_is_recalled_with_its_title_and_place(take: Take, write: Write) -> None:
    frame = recalled(take(write("harbour-opens", "Harbour opens")))
    assert frame.title == "Harbour opens – Harbour Post – Stonehand"
    assert frame.picture.size() == frame.geometry.size() * frame.picture.devicePixelRatio()
    assert not frame.is_maximized


def test_picture_is_private_and_goes_with_what_is_remembered(take: Take, write: Write) -> None:
    desk = take(write("harbour-opens"))
    assert stat.S_IMODE(first_frame_file(desk).stat().st_mode) == 0o600
    forget(desk)
    assert not first_frame_file(desk).exists()
    assert not later_frame_file(desk).exists()
    assert recall_first_frame(desk) is None


def test_on_another_day_the_page_is_not_shown_and_times_have_their_day(
    take: Take, write: Write, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = write("harbour-opens")
    path = take(story, page=page_of(reading(desk).stored(story).hash), maximized=True)
    today = recalled(path)
    monkeypatch.setattr(first_frame, "_today", lambda: "2100-01-01")
    later = recalled(path)
    assert today.page is not None
    assert later.page is None
    assert later.picture.pixelColor(today.page_box.topLeft()).name() != "#123456"
    status = QRect(0, SIZE.height() - 30, 300, 30)
    assert later.picture.copy(status) != today.picture.copy(status)
    later_frame_file(path).unlink()
    assert recall_first_frame(path) is None


def test_another_text_makes_another_picture(take: Take, write: Write) -> None:
    first = recalled(take(write("harbour-opens", "Harbour opens"))).picture
    second = recalled(take(write("ferry-back", "Ferry back"))).picture
    assert first != second


def page_of(version: str) -> PagePicture:
    image = QImage(200, 300, QImage.Format.Format_RGB32)
    image.fill("#123456")
    return PagePicture(image, version, 40.0)


def test_page_beside_the_story_is_in_the_picture(take: Take, write: Write, desk: Desk) -> None:
    story = write("harbour-opens")
    page = page_of(reading(desk).stored(story).hash)
    frame = recalled(take(story, page=page, maximized=True))
    assert frame.is_maximized
    assert frame.picture.size() == SIZE
    assert frame.page is not None
    assert frame.page.image.pixelColor(5, 5).name() == "#123456"
    assert frame.page.scroll == 40


def test_page_is_not_remembered_where_there_is_no_room_for_it(
    take: Take, write: Write, desk: Desk
) -> None:
    story = write("harbour-opens")
    page = page_of(reading(desk).stored(story).hash)
    assert recalled(take(story, page=page, pane=False)).page is None


def test_page_of_another_version_is_not_in_the_picture(take: Take, write: Write) -> None:
    frame = recalled(take(write("harbour-opens"), page=page_of("another"), maximized=True))
    assert frame.page is None


@pytest.mark.parametrize("stage", [Stage.REVIEW, Stage.APPROVED, Stage.SPIKED])
def test_no_text_of_a_story_that_is_no_draft_is_in_the_picture(
    take: Take, write: Write, stage: Stage
) -> None:
    story = write("harbour-opens", stage=stage)
    pictures = [recalled(take(story)).picture for _time in range(2)]
    other = write("ferry-back", "Ferry back", stage=stage)
    assert pictures[0] == pictures[1] == recalled(take(other)).picture


def test_list_that_says_how_long_stories_wait_has_no_picture(take: Take, write: Write) -> None:
    desk = take(write("quay-opens"))
    assert first_frame_file(desk).exists()
    take(write("harbour-opens", stage=Stage.REVIEW), REVIEW)
    assert not first_frame_file(desk).exists()


def test_no_picture_is_used_where_text_was_not_saved(take: Take, write: Write, desk: Desk) -> None:
    path = take(write("harbour-opens"))
    desk.journal.write("banner", {"banner": {}})
    assert recall_first_frame(path) is None


def test_no_picture_is_used_for_a_restored_desk(take: Take, write: Write) -> None:
    path = take(write("harbour-opens"))
    database = path / "desk.sqlite3"
    copy = path / "copy"
    copy.write_bytes(database.read_bytes())
    aside = database.rename(path / "aside")
    copy.rename(database)
    assert recall_first_frame(path) is None
    aside.replace(database)
    assert recall_first_frame(path) is not None


def test_no_picture_is_used_while_a_window_has_the_desk_or_once_it_was_killed(
    take: Take, write: Write, desk: Desk
) -> None:
    desk.hold()
    desk.close()
    path = take(write("harbour-opens"))
    assert recall_first_frame(path) is not None
    lock = path / LOCK_FILE
    lock.write_bytes(b"{}")
    assert recall_first_frame(path) is None
    lock.write_bytes(b"")
    assert recall_first_frame(path) is not None
    lock.unlink()
    assert recall_first_frame(path) is None


@pytest.mark.parametrize("kind", ["settings", "window"])
def test_no_picture_is_made_of_what_the_next_start_will_not_read(
    take: Take, write: Write, kind: str
) -> None:
    path = take(write("harbour-opens"))
    settings, state = load_settings()[0], load_window_state()
    # The disk refused to save what was changed last.
    if kind == "settings":
        settings = replace(settings, appearance="dark")
    else:
        state = replace(state, tab="notes")
    take_next_frame(path, settings, state, SIZE)
    assert recall_first_frame(path) is None


def change_settings(_desk: Path) -> None:
    save_settings(replace(load_settings()[0], text_size=2))


def change_window(desk: Path) -> None:
    save_window_state(WindowState(tab="checks", geometry=(0, 0, 800, 600)))


def change_remembered(desk: Path) -> None:
    file = remembered_file(desk)
    file.write_bytes(file.read_bytes().replace(b"Headline", b"Deadline"))


@pytest.mark.parametrize(
    "change",
    [
        change_settings,
        change_window,
        change_remembered,
        lambda _desk: settings_file().unlink(),
        lambda _desk: window_state_file().unlink(),
        lambda desk: remembered_file(desk).unlink(),
    ],
)
def test_picture_is_not_used_for_another_first_frame(
    take: Take, write: Write, change: Callable[[Path], object]
) -> None:
    desk = take(write("harbour-opens"))
    assert recall_first_frame(desk) is not None
    change(desk)
    assert recall_first_frame(desk) is None


def test_note_of_another_look_or_none_of_ours_is_ignored(take: Take, write: Write) -> None:
    desk = take(write("harbour-opens"))
    assert recall_first_frame(desk) is not None
    picture = QImage(str(first_frame_file(desk)))
    note = json.loads(picture.text("Stonehand"))
    for other in ({"scheme": "Dark"}, {"state": ""}, {"geometry": [1, 2]}, {"ratio": "x"}):
        picture.setText("Stonehand", json.dumps({**note, **other}))
        picture.save(str(first_frame_file(desk)))
        assert recall_first_frame(desk) is None, other


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"words"])
def test_damaged_picture_is_ignored(take: Take, write: Write, data: bytes) -> None:
    desk = take(write("harbour-opens"))
    whole = first_frame_file(desk).read_bytes()
    for damaged in (data, whole[: len(whole) // 2]):
        first_frame_file(desk).write_bytes(damaged)
        assert recall_first_frame(desk) is None
