"""A window says that its program was replaced under it, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.window.program_watch import ProgramWatch
from tests.gui.conftest import ShowDialog


@pytest.fixture
def bar(show_dialog: ShowDialog[ProblemBar]) -> ProblemBar:
    return show_dialog(ProblemBar())


@pytest.fixture
def program(tmp_path: Path, bar: ProblemBar) -> Path:
    """Return a program whose window is open."""
    program = tmp_path / "program"
    program.write_bytes(b"one version")
    ProgramWatch(bar, bar, program).start()
    return program


def test_program_that_a_package_manager_replaces_is_said_once(
    program: Path, bar: ProblemBar, qtbot: QtBot
) -> None:
    os.link(program, program.with_name("program.dpkg-tmp"))
    program.with_name("program.dpkg-new").write_bytes(b"the next version")
    program.with_name("program.dpkg-new").rename(program)
    program.with_name("program.dpkg-tmp").unlink()
    qtbot.waitUntil(lambda: "was updated or moved while this window was open" in bar.text())
    assert "open it again" in bar.accessibleName()
    bar.dismiss()
    program.write_bytes(b"one more")
    program.unlink()
    qtbot.wait(50)
    assert bar.text() == ""


def test_program_that_was_replaced_while_the_desk_was_opened_is_said(
    tmp_path: Path, bar: ProblemBar
) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"one version")
    watch = ProgramWatch(bar, bar, program)
    program.write_bytes(b"the next version")
    watch.start()
    assert "was updated or moved" in bar.text()


def test_program_that_is_removed_is_said(program: Path, bar: ProblemBar, qtbot: QtBot) -> None:
    program.unlink()
    qtbot.waitUntil(lambda: "was updated or moved" in bar.text())


def test_other_rights_and_second_names_are_no_update(
    program: Path, bar: ProblemBar, qtbot: QtBot
) -> None:
    os.link(program, program.with_name("other"))
    program.chmod(0o755)
    qtbot.wait(50)
    assert bar.text() == ""
