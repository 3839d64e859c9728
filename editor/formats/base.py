"""The protocols of importers and exporters, and the values they return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from editor.core.brief import Brief
from editor.core.edition import Edition
from editor.core.story import Story
from editor.formats.edition_document import Origin
from editor.formats.planned import PlannedFile
from editor.formats.report import ExportDifference
from editor.formats.sums import Sums
from editor.progress import Progress

if TYPE_CHECKING:
    from editor.proof.picture_files import PublishedPicture


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that could not be imported unchanged.

    `line` counts from 1; 0 when it is about the whole file.
    """

    sentence: str
    hint: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A line of the source and the field it became, as the import dialog shows it.

    `line` counts from 1. `field` is a text path of the story (`headline`,
    `key_points/0`, `body`…), `dateline`, `brief/2/title`, `ignored`, or `blank`.
    A line that became several fields is listed once for each, with its part of the text.
    """

    line: int
    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """What an importer found. Stories and briefs have no ids yet: the desk gives them."""

    stories: tuple[Story, ...] = ()
    briefs: tuple[Brief, ...] = ()
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: tuple[ImportedLine, ...] = ()


class Importer(Protocol):
    """Reads one kind of file."""

    name: str
    """The word for it on the command line, e.g. `wire`."""
    title: str
    """What people call it, e.g. `Wire text`."""

    def recognises(self, data: bytes, filename: str) -> bool:
        """Return whether a file looks like this kind, by its first bytes and its name."""
        ...

    def read(self, data: bytes, filename: str) -> Incoming:
        """Read a whole file. Raises UnreadableText when it can't be read as this kind.

        A story whose language can't be told has none: it is in the paper's.
        """
        ...


class Output(Protocol):
    """Where an export is written: a folder, a zip or memory, all at once or not at all."""

    @property
    def sums(self) -> Sums:
        """The hashes of the files that were written so far."""
        ...

    def keeps(self, path: str, key: bytes) -> bool:
        """Add a file that the last export left here, made of the same; False for any other."""
        ...

    def write(self, path: str, data: bytes, key: bytes = b"") -> None:
        """Add one file by its relative path, with `/` between parts; `key` says what it is made of.

        Raises OutputError for a path that leaves the output or is written twice.
        """
        ...

    def keeps_all(self, key: bytes) -> int:
        """Return how many files the last export of the same left here; 0 unless all are as then."""
        ...

    def begin(self, key: bytes, origin: Origin, *, in_one_folder: bool = False) -> None:
        """Say what the whole export is made of, for `keeps_all` of the next one.

        A zip file has its files `in_one_folder`, which is called like it, where the format asks
        for that. Raises NotOurs where an export of another format or desk is, and nobody forced
        this one.
        """
        ...

    def difference(self) -> ExportDifference:
        """Return what is written compared with what was there; ask at the end."""
        ...


class Exporter(Protocol):
    """Plans the files of an edition in one format: the same edition gives the same bytes."""

    name: str
    title: str
    start: str
    """The path of the file to open first."""
    remembered_as: str
    """The name under which its exports are remembered: it says what was chosen, too."""
    in_one_folder: bool
    """Whether a zip file of it has all files in a folder that is called like it."""

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file, not made yet, in the order in which it is best made.

        Raises Cancelled once `progress` is cancelled, and BadValue for what can't be an
        address. To make a file may raise NotFound, PictureDamaged, UnreadablePicture or
        UnsignedPicture for a picture that can't be exported, and what reading a text raises.
        """
        ...

    def notices(self, edition: Edition) -> tuple[str, ...]:
        """Return sentences about what an export of this edition leaves out."""
        ...

    def other_inputs(self, edition: Edition) -> Iterable[str]:
        """Return what goes into an export beside the edition's own values.

        That is its theme, and what depends on its instant, but for the instant itself.
        """
        ...

    def next_change(self, edition: Edition) -> datetime | None:
        """Return an instant before which the time alone makes no other export; None for never.

        The times that the edition's stories and briefs wait for are known without it.
        """
        ...

    def story_path(self, slug: str) -> str:
        """Return the path of the file that has a story, and only that story."""
        ...

    def expired_path(self, slug: str) -> str:
        """Return the path of the file that says that a story has expired; empty for none."""
        ...

    def redirect_path(self, slug: str) -> str:
        """Return the path of the page at an address that a story had; empty where there is none."""
        ...

    def picture_paths(self, shown: PublishedPicture) -> tuple[str, ...]:
        """Return the paths of a picture's files."""
        ...

    def closing_files(self, edition: Edition, sums: Sums) -> Iterable[tuple[str, bytes]]:
        """Yield the files that list the others, each with its path.

        They are asked for when all others but the list and the signature of the export are in
        `sums`; each is written before the next is made.
        """
        ...
