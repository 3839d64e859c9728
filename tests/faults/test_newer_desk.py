"""The desk of a newer Stonehand: all of it is read, nothing of it is written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from editor.cli import main
from editor.core.commands import AddNote, Submit
from editor.core.people import Role
from editor.core.workflow import Stage
from editor.desk_checks import DeskChecks
from editor.errors import DeskInUse, DeskTooNew, EditorError
from editor.store.backup import restore_backup
from editor.store.commands.handlers import HANDLERS
from editor.store.db.engine import DATABASE, Database, sqlite
from editor.store.db.identity import LATEST
from editor.store.desk import Desk
from editor.store.reading.story_changes import StoryReplacing
from editor.store.replacement import ReplacedStory, replace_in_story, restore_story
from editor.store.section_change import change_section
from editor.text.find import FindQuery
from editor.text.replace import Replacing
from tests.faults.newsroom import LINA, MARA, PICTURE, TODAY, TOM, Room
from tests.faults.test_around_door import EVERY_COMMAND
from tests.newer import NEXT, files, make_newer, set_numbers
from tests.reading import reading

SENTENCE = "A newer Stonehand made the desk post.desk: here you can read it, but not change it."


@pytest.fixture
def newer(room: Room) -> Iterator[Room]:
    """The newsroom after the next version worked there; no byte of it may change in a test."""
    make_newer(room, MARA, "tides")
    before = files(room.path)
    yield room
    assert files(room.path) == before


def test_everything_is_read(newer: Room) -> None:
    tides, ferry = newer.id("tides"), newer.id("ferry")
    with newer.desk() as desk:
        assert isinstance(desk.why_read_only, DeskTooNew)
        assert desk.why_read_only.sentence == SENTENCE
        desk.hold()
        with desk.read_lists() as lists:
            rows = lists.rows()
            lists.check(rows)
        assert {row.slug for row in rows} == {"ferry", "tides", "crane", "bridge", "wreck", "quay"}
        with desk.read() as snapshot:
            assert len(snapshot.rows()) == 6
            assert "in legal review" in [str(stage) for stage in snapshot.counts().stages]
            assert snapshot.row(tides).stage == "in legal review"
            stored = snapshot.stored(tides)
            assert stored.story.has_unknown
            assert stored.refusal == ""
            assert snapshot.stored(ferry).approval is not None, "what it knows, it verifies"
            assert [row.version for row in snapshot.versions(tides)] == [2, 1]
            assert snapshot.stored(tides, 1).story.headline == "The tides"
            assert "translated" in [entry.action for entry in snapshot.log(tides)]
            assert snapshot.notes(tides) == []
            found = snapshot.search("came sea")
            assert {row.slug for row in found} >= {"ferry", "crane"}
            assert all("\x02" in text for text in snapshot.snippets("came", found))
            assert "sub-editor" in {str(person.role) for person in snapshot.people()}
            assert snapshot.masthead().latest.policy.gates == ("legal",)
            assert snapshot.house().name == "Harbour Post"
            assert snapshot.banner().briefs[0].title == "Crane"
            snapshot.banner_state(), snapshot.front_state(), snapshot.targets_state()
            snapshot.house_style_state(), snapshot.deliveries(), snapshot.whereabouts(ferry)
            snapshot.with_review_states(snapshot.rows()), snapshot.with_open_notes(found)
            checks = DeskChecks(
                snapshot, snapshot.house_style_state().style, desk.pictures.problems, TODAY
            )
            assert checks.find(stored.story), "a story without a standfirst has issues"
        assert desk.pictures.read(newer.picture_name()) == PICTURE
    assert Stage("draft") is Stage.DRAFT
    with pytest.raises(ValueError, match="legal review"):
        Stage("in legal review")
    with pytest.raises(ValueError, match="sub-editor"):
        Role("sub-editor")


def test_every_command_is_refused(newer: Room) -> None:
    with newer.desk() as desk:
        for kind in HANDLERS:
            with pytest.raises(DeskTooNew) as caught:
                desk.do(EVERY_COMMAND[kind], MARA)
            assert caught.value.sentence == SENTENCE
            assert caught.value.hint == "Install the latest Stonehand to work on it."


def test_what_reads_before_it_writes_is_refused_as_well(newer: Room) -> None:
    with newer.desk() as desk:
        person = reading(desk).person(TOM)
        work = StoryReplacing(Replacing(FindQuery("sea"), "air"), person, desk.journal)
        ways: tuple[Callable[[], object], ...] = (
            lambda: change_section(desk, "nowhere", 7, "no section", "Nobody"),
            lambda: replace_in_story(desk, work, "nowhere", 7),
            lambda: restore_story(desk, ReplacedStory("nowhere", 6, 7, 1), "Nobody"),
        )
        for way in ways:
            with pytest.raises(DeskTooNew, match="read it, but not change it"):
                way()


def test_drafts_and_pictures_are_left_alone(room: Room) -> None:
    with room.desk() as desk:
        desk.journal.write("story:typed", {"story": {}})
    (room.path / "drafts" / "broken.json").write_text("{")
    make_newer(room, MARA, "tides")
    before = files(room.path)
    with room.desk() as desk:
        assert desk.journal.entries() == {}
        assert desk.journal.read("story:typed") is None
        assert not desk.journal.has("story:")
        for write in (
            lambda: desk.journal.write("banner", {}),
            lambda: desk.journal.remove("story:typed"),
            lambda: desk.pictures.add(PICTURE),
        ):
            with pytest.raises(DeskTooNew, match="read it, but not change it"):
                write()
    assert files(room.path) == before


def test_nothing_is_exported_that_only_a_newer_one_can_judge(newer: Room) -> None:
    with newer.desk() as desk:
        for slugs in (None, ["ferry"]):
            with pytest.raises(DeskTooNew, match=r"can’t verify .* exports nothing"):
                reading(desk).edition(slugs, TODAY)
        with pytest.raises(DeskTooNew):
            reading(desk).verify_audit()


def run(*words: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    return code, out.getvalue(), err.getvalue()


def test_command_line_reads_and_does_not_write(newer: Room, tmp_path: Path) -> None:
    desk = str(newer.path)
    pdf = tmp_path / "proof.pdf"
    reading_verbs: tuple[tuple[str, ...], ...] = (
        ("list", "--desk", desk),
        ("show", "tides", "--desk", desk),
        ("history", "tides", "--desk", desk),
        ("diff", "tides", "1", "2", "--desk", desk),
        ("notes", "tides", "--desk", desk),
        ("search", "sea", "--desk", desk),
        ("check", "--desk", desk),
        ("replace", "sea", "air", "--desk", desk),
        ("deliveries", "--desk", desk),
        ("trends", "--desk", desk),
        ("masthead", desk),
        ("paper", "--desk", desk),
        ("proof", "ferry", "--desk", desk, "--out", str(pdf)),
    )
    for words in reading_verbs:
        code, _out, err = run(*words)
        assert (code, err) == (0, ""), words
    assert pdf.exists()
    for words in (
        ("note", "tides", "Fine.", "--desk", desk, "--as", LINA),
        ("submit", "tides", "--desk", desk, "--as", LINA),
        ("spike", "crane", "--desk", desk, "--as", TOM),
    ):
        assert run(*words) == (1, "", f"{SENTENCE} Install the latest Stonehand to work on it.\n")
    code, _out, err = run(
        *("export", "site", "--unsigned", "--desk", desk, "--out", str(tmp_path / "site"))
    )
    assert code == 1
    assert "so it exports nothing" in err
    assert not (tmp_path / "site").exists()


def test_backup_of_it_waits_for_a_newer_one(newer: Room, tmp_path: Path) -> None:
    with newer.desk() as desk:
        file = desk.backup(tmp_path / "post.backup").file
    with pytest.raises(DeskTooNew):
        restore_backup(file, tmp_path / "again.desk")


@pytest.mark.parametrize("readable_from", [0, int(NEXT), int(NEXT) + 5])
def test_desk_that_says_it_is_too_new_is_refused(room: Room, readable_from: int) -> None:
    set_numbers(room.path, NEXT, readable_from)
    before = files(room.path)
    with pytest.raises(DeskTooNew, match=f"number {int(NEXT)}, and this Stonehand knows") as caught:
        room.desk()
    assert not caught.value.is_readable
    assert files(room.path) == before


def test_desk_without_what_is_read_is_refused(room: Room) -> None:
    set_numbers(room.path, NEXT, int(LATEST))
    room.do_sql("ALTER TABLE notes RENAME COLUMN quote TO quoted")
    with pytest.raises(DeskTooNew, match="this Stonehand knows"):
        room.desk()


# Two versions on one desk in turn

_NEWER_PROCESS = """
import sys
from pathlib import Path
from editor.store.db.engine import Database, plain
database = Database(Path(sys.argv[1]))
def write(statement):
    with database.write() as connection:
        plain(connection).execute(statement)
    print("written", flush=True)
write("UPDATE stories SET headline = 'Of the newer one' WHERE slug = 'ferry'")
for line in sys.stdin:
    write(line)
database.close()
"""


@pytest.fixture
def other(newer_process: subprocess.Popen[str]) -> subprocess.Popen[str]:
    return newer_process


@pytest.fixture
def newer_process(room: Room) -> Iterator[subprocess.Popen[str]]:
    """The newer Stonehand, which has the desk open and has written to it."""
    make_newer(room, MARA, "tides")
    with subprocess.Popen(
        [sys.executable, "-c", _NEWER_PROCESS, str(room.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        yield process
        process.kill()


def write(process: subprocess.Popen[str], statement: str) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{statement}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "written\n"


def headline(desk: Desk) -> str:
    with desk.read() as snapshot:
        return snapshot.rows_of([snapshot.find("ferry")]).popitem()[1].headline


def test_older_one_follows_while_the_newer_one_writes(
    room: Room, newer_process: subprocess.Popen[str]
) -> None:
    before = files(room.path)
    with room.desk() as desk:
        assert headline(desk) == "Of the newer one"
        assert files(room.path) == before, "not even the index of the log is written"
        write(newer_process, "UPDATE stories SET headline = 'Written since' WHERE slug = 'ferry'")
        assert headline(desk) == "Written since"
        with pytest.raises(DeskTooNew):
            desk.do(AddNote(room.id("ferry"), "Fine."), LINA)


def test_log_of_a_newer_one_that_was_killed_is_read_and_stays(
    room: Room, newer_process: subprocess.Popen[str]
) -> None:
    os.kill(newer_process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    newer_process.wait()
    assert (room.path / f"{DATABASE}-wal").stat().st_size
    for index in (True, False):
        if not index:
            (room.path / f"{DATABASE}-shm").unlink()
        before = files(room.path)
        with room.desk() as desk:
            assert headline(desk) == "Of the newer one"
        assert files(room.path) == before


def test_newer_one_begins_while_the_older_one_reads(room: Room) -> None:
    make_newer(room, MARA, "tides")
    with room.desk() as desk:
        assert headline(desk) == "The ferry"
        room.sql("UPDATE stories SET headline = 'Since then' WHERE slug = 'ferry'")
        assert headline(desk) == "Since then"
        with pytest.raises(DeskInUse), desk.read():
            room.sql("UPDATE stories SET headline = 'Meanwhile' WHERE slug = 'ferry'")
        assert headline(desk) == "Meanwhile"


def test_older_one_writes_nothing_once_a_newer_one_changed_the_schema(room: Room) -> None:
    with room.desk() as desk:
        story = room.id("crane")
        make_newer(room, MARA, "tides")
        events = room.ask("SELECT count(*) FROM events")
        with pytest.raises(DeskTooNew, match="changed the desk while it was open"):
            desk.do(AddNote(story, "Fine."), TOM)
        with pytest.raises(EditorError):
            desk.do(Submit(story, 1), TOM)
        assert room.ask("SELECT count(*) FROM events") == events


def test_every_desk_says_from_which_number_on_it_is_read(room: Room) -> None:
    raw = sqlite.connect(room.path / DATABASE)
    assert raw.execute("PRAGMA user_version").fetchone() == (int(LATEST),)
    raw.close()
    database = Database(room.path, read_only=True)
    assert not database.is_newer
    database.close()
