"""A branch of a git repository as a target, as web hosts publish one (“Pages”).

One commit without parents replaces the branch: what was withdrawn is in none of its history.
The server moves the branch in one step, from the commit that was there when the delivery was
planned to the new one, so readers get the old edition or the new one. Files of others in the
branch stay. Only what the branch has not yet travels.
"""

from __future__ import annotations

import hashlib
import re
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from editor.core.times import instant_text
from editor.delivery.git_problems import GitPlace, known_git_problems
from editor.delivery.git_tip import (
    PLAIN_FILE,
    BranchFile,
    BranchTip,
    keep_tip,
    load_tip,
    read_tip,
    trees_of,
)
from editor.delivery.network_problems import changed_here, too_long
from editor.delivery.remote import LocalFile, RemoteFile, Switching
from editor.errors import DeliveryError
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.i18n import _

if TYPE_CHECKING:
    from dulwich.client import GitClient
    from dulwich.object_store import DiskObjectStore
    from dulwich.objects import Commit, ObjectID, ShaFile
    from dulwich.pack import UnpackedObject
    from dulwich.refs import Ref

_CHUNK = 1 << 20
_NO_COMMIT = "0" * 40
_READ = (SUMS, EDITION, SIGNATURE)
_NO_JEKYLL = ".nojekyll"
"""Without this file some hosts leave out whatever has a name that begins with “_”."""


class Authorship(NamedTuple):
    """Who a commit is by, and when the edition in it was made: the same gives the same commit."""

    person: str
    at: datetime


class _Waiting(NamedTuple):
    """A file whose bytes travel at the end; `on_bytes` hears of them then."""

    file: LocalFile
    on_bytes: Callable[[int], None]


class GitRemote:
    """A `Remote` for a branch. `memory` is a folder of this computer; what is there may be lost."""

    def __init__(
        self, place: GitPlace, client: GitClient, authorship: Authorship, memory: Path
    ) -> None:
        self._place = place
        self._client = client
        self._authorship = authorship
        self._memory = memory
        self._ref: Ref = place.ref
        self._tip = BranchTip()
        self._files: dict[str, BranchFile] = {}
        self._known: set[str] = set()
        self._waiting: dict[str, _Waiting] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    @property
    def title(self) -> str:
        """The target's name in quotes."""
        return self._place.title

    @property
    def switching(self) -> Switching:
        """All in one step."""
        return Switching.AT_ONCE

    def listing(self) -> Mapping[str, RemoteFile]:
        """Return every file of the branch; a size is not known, a tag is the blob's name."""
        with known_git_problems(self._place):
            tip = self._client.get_refs(self._place.path.encode()).refs.get(self._ref)
            self._tip = self._find_tip(tip.decode()) if tip else BranchTip()
        self._files = dict(self._tip.files)
        self._known = {file.blob for file in self._files.values()}
        self._waiting.clear()
        return {path: RemoteFile(-1, file.blob) for path, file in self._files.items()}

    def read(self, path: str, most: int) -> bytes | None:
        """Return the bytes of one of an export's lists; None for any other file."""
        data = self._tip.texts.get(path)
        if data is not None and len(data) > most:
            raise too_long(self.title, path)
        return data

    def stored(self) -> Mapping[str, int]:
        """Return nothing: a branch gets all or nothing."""
        return {}

    def begin(self) -> None:
        """Do nothing, for the same reason."""

    def store(self, file: LocalFile, on_bytes: Callable[[int], None]) -> None:
        """Put a file into the coming commit; its bytes travel in `finish` if they are new there."""
        blob = hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)
        check = hashlib.sha256()
        with file.source.open("rb") as source:
            while chunk := source.read(_CHUNK):
                on_bytes(0)  # it may be cancelled here
                blob.update(chunk)
                check.update(chunk)
        if check.hexdigest() != file.sha256:
            raise changed_here(file.path)
        name = blob.hexdigest()
        self._files[file.path] = BranchFile(PLAIN_FILE, name)
        if name in self._known:
            on_bytes(file.size)
        else:
            self._known.add(name)
            self._waiting[name] = _Waiting(file, on_bytes)

    def create(self, file: LocalFile) -> bool:
        """Do nothing: the branch only moves from the commit that was seen."""
        return True

    def show(self, file: LocalFile) -> None:
        """Do nothing: the branch shows all at once, in `finish`."""

    def remove(self, paths: Iterable[str]) -> None:
        """Leave files out of the coming commit."""
        for path in paths:
            self._files.pop(path, None)

    def finish(self) -> None:
        """Send what is new and let the branch lead to the new commit, in one step.

        Raises DeliveryError, also where the branch leads elsewhere than at the last `listing`.
        """
        if self._files == self._tip.files:
            return
        texts = {
            waiting.file.path: waiting.file.source.read_bytes()
            for waiting in self._waiting.values()
            if waiting.file.path in _READ
        }
        objects = self._new_objects()
        commit = objects[0]

        def pack(
            have: Set[ObjectID],
            want: Set[ObjectID],
            *,
            ofs_delta: bool = False,
            progress: Callable[[bytes], None] | None = None,
        ) -> tuple[int, Iterator[UnpackedObject]]:
            return len(objects) + len(self._waiting), self._pack(objects)

        with known_git_problems(self._place):
            result = self._client.send_pack(
                self._place.path.encode(), partial(self._moved_refs, commit.id), pack
            )
            self._place.check_status((result.ref_status or {}).get(self._ref))
        kept = {path: data for path, data in self._tip.texts.items() if path in self._files}
        self._tip = BranchTip(commit.as_raw_string(), dict(self._files), kept | texts)
        self._keep(self._tip)

    def _find_tip(self, id: str) -> BranchTip:
        """Return the tip with a name: what is known of it here, else what the server has of it."""
        if self._tip.id == id:
            return self._tip
        tip = load_tip(self._memory, id)
        if tip is None:
            tip = fetch_tip(self._client, self._place, id, _READ)
            self._keep(tip)
        return tip

    def _keep(self, tip: BranchTip) -> None:
        # What is not kept is only asked for again: a full disk, or a name that is no text.
        with suppress(OSError, ValueError):
            keep_tip(self._memory, tip)

    def _moved_refs(self, commit: ObjectID, refs: Mapping[Ref, ObjectID]) -> dict[Ref, ObjectID]:
        found = refs.get(self._ref, b"").decode()
        if found not in {self._tip.id, "" if self._tip.id else _NO_COMMIT}:
            raise self._place.changed_meanwhile()
        return {self._ref: commit}

    def _new_objects(self) -> list[ShaFile]:
        """Return the new commit and those of its trees that the branch has not, small as they are.

        Raises DeliveryError for a file of others where a folder is needed.
        """
        from dulwich.objects import Blob  # noqa: PLC0415  only while delivering

        no_jekyll = Blob.from_string(b"")
        self._files.setdefault(_NO_JEKYLL, BranchFile(PLAIN_FILE, no_jekyll.id.decode()))
        self._refuse_files_as_folders()
        known = {tree.id for tree in trees_of(self._tip.files)}
        trees = list(trees_of(self._files))
        objects = [self._commit(trees[-1].id), *(tree for tree in trees if tree.id not in known)]
        name = no_jekyll.id.decode()
        if name not in self._known:
            objects.append(no_jekyll)
        return objects

    def _refuse_files_as_folders(self) -> None:
        for path in self._files:
            folder = path
            while folder := folder.rpartition("/")[0]:
                if folder in self._files:
                    sentence = _("“{path}” at {target} is a file where a folder is needed.")
                    raise DeliveryError(
                        sentence.format(path=folder, target=self._place.title),
                        _("Remove it from the branch, or choose another branch."),
                    )

    def _commit(self, tree: ObjectID) -> Commit:
        from dulwich.objects import Commit  # noqa: PLC0415  only while delivering

        person = " ".join(re.sub(r"[<>\x00-\x1f]", " ", self._authorship.person).split())
        commit = Commit()
        commit.tree = tree
        commit.author = commit.committer = f"{person or 'Stonehand'} <>".encode()
        commit.author_time = commit.commit_time = int(self._authorship.at.timestamp())
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        commit.message = f"Edition of {instant_text(self._authorship.at)}\n".encode()
        return commit

    def _pack(self, objects: Sequence[ShaFile]) -> Iterator[UnpackedObject]:
        """Yield what travels: one file after another is read."""
        from dulwich.objects import Blob  # noqa: PLC0415  only while delivering
        from dulwich.pack import full_unpacked_object  # noqa: PLC0415

        for waiting in self._waiting.values():
            waiting.on_bytes(0)  # it may be cancelled here
            blob = Blob.from_string(waiting.file.source.read_bytes())
            if self._files[waiting.file.path].blob != blob.id.decode():
                raise changed_here(waiting.file.path)
            yield full_unpacked_object(blob)
            waiting.on_bytes(waiting.file.size)
        # The commit last: where it is, all is.
        yield from map(full_unpacked_object, reversed(objects))


def fetch_tip(client: GitClient, place: GitPlace, id: str, wanted: tuple[str, ...]) -> BranchTip:
    """Ask a server for the trees of a commit, and for the bytes of the `wanted` files.

    A server that can't leave the other files out sends them all; they go through a temporary
    folder, so memory stays small.
    """
    from dulwich.object_store import DiskObjectStore  # noqa: PLC0415  only while delivering

    with tempfile.TemporaryDirectory(prefix="stonehand-git-", ignore_cleanup_errors=True) as folder:
        store = DiskObjectStore.init(folder)
        try:
            _fetch(client, place, store, (id,), b"blob:none")
            tip = read_tip(store, id, wanted)
            missing = [
                tip.files[path].blob
                for path in wanted
                if path in tip.files
                and path not in tip.texts
                and stat.S_ISREG(tip.files[path].mode)
            ]
            if missing:
                _fetch(client, place, store, missing, None)
                tip = read_tip(store, id, wanted)
            return tip
        finally:
            store.close()


def _fetch(
    client: GitClient,
    place: GitPlace,
    store: DiskObjectStore,
    ids: Sequence[str],
    filter: bytes | None,
) -> None:
    from dulwich.object_store import ObjectStoreGraphWalker  # noqa: PLC0415
    from dulwich.objects import ObjectID  # noqa: PLC0415

    pack, commit, abort = store.add_pack()
    try:
        client.fetch_pack(
            place.path.encode(),
            lambda _refs, depth=None: [ObjectID(id.encode()) for id in ids],
            ObjectStoreGraphWalker([], lambda _id: []),
            pack.write,
            depth=1 if filter else None,
            filter_spec=filter,
        )
    except BaseException:
        abort()
        raise
    commit()
