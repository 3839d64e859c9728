"""The saved state of the window; a damaged file loses nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from editor.gui.window.window_state import (
    WindowState,
    fit_onto,
    load_window_state,
    on_screen,
    save_desk_state,
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


LAPTOP, BESIDE = QRect(0, 0, 1440, 870), QRect(1440, 0, 1920, 1050)
ABOVE = QRect(0, -1080, 1920, 1080)


@pytest.mark.parametrize(
    ("box", "rooms", "expected"),
    [
        # On the second screen, as it was.
        ((1500, 60, 900, 800), [LAPTOP, BESIDE], (1500, 60, 900, 800)),
        # Inside the screen, if only just: as it was, for it may have no frame there.
        ((0, 0, 1440, 870), [LAPTOP], (0, 0, 1440, 870)),
        # That screen is gone: to the edge of the one that there is.
        ((1500, 60, 900, 800), [LAPTOP], (532, 60, 900, 800)),
        # Partly on both: where most of it is seen.
        ((1300, 60, 900, 800), [LAPTOP, BESIDE], (1448, 60, 900, 800)),
        ((800, 60, 900, 800), [LAPTOP, BESIDE], (532, 60, 900, 800)),
        # On no screen of today's layout: onto the first one.
        ((100, -900, 800, 700), [LAPTOP, BESIDE], (100, 40, 800, 700)),
        ((100, -900, 800, 700), [LAPTOP, ABOVE], (100, -900, 800, 700)),
        # Larger than the screen that is left: as large as that, with its title.
        ((1440, 0, 1920, 1050), [LAPTOP], (8, 40, 1424, 822)),
        ((-900_000, 900_000, 700, 600), [LAPTOP, BESIDE], (8, 262, 700, 600)),
    ],
)
def test_window_is_where_it_was_as_far_as_there_is_a_screen(
    box: tuple[int, ...], rooms: list[QRect], expected: tuple[int, ...]
) -> None:
    assert fit_onto(box, rooms) == QRect(*expected)


def test_what_another_window_saved_of_its_desk_stays() -> None:
    one, other = Path("/one.desk"), Path("/other.desk")
    ours = WindowState(desks={str(one): {"story": "a"}, str(other): {"story": "old"}})
    save_window_state(WindowState(desks={str(one): {"story": "old"}, str(other): {"story": "b"}}))
    saved = save_desk_state(ours, one)
    assert load_window_state() == saved
    assert saved.on_desk(one) == {"story": "a"}
    assert saved.on_desk(other) == {"story": "b"}
