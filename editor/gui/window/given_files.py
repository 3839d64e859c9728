"""Files that the program was started with: pictures, wire text, editions; each goes its own way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from editor.gui.window.parts import WindowParts

# The dialogs are imported when there is a file for them.
# ruff: noqa: PLC0415

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff"})


def take_files(parts: WindowParts, files: Sequence[Path]) -> None:
    """Add pictures to the story, check editions, and import everything else.

    A picture goes into the open story, or a new one where none is open that can be edited.
    Of several editions the last is checked: each takes the whole dialog.
    """
    pictures = [file for file in files if file.suffix.lower() in _PICTURES]
    editions = [file for file in files if file.is_dir() or file.suffix.lower() == ".zip"]
    texts = [file for file in files if file not in (*pictures, *editions)]
    if pictures:
        _add_pictures(parts, pictures)
    if editions:
        from editor.gui.exporting.check_dialog import CheckDialog

        dialog = CheckDialog(parts.session.jobs, parts.window)
        dialog.open()
        dialog.check(editions[-1])
    if texts:
        from editor.gui.window.importing import import_paths

        import_paths(parts, texts)


def _add_pictures(parts: WindowParts, pictures: Sequence[Path]) -> None:
    if not (parts.shows_story() and parts.draft.can_edit):
        parts.new_story()
    parts.centre.show_text()
    parts.centre.form.pictures.add_pictures(pictures)
