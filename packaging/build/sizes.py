"""What takes the room in a build, and what came, went and grew since the last one."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

REASONS = Path(__file__).with_name("sizes.toml")
MEGABYTE = 1_000_000
NOTICED = 0.02
"""The share by which a part has to be larger than what is written down to be asked about."""
LISTED = 40
"""How many files a comparison names at most, of those that came, went or changed in size."""

_LINE = re.compile(r" *(?P<size>\d+) (?P<digest>-> \S+|[0-9a-f]{64}) (?P<path>.+)")

_PARTS = (
    ("Stonehand", r"_internal/(resources|editor)/"),
    (
        "Modules of Python, ours and others'",
        r"stonehandw?(\.exe)?$|_internal/base_library\.zip",
    ),
    ("Qt WebEngine", r".*(WebEngine|qtwebengine|/icudtl\.dat$|/v8_context)"),
    ("ICU", r".*/libicu"),
    ("Qt", r"_internal/(PySide6|shiboken6)/"),
    ("Python", r"_internal/(lib-dynload/|libpython|python3|\w+\.pyd$)"),
)
"""The parts of a build, by the paths of their files; the first that fits."""


class BuiltFile(NamedTuple):
    """A file of a build: its path in the folder, its size in bytes, and its SHA-256.

    A link has no size, and `-> target` in place of the hash.
    """

    path: str
    size: int
    digest: str


def list_files(folder: Path) -> list[BuiltFile]:
    """Return the files of a build, by their paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return [_built(path, path.relative_to(folder).as_posix()) for path in paths]


def list_name() -> str:
    """Return what the list of this platform's build is called."""
    return f"stonehand-{sys.platform}-{platform.machine().lower()}.files.txt"


def keep_last(folder: Path) -> Path | None:
    """Put the last build's list aside, and return where it is; None where there was none."""
    file, last = folder / list_name(), folder / f"last-{list_name()}"
    if file.is_file():
        file.replace(last)
    return last if last.is_file() else None


def write_list(files: Iterable[BuiltFile], folder: Path) -> Path:
    """Write a build's list: size, hash and path of a file on each line."""
    file = folder / list_name()
    lines = (f"{built.size:>10} {built.digest} {built.path}\n" for built in files)
    file.write_text("".join(lines), encoding="utf-8", newline="\n")
    return file


def read_list(file: Path) -> list[BuiltFile]:
    """Read a build's list. Raises SystemExit for what is none."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SystemExit(f"{file} can't be read: {error}") from None
    found = []
    for line in text.splitlines():
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise SystemExit(f"{file} is no list of a build's files: {line}")
        found.append(BuiltFile(parts["path"], int(parts["size"]), parts["digest"]))
    return found


def part_of(path: str) -> str:
    """Return which part of the build a file belongs to: one of ours, or a library by its name."""
    path = re.sub(r"^Contents/(Frameworks|Resources)/", "_internal/", path)
    path = path.removeprefix("Contents/MacOS/")
    for name, pattern in _PARTS:
        if re.match(pattern, path):
            return name
    parts = PurePosixPath(path).parts
    if len(parts) <= 2:
        return "Libraries of the system"
    return re.sub(r"(\.libs|-[\d.]+(post\d+)?\.dist-info)$", "", parts[1])


def by_part(files: Iterable[BuiltFile]) -> Counter[str]:
    """Return the bytes that each part of a build takes."""
    found: Counter[str] = Counter()
    for built in files:
        found[part_of(built.path)] += built.size
    return found


def table(files: Iterable[BuiltFile]) -> str:
    """Return what takes the room, with what was written down of it, as lines of text."""
    sizes, known = by_part(files), reasons()
    lines = [f"{'MB':>7}  {'before':>7}  part"]
    for name, size in sizes.most_common():
        before = known.get(name, {})
        noted = f"{before['megabytes']:7.1f}" if before else " " * 7
        lines.append(f"{size / MEGABYTE:7.1f}  {noted}  {name}{_remark(size, before)}")
    lines.append(f"{sizes.total() / MEGABYTE:7.1f}  {'':7}  together")
    return "\n".join(lines)


def reasons() -> Mapping[str, Mapping[str, object]]:
    """Return what somebody wrote down of the parts on this platform: `megabytes` and `why`."""
    found: Mapping[str, Mapping[str, object]] = tomllib.loads(
        REASONS.read_text(encoding="utf-8")
    ).get(sys.platform, {})
    return found


def comparison(last: Iterable[BuiltFile], files: Iterable[BuiltFile]) -> str:
    """Return what came, went, and changed in size since another build, the largest first."""
    before = {built.path: built for built in last}
    now = {built.path: built for built in files}
    sized = []
    for path in before.keys() | now.keys():
        change = (now[path].size if path in now else 0) - (
            before[path].size if path in before else 0
        )
        if change or path not in before or path not in now:
            sized.append((change, path))
    sized.sort(key=lambda row: (-abs(row[0]), row[1]))
    other = sum(path in before and before[path].digest != now[path].digest for path in now)
    total = sum(change for change, _path in sized) / MEGABYTE
    lines = [
        f"Since the last build: {total:+.1f} MB, {len(sized)} files came, went or changed in size, "
        f"{other} have other bytes."
    ]
    for change, path in sized[:LISTED]:
        verb = "came" if path not in before else "went" if path not in now else "changed"
        lines.append(f"{change:>+12,}  {verb:8} {path}")
    if len(sized) > LISTED:
        lines.append(f"{'':12}  and {len(sized) - LISTED} more")
    return "\n".join(lines)


def _remark(size: int, before: Mapping[str, object]) -> str:
    noted = before.get("megabytes")
    if not isinstance(noted, int | float):
        return "  (new: write it down in sizes.toml)" if size > MEGABYTE else ""
    grew = size / MEGABYTE - noted
    if grew > max(1, noted * NOTICED):
        return f"  (grew by {grew:.1f} MB: say why in sizes.toml)"
    return f"  {before.get('why', '')}"


def _built(path: Path, name: str) -> BuiltFile:
    if path.is_symlink():
        return BuiltFile(name, 0, f"-> {os.readlink(path)}")
    return BuiltFile(name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
