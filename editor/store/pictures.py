"""The desk's pictures: unchanged originals, in files named by their hash.

Originals have their metadata, position included: they never leave the desk.
What leaves is drawn again from the pixels (`proof.pictures`). A file that was
altered, re-typed or linked from elsewhere is never given out: each read compares
it with its name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from stat import S_ISLNK, S_ISREG

from editor.core.file_words import FileWords
from editor.core.rendition import TYPES, Rendition
from editor.core.story import Picture, is_picture_name
from editor.errors import DeskError, NotFound, PictureDamaged, UnreadablePicture, reason_of
from editor.files import open_file, stamp, write_file
from editor.i18n import _
from editor.places import renditions_folder
from editor.progress import Progress
from editor.proof.picture_file import BYTES_AT_MOST, check_bytes, kind_of
from editor.proof.picture_recipes import recipe
from editor.proof.pictures import inspect, read_words, render
from editor.proof.renditions import lead_crops, renditions, site_renditions
from editor.store.disk_errors import from_os
from editor.store.rendition_files import RenditionFiles

RENDITION_BYTES = 1_000_000_000
"""How much of this computer's disk renditions may take: those of more than a thousand pictures."""

_WORDS = 1
"""Counted up when more is read of what a file says of itself."""

_READ_FLAGS = sum(
    # No link is followed, no pipe waited for. Windows has neither, but converts line ends.
    getattr(os, flag, 0)
    for flag in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)


class Pictures:
    """The pictures folder of one desk; `refusal` says why none can be added, where none can."""

    def __init__(self, folder: Path, refusal: DeskError | None = None) -> None:
        self._folder = folder
        self._refusal = refusal
        self._renditions = RenditionFiles(renditions_folder(), RENDITION_BYTES)
        self._sound: dict[str, tuple[int, ...]] = {}

    def add(self, source: Path | bytes) -> Picture:
        """Save a JPEG, PNG or WebP picture, once however often it is added.

        Width and height are as a reader sees it, turned by its EXIF orientation. Caption,
        credit, description, rights and usage are those that the file has.
        Raises UnreadablePicture, DiskFull, DeskReadOnly, DeskTooNew.
        """
        if self._refusal:
            raise self._refusal.with_traceback(None)
        data = source if isinstance(source, bytes) else _read_source(source)
        check_bytes(len(data))
        width, height = inspect(data)
        name = f"{sha256(data).hexdigest()}.{kind_of(data)}"
        words = read_words(data)
        self._save(self._folder / name, data)
        self._keep_words(name, words)
        return words.fill(Picture(file=name, width=width, height=height))

    def words(self, file: str) -> FileWords:
        """Return what a picture's file says of itself; read once in its life.

        Raises NotFound, PictureDamaged.
        """
        if (kept := self._renditions.read(_words_name(file))) is not None:
            return FileWords.from_json(json.loads(kept))
        words = read_words(self.read(file))
        self._keep_words(file, words)
        return words

    def read(self, file: str) -> bytes:
        """The original, byte for byte, by its name. Raises NotFound, PictureDamaged."""
        path = self._folder / file
        if not is_picture_name(file) or not os.path.lexists(path):
            raise NotFound(
                _("The desk has no file of this picture."),
                _("Put the picture into the story again."),
            )
        try:
            problem = _why_no_file(path)
            data = b"" if problem else _read_file(path)
        except OSError as error:
            raise from_os(error, self._folder.parent) from error
        if problem := problem or why_damaged(file, data):
            raise PictureDamaged(
                _("The file of this picture is not the original: {problem}.").format(
                    problem=problem
                ),
                _("Put the original into the story again, or copy the file back from a backup."),
            )
        return data

    def encoded(self, file: str, wanted: Rendition, siblings: tuple[Rendition, ...] = ()) -> bytes:
        """Return a picture encoded as a rendition, without metadata; rendered once in its life.

        The original must still be there, unchanged. Where the rendition is not kept on this
        computer, it is made with those of its `siblings` that are not kept either. Raises
        NotFound, PictureDamaged, UnreadablePicture.
        """
        original = self._read_changed(file)
        name = _kept_name(file, wanted)
        if (kept := self._renditions.read(name)) is not None:
            return kept
        missing = {name: wanted}
        if self._renditions.is_writable:  # else they would be made again for each of them
            named = {_kept_name(file, sibling): sibling for sibling in siblings}
            missing |= {n: size for n, size in named.items() if not self._renditions.has(n)}
        encoded = render(original or self.read(file), tuple(missing.values()))
        for kept_name, data in zip(missing, encoded, strict=True):
            self._renditions.write(kept_name, data)
        return encoded[0]

    def prepare(self, picture: Picture, progress: Progress) -> None:
        """Render all that a site will need of a picture, so that no export has to.

        Raises Cancelled, NotFound, PictureDamaged, UnreadablePicture.
        """
        wanted = site_renditions(picture) + lead_crops(picture)
        for number, kind in enumerate(reversed(TYPES)):  # AVIF takes longest
            progress.report(number, len(TYPES), picture.file)
            batch = tuple(size for size in wanted if size.kind == kind)
            missing = (s for s in batch if not self._renditions.has(_kept_name(picture.file, s)))
            if first := next(missing, None):
                self.encoded(picture.file, first, batch)

    def measured(self, file: str) -> Picture:
        """Return a picture of the desk with its size, by its file's name.

        Raises NotFound, PictureDamaged, UnreadablePicture.
        """
        width, height = inspect(self.read(file))
        return Picture(file=file, width=width, height=height)

    def thumbnail(self, picture: Picture) -> bytes:
        """Return a small JPEG of a picture, upright and without metadata.

        Raises NotFound, PictureDamaged, UnreadablePicture.
        """
        sizes = renditions(picture)
        if not sizes:
            self.read(picture.file)
            raise UnreadablePicture(
                _("The story does not say how large the picture is."), _("Choose its file again.")
            )
        return self.encoded(picture.file, sizes[0], sizes)

    def _keep_words(self, file: str, words: FileWords) -> None:
        self._renditions.write(_words_name(file), json.dumps(words.to_json()).encode())

    def _read_changed(self, file: str) -> bytes:
        """Read an original if it is not as it was when it was sound; else return nothing."""
        state = self._state_of(file)
        if self._sound.get(file) == state:
            return b""
        original = self.read(file)
        self._sound[file] = state
        return original

    def damaged(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Read these pictures; those that are missing or can't be trusted, with a sentence."""
        found = []
        for name in names:
            try:
                self.read(name)
            except (NotFound, DeskError) as error:
                found.append((name, error.sentence))
        return found

    def problems(self, names: Iterable[str]) -> dict[str, str]:
        """Like `damaged`, but a file that is as it was when it was sound is not read again.

        For advice while somebody writes; whatever leaves the desk is read.
        """
        changed = [name for name in names if self._state_of(name) != self._sound.get(name, ())]
        states = {name: self._state_of(name) for name in changed}
        found = dict(self.damaged(changed))
        self._sound |= {name: state for name, state in states.items() if name not in found}
        return found

    def _state_of(self, name: str) -> tuple[int, ...]:
        """What changes when a file is written; nothing for one that is not there."""
        try:
            return stamp((self._folder / name).lstat())
        except (OSError, ValueError):
            return (0,)

    def _save(self, path: Path, data: bytes) -> None:
        try:
            if os.path.lexists(path) and not _why_no_file(path) and _read_file(path) == data:
                return
            self._folder.mkdir(exist_ok=True)
            if path.is_symlink():
                path.unlink()  # the writer leaves a file alone that reads the same
            write_file(path, data, private=True)
        except OSError as error:
            raise from_os(error, self._folder.parent) from error


def _kept_name(file: str, size: Rendition) -> str:
    return f"{file.partition('.')[0]}-{recipe(size)}"


def _words_name(file: str) -> str:
    return f"{file.partition('.')[0]}-words-{_WORDS}"


def why_damaged(file: str, data: bytes) -> str:
    """Why these bytes are not the picture of that name, for a sentence; empty if they are."""
    digest, _dot, suffix = file.partition(".")
    if sha256(data).hexdigest() != digest:
        return _("it was altered")
    try:
        kind = kind_of(data)
    except UnreadablePicture:
        return _("it is not {wanted}, but something else").format(wanted=suffix)
    if kind == suffix:
        return ""
    return _("it is not {wanted}, but {kind}").format(wanted=suffix, kind=kind)


def _why_no_file(path: Path) -> str:
    """Why there is no plain file at a path, for a sentence; empty if there is one."""
    status = path.lstat()
    if S_ISLNK(status.st_mode):
        return _("it is a link to another file")
    if not S_ISREG(status.st_mode):
        return _("it is no file")
    return _("it is too large") if status.st_size > BYTES_AT_MOST else ""


def _read_file(path: Path) -> bytes:
    with open(os.open(path, _READ_FLAGS), "rb") as file:
        return file.read(BYTES_AT_MOST)


def _read_source(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            check_bytes(os.fstat(file.fileno()).st_size)
            return file.read(BYTES_AT_MOST + 1)
    except OSError as error:
        raise UnreadablePicture(
            _("The file {name} can't be read: {strerror}.").format(
                name=path.name, strerror=reason_of(error)
            ),
            _("Choose a picture file."),
        ) from error
