"""Importing from outside: ask for text or files, read them, and save what they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from editor.core.commands import ImportItems
from editor.errors import BadInput, EditorError, reason_of
from editor.gui.incoming.dialog import PasteDialog
from editor.gui.incoming.imports import Imported, import_items, tell_imported
from editor.gui.session import Session
from editor.gui.window.parts import WindowParts
from editor.i18n import _, plural
from editor.progress import Progress

if TYPE_CHECKING:
    from editor.formats.base import Incoming

OnImported = Callable[[Imported], object]


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What some files hold, with their names, and why others can't be used."""

    incoming: tuple[Incoming, ...]
    sources: tuple[str, ...]
    refused: tuple[EditorError, ...]


def paste_wire(parts: WindowParts, file: Path | None = None) -> None:
    """Ask for wire text, or read a file's, and show what its lines become before it is imported."""
    dialog = PasteDialog(parts.session, parts.window)
    dialog.imported.connect(partial(_show_imported, parts))
    dialog.open()
    if file is not None:
        dialog.open_file(file)


def import_files(parts: WindowParts) -> None:
    """Ask for files and import them; a single one is shown line by line first."""
    names, _kind = QFileDialog.getOpenFileNames(
        parts.window,
        _("Import files"),
        "",
        _("Wire text (*.txt *.text *.md *.anpa);;All files (*)"),
    )
    import_paths(parts, [Path(name) for name in names])


def import_paths(parts: WindowParts, paths: list[Path]) -> None:
    """Import files; a single one is shown line by line first."""
    if len(paths) == 1:
        paste_wire(parts, paths[0])
    elif paths:
        session = parts.session
        session.jobs.run(
            partial(read_files, paths),
            owner=parts.window,
            done=lambda read: save_files(session, read, partial(_show_imported, parts)),
        )


def read_files(paths: list[Path], progress: Progress) -> ReadFiles:
    """Read each file by itself, so that one that can't be used does not stop the others."""
    # Not needed to start.
    from editor.formats.importers import read_incoming, read_text_file  # noqa: PLC0415

    incoming, sources, refused = [], [], []
    for number, path in enumerate(paths):
        progress.report(number, len(paths), path.name)
        try:
            incoming.append(read_incoming(read_text_file(path), path.name))
            sources.append(path.name)
        except EditorError as error:
            refused.append(error)
        except OSError as error:
            why = reason_of(error)
            refused.append(
                BadInput(_("{file} could not be read: {why}.").format(file=path.name, why=why))
            )
    return ReadFiles(tuple(incoming), tuple(sources), tuple(refused))


def save_files(session: Session, read: ReadFiles, on_imported: OnImported) -> None:
    """Save what the files hold by one command; what was refused is one problem of the session."""
    if read.refused:
        session.problem.emit(_one_problem(read.refused))
    stories = tuple(story for incoming in read.incoming for story in incoming.stories)
    briefs = tuple(brief for incoming in read.incoming for brief in incoming.briefs)
    if stories or briefs:
        command = ImportItems(stories, briefs, ", ".join(read.sources))
        import_items(session, command, owner=session, done=on_imported)


def _one_problem(refused: tuple[EditorError, ...]) -> EditorError:
    """Return the first problem; its hint counts the others."""
    first, more = refused[0], len(refused) - 1
    if not more:
        return first
    count = plural("{n} other file can't be used.", "{n} other files can't be used.", more)
    return BadInput(first.sentence, f"{first.hint} {count}".strip())


def _show_imported(parts: WindowParts, imported: Imported) -> None:
    """Go to the first story that was imported, and say what was."""
    if imported.stories:
        parts.show_story(imported.stories[0])
    tell_imported(parts.session, imported, parts.window)
