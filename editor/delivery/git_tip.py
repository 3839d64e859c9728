"""What a branch of a git repository has: its files, and the trees that git keeps them in."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from editor.files import PRIVATE_FOLDER, write_unsynced

if TYPE_CHECKING:
    from dulwich.object_store import BaseObjectStore
    from dulwich.objects import Commit, Tree

PLAIN_FILE = 0o100644
_UTF8 = ("utf-8", "surrogateescape")
"""Git's names are bytes; those of others need not be UTF-8."""


class BranchFile(NamedTuple):
    """A file of a branch: its mode as git has it, and the name (40 hexadecimal digits) of its blob.

    A link and a submodule have modes of their own.
    """

    mode: int
    blob: str


class _Kept(msgspec.Struct):
    """A tip as it is kept on this computer."""

    commit: bytes
    files: dict[str, tuple[int, str]]
    texts: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class BranchTip:
    """The newest commit of a branch, as bytes, with its files; no bytes where there is none yet.

    `texts` has the bytes of those files that a delivery reads: its lists.
    """

    commit: bytes = b""
    files: Mapping[str, BranchFile] = field(default_factory=dict)
    texts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name of the commit, empty where there is none."""
        return _commit_of(self.commit).id.decode() if self.commit else ""


def read_tip(store: BaseObjectStore, id: str, wanted: tuple[str, ...]) -> BranchTip:
    """Return the tip that a store of git objects has; `texts` has those of `wanted` it has."""
    from dulwich.object_store import iter_tree_contents  # noqa: PLC0415  only while delivering
    from dulwich.objects import Commit, ObjectID  # noqa: PLC0415

    commit = store[ObjectID(id.encode())]
    if not isinstance(commit, Commit):
        raise TypeError("a branch that leads to no commit")
    files = {}
    for entry in iter_tree_contents(store, commit.tree):
        name, mode, blob = entry.path, entry.mode, entry.sha
        if name is not None and mode is not None and blob is not None:
            files[name.decode(*_UTF8)] = BranchFile(mode, blob.decode())
    texts = {}
    for path in wanted:
        if path in files and stat.S_ISREG(files[path].mode):
            blob_id = ObjectID(files[path].blob.encode())
            if blob_id in store:
                texts[path] = store[blob_id].as_raw_string()
    return BranchTip(commit.as_raw_string(), files, texts)


def trees_of(files: Mapping[str, BranchFile]) -> Iterator[Tree]:
    """Yield git's trees of some files, each after those inside it: the last is the root."""
    from dulwich.objects import ObjectID, Tree  # noqa: PLC0415  only while delivering

    folders: dict[str, Tree] = {"": Tree()}
    for path in files:
        folder = path
        while folder := folder.rpartition("/")[0]:
            folders.setdefault(folder, Tree())
    for path, file in files.items():
        folder, _slash, name = path.rpartition("/")
        folders[folder].add(name.encode(*_UTF8), file.mode, ObjectID(file.blob.encode()))
    for folder in sorted(folders, key=lambda folder: (-folder.count("/"), folder == "", folder)):
        tree = folders[folder]
        if folder:
            parent, _slash, name = folder.rpartition("/")
            folders[parent].add(name.encode(*_UTF8), stat.S_IFDIR, tree.id)
        yield tree


def load_tip(folder: Path, id: str) -> BranchTip | None:
    """Return the tip that is kept in a folder if it is this one; None for another or a spoilt one.

    What is kept proves itself: the names of git's objects are their hashes.
    """
    from dulwich.objects import Blob  # noqa: PLC0415  only while delivering

    try:
        kept = msgspec.msgpack.decode(_file(folder).read_bytes(), type=_Kept)
        files = {path: BranchFile(*file) for path, file in kept.files.items()}
        tip = BranchTip(kept.commit, files, kept.texts)
        *_inner, root = trees_of(files)
        is_whole = (
            tip.id == id
            and _commit_of(kept.commit).tree == root.id
            and all(
                Blob.from_string(data).id.decode() == files[path].blob
                for path, data in kept.texts.items()
            )
        )
    except (OSError, ValueError, KeyError, TypeError, msgspec.MsgspecError):
        return None
    return tip if is_whole else None


def keep_tip(folder: Path, tip: BranchTip) -> None:
    """Keep a tip, so that the next delivery needs to ask for its name only. Raises OSError."""
    files = {path: (file.mode, file.blob) for path, file in tip.files.items()}
    kept = _Kept(tip.commit, files, {**tip.texts})
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    write_unsynced(_file(folder), msgspec.msgpack.encode(kept))


def _file(folder: Path) -> Path:
    return folder / "branch-tip"


def _commit_of(data: bytes) -> Commit:
    from dulwich.objects import Commit, ShaFile  # noqa: PLC0415  only while delivering

    commit = ShaFile.from_raw_string(Commit.type_num, data)
    if not isinstance(commit, Commit):
        raise TypeError("no commit")
    return commit
