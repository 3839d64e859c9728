"""The export itself, as a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.core.edition import Edition
from editor.core.export_memory import TargetStore
from editor.errors import Cancelled
from editor.formats.base import Exporter
from editor.formats.export import write_edition
from editor.formats.output import output_for
from editor.formats.paths import is_zip_name
from editor.formats.replaced_texts import ReplacedTexts
from editor.formats.report import Report, contents_text, left_out_sentences
from editor.gui.exporting.changed_rows import ExportChanges
from editor.i18n import _, plural
from editor.progress import Progress
from editor.trust.keys import PrivateKey


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export wrote, and where.

    `slugs` are its stories by their ids; `left_out` says in sentences which are not in it.
    `changes` are those at its target.
    """

    path: Path
    report: Report
    slugs: Mapping[str, str]
    left_out: tuple[str, ...]
    changes: ExportChanges

    @property
    def is_zip(self) -> bool:
        """Whether it is one zip file rather than a folder."""
        return is_zip_name(self.path)

    def sentence(self) -> str:
        """Say what was written and where: `✓ 3 stories, 41 files, in /home/…`."""
        stories = contents_text(self.report.edition)
        files = plural("{n} file", "{n} files", self.report.files)
        sentence = _("✓ {stories}, {files}, in {path}")
        return sentence.format(stories=stories, files=files, path=self.path)


@dataclass(frozen=True, slots=True)
class EditionSigner:
    """Who signs an export, with which key; without a key nobody does."""

    name: str
    key: PrivateKey | None


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """Where an export goes, and what is remembered of earlier ones; see `output_for`."""

    path: Path
    known: TargetStore | None = None
    force: bool = False


def export_edition(
    exporter: Exporter,
    edition: Edition,
    target: ExportTarget,
    signer: EditionSigner,
    progress: Progress,
) -> ExportResult | None:
    """Write an edition to a folder or zip; None when it was cancelled and left nothing.

    Raises OutputError, NotOurs unless the target is forced, DiskFull, BadValue,
    UnreadablePicture, NotAllowed; the place is then as before.
    """
    texts = ReplacedTexts()
    output = output_for(target.path, force=target.force, targets=target.known, replaced=texts)
    try:
        with output:
            report = write_edition(edition, exporter, output, progress, signer.key, signer.name)
            # The last moment to cancel: after this the files move into place.
            progress.report(1, 1)
    except Cancelled:
        return None
    slugs = {listing.id: listing.slug for listing in edition.listings}
    changes = ExportChanges(report.difference, texts, edition.house.name)
    left_out = left_out_sentences(report.edition.left_out)
    return ExportResult(target.path, report, slugs, left_out, changes)
