"""What several windows and commands put into one personal file at the same time is all there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import paramiko
import pytest

from editor.core.delivery import Target
from editor.delivery.host_keys import HostKeyRule, known_hosts_file
from editor.files import parse_json
from editor.gui.review.seen_versions import SeenVersion, SeenVersions, seen_file
from editor.gui.window.story_links import _remember_id
from editor.gui.window.window_state import WindowState, load_window_state, save_desk_state
from editor.places import DESK_FILE, desk_ids_file
from editor.spelling.personal import PersonalDictionary
from editor.trust.known_mastheads import KnownMastheads
from editor.trust.seen_editions import SeenEditions

NAMES = [f"name{number}" for number in range(6)]
"""Each has a thread of its own, which writes once: nobody waits for more than five others."""


SERVER_KEY: Any = paramiko.ECDSAKey.generate()


def confirm_server(folder: Path, name: str) -> None:
    place = Target("Website", f"sftp://desk@{name}/site").place
    HostKeyRule("Website", place, SERVER_KEY.fingerprint).missing_host_key(name, SERVER_KEY)


def remember_desk(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    (folder / name / DESK_FILE).touch()
    _remember_id(str(folder / name), name)


WRITERS: dict[str, Callable[[Path, str], object]] = {
    "own words": lambda folder, name: PersonalDictionary(folder / "file").add(name),
    "trusted mastheads": lambda folder, name: KnownMastheads(folder / "file").confirm(name, ["a"]),
    "seen editions": lambda folder, name: SeenEditions(folder / "file").remember(
        name, "site", "2026-03-05T00:00:00Z"
    ),
    "seen versions": lambda _folder, name: SeenVersions(Path("/desk"), "Mara Quill").put(
        name, SeenVersion(2, 1)
    ),
    "windows": lambda _folder, name: save_desk_state(
        WindowState(desks={f"/{name}": {"story": name}}), Path(f"/{name}")
    ),
    "desks of links": remember_desk,
    "servers": confirm_server,
}
READERS: dict[str, Callable[[], object]] = {
    "seen versions": lambda: parse_json(seen_file().read_bytes()),
    "windows": lambda: load_window_state().desks,
    "desks of links": lambda: parse_json(desk_ids_file().read_bytes()),
    "servers": lambda: known_hosts_file().read_text(),
}


@pytest.mark.parametrize("file", WRITERS)
def test_what_is_written_at_the_same_time_is_all_there(file: str, tmp_path: Path) -> None:
    together = Barrier(len(NAMES))

    def write(name: str) -> None:
        together.wait()
        WRITERS[file](tmp_path, name)

    with ThreadPoolExecutor(len(NAMES)) as windows:
        list(windows.map(write, NAMES))
    read = READERS.get(file, (tmp_path / "file").read_text)
    found = str(read())
    assert [name for name in NAMES if name not in found] == []
