"""Git repositories on this computer or a network drive. Import it only while delivering."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from dulwich.client import LocalGitClient, SendPackResult

_OLD = 10 * 60
"""Seconds after which nobody still has a lock: git has one only while it renames a file."""


class LocalBranchClient(LocalGitClient):
    """Writes into a repository, in spite of what a killed delivery has left locked there."""

    def send_pack(self, path: str | bytes, *arguments: Any, **options: Any) -> SendPackResult:
        """Send as dulwich does. Raises FileLocked while somebody else may be writing."""
        _remove_old_locks(Path(os.fsdecode(path)))
        return super().send_pack(path, *arguments, **options)


def _remove_old_locks(repository: Path) -> None:
    before = time.time() - _OLD
    for folder in (repository / "objects" / "pack", repository / "refs" / "heads"):
        for lock in sorted(folder.rglob("*.lock")):
            with suppress(OSError):
                if lock.lstat().st_mtime < before:
                    lock.unlink()
