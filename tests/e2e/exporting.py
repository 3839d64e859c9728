"""Exports of a site as readers open them."""

from pathlib import Path

from editor.core.edition import Edition
from editor.formats.export import write_files
from editor.formats.folder_output import FolderOutput
from editor.formats.site.exporter import SiteExporter
from editor.progress import Progress


def export(folder: Path, made: Edition) -> Path:
    with FolderOutput(folder) as out:
        write_files(made, SiteExporter(), out, Progress())
    return folder
