"""From nothing to a window: the sample, the last desk, and desks that can't be opened."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.house import House
from editor.core.people import Person, Role
from editor.errors import DeskInUse
from editor.gui.app import Application
from editor.gui.theme import color, current_theme
from editor.gui.window.new_desk import NewDeskDialog
from editor.gui.window.window_state import WindowState, load_window_state
from editor.places import data_folder, sample_desk
from editor.settings import Settings, load_settings, save_settings
from editor.store.desk import Desk

Start = Callable[..., Application]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication) -> Iterator[Start]:
    """Start Stonehand as `run` does, and wait until there is a window of some kind."""
    begun: list[Application] = []

    def begin(desk: Path | None = None) -> Application:
        stonehand = Application(qapp)
        stonehand.window_state = WindowState(tab="checks")
        begun.append(stonehand)
        stonehand.start(desk)
        qtbot.waitUntil(lambda: shown(stonehand) is not None, timeout=20_000)
        return stonehand

    yield begin
    for stonehand in begun:
        leave(qtbot, stonehand)
        if stonehand.start_window is not None:
            stonehand.start_window.close()
        stonehand.deleteLater()


def shown(stonehand: Application) -> object:
    page = stonehand.start_window
    return stonehand.window or (page if page is not None and texts(stonehand) else None)


def leave(qtbot: QtBot, stonehand: Application) -> None:
    if stonehand.window is not None:
        jobs = stonehand.window.session.jobs
        qtbot.waitUntil(lambda: not jobs.busy)
        stonehand.window.close()
        qtbot.waitUntil(lambda: stonehand.window is None)


def texts(stonehand: Application) -> list[str]:
    """The buttons of the page that stands where there is no desk."""
    assert stonehand.start_window is not None
    buttons = stonehand.start_window.page.findChildren(QPushButton)
    return [each.text() for each in buttons if not each.isHidden()]


def make_desk(path: Path, name: str = "Harbour Post") -> Path:
    Desk.create(path, House(name), Person("Mara Quill", Role.CHIEF)).close()
    return path


def test_a_desk_in_use_is_a_page_with_ways_on(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = make_desk(tmp_path / "Harbour.desk")
    holder = Desk.open(path)
    holder.hold()
    stonehand = start(path)
    assert stonehand.window is None
    assert QApplication.activeModalWidget() is None
    assert texts(stonehand) == [
        "Try again",
        "Open another desk…",
        "New desk…",
        "Open the sample desk",
    ]
    holder.close()
    stonehand.start_window.chosen.emit("again")
    qtbot.waitUntil(lambda: stonehand.window is not None, timeout=20_000)
    assert stonehand.window.session.house.name == "Harbour Post"
    assert stonehand.start_window is None


@pytest.mark.parametrize("kind", ["missing", "empty folder", "a file", "damaged"])
def test_what_is_no_desk_is_said_plainly(start: Start, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "Odd.desk"
    if kind == "empty folder":
        path.mkdir()
    elif kind == "a file":
        path.write_text("not a desk", encoding="utf-8")
    elif kind == "damaged":
        make_desk(path)
        for file in path.glob("*.sqlite*"):
            file.write_bytes(b"\0garbage" * 500)
    stonehand = start(path)
    assert stonehand.window is None
    assert "Try again" in texts(stonehand)


def test_another_desk_that_cannot_be_opened_leaves_this_one_alone(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    stonehand = start(make_desk(tmp_path / "One.desk"))
    window = stonehand.window
    window.desk_wanted.emit(str(tmp_path / "None.desk"))
    qtbot.waitUntil(lambda: window.centre.problem.text() != "")
    assert stonehand.window is window
    assert "None.desk" in window.centre.problem.text()


def test_another_desk_takes_the_place_of_this_one(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    first, second = make_desk(tmp_path / "One.desk"), make_desk(tmp_path / "Two.desk", "Hill News")
    stonehand = start(first)
    window = stonehand.window
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.desk_wanted.emit(str(second))
    assert stonehand.window.session.house.name == "Hill News"
    assert load_settings()[0].recent_desks == (str(second), str(first))
    # The first desk was let go of: another window may hold it.
    with Desk.open(first) as again:
        again.hold()


def test_the_last_desk_comes_back_and_a_lost_one_is_not_waited_for(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = make_desk(tmp_path / "Last.desk", "Hill News")
    save_settings(Settings(last_desk=str(path)))
    stonehand = start()
    assert stonehand.window.session.house.name == "Hill News"
    stonehand.window.places.go("spiked")
    leave(qtbot, stonehand)
    assert load_window_state().on_desk(path)["place"] == "spiked"


def test_a_first_start_shows_the_sample(qtbot: QtBot, start: Start) -> None:
    save_settings(Settings(last_desk=str(data_folder() / "Gone.desk")))
    stonehand = start()
    qtbot.waitUntil(lambda: stonehand.window is not None, timeout=60_000)
    assert stonehand.window.session.desk.path == sample_desk()
    window = stonehand.window
    qtbot.waitUntil(lambda: window.draft.open_story.is_open, timeout=20_000)


def test_settings_that_cannot_be_used_are_said_in_the_window(start: Start, tmp_path: Path) -> None:
    from editor.settings import settings_file

    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("{broken", encoding="utf-8")
    stonehand = start(make_desk(tmp_path / "One.desk"))
    assert "settings file" in stonehand.window.centre.problem.text()


def test_the_look_changes_at_once_and_is_kept(
    qtbot: QtBot, start: Start, tmp_path: Path, qapp: QApplication
) -> None:
    stonehand = start(make_desk(tmp_path / "One.desk"))
    stonehand.window.menu_actions["appearance_dark"].trigger()
    assert current_theme() == "dark"
    assert qapp.palette().window().color() == color("bg")
    before = qapp.font().pointSizeF()
    stonehand.window.menu_actions["larger"].trigger()
    assert qapp.font().pointSizeF() == before + 1
    qtbot.waitUntil(lambda: load_settings()[0].appearance == "dark")
    assert load_settings()[0].text_size == 1


def test_a_bug_is_reported_and_work_goes_on(start: Start, tmp_path: Path) -> None:
    stonehand = start(make_desk(tmp_path / "One.desk"))
    try:
        raise ZeroDivisionError("words of a story")
    except ZeroDivisionError:
        stonehand.report_bug(*sys.exc_info())
    assert "kept" in stonehand.window.centre.problem.text()
    [report] = (data_folder() / "logs").glob("crash-*.txt")
    assert "words of a story" not in report.read_text(encoding="utf-8")


def test_a_new_desk_is_made_and_opened(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    stonehand = start(make_desk(tmp_path / "One.desk"))
    old = stonehand.window
    dialog = NewDeskDialog(old)
    dialog.made.connect(stonehand.make)
    dialog.show()
    dialog.accept()
    assert dialog.isVisible(), "nothing is made of empty fields"
    dialog.paper.setText("The Göteborg Times")
    dialog.person.setText("Lena Ortiz")
    dialog.folder.setText(str(tmp_path / "desks"))
    with qtbot.waitSignal(old.closed, timeout=20_000):
        dialog.accept()
    session = stonehand.window.session
    assert session.desk.path == tmp_path / "desks" / "the-goteborg-times.desk"
    assert session.person == Person("Lena Ortiz", Role.CHIEF)


def test_the_command_opens_the_window_and_keeps_a_log(qtbot: QtBot, python: str) -> None:
    started = subprocess.Popen([python, "-m", "editor"], stderr=subprocess.DEVNULL)
    try:
        qtbot.waitUntil(lambda: load_settings()[0].last_desk == str(sample_desk()), timeout=60_000)
        assert started.poll() is None
        assert (data_folder() / "logs" / "stonehand.log").is_file()
        with Desk.open(sample_desk()) as desk, pytest.raises(DeskInUse):
            desk.hold()
    finally:
        started.kill()
        started.wait()
