"""File names an export may use, so that it can be written on any system."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

from editor.errors import OutputError
from editor.i18n import _

EDITION = "edition.json"
"""What is in an edition and who approved it, in the root of every export."""
SUMS = "SHA256SUMS"
"""The hash of every other file but the signature, for `sha256sum -c`."""
UNFINISHED = "UNFINISHED-EXPORT"
"""Listed, and nowhere to be found, while files are moved: so no tool takes them for whole."""
SIGNATURE = "edition.jws"
"""The exporter's signature: a statement that names the hash of SHA256SUMS."""

# Characters and names that some file system refuses or reads as something else:
# Windows's, and `..` however it is written.
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"|?*\\\x7f]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class OutputPaths:
    """The relative paths of one output, each checked when it is added."""

    def __init__(self) -> None:
        self._spelling: dict[str, str] = {}
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, path: str) -> str:
        """Add a path and return it. Raises OutputError for one that can't be written everywhere.

        That is: one that leaves the output, is written twice, differs from
        another only in upper and lower case, or is no file name on some system.
        """
        folder, slash, name = path.rpartition("/")
        if slash and folder not in self._folders:
            self._add_folder(folder, path)
        if not is_portable(name):
            raise _not_a_name(path)
        self._check_letter_case(path)
        if path in self._files or path in self._folders:
            raise _twice(path)
        self._files.add(path)
        return path

    def add_known(self, path: str) -> None:
        """Add a path that an earlier export wrote, so it can be written. Raises OutputError."""
        folder, slash, _name = path.rpartition("/")
        if slash and folder not in self._folders:
            self._add_folder(folder, path)
        self._check_letter_case(path)
        self._files.add(path)

    def has(self, path: str) -> bool:
        """Return whether a file was added."""
        return path in self._files

    def _add_folder(self, folder: str, path: str) -> None:
        """Add the folders that a path is in, each of which is checked once."""
        parts = folder.split("/")
        if not all(map(is_portable, parts)):
            raise _not_a_name(path)
        for i in range(1, len(parts) + 1):
            prefix = "/".join(parts[:i])
            self._check_letter_case(prefix)
            if prefix in self._files:
                raise _twice(path)
            self._folders.add(prefix)

    def _check_letter_case(self, path: str) -> None:
        folded = path.casefold()
        # Most are the same, and of a hundred thousand the copies are much memory.
        known = self._spelling.setdefault(path if folded == path else folded, path)
        if known != path:
            raise OutputError(
                _("“{path}” and “{known}” differ only in upper and lower case.").format(
                    path=path, known=known
                ),
                _("Give the stories or sections different slugs."),
            )


BUNDLE_ZIP = ".stonehand.zip"
"""What the zip file of a bundle ends in where a double click is to open it here."""


def is_zip_name(path: Path) -> bool:
    """Return whether an export under this name is a zip file."""
    return path.suffix.lower() == ".zip"


def without_zip(path: Path) -> Path:
    """Return the folder that is called like a zip file; any other path as it is."""
    if not is_zip_name(path):
        return path
    shorter = len(BUNDLE_ZIP) if path.name.lower().endswith(BUNDLE_ZIP) else len(".zip")
    return path.with_name(path.name[:-shorter] or path.stem)


def is_portable(part: str) -> bool:
    """Return whether a file or folder can be called so on every system."""
    return not (
        part in ("", ".", "..")
        or not (part.isascii() or normalize("NFC", part) == part)
        or part.endswith((".", " "))
        or len(part.encode()) > 240
        or _FORBIDDEN.search(part)
        or _DEVICE.fullmatch(part)
    )


def folder_in_zip(path: Path) -> str:
    """Return the name of the one folder in a bag's zip file: the file's own (RFC 8493, 4)."""
    name = normalize("NFC", path.stem)
    return name if name.isprintable() and is_portable(name) else "bundle"


def _not_a_name(path: str) -> OutputError:
    return OutputError(
        _("“{value}” can't be the name of a file in an export.").format(value=path[:120]),
        _("Change the slug it comes from."),
    )


def _twice(path: str) -> OutputError:
    return OutputError(
        _("Two files of the export would both be “{path}”.").format(path=path),
        _("Give the stories or sections different slugs."),
    )
