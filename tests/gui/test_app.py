"""The application: the sample, the last desk, and desks that can't be opened."""

from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.crash_reports import report_faults
from editor.errors import DeskInUse
from editor.files import write_json
from editor.gui import theme
from editor.gui.app import Application
from editor.gui.backups.restore_dialog import RestoreDialog
from editor.gui.keys import KeyState
from editor.gui.preferences.settings_window import SettingsWindow
from editor.gui.running import show_running
from editor.gui.start import follow_link, open_paths
from editor.gui.theme import color, current_theme
from editor.gui.window.new_desk import NewDeskDialog
from editor.gui.window.window_state import load_window_state
from editor.places import DESK_FILE, data_folder, desk_ids_file, sample_desk
from editor.sample import GUIDE
from editor.settings import Settings, load_settings, save_settings
from editor.store.db.identity import LATEST
from editor.store.desk import Desk
from editor.story_link import StoryLink
from tests.newer import NEXT, files, set_numbers
from tests.reading import reading

Start = Callable[..., Application]


def test_desk_that_is_named_on_the_command_line_is_opened(tmp_path: Path) -> None:
    """Then a fault ends the process, as in a library: the next start has a report of it."""
    path = tmp_path / "Paper.desk"
    Desk.create(path, House("Harbour Post"), Person("Nadia Rahman", Role.CHIEF)).close()
    command = [sys.executable, "-m", "editor", str(path)]
    window = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if load_settings()[0].last_desk == str(path):
                break
            assert window.poll() is None
            time.sleep(0.1)
        else:
            pytest.fail("it was not opened")
        if sys.platform != "win32":
            window.send_signal(signal.SIGSEGV)
            assert window.wait(60) == -signal.SIGSEGV
            [report] = report_faults()
            assert "Segmentation fault" in report.read_text(encoding="utf-8")
    finally:
        window.kill()
        window.wait()


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication) -> Iterator[Start]:
    """Start Stonehand as `run` does, and wait until there is a window of some kind."""
    started: list[Application] = []

    def start_on(desk: Path | None = None) -> Application:
        application = Application(qapp)
        application.window_state = replace(application.window_state, tab="checks")
        started.append(application)
        application.start(desk)
        qtbot.waitUntil(lambda: shown(application) is not None, timeout=20_000)
        return application

    yield start_on
    for application in started:
        leave(qtbot, application)
        if application.start_window is not None:
            application.start_window.close()
        application.deleteLater()


def shown(application: Application) -> object:
    page = application.start_window
    return application.window or (page if page is not None and texts(application) else None)


def leave(qtbot: QtBot, application: Application) -> None:
    if application.window is not None:
        jobs = application.window.session.jobs
        qtbot.waitUntil(lambda: not jobs.busy)
        application.window.close()
        qtbot.waitUntil(lambda: application.window is None)


def texts(application: Application) -> list[str]:
    """What the start page's buttons say, as they are seen, without the keys' marks."""
    assert application.start_window is not None
    buttons = application.start_window.page.findChildren(QPushButton)
    seen = [button for button in buttons if button.isVisible() and button.text() != "×"]
    return [button.text().replace("&", "") for button in seen]


TO_BEGIN = [
    *("Write a story", "Open a desk…", "New desk…", "Join a desk…", "Open the sample desk"),
    "Restore a backup…",
]


def make_desk(path: Path, name: str = "Harbour Post") -> Path:
    Desk.create(path, House(name), Person("Mara Quill", Role.CHIEF)).close()
    return path


def test_desk_in_use_opens_start_page(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = make_desk(tmp_path / "Harbour.desk")
    holder = Desk.open(path)
    holder.hold()
    application = start(path)
    assert application.window is None
    assert QApplication.activeModalWidget() is None
    assert {"Try again", *TO_BEGIN} == {*texts(application)} - {"Quick guide", "Help"}
    assert "open in another window" in application.start_window.bar.text()
    holder.close()
    press(application, "Try again")
    qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
    assert application.window.session.house.name == "Harbour Post"
    assert application.start_window is None


def test_backup_is_restored_where_no_desk_opens(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = make_desk(tmp_path / "Harbour.desk")
    with Desk.open(path) as desk:
        desk.backup(tmp_path / "Saved.zip")
    shutil.rmtree(path)
    application = start(path)
    application.start_window.chosen.emit("restore")
    [dialog] = application.start_window.findChildren(RestoreDialog)
    dialog.file.set_path(tmp_path / "Saved.zip")
    dialog.target.set_path(tmp_path / "Again.desk")
    qtbot.waitUntil(dialog.start_button.isEnabled)
    dialog.start()
    qtbot.waitUntil(dialog.open_desk.isVisible, timeout=20_000)
    dialog.open_desk.click()
    qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
    assert application.window.session.desk.path == tmp_path / "Again.desk"


@pytest.mark.parametrize("kind", ["missing", "empty folder", "a file", "damaged"])
def test_unusable_desk_opens_start_page(start: Start, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "Odd.desk"
    if kind == "empty folder":
        path.mkdir()
    elif kind == "a file":
        path.write_text("not a desk", encoding="utf-8")
    elif kind == "damaged":
        make_desk(path)
        for file in path.glob("*.sqlite*"):
            file.write_bytes(b"\0garbage" * 500)
    application = start(path)
    assert application.window is None
    assert "Try again" in texts(application)


def test_unusable_other_desk_leaves_the_window_open(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    window = application.window
    window.desk_wanted.emit(str(tmp_path / "None.desk"))
    qtbot.waitUntil(lambda: window.centre.problem.text() != "")
    assert application.window is window
    assert "None.desk" in window.centre.problem.text()


def test_other_desk_replaces_the_window(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    first, second = make_desk(tmp_path / "One.desk"), make_desk(tmp_path / "Two.desk", "Hill News")
    application = start(first)
    window = application.window
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.desk_wanted.emit(str(second))
    assert application.window.session.house.name == "Hill News"
    assert load_settings()[0].recent_desks == (str(second), str(first))
    # The first desk was released: another window may hold it.
    with Desk.open(first) as again:
        again.hold()


def test_desk_that_is_open_is_shown_and_not_refused(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = make_desk(tmp_path / "One.desk")
    application = start(path)
    window = application.window
    window.desk_wanted.emit(str(path))
    qtbot.waitUntil(lambda: not window.session.jobs.busy)
    assert application.window is window
    assert window.centre.problem.text() == ""
    assert not window.menu_actions.submenu("recent").menuAction().isEnabled(), "there is no other"


def test_desk_of_a_newer_stonehand_is_shown_and_left_to_a_newer_one(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    path = make_desk(tmp_path / "Paper.desk")
    with Desk.open(path) as desk:
        desk.do(SaveStory(Story(slug="ferry", headline="The ferry")), "Mara Quill")
    set_numbers(path, NEXT, int(LATEST))
    before = files(path)
    for _start in ("first", "with what is remembered"):
        application = start(path)
        window = application.window
        assert window is not None
        qtbot.waitUntil(lambda: "A newer Stonehand" in window.reading_line.text())  # noqa: B023
        qtbot.waitUntil(lambda: window.draft.typed.headline == "The ferry")  # noqa: B023
        qtbot.waitUntil(window.centre.form.headline.isReadOnly)
        assert not show_running(path), "the newer one is to have its own window"
        leave(qtbot, application)
        assert application.start_window is None
        assert files(path) == before


def test_last_desk_and_its_place_are_restored(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    path = make_desk(tmp_path / "Last.desk", "Hill News")
    save_settings(Settings(last_desk=str(path)))
    application = start()
    assert application.window.session.house.name == "Hill News"
    application.window.places.go("spiked")
    leave(qtbot, application)
    assert load_window_state().on_desk(path)["place"] == "spiked"


def test_stories_in_tabs_are_saved_while_the_window_is_open(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    """A process that is killed (kill -9) saves nothing more: the next start reads this."""
    path = make_desk(tmp_path / "Hill.desk", "Hill News")
    with Desk.open(path) as desk:
        [chief, *_others] = [person.name for person in reading(desk).people()]
        saved = [desk.do(SaveStory(Story(headline=name)), chief) for name in ("Ferry", "Market")]
    ids = [changes.ids("story")[0] for changes in saved]
    application = start(path)
    window = application.window
    window.parts.tabs.open_all(ids)

    def state() -> tuple[str, str]:
        last = load_window_state().on_desk(path)
        return last.get("story", ""), last.get("tabs", "")

    qtbot.waitUntil(lambda: state() == (ids[0], " ".join(ids)))
    window.menu_actions["next_tab"].trigger()
    qtbot.waitUntil(lambda: state() == (ids[1], " ".join(ids)))
    leave(qtbot, application)
    assert state() == (ids[1], " ".join(ids))
    window = start(path).window
    assert window.centre.tab_strip.isVisible(), "at once, from what is remembered"
    strip = window.centre.tab_strip
    assert [strip.accessibleTabName(index) for index in range(strip.count())] == ["Ferry", "Market"]
    assert strip.currentIndex() == 1
    # Its folder is gone after the test.
    qtbot.waitUntil(lambda: window.session.is_open, timeout=20_000)


def test_first_start_shows_the_start_page_and_opens_the_sample_by_one_key(
    qtbot: QtBot, start: Start
) -> None:
    application = start()
    assert application.window is None
    assert {*texts(application)} == {"Quick guide", "Help", *TO_BEGIN}
    assert not sample_desk().exists()
    page = application.start_window
    qtbot.waitUntil(page.isActiveWindow)
    assert page.focusWidget() is page.buttons["write"]
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: application.window is not None, timeout=60_000)
    assert application.window.session.desk.path == sample_desk()
    window = application.window
    qtbot.waitUntil(lambda: window.draft.open_story.is_open, timeout=20_000)
    assert window.draft.open_story.stored.story.slug == GUIDE


def page_text(application: Application) -> str:
    """What the page says that is shown while there is no desk."""
    assert application.start_window is not None
    return "\n".join(label.text() for label in application.start_window.page.findChildren(QLabel))


@pytest.mark.parametrize("left", ["nothing", "a folder without a desk"])
def test_missing_last_desk_opens_a_page_that_names_it_and_no_other_desk(
    start: Start, tmp_path: Path, left: str
) -> None:
    gone = tmp_path / "Harbour Post.desk"
    if left != "nothing":
        gone.mkdir()
    save_settings(Settings(last_desk=str(gone), recent_desks=(str(gone),)))
    application = start()
    assert application.window is None
    assert not sample_desk().exists()
    assert f"The desk Harbour Post is no longer at {gone}." in page_text(application)
    assert {"Locate…", "Try again", "Remove from the list"} < {*texts(application)}
    assert load_settings()[0].last_desk == str(gone)


def test_missing_last_desk_is_located_where_it_was_moved(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, now = tmp_path / "Old.desk", make_desk(tmp_path / "New.desk", "Hill News")
    save_settings(Settings(last_desk=str(gone), recent_desks=(str(gone),)))
    asked: list[str] = []

    def choose(_parent: object, title: str, folder: str) -> str:
        asked.extend((title, folder))
        return str(now)

    application = start()
    monkeypatch.setattr("editor.gui.desk_chooser.QFileDialog.getExistingDirectory", choose)
    press(application, "Locate…")
    qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
    assert asked == ["Locate Old.desk", str(tmp_path)]
    assert application.window.session.house.name == "Hill News"
    assert load_settings()[0].recent_desks == (str(now),)


def test_missing_last_desk_is_removed_and_the_others_are_offered(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    gone, other = tmp_path / "Old.desk", make_desk(tmp_path / "Hill.desk", "Hill News")
    save_settings(Settings(last_desk=str(gone), recent_desks=(str(gone), str(other))))
    application = start()
    press(application, "Remove from the list")
    assert "Old is no longer on the list." in page_text(application)
    assert load_settings()[0] == Settings(recent_desks=(str(other),))
    qtbot.waitUntil(lambda: "Hill" in texts(application))
    assert "Old" not in texts(application)
    press(application, "Hill")
    qtbot.waitUntil(lambda: application.window is not None, timeout=20_000)
    assert application.window.session.house.name == "Hill News"


def test_missing_recent_desk_can_be_removed_in_the_window(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    gone, here = tmp_path / "Old.desk", make_desk(tmp_path / "Hill.desk")
    save_settings(Settings(recent_desks=(str(gone),)))
    application = start(here)
    bar = application.window.centre.problem
    application.window.desk_wanted.emit(str(gone))
    qtbot.waitUntil(lambda: "Old is no longer at" in bar.text())
    [remove] = [b for b in bar.findChildren(QPushButton) if b.text() == "Remove from the list"]
    remove.click()
    qtbot.waitUntil(lambda: load_settings()[0].recent_desks == (str(here),))
    assert load_settings()[0].last_desk == str(here)


def press(application: Application, text: str) -> None:
    """Press a button of the page that is shown while there is no desk."""
    assert application.start_window is not None
    for button in application.start_window.page.findChildren(QPushButton):
        if button.text().replace("&", "") == text and button.isVisible():
            button.click()
            return
    raise AssertionError(text)


def test_unusable_settings_are_a_problem_in_the_window(start: Start, tmp_path: Path) -> None:
    from editor.places import settings_file

    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("{broken", encoding="utf-8")
    application = start(make_desk(tmp_path / "One.desk"))
    window = application.window
    window.parts.new_story()  # which clears what was wrong with the story before
    assert "settings file" in window.centre.settings.text()
    buttons = window.centre.settings.findChildren(QPushButton)
    button = next(button for button in buttons if button.text() == "Open the settings")
    button.click()
    assert window.findChild(SettingsWindow).isVisible()


def test_settings_open_once_and_agree_with_the_menus(start: Start, tmp_path: Path) -> None:
    window = start(make_desk(tmp_path / "One.desk")).window
    for _time in range(2):
        window.menu_actions["settings"].trigger()
    [settings] = window.findChildren(SettingsWindow)
    assert not settings.isModal()
    settings.rows["appearance"].control.show_value("dark")
    assert current_theme() == "dark"
    assert window.menu_actions["appearance_dark"].isChecked()
    window.menu_actions["check_spelling"].trigger()
    assert settings.rows["check_spelling"].control.isChecked() is False
    window.menu_actions["larger"].trigger()
    assert settings.rows["text_size"].control.currentData() == 1
    settings.rows["text_size"].control.show_value(11)
    for _time in range(2):
        window.menu_actions["larger"].trigger()
        assert settings.rows["text_size"].control.currentData() == 12


def test_appearance_changes_at_once_and_is_saved(
    qtbot: QtBot, start: Start, tmp_path: Path, qapp: QApplication
) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    application.window.menu_actions["appearance_dark"].trigger()
    assert current_theme() == "dark"
    assert qapp.palette().window().color() == color("bg")
    before = qapp.font().pointSizeF()
    application.window.menu_actions["larger"].trigger()
    assert qapp.font().pointSizeF() == before + 1
    qtbot.waitUntil(lambda: load_settings()[0].appearance == "dark")
    assert load_settings()[0].text_size == 1


def test_contrast_of_the_desktop_is_followed_live(
    start: Start, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    hints = qapp.styleHints()
    told = hints.accessibility().contrastPreferenceChanged
    # No desktop is here that could change it.
    monkeypatch.setattr(theme, "_system_wants_contrast", lambda: True)
    told.emit(Qt.ContrastPreference.HighContrast)
    assert current_theme() == "contrast"
    application.window.menu_actions["appearance_light"].trigger()
    assert current_theme() == "light"
    told.emit(Qt.ContrastPreference.HighContrast)
    assert current_theme() == "light", "what a person chose comes first"


def test_bug_is_reported_and_the_window_stays_open(start: Start, tmp_path: Path) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    try:
        raise ZeroDivisionError("words of a story")
    except ZeroDivisionError:
        application.report_bug(*sys.exc_info())
    assert "kept" in application.window.centre.problem.text()
    [report] = (data_folder() / "logs").glob("crash-*.txt")
    assert "words of a story" not in report.read_text(encoding="utf-8")


def test_place_that_the_system_refuses_is_no_bug(start: Start, tmp_path: Path) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    error = PermissionError(errno.EACCES, "Permission denied", "/home/ana/backups")
    application.report_bug(type(error), error, None)
    shown = application.window.centre.problem.text()
    assert shown == "/home/ana/backups can't be used: Permission denied."
    assert not list((data_folder() / "logs").glob("crash-*.txt"))


def test_crash_of_a_job_leaves_the_desk_open(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    window = start(make_desk(tmp_path / "One.desk")).window
    jobs = window.session.jobs
    jobs.run(lambda _progress: 1 // 0, owner=window)
    qtbot.waitUntil(lambda: "Your text is kept" in window.centre.problem.text())
    answers: list[int] = []
    jobs.run(lambda _progress: 1, owner=window, done=answers.append)
    qtbot.waitUntil(lambda: answers == [1])


def test_new_desk_is_created_and_opened(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    old = application.window
    dialog = NewDeskDialog(old)
    dialog.completed.connect(application.create)
    dialog.show()
    dialog.accept()
    assert dialog.isVisible(), "empty fields create nothing"
    dialog.paper.setText("The Göteborg Times")
    dialog.person.setText("Lena Ortiz")
    dialog.folder.setText(str(tmp_path / "desks"))
    with qtbot.waitSignal(old.closed, timeout=20_000):
        dialog.accept()
    session = application.window.session
    assert session.desk.path == tmp_path / "desks" / "the-goteborg-times.desk"
    assert session.person == Person("Lena Ortiz", Role.CHIEF)


def test_chief_chooses_a_passphrase_where_there_is_no_keyring(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    old = application.window
    old.desk_wanted.emit("new")
    dialog = old.findChild(NewDeskDialog)
    assert dialog.passphrase.isVisible()
    dialog.paper.setText("Hill News")
    dialog.person.setText("Ada Brook")
    dialog.folder.setText(str(tmp_path))
    dialog.passphrase.first.setText("harbour lights")
    dialog.passphrase.again.setText("harbour light")
    dialog.accept()
    assert dialog.passphrase.problem() == "The two are not the same."
    dialog.passphrase.again.setText("harbour lights")
    with qtbot.waitSignal(old.closed, timeout=20_000):
        dialog.accept()
    session = application.window.session
    qtbot.waitUntil(lambda: bool(session.keys.known.states))
    assert session.keys.state("Ada Brook") is KeyState.OPEN, "it is not asked for again"


def test_wrong_passphrase_of_a_key_that_is_here_leaves_the_dialog_open(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = start(make_desk(tmp_path / "One.desk"))
    monkeypatch.delenv("STONEHAND_PASSPHRASE")
    application.window.desk_wanted.emit("new")
    dialog = application.window.findChild(NewDeskDialog)
    dialog.paper.setText("Hill News")
    dialog.folder.setText(str(tmp_path))
    dialog.person.setText("Mara Quill")
    assert not dialog.passphrase.again.isVisible(), "her key is here already"
    dialog.passphrase.first.setText("wrong words")
    dialog.accept()
    qtbot.waitUntil(lambda: "does not open" in dialog.passphrase.problem(), timeout=20_000)
    assert dialog.isVisible()
    assert dialog.paper.text() == "Hill News"
    assert not (tmp_path / "hill-news.desk").exists()
    dialog.reject()


def test_command_opens_the_window_and_writes_a_log(
    qtbot: QtBot, python: str, tmp_path: Path
) -> None:
    path = make_desk(tmp_path / "Last.desk")
    save_settings(Settings(last_desk=str(path)))
    started = subprocess.Popen([python, "-m", "editor"], stderr=subprocess.DEVNULL)
    try:
        qtbot.waitUntil(lambda: bool(load_settings()[0].recent_desks), timeout=60_000)
        assert started.poll() is None
        assert (data_folder() / "logs" / "stonehand.log").is_file()
        with Desk.open(path) as desk, pytest.raises(DeskInUse):
            desk.hold()
    finally:
        started.kill()
        started.wait()


def test_desk_that_the_system_asks_for_is_opened_in_place_of_the_other(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    other = make_desk(tmp_path / "Other.desk", "Hill News")
    application = start(make_desk(tmp_path / "Harbour.desk"))
    first = application.window
    qtbot.waitUntil(lambda: first.session.is_open and not first.session.jobs.busy)
    with qtbot.waitSignal(first.closed, timeout=20_000):
        open_paths(application, [other / DESK_FILE])
    assert application.window.session.house.name == "Hill News"


def test_files_that_the_system_asks_for_go_to_the_window_or_wait_for_the_first(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    picture, other = tmp_path / "boat.jpg", tmp_path / "pier.jpg"
    Image.new("RGB", (40, 30), "navy").save(picture)
    Image.new("RGB", (40, 30), "brown").save(other)
    application = start()
    open_paths(application, [picture])
    assert application.window is None
    application.open(make_desk(tmp_path / "Harbour.desk"))
    qtbot.waitUntil(lambda: len(pictures(application)) == 1, timeout=20_000)
    open_paths(application, [other])
    qtbot.waitUntil(lambda: len(pictures(application)) == 2, timeout=20_000)
    while pictures(application):  # a window with nothing typed closes without a question
        application.window.menu_actions["undo"].trigger()


def test_link_that_the_system_asks_for_opens_its_desk_and_its_story(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    application = start(make_desk(tmp_path / "Harbour.desk"))
    path = make_desk(tmp_path / "Hill.desk", "Hill News")
    with Desk.open(path) as desk:
        [story] = desk.do(SaveStory(Story(headline="Hill opens")), "Mara Quill").ids("story")
        link = str(StoryLink(reading(desk).masthead().desk, story))
        write_json(desk_ids_file(), {str(path): reading(desk).masthead().desk})
    first = application.window
    qtbot.waitUntil(lambda: first.session.is_open and not first.session.jobs.busy)
    with qtbot.waitSignal(first.closed, timeout=20_000):
        follow_link(application, link)
    qtbot.waitUntil(lambda: application.window.draft.open_story.story_id == story, timeout=20_000)
    follow_link(application, "stonehand:quit")
    assert "not a link" in application.window.centre.problem.text()


def pictures(application: Application) -> Sequence[object]:
    """The pictures of the story that is open."""
    return application.window.draft.typed.pictures if application.window is not None else ()
