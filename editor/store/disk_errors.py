"""The errors of the disk, as ours."""

from __future__ import annotations

import errno
from pathlib import Path

from editor.errors import DeskError, DeskReadOnly, DiskFull, EditorError, reason_of
from editor.i18n import _


def from_os(error: OSError, folder: Path) -> EditorError:
    """Our error for one of the operating system's about a desk's files."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(folder)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return read_only(folder)
    return DeskError(
        _("The desk {name} can't be used: {value}.").format(
            name=folder.name, value=reason_of(error)
        ),
        _("Look whether the disk with {folder} is connected and healthy.").format(folder=folder),
    )


def disk_full(folder: Path) -> DiskFull:
    """The error for a disk without room."""
    return DiskFull(
        _("The disk with {folder} is full; nothing was written, and nothing old is harmed.").format(
            folder=folder
        ),
        _("Make room on the disk, then try again."),
    )


def read_only(folder: Path) -> DeskReadOnly:
    """The error for a desk that can only be read."""
    return DeskReadOnly(
        _("The desk {name} can be read, but not written to.").format(name=folder.name),
        _("Allow writing in {folder}, or copy the desk to a place where you may write.").format(
            folder=folder
        ),
    )
