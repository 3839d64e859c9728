"""The files of an export before they are made, each with what goes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from editor.core.export_memory import PartStore

_BYTES = 16


class PlannedFile(NamedTuple):
    """A file of an export, and `make`, which gives its bytes.

    `key` is the hash of all that goes into them (`input_key`): two files with equal keys
    are equal. An empty one says that this is not known, so the file is always made.
    `title` is what the progress calls it.
    """

    path: str
    key: bytes
    make: Callable[[], bytes]
    title: str = ""


def ready_files(texts: Mapping[str, str]) -> Iterator[PlannedFile]:
    """Yield files by their paths whose texts are made already: what is small, and there once."""
    for path, text in texts.items():
        data = text.encode("utf-8")
        yield PlannedFile(path, input_key(data), partial(bytes, data))


def input_key(*inputs: str | bytes) -> bytes:
    """Return the hash of what goes into a file.

    Not of the code: what is kept by a key is forgotten when that changes (`code_stamp`).
    """
    # Of a tuple's text no value can be taken for the end of another.
    data = repr(inputs).encode("utf-8", "surrogatepass")
    return sha256(data).digest()[:_BYTES]


def kept(parts: PartStore, kind: str, key: bytes, make: Callable[[], bytes]) -> bytes:
    """Return a part that is kept, or make it and keep it."""
    data = parts.get(kind, key)
    if data is None:
        data = make()
        parts.put(kind, key, data)
    return data
