"""A person's own keys on this computer, in a file of their own: by the name of each command."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from editor.errors import EditorError
from editor.files import parse_json, write_json
from editor.i18n import _
from editor.places import shortcuts_file
from editor.turns import changing

FORMAT = 1


def read_shortcuts() -> tuple[dict[str, str], EditorError | None]:
    """Read the keys by the names of their commands, as Qt's portable text; empty for no key.

    Where the file can't be used there are none, and the second says why.
    """
    try:
        raw = parse_json(shortcuts_file().read_bytes())
    except FileNotFoundError:
        return {}, None
    except (OSError, ValueError):
        return {}, _unusable(_("The file with your shortcuts could not be read."))
    if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
        return {}, _unusable(_("The file with your shortcuts was written by a newer Stonehand."))
    keys = raw.get("shortcuts") if isinstance(raw, dict) else None
    if not isinstance(keys, dict) or raw.get("format") != FORMAT:
        return {}, _unusable(_("The file with your shortcuts has no shortcuts in it."))
    good = {name: text for name, text in keys.items() if isinstance(text, str)}
    if len(good) < len(keys):
        return good, EditorError(_("Some of your shortcuts could not be read; the others work."))
    return good, None


def write_shortcuts(keys: Mapping[str, str]) -> bool:
    """Write the keys; False where this computer refuses. A file that can't be used is set aside."""
    path = shortcuts_file()
    _keys, problem = read_shortcuts()
    if problem is not None:
        with suppress(OSError):  # then it can't be written either
            os.replace(path, _aside(path))
    return write_json(path, {"format": FORMAT, "shortcuts": dict(keys)})


def write_changed_shortcuts(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Write keys that were as `before` until now; False as `write_shortcuts`.

    What another window wrote meanwhile stays, but for a key that has another command now.
    """
    names = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    changed = {name: now[name] for name in names & now.keys()}
    with changing(shortcuts_file()):
        found, problem = read_shortcuts()
        theirs = {
            name: "" if keys in changed.values() else keys
            for name, keys in (before if problem else found).items()
            if name not in names
        }
        return write_shortcuts(theirs | changed)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-old{path.suffix}")


def _unusable(sentence: str) -> EditorError:
    hint = _("Every command has its usual key. The file stays as {name} once you change one.")
    return EditorError(sentence, hint.format(name=_aside(shortcuts_file()).name))
