"""Files taken in: what can't be used is named, what can is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.window.importing import Read, read_files, said, take_in
from editor.progress import Progress
from editor.store.desk import Desk
from tests.reading import reading

WIRE = """Norland orders two electric ferries

PORT ELLERY, Norland, March 3 (HP) - The ferry line ordered two electric boats on Tuesday.

The boats will carry 400 passengers each, the line said.
"""


def read(*paths: Path) -> Read:
    return read_files(list(paths), Progress())


def test_a_file_that_cannot_be_used_keeps_no_other_out(tmp_path: Path) -> None:
    good, binary, gone = tmp_path / "good.txt", tmp_path / "photo.jpg", tmp_path / "gone.txt"
    good.write_text(WIRE, encoding="utf-8")
    binary.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    found = read(gone, binary, good)
    assert found.sources == ("good.txt",)
    assert len(found.refused) == 2
    assert "gone.txt" in found.refused[0].sentence
    assert found.incoming[0].stories[0].headline == "Norland orders two electric ferries"


def test_the_refusal_of_several_files_is_one_problem(session: Session, tmp_path: Path) -> None:
    problems: list[EditorError] = []
    found = read(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt")
    take_in(session, found, lambda _ids, _briefs: None, problems.append)
    [problem] = problems
    assert "2 other files were refused, too." in problem.hint


def test_what_comes_in_is_on_the_desk(
    session: Session, settle: Callable[[], None], tmp_path: Path, desk: Desk
) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(2)]
    for path in paths:
        path.write_text(WIRE, encoding="utf-8")
    taken: list[tuple[str, ...]] = []
    take_in(session, read(*paths), lambda ids, _briefs: taken.append(ids), lambda _error: None)
    settle()
    [ids] = taken
    assert [reading(desk).stored(each).story.dateline.city.lower() for each in ids] == [
        "port ellery"
    ] * 2
    assert session.counts.stages


def test_what_came_is_said_with_the_right_nouns() -> None:
    assert said(1, 5) == "Taken in: 1 story, 5 briefs."
    assert said(2, 0) == "Taken in: 2 stories."
    assert said(0, 1) == "Taken in: 1 brief."
