"""An export that has nothing to do: its target has it already, as the last one left it."""

from __future__ import annotations

from pathlib import Path

from editor.core.export_memory import EditionRecord, TargetStore
from editor.errors import OutputError
from editor.formats.earlier_files import EarlierFiles
from editor.formats.report import ExportDifference, Report
from editor.formats.sums import stages
from editor.targets import FoldersOutsideDesks


def unchanged_report(
    record: EditionRecord, by: str, target: Path, targets: TargetStore
) -> Report | None:
    """Return the report of an export to a target that has it already; None for any other.

    It looks at the target as `FolderOutput` does, and writes nothing. `by` signs; nobody is empty.
    """
    try:
        earlier = EarlierFiles(target, targets)
        count = earlier.count_whole(record.key)
        if not count or any(stages(target)):
            return None
        outside_desks = FoldersOutsideDesks(target)
        for folder in ("", *earlier.folders):
            outside_desks.check(folder)
    except (OSError, ValueError, OutputError):
        return None
    return Report(count, record.summary, by, ExportDifference(unchanged=count))
