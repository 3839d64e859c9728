"""Where an output may be written: the one rule for an export, a backup, a key line, a picture.

Never inside a desk. Never in place of a file, or among the files of a folder, that
Stonehand did not write, unless somebody said so about this very place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.errors import NotOurs, OutputError, reason_of
from editor.i18n import _
from editor.places import DESK_FILE


def check_target_file(
    path: Path, what: str, is_ours: Callable[[Path], bool], *, force: bool = False
) -> None:
    """Refuse to write a file where that would harm what is there.

    `what` says what is written, as in “a backup of a desk”; `is_ours` tells it from
    other files. Raises OutputError for a place inside a desk, a folder and whatever is no
    plain file, NotOurs for another file unless `force`.
    """
    with _reaching(path):
        check_outside_desks(path)
        _check_parents(path)
        if path.is_dir():
            raise OutputError(
                _("“{name}” is a folder, not a file.").format(name=name_of(path)),
                _("Choose another name."),
            )
        if not os.path.lexists(path) or (path.is_file() and _is_known(path, is_ours)):
            return
        if not (path.is_file() or path.is_symlink()):
            raise OutputError(
                _("“{name}” is not a plain file.").format(name=name_of(path)),
                _("Choose another name."),
            )
        if not force:
            sentence = _("There is already a file “{name}”, which is not {what}.")
            raise NotOurs(sentence.format(name=name_of(path), what=what), replace_hint())


def check_target_folder(
    path: Path, is_ours: Callable[[Path], bool], *, force: bool = False
) -> None:
    """Refuse to write into a folder with files of somebody else.

    Raises OutputError for a place inside a desk and for a file, NotOurs for a folder
    that is neither empty nor known to `is_ours`, unless `force`.
    """
    with _reaching(path):
        check_outside_desks(path)
        _check_parents(path)
        if not os.path.lexists(path):
            return
        if not path.is_dir():
            raise _no_folder(path)
        if not (_is_known(path, is_ours) or force):
            sentence = _("The folder “{name}” has files that Stonehand did not export.")
            raise NotOurs(sentence.format(name=name_of(path)), replace_hint())


def _check_parents(path: Path) -> None:
    """Raise OutputError for a place in what is no folder. Raises OSError."""
    absolute = path.absolute()
    # The root of all folders has no parents.
    nearest = next((parent for parent in absolute.parents if os.path.lexists(parent)), absolute)
    if not nearest.is_dir():
        raise _no_folder(nearest)


def _no_folder(path: Path) -> OutputError:
    sentence = (
        _("“{name}” is a file, not a folder.")
        if os.path.exists(path)
        else _("“{name}” is a link that leads nowhere.")
    )
    return OutputError(sentence.format(name=name_of(path)), _("Choose another name."))


def check_outside_desks(path: Path) -> None:
    """Raise OutputError for a desk, and for any place inside one, however it is spelled."""
    if desk := desk_around(path):
        raise OutputError(
            _("{path} is inside the desk “{desk}”.").format(path=path, desk=desk.name),
            _("Choose a place outside it: a desk has only its own files."),
        )


def desk_around(path: Path) -> Path | None:
    """Return the desk that a path is in, or is; None outside. Links are followed as well."""
    # As links lead and as it is typed; neither raises for a name that no system can have.
    for spelling in (Path(os.path.realpath(path)), Path(os.path.normpath(path.absolute()))):
        for place in (spelling, *spelling.parents):
            if os.path.isfile(place / DESK_FILE):
                return place
    return None


class FoldersOutsideDesks:
    """The folders of an export at `root`: one of them may be called like a desk, or lead to one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: set[str] = set()

    def check(self, folder: str) -> None:
        """Raise OutputError for a folder, by its path from the root, that is in a desk."""
        if folder in self._seen:
            return
        place = f"{self._root}/{folder}"
        # Most are plain folders, where all above was looked at before: an API has thousands.
        # A junction of Windows is no link to Python 3.11.
        is_plain = bool(folder) and os.name != "nt" and not os.path.islink(place)
        if is_plain:
            self.check(folder.rpartition("/")[0])
        if not is_plain or os.path.isfile(f"{place}/{DESK_FILE}"):
            check_outside_desks(Path(place))
        self._seen.add(folder)


def name_of(path: Path) -> str:
    """Return what a file or folder is called: of `.` and `..` as well, `/` is called so."""
    return Path(os.path.abspath(path)).name or str(path)


@contextmanager
def _reaching(path: Path) -> Iterator[None]:
    """Turn what the system says of a path that it can't have or show into a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        sentence = _("Nothing can be written to {path}: {reason}.")
        raise OutputError(
            sentence.format(path=path, reason=reason), _("Choose another place.")
        ) from error


def _is_known(path: Path, is_ours: Callable[[Path], bool]) -> bool:
    try:
        return is_ours(path)
    except OSError:
        return False  # what can't be read can't be told from somebody else's


def replace_hint() -> str:
    """Return what somebody can do where files of others are."""
    return _("Choose another place, or add --force to replace what is there.")
