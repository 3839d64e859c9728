"""The export itself, as a job."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from editor.core.edition import Edition
from editor.errors import Cancelled
from editor.formats.base import Exporter, Report
from editor.formats.output import output_for
from editor.progress import Progress


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export wrote, and where."""

    path: Path
    report: Report
    stories: int

    @property
    def is_zip(self) -> bool:
        """Whether it is one zip file rather than a folder."""
        return self.path.suffix.lower() == ".zip"


def write_edition(
    exporter: Exporter, edition: Edition, path: Path, progress: Progress
) -> ExportResult | None:
    """Write an edition to a folder or zip; None when it was cancelled and left nothing.

    Raises OutputError, DiskFull, BadValue, UnreadablePicture; the place is then as before.
    """
    try:
        with output_for(path) as output:
            report = exporter.write(edition, output, progress)
            # The last moment to cancel: after this the files move into place.
            progress.report(1, 1)
    except Cancelled:
        return None
    return ExportResult(path, report, len(edition.items))
