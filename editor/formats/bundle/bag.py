"""The files that make a folder a BagIt bag (RFC 8493): what is in it, and the hashes of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

PAYLOAD = "data/"
"""Where a bag has its content; all other files only say what that is."""
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
"""The SHA-256 of each file below `data/`."""
TAG_MANIFEST = "tagmanifest-sha256.txt"
"""The SHA-256 of the other files, but of this one and of what is made after it."""
README = "README.html"

DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""What bagit.txt says (RFC 8493, 2.1.1)."""


def manifest(hashes: Mapping[str, str]) -> bytes:
    """Return the bytes of the manifest, for the SHA-256 of each file by its path."""
    return b"".join(manifest_lines(hashes))


def manifest_lines(hashes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the lines of the manifest."""
    return _lines(hashes, (path for path in hashes if path.startswith(PAYLOAD)))


def tag_manifest(hashes: Mapping[str, str]) -> bytes:
    """Return the bytes of the tag manifest, for the SHA-256 of each file by its path."""
    return b"".join(tag_manifest_lines(hashes))


def tag_manifest_lines(hashes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the lines of the tag manifest."""
    others = (path for path in hashes if not path.startswith(PAYLOAD) and path != TAG_MANIFEST)
    return _lines(hashes, others)


def tag_lines(values: Mapping[str, str]) -> str:
    """Return the lines of bag-info.txt (RFC 8493, 2.2.2); what has no value is left out."""
    return "".join(_tag_lines(values))


def _tag_lines(values: Mapping[str, str]) -> Iterator[str]:
    for label, value in values.items():
        # A value goes on in the next line where that is indented, so it may have no line end.
        if text := " ".join(value.split()):
            yield f"{label}: {text}\n"


def _lines(hashes: Mapping[str, str], paths: Iterable[str]) -> Iterator[bytes]:
    for path in sorted(paths):
        yield f"{hashes[path]}  {path.replace('%', '%25')}\n".encode()
