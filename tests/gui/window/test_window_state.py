"""The saved state of the window; a damaged file loses nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from editor.gui.window.window_state import (
    WindowState,
    load_window_state,
    on_screen,
    save_window_state,
)
from editor.places import window_state_file


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        '"words"',
        '{"geometry": ["a", 2], "columns": 7, "places": "yes", "tab": 3}',
        '{"desks": {"/a": "story"}}',
        '{"desks": {"/a": {"place": 3}}}',
    ],
)
def test_unusable_values_have_their_default(text: str) -> None:
    window_state_file().parent.mkdir(parents=True)
    window_state_file().write_text(text, encoding="utf-8")
    assert load_window_state() == WindowState()


def test_read_only_folder_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("STONEHAND_CONFIG", str(blocked / "config"))
    assert save_window_state(WindowState()) is False
    assert load_window_state() == WindowState()


def test_saved_state_is_loaded_again() -> None:
    state = WindowState(
        geometry=(10, 20, 1000, 700),
        maximized=True,
        columns=(196, 284, 460, 500),
        places=False,
        tab="checks",
        desks={"/somewhere.desk": {"place": "review", "story": "abc"}},
    )
    assert save_window_state(state)
    assert load_window_state() == state
    assert load_window_state().on_desk(Path("/somewhere.desk"))["story"] == "abc"
    assert load_window_state().on_desk(Path("/elsewhere.desk")) == {}


def test_geometry_is_moved_onto_the_screen(qapp: QApplication) -> None:
    room = qapp.primaryScreen().availableGeometry()
    box = on_screen((room.right() + 5000, -4000, 3000, 2000))
    assert box is not None
    assert room.contains(box)
    assert on_screen((0, 0, 10, 10)) is None
    assert on_screen(()) is None
