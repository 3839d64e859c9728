"""What the start page offers is done: a story, a key, help, an end; with nothing in its way."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.account import full_name
from editor.gui import desk_chooser
from editor.gui.interface_language import apply_language
from editor.gui.preferences.join import JoinDialog
from editor.gui.running import RunningWindow
from editor.gui.window.help import HelpWindow
from editor.gui.window.new_desk import NewDeskDialog
from editor.gui.window.recent_desks import nearest_folder
from editor.gui.window.window_state import WindowState, save_window_state
from editor.places import data_folder, settings_file
from editor.settings import Settings, load_settings, save_settings
from editor.store.desk import Desk
from tests.catalogues import compile_catalogues
from tests.gui.test_app import Start, leave, make_desk, press, start

__all__ = ["start"]


def test_story_is_written_on_the_desk_that_was_used_last(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = make_desk(tmp_path / "Hill.desk", "Hill News")
    save_settings(Settings(recent_desks=(str(path),)))
    application = start()
    press(application, "Write a story")
    qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
    window = application.window
    qtbot.waitUntil(lambda: window.draft.open_story.is_open, timeout=20_000)
    assert window.session.house.name == "Hill News"
    assert window.centre.page() is window.centre.form
    assert window.centre.form.isAncestorOf(QApplication.focusWidget())


def test_first_story_makes_its_desk_and_nothing_has_to_be_filled_in(
    qtbot: QtBot, start: Start
) -> None:
    application = start()
    press(application, "Write a story")
    press(application, "Write a story")
    qtbot.waitUntil(lambda: bool(application.start_window.findChildren(NewDeskDialog)))
    [dialog] = application.start_window.findChildren(NewDeskDialog)
    assert dialog.person.text() == full_name()
    dialog.accept()
    qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
    window = application.window
    qtbot.waitUntil(lambda: window.draft.open_story.is_open, timeout=20_000)
    assert window.session.desk.path == data_folder() / "my-paper.desk"


def test_start_page_is_found_again_beside_a_desk(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    application = start(make_desk(tmp_path / "Hill.desk", "Hill News"))
    window = application.window
    window.menu_actions["start"].trigger()
    page = application.start_window
    assert page is not None
    assert page.isVisible()
    assert [row.desk.title for row in page.rows] == ["Hill"]
    page.chosen.emit(str(tmp_path / "None.desk"))
    qtbot.waitUntil(lambda: page.bar.text() != "")
    assert window.centre.problem.text() == "", "it is said where it was chosen"
    press(application, "Write a story")
    qtbot.waitUntil(lambda: application.start_window is None, timeout=20_000)
    assert application.window is window, "the desk that is open is the one that was used last"
    assert window.draft.open_story.is_open
    window.menu_actions["start"].trigger()
    press(application, "Open the sample desk")
    qtbot.waitUntil(lambda: application.window is not window, timeout=60_000)
    assert application.window.session.house.name == "Harbour Post"
    assert application.start_window is None


def test_desk_that_is_open_elsewhere_is_asked_for_off_the_main_thread(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="sh-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        application = start(make_desk(tmp_path / "Hill.desk", "Hill News"))
        qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
        window, other = application.window, make_desk(tmp_path / "Harbour.desk")
        holder, running = Desk.open(other), RunningWindow(other)
        holder.hold()
        assert running.listen()
        # The answer comes from this thread, which therefore does not wait for it.
        with qtbot.waitSignal(running.show_asked, timeout=20_000):
            window.desk_wanted.emit(str(other))
        running.close()
        window.desk_wanted.emit(str(other))
        qtbot.waitUntil(lambda: "open in another window" in window.centre.problem.text())
        assert application.window is window
        holder.close()


def test_folder_to_locate_a_desk_in_is_looked_for_off_the_main_thread(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "disk" / "desks" / "Old.desk"
    assert nearest_folder(gone) == str(tmp_path)
    too_long = tmp_path / ("x" * 300) / "Old.desk"  # the system refuses even to look
    assert nearest_folder(too_long) == str(tmp_path)
    threads: list[threading.Thread] = []
    asked: list[str] = []

    def look(path: Path) -> str:
        threads.append(threading.current_thread())
        return nearest_folder(path)

    def choose(_parent: object, _title: str, folder: str) -> str:
        asked.append(folder)
        return ""

    monkeypatch.setattr(desk_chooser, "nearest_folder", look)
    monkeypatch.setattr("editor.gui.desk_chooser.QFileDialog.getExistingDirectory", choose)
    save_settings(Settings(last_desk=str(gone), recent_desks=(str(gone),)))
    application = start()
    press(application, "Locate…")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [str(tmp_path)]
    assert threads[0] is not threading.main_thread()


def test_another_language_is_chosen_on_the_start_page(
    qtbot: QtBot, qapp: QApplication, start: Start
) -> None:
    compile_catalogues()
    application = start()
    before = application.start_window
    assert before.language.isVisible()
    [arabic] = [each for each in before.language.menu().actions() if "123" in each.text()]
    try:
        arabic.trigger()
        page = application.start_window
        assert page is not before
        assert page.isVisible()
        assert page.layoutDirection() is Qt.LayoutDirection.RightToLeft
        assert "أخبار" in page.buttons["open"].text()
        assert load_settings()[0].language == "ar"
        [english] = [each for each in page.language.menu().actions() if each.text() == "English"]
        english.trigger()
        assert application.start_window.buttons["open"].text() == "&Open a desk…"
    finally:
        apply_language(qapp, "en")


def test_broken_settings_leave_the_desks_on_the_list(start: Start, tmp_path: Path) -> None:
    one, two = (str(tmp_path / name) for name in ("One.desk", "Two.desk"))
    closed = {one: {"closed": "2026-11-27T08:00:00Z"}, two: {"closed": "2026-11-27T09:00:00Z"}}
    save_window_state(WindowState(desks=closed))
    settings_file().write_text("{broken", encoding="utf-8")
    application = start()
    assert [row.desk.path for row in application.start_window.rows] == [two, one]


def test_key_is_made_before_there_is_a_desk(qtbot: QtBot, start: Start) -> None:
    application = start()
    press(application, "Join a desk…")
    [dialog] = application.start_window.findChildren(JoinDialog)
    dialog.name.setText("Ines Vale")
    qtbot.waitUntil(dialog.make.isEnabled)
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.line.text() != "", timeout=20_000)
    assert load_settings()[0].person == "Ines Vale"
    dialog.reject()


def test_help_opens_on_the_start_page(start: Start) -> None:
    application = start()
    press(application, "Help")
    [help_window] = application.start_window.findChildren(HelpWindow)
    assert help_window.isVisible()
    help_window.close()


def test_broken_settings_are_a_bar_on_the_start_page(start: Start) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("{broken", encoding="utf-8")
    application = start()
    assert application.start_window.notice.text()
    assert QApplication.activeModalWidget() is None


def test_sample_that_can_not_be_made_says_so_on_the_page(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    application = start()
    monkeypatch.setenv("STONEHAND_DATA", str(tmp_path / "file" / "data"))
    press(application, "Open the sample desk")
    bar = application.start_window.bar
    qtbot.waitUntil(lambda: "can't be made" in bar.text(), timeout=20_000)
    assert application.start_window.buttons["write"].isEnabled()


def test_desk_of_the_list_that_opens_leaves_no_page(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = make_desk(tmp_path / "Hill.desk", "Hill News")
    save_settings(Settings(recent_desks=(str(path), str(tmp_path / "Gone.desk"))))
    application = start()
    page = application.start_window
    qtbot.waitUntil(page.rows[1].fault.isVisible, timeout=20_000)
    page.rows[0].open_button.click()
    qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
    assert application.start_window is None
    assert application.window.menu_actions.submenu("recent") is not None
    leave(qtbot, application)
    assert load_settings()[0].recent_desks == (str(path), str(tmp_path / "Gone.desk"))


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such folders")
def test_it_starts_without_a_home_and_where_no_settings_can_be_written(python: str) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "HOME" and not name.startswith(("STONEHAND_", "XDG_"))
    }
    environment |= {"STONEHAND_CONFIG": "/proc/1/no", "STONEHAND_DATA": "/proc/1/no"}
    program = (
        "import sys; from editor.gui.start import start; app, stonehand = start()\n"
        "page = stonehand.start_window\n"
        "print(page.isVisible(), page.buttons['sample'].isEnabled(), app.activeModalWidget())"
    )
    ended = subprocess.run(
        [python, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.stdout.split() == ["True", "True", "None"], ended.stderr
