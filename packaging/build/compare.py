"""Compare two builds byte by byte, and say what differs inside their packages.

    python3 packaging/build/compare.py FOLDER FOLDER   compare what is there
    python3 packaging/dev.py build linux --twice       build this commit twice, then compare

Both builds of `--twice` are made of clones in folders with other names, one after the other, and
with another time zone. A difference gives exit code 1.
"""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_AR = b"!<arch>\n"
_AR_HEAD = 60

Members = dict[str, tuple[str, bytes]]
"""What is in a package, by name: facts about a member, and its bytes."""


def main(arguments: list[str]) -> int:
    """Print the differences; return 1 if there are any."""
    one, other = map(Path, arguments)
    found = list(differences(one, other))
    print("\n".join(found) or f"{one} and {other} are the same, byte for byte.")
    return 1 if found else 0


def twice(platform: str) -> int:
    """Build this commit twice in clones of this repository, and compare what comes out."""
    folder = Path(tempfile.mkdtemp(prefix="stonehand-twice-"))
    builds = []
    for name, zone in (("one", "UTC"), ("another place", "Asia/Kathmandu")):
        clone = folder / name
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
        command = [sys.executable, "packaging/dev.py", "build", platform]
        code = subprocess.call(command, cwd=clone, env={**os.environ, "TZ": zone})
        if code:
            print(f"The build in {clone} failed; the reason is printed above.")
            return code
        (clone / "dist" / "window.png").unlink(missing_ok=True)  # a picture of a moment
        builds.append(clone / "dist")
    found = list(differences(*builds))
    if found:
        print("\n".join(found))
        print(f"The two builds differ; they are in {folder}.")
        return 1
    shutil.rmtree(folder)
    print("Both builds are the same, byte for byte.")
    return 0


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield a line for everything that differs between two folders."""
    yield from compared(
        *({_name(path, root): path for path in root.rglob("*")} for root in (one, other))
    )


def compared(ours: Mapping[str, Path], theirs: Mapping[str, Path]) -> Iterator[str]:
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in ours or name not in theirs:
            yield f"{name}: only in the {'second' if name not in ours else 'first'}"
            continue
        one, other = ours[name], theirs[name]
        modes = [stat.filemode(path.lstat().st_mode) for path in (one, other)]
        if modes[0] != modes[1]:
            yield f"{name}: {modes[0]} and {modes[1]}"
        elif one.is_symlink():
            if os.readlink(one) != os.readlink(other):
                yield f"{name}: leads to {os.readlink(one)} and to {os.readlink(other)}"
        elif one.is_file():
            yield from bytes_differ(name, one.read_bytes(), other.read_bytes())


def bytes_differ(name: str, one: bytes, other: bytes) -> Iterator[str]:
    """Yield what differs between two files, member by member where they are packages."""
    if one == other:
        return
    ours, theirs = members_of(one), members_of(other)
    if ours is not None and theirs is not None:
        inside = list(members_differ(name, ours, theirs))
        yield from inside or [f"{name}: the same files, packed in another way"]
        return
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    yield f"{name}: {len(one)} and {len(other)} bytes, other from byte {at} on"


def members_differ(name: str, one: Members, other: Members) -> Iterator[str]:
    if list(one) != list(other) and sorted(one) == sorted(other):
        yield f"{name}: the members are in another order"
    for member in sorted(one.keys() | other.keys()):
        where = f"{name} › {member}"
        if member not in one or member not in other:
            yield f"{where}: only in the {'second' if member not in one else 'first'}"
            continue
        (facts, content), (others, contents) = one[member], other[member]
        if facts != others:
            yield f"{where}: {facts} and {others}"
        yield from bytes_differ(where, content, contents)


def members_of(content: bytes) -> Members | None:
    """Return the members of a tar or ar archive, name → (facts, bytes); None for other files."""
    if content.startswith(_AR):
        return dict(_ar_members(content))
    try:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            return {member.name: _tar_member(archive, member) for member in archive}
    except tarfile.TarError:
        return None


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[str, bytes]:
    facts = f"{stat.filemode(member.mode)} {member.uname}:{member.gname} {member.mtime}"
    content = archive.extractfile(member) if member.isfile() else None
    return facts, content.read() if content else member.linkname.encode()


def _ar_members(content: bytes) -> Iterator[tuple[str, tuple[str, bytes]]]:
    at = len(_AR)
    while at + _AR_HEAD <= len(content):
        head = content[at : at + _AR_HEAD]
        size = int(head[48:58])
        facts = head[16:48].decode("ascii").strip()
        yield (
            head[:16].decode("ascii").strip(),
            (facts, content[at + _AR_HEAD : at + _AR_HEAD + size]),
        )
        at += _AR_HEAD + size + size % 2


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
