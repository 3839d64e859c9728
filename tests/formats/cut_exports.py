"""Exports files over an earlier export, ended at its first last move, its second, and so on.

Used as `python -m tests.formats.cut_exports FOLDER [spare]`: FOLDER/old is the earlier export and
FOLDER/new.json what is written over a copy of it, FOLDER/0, FOLDER/1…, until one is whole. With
a spare tree of the earlier export, that is in FOLDER/spares-0 and so on.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from editor.formats.folder_output import FolderOutput
from tests.formats.test_incremental import MemoryTargets

_MOVES = ("os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "open")
_ENDED = 9


def export(site: Path, files: dict[str, str], moves: int, targets: MemoryTargets) -> None:
    left = [moves]

    def count(event: str, _arguments: object) -> None:
        if is_moving[0] and event in _MOVES:
            left[0] -= 1
            if left[0] < 0:
                os._exit(_ENDED)

    is_moving = [False]
    sys.addaudithook(count)
    with FolderOutput(site, targets=targets) as out:
        for path, text in files.items():
            out.write(path, text.encode())
        is_moving[0] = True


def make_spare(site: Path, old: Path, targets: MemoryTargets) -> None:
    """Let an export end in the earlier one, with the tree of what was there before it as spare."""
    texts = {path.relative_to(old).as_posix(): path.read_text() for path in old.rglob("*.*")}
    for added in ({"first.html": "first", "gone/first.html": "first"}, {}):
        with FolderOutput(site, targets=targets) as out:
            for path, text in {**texts, **added}.items():
                out.write(path, text.encode())


def main(folder: Path, *, with_spare: bool) -> None:
    files = json.loads((folder / "new.json").read_text())
    for moves in range(1000):
        site = folder / str(moves) / "site"
        targets = MemoryTargets(folder / f"spares-{moves}" if with_spare else None)
        if with_spare:
            site.parent.mkdir()
            make_spare(site, folder / "old", targets)
        else:
            shutil.copytree(folder / "old", site, symlinks=True)
        child = os.fork()
        if not child:
            export(site, files, moves, targets)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != _ENDED:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), with_spare="spare" in sys.argv[2:])
