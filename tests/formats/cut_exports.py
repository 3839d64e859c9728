"""Exports files over an earlier export, ended at its first last move, its second, and so on.

Used as `python -m tests.formats.cut_exports FOLDER`: FOLDER/old is the earlier export and
FOLDER/new.json what is written over a copy of it, FOLDER/0, FOLDER/1…, until one is whole.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from editor.formats.folder_output import FolderOutput

_MOVES = ("os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "open")
_ENDED = 9


def export(site: Path, files: dict[str, str], moves: int) -> None:
    left = [moves]

    def count(event: str, _arguments: object) -> None:
        if is_moving[0] and event in _MOVES:
            left[0] -= 1
            if left[0] < 0:
                os._exit(_ENDED)

    is_moving = [False]
    sys.addaudithook(count)
    with FolderOutput(site) as out:
        for path, text in files.items():
            out.write(path, text.encode())
        is_moving[0] = True


def main(folder: Path) -> None:
    files = json.loads((folder / "new.json").read_text())
    for moves in range(1000):
        site = folder / str(moves) / "site"
        shutil.copytree(folder / "old", site, symlinks=True)
        child = os.fork()
        if not child:
            export(site, files, moves)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != _ENDED:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
