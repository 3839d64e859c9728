"""Small editions on this computer, as an export writes them, without a desk."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.sums import sums_data

DESK = "d1"


def edition_files(
    files: Mapping[str, bytes],
    at: str = "2026-03-04T10:00:00Z",
    desk: str = DESK,
    kind: str = "site",
) -> dict[str, bytes]:
    """The files of an export, with those that list them."""
    rows = {"stonehand": 1, "format": "site", "generated_at": at, "desk": desk}
    members = ",\n".join(f" {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    whole = {**files, EDITION: f'{{\n{members},\n "n": {len(files)}\n}}\n'.encode()}
    sums = sums_data({path: hashlib.sha256(data).hexdigest() for path, data in whole.items()})
    return {**whole, SUMS: sums, SIGNATURE: b"signed " + hashlib.sha256(sums).hexdigest().encode()}


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a new folder, or as a zip file by its name."""
    if folder.suffix == ".zip":
        folder.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(folder, "w") as archive:
            for path in sorted(files):
                archive.writestr(zipfile.ZipInfo(path), files[path])
        return folder
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def site(stories: Mapping[str, str], more: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """A small site: stories, a list and a home page that link to them, and a picture."""
    links = " ".join(f'<a href="stories/{slug}.html">' for slug in sorted(stories)).encode()
    pages = {f"stories/{slug}.html": text.encode() for slug, text in stories.items()}
    lists = {"index.html": b"home " + links, "archive.html": b"archive " + links}
    return {**pages, **lists, "media/p1.jpg": b"picture", **(more or {})}
