"""The manifest in an exported folder: which files the last export wrote, with their hashes."""

from __future__ import annotations

import json
import os
from pathlib import Path

from editor.errors import OutputError
from editor.formats.paths import MANIFEST, OutputPaths

TEMPORARY = ".stonehand-stage-"
"""How the names of temporary folders begin; a power cut may leave one behind."""


def read_manifest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of the last export by its path; empty without one.

    Raises OutputError for a file, a folder with other files, or a manifest that can't be read.
    """
    if not os.path.lexists(folder):
        return {}
    if not folder.is_dir():
        raise OutputError(f"“{folder.name}” is a file, not a folder.", "Choose another name.")
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        if any(not path.name.startswith(TEMPORARY) for path in folder.iterdir()):
            raise OutputError(
                f"The folder “{folder.name}” has files that Stonehand did not export.",
                "Choose an empty folder, a new name, or the folder of an earlier export.",
            ) from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(folder) from error
    try:
        files = json.loads(text)["files"]
        paths = OutputPaths()
        return {paths.add(path): str(files[path]) for path in files}
    except (ValueError, KeyError, TypeError, AttributeError, OutputError) as error:
        raise _unreadable(folder) from error


def write_manifest(hashes: dict[str, str]) -> bytes:
    """Return a manifest's bytes, for the SHA-256 of each file by its path."""
    value = {"stonehand": 1, "files": hashes}
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _unreadable(folder: Path) -> OutputError:
    return OutputError(
        f"The list of the earlier export in “{folder.name}” can't be read.",
        f"Remove {MANIFEST} and the files of that export, or choose another folder.",
    )
