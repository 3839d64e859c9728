"""The desk's own themes: a folder each, in `themes`, for any editor of text files.

What is in a folder is not believed: a site is made with a theme only while its files are those
that the chief signed (`House.theme_digest`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from editor.core.house import House
from editor.core.theme import MOST_FILES, TEMPLATES, ThemeFiles, check_file
from editor.errors import BadValue, NotApproved, NotFound, ThemeError
from editor.files import PART, building, remove, sync_folder, write_file
from editor.i18n import _
from editor.places import THEMES_FOLDER
from editor.proof.theme import shipped_files, shipped_names, signed_digest
from editor.store.disk_errors import from_os

_OTHERS = (".", "#")
_ENDS = ("~", ".swp", ".bak")
"""Names of what editors and systems leave beside the files that somebody edits."""


class Themes:
    """The themes folder of one desk. Every method raises DeskError as files of a desk do."""

    def __init__(self, desk: Path) -> None:
        self._folder = desk / THEMES_FOLDER

    def names(self) -> tuple[str, ...]:
        """The names of the desk's own themes, in order."""
        try:
            found = sorted(entry.name for entry in self._folder.iterdir() if _is_theme(entry))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise from_os(error, self._folder) from error
        return tuple(name for name in found if name not in shipped_names())

    def read(self, name: str) -> ThemeFiles:
        """One theme by its name. Raises NotFound, ThemeError for what no theme may have."""
        if name in shipped_names():
            return shipped_files(name)
        if name not in self.names():
            raise _no_theme(name)
        files: dict[str, bytes] = {}
        try:
            for path, file in _files(self._folder / name):
                if file.is_symlink() or not file.is_file():
                    raise ThemeError(
                        _("It is a link or no file, so it is not read."),
                        _("Put the file itself there."),
                        path,
                    )
                check_file(path, file.stat().st_size)
                files[path] = file.read_bytes()
                if len(files) > MOST_FILES:
                    break
        except OSError as error:
            raise from_os(error, self._folder) from error
        return ThemeFiles.of(name, files)

    def of(self, house: House) -> ThemeFiles:
        """The theme of a paper, as its chief signed it. Raises NotApproved, as `read` otherwise."""
        theme = self.read(house.theme)
        if house.theme_digest != signed_digest(theme):
            raise NotApproved(
                _("The theme “{name}” is not as the chief saved it.").format(name=house.theme),
                _("A chief can look at it in the paper's themes, and save it there."),
            )
        return theme

    def check_own(self, name: str) -> None:
        """Raise BadValue for a theme that comes with Stonehand: it is not the desk's."""
        if name in shipped_names():
            raise BadValue(
                _("“{name}” comes with Stonehand and stays as it is.").format(name=name),
                _("Copy it under another name, and change the copy."),
            )

    def write(self, theme: ThemeFiles) -> None:
        """Make a theme's folder have exactly these files. Raises BadValue for a shipped one."""
        self.check_own(theme.name)
        folder = self._folder / theme.name
        try:
            self._folder.mkdir(exist_ok=True)
            if os.path.lexists(folder):
                self._replace(folder, theme)
            else:
                with building(folder) as made:
                    (made / TEMPLATES).mkdir()
                    for path, data in theme.files:
                        (made / path).write_bytes(data)
        except OSError as error:
            raise from_os(error, folder) from error

    def remove(self, name: str) -> None:
        """Remove a theme's folder with all that is in it. Raises NotFound."""
        if name not in self.names():
            raise _no_theme(name)
        folder, aside = self._folder / name, self._folder / f".{name}{PART}"
        try:
            # In one step: a half-removed theme is nobody's.
            shutil.rmtree(aside, ignore_errors=True)
            os.replace(folder, aside)
            sync_folder(self._folder)
        except OSError as error:
            raise from_os(error, folder) from error
        shutil.rmtree(aside, ignore_errors=True)

    def _replace(self, folder: Path, theme: ThemeFiles) -> None:
        """Write what differs, then remove what is no longer there."""
        old = self.read(theme.name).by_path
        (folder / TEMPLATES).mkdir(exist_ok=True)
        for path, data in theme.files:
            if old.get(path) != data:
                write_file(folder / path, data)
        for path in old.keys() - theme.by_path.keys():
            remove(folder / path)


def _no_theme(name: str) -> NotFound:
    return NotFound(
        _("The desk has no theme “{name}”.").format(name=name[:80]),
        _("Choose another one in the paper's themes."),
    )


def _is_theme(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not folder.name.startswith(".")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what is in a theme's folder by its path in the theme, without what editors leave."""
    for file in sorted(folder.iterdir()):
        if file.name.startswith(_OTHERS) or file.name.endswith(_ENDS):
            continue
        if file.name == TEMPLATES.rstrip("/") and file.is_dir() and not file.is_symlink():
            for template in sorted(file.iterdir()):
                if not (template.name.startswith(_OTHERS) or template.name.endswith(_ENDS)):
                    yield TEMPLATES + template.name, template
        else:
            yield file.name, file
