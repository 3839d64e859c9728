"""The journal: drafts beside the database, on disk within moments of being typed.

One file for each text that is edited. The window alone writes here; once a text
is saved as a version, its entry is removed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from glob import escape
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from editor.core.canonical import Json
from editor.errors import DeskError
from editor.files import PRIVATE_FOLDER, parse_json, remove, write_file
from editor.log import log
from editor.store.disk_errors import from_os

_NAME_LENGTH = 120
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)
"""What Python raises for an entry that is JSON, and not what its writer wrote."""


class Journal:
    """The drafts folder of one desk. Keys are any text, such as `story:<id>` or `banner`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._refusal: DeskError | None = None

    def close(self, refusal: DeskError) -> None:
        """Write nothing from now on, which `refusal` explains, and give nothing of what is there.

        For a desk that is only read: what was typed elsewhere waits there for whoever typed it.
        """
        self._refusal = refusal

    def write(self, key: str, value: Mapping[str, Json]) -> None:
        """Write a value; on return it survives a power cut.

        Raises DiskFull, DeskReadOnly or DeskError; the value before is still there then.
        """
        if self._refusal:
            raise self._refusal.with_traceback(None)
        text = json.dumps({"key": key, "value": value}, ensure_ascii=False)
        try:
            self._folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            # A text field may hold half a surrogate pair while it is typed.
            data = text.encode("utf-8", "surrogatepass")
            write_file(self._path(key), data, private=True)
        except OSError as error:
            raise from_os(error, self._folder.parent) from error

    def read(self, key: str) -> dict[str, Any] | None:
        """The value under a key; None if it is missing or does not read back."""
        entry = None if self._refusal else self._read_file(self._path(key))
        return None if entry is None else entry[1]

    def remove(self, key: str) -> None:
        """Remove a key and its value. Raises DeskReadOnly or DeskError."""
        if self._refusal:
            raise self._refusal.with_traceback(None)
        try:
            remove(self._path(key))
        except OSError as error:
            raise from_os(error, self._folder.parent) from error

    def has(self, start: str) -> bool:
        """Whether there is an entry whose key begins so; none is read."""
        return any(self._files(start))

    def entries(self, start: str = "") -> dict[str, dict[str, Any]]:
        """Every value by its key; with a `start`, only those whose keys begin so.

        Other files are not read. One that does not read back is renamed to `*.damaged`,
        for a person to look at, and the log says so.
        """
        found = (self._read_file(path) for path in sorted(self._files(start)))
        return dict(entry for entry in found if entry is not None and entry[0].startswith(start))

    def _files(self, start: str) -> Iterator[Path]:
        """The files of the entries whose keys begin so."""
        return iter(()) if self._refusal else self._folder.glob(_names(start))

    def _read_file(self, path: Path) -> tuple[str, dict[str, Any]] | None:
        try:
            if not path.is_file():
                return None  # a pipe would be waited for
            entry = parse_json(path.read_bytes().decode("utf-8", "surrogatepass"))
            key, value = entry["key"], entry["value"]
            if not isinstance(key, str) or not isinstance(value, dict):
                raise TypeError(path.name)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise from_os(error, self._folder.parent) from error
        except (ValueError, KeyError, TypeError):
            _set_aside(path)
            return None
        return key, value

    def _path(self, key: str) -> Path:
        name = quote(key, safe="", errors="surrogatepass")
        if len(name) > _NAME_LENGTH:
            digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
            name = f"{name[:40]}~{digest[:32]}"
        return self._folder / f"{name}.json"


def _names(start: str) -> str:
    return f"{escape(quote(start, safe='', errors='surrogatepass'))}*.json"


def _set_aside(path: Path) -> None:
    names = (path.with_suffix(f".{number}.damaged" if number else ".damaged") for number in count())
    aside = next(name for name in names if not name.exists())
    try:
        os.replace(path, aside)
        log.warning("A draft did not read back; it was renamed to %s.", aside.name)
    except OSError:
        log.warning("A draft did not read back, and can't be renamed: %s.", path.name)
