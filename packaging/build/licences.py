"""Collect the licences of everything in a frozen folder, and refuse what has none.

    build/venv/bin/python packaging/build/licences.py FOLDER

Replaces `resources/licences` in the folder by a list that the window shows (Help › About), with
the texts, and writes `LICENCES.txt` beside the program, or into the `Resources` of a bundle. The
same folder gives the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import owners
from identity import ROOT, VERSION

from editor import licences
from editor.licences import Component

KNOWN = ROOT / "resources" / "licences"
LIST_NAME = "LICENCES.txt"
DEBIAN_LICENCE = re.compile(r"^License: *(\S.*)$", re.MULTILINE)


class Unlicensed(Exception):
    """Something in the folder has no known licence; the message says what, and what to do."""


def main(arguments: list[str]) -> int:
    """Collect, print how many parts there are, and return 0; 1 if something has no licence."""
    (folder,) = map(Path, arguments)
    try:
        parts = collect(folder)
    except Unlicensed as problem:
        print(problem, file=sys.stderr)
        return 1
    write(parts, folder)
    print(f"{len(parts)} parts with their licences, listed in {LIST_NAME}")
    return 0


def inner(folder: Path) -> Path:
    """Return the folder with the libraries: PyInstaller's, or an application's on macOS."""
    found = [folder / "_internal", folder / "Contents" / "Frameworks", folder]
    return next(path for path in found if path.is_dir())


def program_in(folder: Path) -> Path:
    """Return the program, which has the modules in it."""
    names = ("stonehand", "stonehand.exe", "Contents/MacOS/stonehand")
    return next(folder / name for name in names if (folder / name).is_file())


def files_in(folder: Path) -> Iterator[str]:
    """Yield the paths of what was put into a frozen folder, below the folder that it is in.

    A bundle has code and data in two folders, which are linked with each other.
    """
    for home in (inner(folder), folder / "Contents" / "Resources"):
        for path in sorted(home.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.name != LIST_NAME:
                yield path.relative_to(home).as_posix()


def collect(folder: Path) -> list[Component]:
    """Return every part of a frozen folder that has a licence, ourselves first.

    Raises Unlicensed when a file or a module belongs to nobody, or a part has no licence.
    """
    known = json.loads((KNOWN / "included.json").read_text(encoding="utf-8"))
    everybody = owners.Owners(file_patterns(known))
    bundled, system = find_owners(folder, everybody)
    names = {name: everybody.names[name] for name in bundled if name in everybody.names}
    parts = {part.name: part for part in licences.described(names, KNOWN)}
    parts.setdefault(owners.OURS, ourselves())
    parts |= {package: debian_part(package) for package in system}
    for row in known["inside"]:
        if row["name"] in bundled and row["name"] not in parts:
            texts = tuple(KNOWN / text for text in row["texts"])
            parts[row["name"]] = Component(row["name"], row["version"], row["licence"], "", texts)
    require_licences(parts.values(), bundled - parts.keys())
    return sorted(parts.values(), key=lambda part: (part.name != owners.OURS, part.name.lower()))


def file_patterns(known: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return which files `included.json` says are whose: pattern and name."""
    return [(pattern, row["name"]) for row in known["inside"] for pattern in row.get("files", ())]


def find_owners(folder: Path, everybody: owners.Owners) -> tuple[set[str], set[str]]:
    """Return the names of who owns something in a folder, and the system's packages.

    Raises Unlicensed for what belongs to nobody.
    """
    bundled, lost = {owners.OURS, owners.PYTHON}, []
    for module in owners.modules_of(program_in(folder)):
        owner = everybody.of_module(module)
        (lost.append(f"the module {module}") if owner is None else bundled.add(owner))
    for file in files_in(folder):
        owner = everybody.of_file(file)
        (lost.append(file) if owner is None else bundled.add(owner))
    packages = owners.debian_packages([Path(file).name for file in lost])
    system = {packages[Path(file).name] for file in lost if Path(file).name in packages}
    lost = [file for file in lost if Path(file).name not in packages]
    if lost:
        raise Unlicensed(
            "Nobody knows whose these parts of the build are, nor their licence:\n  "
            + "\n  ".join(lost)
            + "\nName their owner in resources/licences/included.json, or leave them out."
        )
    return bundled, system


def require_licences(parts: Iterable[Component], unknown: Iterable[str]) -> None:
    """Raise Unlicensed unless every part has a licence and its text."""
    lacking = [f"{name}: is not installed here" for name in sorted(unknown)]
    for part in parts:
        if not part.licence:
            lacking.append(f"{part.name}: no licence is known")
        elif not part.texts:
            lacking.append(f"{part.name}: the text of {part.licence} is missing")
    if lacking:
        raise Unlicensed(
            "Parts of the build have no known licence:\n  "
            + "\n  ".join(lacking)
            + "\nAdd it to resources/licences/included.json, with its text beside that file."
        )


def ourselves() -> Component:
    """Return Stonehand as a part; a build's Python need not have it installed."""
    return Component(owners.OURS, VERSION, "MIT", "", (ROOT / "LICENSE",))


def debian_part(package: str) -> Component:
    """Return a library of the system, with the licences that its copyright file names."""
    path = Path("/usr/share/doc", package, "copyright")
    text = path.read_text(encoding="utf-8", errors="replace")
    # Those of its files; what Debian added to build it is not in the library.
    paragraphs = [part for part in text.split("\n\n") if not part.startswith("Files: debian/")]
    named = DEBIAN_LICENCE.findall("\n\n".join(paragraphs)) if text.startswith("Format:") else []
    licence = "; ".join(dict.fromkeys(named)) or "see its text"
    common = [
        path
        for path in sorted(KNOWN.glob("*GPL-*.txt")) + sorted(KNOWN.glob("MPL-*.txt"))
        if f"common-licenses/{path.stem.removesuffix('.0')}" in text
    ]
    version = owners.debian_version(package)
    return Component(package, version, licence, "", (path, *common))


def write(parts: Iterable[Component], folder: Path) -> None:
    """Put the list and the texts where the window looks, and a list beside the program."""
    target = inner(folder) / "resources" / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    rows: list[dict[str, Any]] = []
    written: dict[str, str] = {}
    for part in parts:
        text = part.text()
        if text not in written:
            written[text] = f"{re.sub(r'[^A-Za-z0-9.-]+', '-', part.name)}.txt"
            (target / written[text]).write_text(text, encoding="utf-8", newline="\n")
        rows.append(
            {
                "name": part.name,
                "version": part.version,
                "licence": part.licence,
                "within": part.within,
                "texts": [written[text]],
            }
        )
    table = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    (target / licences.BUILT).write_text(table, encoding="utf-8", newline="\n")
    # Outside its `Contents` a bundle may have nothing: it could not be signed.
    contents = folder / "Contents"
    beside = contents / "Resources" if contents.is_dir() else folder
    (beside / LIST_NAME).write_text(
        listing(rows, target.relative_to(folder)), encoding="utf-8", newline="\n"
    )


def listing(rows: Iterable[dict[str, Any]], where: Path) -> str:
    """Return the parts as lines of text, each with its licence and the file that has the text."""
    lines = [
        "Stonehand is free software under the MIT licence. It is made of these parts, each under",
        f"its own licence. The texts are in {where.as_posix()}, and in the window",
        "under Help › About Stonehand › Licences.",
        "",
    ]
    for row in rows:
        within = f", within {row['within']}" if row["within"] else ""
        lines.append(f"{row['name']} {row['version']}".strip() + f": {row['licence']}{within}")
        lines.append(f"    {row['texts'][0]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
