"""Removing what a killed process left behind, in every place where this computer may have it."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from editor.places import config_folder, data_folder, renditions_folder
from editor.settings import Settings
from editor.store.leftovers import (
    OLD,
    remove_old_copies,
    remove_old_folders,
    remove_old_parts,
    remove_old_parts_of_desk,
)


def clean_up(settings: Settings, now: float | None = None) -> list[Path]:
    """Remove what is ours, unfinished and a day old; return what was removed.

    Half desks, unfinished files, database copies in the temporary folder, the stages of
    exports, and what is remembered of exports that are gone, or of desks, or waits to be sent
    from them. Of a desk that can only be read nothing is. `now` is in seconds since 1970.
    """
    config, data = config_folder(), data_folder()
    folders = {config, data, data / "keys", data / "windows", *(data / "sample-keys").glob("*")}
    folders.add(renditions_folder())
    for desk in map(Path, settings.recent_desks):
        folders.add(desk.parent)
    removed = remove_old_copies(Path(tempfile.gettempdir()), now)
    for desk in map(Path, settings.recent_desks):
        removed += remove_old_parts_of_desk(desk, now)
    for backups in map(Path, settings.backup_folders.values()):
        folders.add(backups)
        removed += remove_old_copies(backups, now)
    if settings.last_export:
        from editor.formats.sums import TEMPORARY  # noqa: PLC0415  verbs mostly export nothing

        export = Path(settings.last_export)
        folders.add(export.parent)
        removed += remove_old_folders(export, TEMPORARY, now)
        removed += remove_old_folders(export.parent, TEMPORARY, now)
    for folder in sorted(folders):
        removed += remove_old_parts(folder, now)
    if (data / "exports").is_dir() or (data / "outbox").is_dir():
        from editor.store.exports.leftovers import remove_gone  # noqa: PLC0415  as above

        removed += remove_gone(now)
    if (spares := data / "exports" / "spares").is_dir():
        from editor.formats.spare_folder import remove_gone_spares  # noqa: PLC0415  as above

        removed += remove_gone_spares(spares, (time.time() if now is None else now) - OLD)
    return removed
