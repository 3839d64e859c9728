"""Files that the window was given: pictures, wire text, editions, desks; each goes its own way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from editor.gui.window.parts import WindowParts
from editor.i18n import _
from editor.places import DESK_FILE

# The dialogs are imported when there is a file for them.
# ruff: noqa: PLC0415

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff"})
_DESK = ".desk"
_KEYS = (".stonehand-key", ".stonehand-key.txt")
"""What the files end in that Join saves, now and in earlier versions."""


def take_dropped(parts: WindowParts, files: Sequence[Path]) -> None:
    """Open a desk, or do with other files as with those that the program was started with."""
    if desk := _only_desk(files):
        parts.open_desk(str(desk))
    else:
        take_files(parts, files)


def say_what_files_do(files: Sequence[Path]) -> str:
    """Return what happens to files that are held over the window; nothing where there are none."""
    if not files:
        return ""
    if _only_desk(files):
        return _("Drop to open this desk")
    if all(file.suffix.lower() in _PICTURES for file in files):
        return _("Drop to add to the pictures of a story")
    if all(_is_edition(file) for file in files):
        return _("Drop to check this edition")
    if all(_is_key(file) for file in files):
        return _("Drop to add to the masthead")
    return _("Drop to import")


def take_asked(parts: WindowParts, files: Sequence[Path], link: str = "") -> None:
    """Take in the files of a start, and open the story that its link leads to."""
    take_files(parts, files)
    if link:
        from editor.gui.window.story_links import open_link

        open_link(parts, link)


def take_files(parts: WindowParts, files: Sequence[Path]) -> None:
    """Add pictures to the story, check editions, show key lines, and import everything else.

    A picture goes into the open story, or a new one where none is open that can be edited.
    Of several editions the last is checked, of several key lines the last shown: each takes the
    whole dialog. A desk that can only be read takes nothing in; editions are checked there too.
    """
    pictures = [file for file in files if file.suffix.lower() in _PICTURES]
    editions = [file for file in files if _is_edition(file)]
    keys = [file for file in files if _is_key(file)]
    texts = [file for file in files if file not in (*pictures, *editions, *keys)]
    why = parts.session.why_read_only
    if why and (pictures or texts):
        parts.session.problem.emit(why)
        pictures, texts = [], []
    if pictures:
        _add_pictures(parts, pictures)
    if editions:
        from editor.gui.exporting.check_dialog import CheckDialog

        dialog = CheckDialog(parts.session.jobs, parts.window)
        dialog.open()
        dialog.check(editions[-1])
    if keys:
        from editor.gui.preferences.masthead import MastheadDialog

        masthead = MastheadDialog(parts.session, parts.window)
        masthead.open()
        masthead.read_key_line(keys[-1])
    if texts:
        from editor.gui.window.importing import import_paths

        import_paths(parts, texts)


def _add_pictures(parts: WindowParts, pictures: Sequence[Path]) -> None:
    if not (parts.shows_story() and parts.draft.can_edit):
        parts.new_story()
    parts.centre.show_text()
    parts.centre.form.pictures.add_pictures(pictures)


def _only_desk(files: Sequence[Path]) -> Path | None:
    """Return the desk that is alone: its folder, or the database in it."""
    if len(files) != 1:
        return None
    [file] = files
    if file.name == DESK_FILE and file.is_file():
        return file.parent
    return file if file.suffix.lower() == _DESK and file.is_dir() else None


def _is_edition(file: Path) -> bool:
    return file.is_dir() or file.suffix.lower() == ".zip"


def _is_key(file: Path) -> bool:
    return file.name.lower().endswith(_KEYS)
