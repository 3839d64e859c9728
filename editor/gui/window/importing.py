"""Taking files in: read off the main thread, kept by one command, told in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from editor.core.changes import Changes
from editor.core.commands import ImportItems
from editor.core.story import Story
from editor.errors import BadInput, EditorError
from editor.formats.base import Incoming
from editor.gui.session import Session
from editor.i18n import _, plural
from editor.progress import Progress


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of some files, and what was wrong with the others."""

    incoming: tuple[Incoming, ...]
    sources: tuple[str, ...]
    refused: tuple[EditorError, ...]


def ask_files(parent: QWidget) -> list[Path]:
    """Ask which files to take in; none when a person thinks better of it."""
    names, _kind = QFileDialog.getOpenFileNames(
        parent, _("Import files"), "", _("Wire text (*.txt *.text *.md *.anpa);;All files (*)")
    )
    return [Path(name) for name in names]


def read_files(paths: list[Path], progress: Progress) -> Read:
    """Read each file by itself, so that one that can't be used keeps none of the others out."""
    from editor.formats.importers import read_incoming  # noqa: PLC0415 - not needed to start

    incoming, sources, refused = [], [], []
    for number, path in enumerate(paths):
        progress.report(number, len(paths), path.name)
        try:
            incoming.append(read_incoming(path.read_bytes(), path.name))
            sources.append(path.name)
        except EditorError as error:
            refused.append(error)
        except OSError as error:
            why = error.strerror or type(error).__name__
            refused.append(
                BadInput(_("{file} could not be read: {why}.").format(file=path.name, why=why))
            )
    return Read(tuple(incoming), tuple(sources), tuple(refused))


def take_in(
    session: Session,
    read: Read,
    taken: Callable[[tuple[str, ...], int], None],
    refused: Callable[[EditorError], None],
) -> None:
    """Keep what was read; `taken` gets the stories' ids and the number of briefs."""
    for error in read.refused[:1]:
        more = len(read.refused) - 1
        also = plural(
            "{n} other file was refused, too.", "{n} other files were refused, too.", more
        )
        refused(BadInput(error.sentence, f"{error.hint} {also}".strip() if more else error.hint))
    stories = tuple(story for each in read.incoming for story in each.stories)
    briefs = tuple(brief for each in read.incoming for brief in each.briefs)
    if not stories and not briefs:
        return

    def done(changes: Changes) -> None:
        taken(changes.ids("story"), len(briefs))

    house = session.house
    dressed = tuple(_dressed(story, house.language) for story in stories)
    session.run(ImportItems(dressed, briefs, ", ".join(read.sources)), owner=session, done=done)


def _dressed(story: Story, language: str) -> Story:
    return story if story.language else replace(story, language=language)


def said(stories: int, briefs: int) -> str:
    """What came in: `Taken in: 1 story, 5 briefs.`"""
    parts = []
    if stories:
        parts.append(plural("{n} story", "{n} stories", stories))
    if briefs:
        parts.append(plural("{n} brief", "{n} briefs", briefs))
    return _("Taken in: {what}.").format(what=", ".join(parts) or _("briefs"))
