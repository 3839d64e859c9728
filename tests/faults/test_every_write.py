"""Every kind of write on a disk that is full, or that may only be read.

Each is refused with a sentence, harms nothing that was there, leaves no halves
behind, and works once there is room. The window says so, and keeps the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import (
    AddNote,
    RecordDelivery,
    SaveBanner,
    SaveHouse,
    SaveHouseStyle,
    SaveStory,
    SaveTargets,
    Submit,
)
from editor.core.delivery import Delivery, Target, Targets
from editor.core.house_style import HouseStyle, RuleText
from editor.errors import DeskReadOnly, DiskFull, EditorError
from editor.formats.export import write_edition
from editor.formats.exporters import find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.output import ZipOutput
from editor.gui.jobs import Jobs
from editor.gui.library.places import BANNER
from editor.gui.review.notes import NotesPane
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.progress import Progress
from editor.settings import Settings
from editor.store.desk import Desk
from tests.faults.conftest import CHIEF, WRITER, a_desk, a_story, filled
from tests.people import approving
from tests.reading import reading

MUCH = " ".join(str(Random(3).random()) for _ in range(30_000))
AT = datetime(2026, 3, 1, tzinfo=UTC)
ReadOnly = Callable[[Path], None]


def save(desk: Desk, story: str) -> None:
    stored = reading(desk).stored(story)
    desk.do(SaveStory(replace(stored.story, body=MUCH), stored.version), CHIEF)


def note(desk: Desk, story: str) -> None:
    desk.do(AddNote(story, MUCH), WRITER)


def banner(desk: Desk, _story: str) -> None:
    briefs = Banner((Brief("b1", "Ferry", MUCH),))
    desk.do(SaveBanner(briefs, reading(desk).banner().hash), CHIEF)


def house(desk: Desk, _story: str) -> None:
    now = reading(desk).house()
    desk.do(SaveHouse(replace(now, name=f"{now.name} {MUCH}"), now.hash), CHIEF)


def house_style(desk: Desk, _story: str) -> None:
    saved = reading(desk).house_style_state().saved
    rules = (RuleText(f"many-{n}.toml", MUCH[:99_000]) for n in range(6))
    desk.do(SaveHouseStyle(HouseStyle(rules=tuple(rules)), saved.hash), CHIEF)


def targets(desk: Desk, _story: str) -> None:
    saved = reading(desk).targets()
    many = (Target(f"Stick {n}", f"/srv/{n}{MUCH[:900]}x") for n in range(50))
    desk.do(SaveTargets(Targets(tuple(many)), saved.hash), CHIEF)


def delivered(desk: Desk, _story: str) -> None:
    digest = sha256(MUCH.encode()).hexdigest()
    ids = tuple((f"{n:032x}", digest) for n in range(2_500))
    desk.do(RecordDelivery(Delivery("Stick", "site", (), digest, "", 1, 0, 1, ids)), WRITER)


def journal(desk: Desk, story: str) -> None:
    desk.journal.write(f"story:{story}", {"body": MUCH})


def picture(desk: Desk, _story: str) -> None:
    out = BytesIO()
    Image.frombytes("RGB", (300, 300), Random(1).randbytes(270_000)).save(out, "PNG")
    desk.pictures.add(out.getvalue())


def export_folder(desk: Desk, _story: str) -> None:
    # Over what is there: another kind of export replaces all of it, or nothing.
    folder = desk.path.parent / "site"
    kind = find_exporter("api" if folder.exists() else "site")
    with FolderOutput(folder, force=folder.exists()) as output:
        write_edition(reading(desk).edition(None, AT), kind, output, Progress(), None, "")


def export_zip(desk: Desk, _story: str) -> None:
    kind, edition = find_exporter("site"), reading(desk).edition(None, AT)
    with ZipOutput(desk.path.parent / "site.zip") as output:
        write_edition(edition, kind, output, Progress(), None, "")


def backup(desk: Desk, _story: str) -> None:
    desk.backup(desk.path.parent / "post.stonehand-backup")


WRITES = (
    *(save, note, banner, house, house_style, targets, delivered),
    *(journal, picture, export_folder, export_zip, backup),
)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file there is, but the ones SQLite keeps beside an open database."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "filler" and not path.name.startswith("desk.sqlite3")
    }


@contextmanager
def a_newsroom(disk: Path) -> Iterator[tuple[Desk, str]]:
    """A desk with an approved story, and what it has written before, all on one disk."""
    with a_desk(disk / "post.desk") as desk:
        story = a_story(desk)
        desk.do(Submit(story, 1), WRITER)
        desk.do(approving(desk, story, 1), CHIEF)
        stick = Targets((Target("Stick", "/media/stick"),))
        desk.do(SaveTargets(stick, Targets().hash), CHIEF)
        for write in (journal, export_folder, export_zip, backup):
            write(desk, story)
        desk.journal.write(f"story:{story}", {"body": "before"})
        yield desk, story


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_full_disk_at_every_write(write: Callable[[Desk, str], None], small_disk: Path) -> None:
    with a_newsroom(small_disk) as (desk, story):
        before, version = contents(small_disk), reading(desk).stored(story)
        with filled(small_disk):
            with pytest.raises(DiskFull) as caught:
                write(desk, story)
            assert caught.value.sentence.endswith(".")
            assert caught.value.hint
            assert contents(small_disk) == before
            assert reading(desk).stored(story) == version
            assert reading(desk).verify_audit().broken_at == 0
        write(desk, story)


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_read_only_disk_at_every_write(
    write: Callable[[Desk, str], None], tmp_path: Path, read_only: ReadOnly
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with a_newsroom(disk) as (desk, story):
        before, version = contents(disk), reading(desk).stored(story)
    read_only(disk)
    with Desk.open(desk.path) as again:
        with pytest.raises(EditorError) as caught:
            write(again, story)
        if not write.__name__.startswith("export"):
            assert isinstance(caught.value, DeskReadOnly)
        assert caught.value.hint
        assert reading(again).stored(story) == version
    assert contents(disk) == before


def type_into(widget: QWidget, text: str) -> None:
    widget.setFocus()
    for letter in text:
        key = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter
        )
        QApplication.sendEvent(widget, key)


class Opened:
    """The window on a desk, with somebody at it."""

    def __init__(self, desk: Desk, story: str, qtbot: QtBot) -> None:
        self.jobs, self.qtbot = Jobs(), qtbot
        self.problems: list[EditorError] = []
        session = Session(desk, self.jobs, Settings(person=CHIEF))
        session.problem.connect(self.problems.append)
        self.window = window = MainWindow(session, WindowState(tab="checks"))
        qtbot.addWidget(window)
        window.show()
        window.parts.open_story(story)
        qtbot.waitUntil(lambda: window.draft.open_story.key == story)
        window.centre.form.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=20_000)

    def leave(self) -> None:
        with self.qtbot.waitSignal(self.window.closed, timeout=20_000):
            self.window.close()
        self.settle()
        self.window.release()
        self.jobs.close()


@pytest.fixture
def draft_desk(small_disk: Path) -> Iterator[tuple[Desk, str]]:
    with a_desk(small_disk / "post.desk") as desk:
        briefs = Banner((Brief("b1", "Ferry", "It sails."),))
        desk.do(SaveBanner(briefs, reading(desk).banner().hash), CHIEF)
        yield desk, a_story(desk)


def test_window_on_a_full_disk_shows_the_text(
    draft_desk: tuple[Desk, str], small_disk: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    desk, story = draft_desk
    opened = Opened(desk, story, qtbot)
    window, draft = opened.window, opened.window.draft
    with filled(small_disk):
        type_into(window.centre.form.body, "Not on this disk. ")
        qtbot.waitUntil(lambda: draft.open_story.save_state.startswith("Not saved"), timeout=10_000)
        assert isinstance(opened.problems[0], DiskFull)
        assert "full" in window.centre.problem.text()
        draft.save()
        opened.settle()
        assert draft.open_story.save_state.startswith("Not saved")
        assert "Not on this disk. " in window.centre.form.body.text()
        window.close()
        opened.settle()
        assert window.isVisible(), "it does not close over text that is nowhere else"
    qtbot.waitUntil(lambda: draft.open_story.key == story)
    assert "Not on this disk. " in window.centre.form.body.text()
    draft.save()
    opened.settle()
    assert "Not on this disk. " in reading(desk).stored(story).story.body
    opened.leave()


def test_note_and_banner_on_a_full_disk_stay_in_their_fields(
    draft_desk: tuple[Desk, str], small_disk: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    desk, story = draft_desk
    opened = Opened(desk, story, qtbot)
    window = opened.window
    window.pane.choose("notes")
    notes = window.pane.page("notes")
    assert isinstance(notes, NotesPane)
    opened.settle()
    window.places.go(BANNER)
    briefs = window.centre.banner
    assert briefs is not None
    opened.settle()
    title = briefs.cards.cards()[0].title
    with filled(small_disk):
        type_into(notes.box, "Who said so?")
        type_into(title, "Again: ")
        qtbot.waitUntil(lambda: "full" in notes.bar.text(), timeout=10_000)
        qtbot.waitUntil(lambda: briefs.draft.problem is not None, timeout=10_000)
        notes.send()
        briefs.draft.save()
        opened.settle()
        assert notes.box.toPlainText() == "Who said so?"
        assert "Again: " in title.text()
        assert briefs.draft.save_state.startswith("Not saved")
        assert reading(desk).notes(story) == []
    notes.send()
    briefs.draft.save()
    opened.settle()
    assert [note.text for note in reading(desk).notes(story)] == ["Who said so?"]
    assert "Again: " in reading(desk).banner().briefs[0].title
    opened.leave()


def test_unwritable_settings_are_reported(
    tmp_path: Path,
    read_only: ReadOnly,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    monkeypatch.setenv("STONEHAND_CONFIG", str(config))
    read_only(config)
    with a_desk(tmp_path / "post.desk") as desk:
        jobs = Jobs()
        session = Session(desk, jobs, Settings(person=CHIEF))
        with qtbot.waitSignal(session.problem) as signal:
            session.change_settings(appearance="dark")
        jobs.close()
    assert "settings" in signal.args[0].sentence
    assert session.settings.appearance == "dark", "they hold meanwhile"
    assert list(config.iterdir()) == []
