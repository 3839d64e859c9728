"""What this computer has verified before, so that the same edition is not read again.

Kept for each folder or zip file: the hashes of its list and its signature, what its
documents proved, and the stamp (size, times, identity) of each file that had the
right hash. A file whose stamp is the same is not read again. Whoever can set this
computer's clock or write to its disk directly can forge a stamp: `--again` reads all.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor import __version__
from editor.files import write_file
from editor.formats.verify.bundle import Stamp
from editor.formats.verify.report import EditionFacts
from editor.places import data_folder

_KEPT = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """An edition that was found whole. `key` fixes its documents, `stamps` its files."""

    key: str
    facts: EditionFacts
    stamps: Mapping[str, Stamp]


class VerifiedBefore:
    """A folder with a small file for each edition, the last twenty of them."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / "verified"

    def load(self, path: Path) -> Verified | None:
        """Return what is known of a folder or zip file; None for nothing that can be used."""
        try:
            value = json.loads(self._file(path).read_bytes())
            if value["version"] != __version__:
                return None  # a newer Stonehand may check more
            stamps = {name: tuple(stamp) for name, stamp in value["stamps"].items()}
            return Verified(value["key"], EditionFacts.from_json(value["facts"]), stamps)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def save(self, path: Path, verified: Verified) -> None:
        """Keep what was verified. Nothing is lost but time where the disk refuses."""
        value: dict[str, Any] = {
            "version": __version__,
            "key": verified.key,
            "facts": verified.facts.to_json(),
            "stamps": verified.stamps,
        }
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_file(self._file(path), json.dumps(value, separators=(",", ":")).encode())
            self._prune()

    def forget(self, path: Path) -> None:
        """Let a folder or zip file be read again from the start."""
        with suppress(OSError):
            self._file(path).unlink(missing_ok=True)

    def _file(self, path: Path) -> Path:
        name = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]
        return self._folder / f"{name}.json"

    def _prune(self) -> None:
        files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for file in files[:-_KEPT]:
            file.unlink(missing_ok=True)
