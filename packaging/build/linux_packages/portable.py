"""The portable archive: one folder that runs from anywhere, with the menu entry on request."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

from identity import COMMAND, VERSION
from linux_packages.share import LEVEL, RECIPES, Payload, is_program

PORTABLE = RECIPES / "portable"


def archive_name(architecture: str) -> str:
    """Return the name of the folder in the archive, and of the archive but for its ending."""
    return f"{COMMAND}-{VERSION}-linux-{architecture}"


def make_archive(payload: Payload, architecture: str, out: Path) -> Path:
    """Pack a payload with the scripts for its user; return the file."""
    top = archive_name(architecture)
    file = out / f"{top}.tar"
    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as archive:
        for source, name in _members(payload, top):
            _add(archive, source, name, payload.moment)
    # A filter for code of this processor takes 3 % off. dpkg-deb knows none.
    filters = ["--x86"] if architecture == "x86_64" else []
    # Two threads, always: with one xz writes other bytes, but the same with any more.
    command = ["xz", "-T2", *filters, f"--lzma2=preset={LEVEL}", "--force", str(file)]
    subprocess.run(command, check=True)
    return file.with_name(f"{top}.tar.xz")


def _members(payload: Payload, top: str) -> Iterator[tuple[Path, str]]:
    """Yield what goes into the archive, in one order on every machine: file and name."""
    roots = [(payload.program, top), (payload.share, f"{top}/share"), (PORTABLE, top)]
    for root, name in roots:
        for path in sorted(root.rglob("*")):
            yield path, f"{name}/{path.relative_to(root).as_posix()}"


def _add(archive: tarfile.TarFile, source: Path, name: str, moment: int) -> None:
    member = archive.gettarinfo(source, name)
    if member.islnk():
        # The second of two names of one file: a file of its own, on whatever system it is built.
        member.type, member.size = tarfile.REGTYPE, source.stat().st_size
    member.mtime, member.uid, member.gid, member.uname, member.gname = moment, 0, 0, "", ""
    member.mode = 0o755 if source.is_dir() or is_program(source) else 0o644
    if member.isreg():
        with source.open("rb") as data:
            archive.addfile(member, data)
    else:
        archive.addfile(member)


def unpack(file: Path, folder: Path) -> None:
    """Unpack an archive of ours into a folder, as a person does."""
    subprocess.run(["tar", "-xf", file.absolute()], cwd=folder, check=True)
