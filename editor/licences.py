"""What Stonehand is made of: each part with its version, its licence and the licence's text.

A build of its own (`packaging/build/licences.py`) lists what is in its folder. Elsewhere the
list is made of what is installed: the distributions that Stonehand asks for, by their metadata,
and what `resources/licences/included.json` says of them.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from editor import __version__
from editor.resources import resource

BUILT = "built.json"
"""The list of a build, in `resources/licences`: a row a `Component`, with its texts' names."""

PROGRAM = "stonehand"

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_REQUIRED_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PYTHON_MARKER = re.compile(r"python(?:_full)?_version\s*(<|>=)\s*['\"]([\d.]+)['\"]")
_LONGEST_LICENCE = 80
"""Some metadata has the whole text where its name should be."""


@dataclass(frozen=True)
class Component:
    """One part of Stonehand that has a licence of its own."""

    name: str
    version: str
    licence: str
    """An SPDX expression, or what its metadata says; empty if that says nothing."""
    within: str = ""
    """The name of the component that brings it, empty for what is brought by itself."""
    texts: tuple[Path, ...] = ()

    def text(self) -> str:
        """Return its licences' texts, one below the other.

        Raises OSError where an installation has lost them.
        """
        texts = (path.read_text(encoding="utf-8-sig", errors="replace") for path in self.texts)
        return "\n\n".join(text.strip("\n") + "\n" for text in texts)


def components() -> tuple[Component, ...]:
    """Return all parts of this installation: Stonehand itself, then the others by name."""
    folder = resource("licences")
    built = folder / BUILT
    if built.is_file():
        return _listed(built)
    checkout = Path(__file__).resolve().parent.parent
    if folder != checkout / "resources" / "licences":
        return described(required(PROGRAM), folder)  # of a wheel
    project = checkout / "pyproject.toml"
    # What is installed of a source tree says how it was when that was done.
    asked_for = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    ours = Component(PROGRAM, __version__, "MIT", "", (checkout / "LICENSE",))
    return (ours, *described(required(*needed_names(asked_for)), folder))


def described(installed: Mapping[str, Distribution], folder: Path) -> tuple[Component, ...]:
    """Return distributions and what is inside them, by metadata and a folder's `included.json`."""
    known = json.loads((folder / "included.json").read_text(encoding="utf-8"))
    found = {name: _component(name, of, known, folder) for name, of in installed.items()}
    inside = (_inside(row, found, folder) for row in known["inside"])
    parts = [*found.values(), *(part for part in inside if part)]
    return tuple(sorted(parts, key=lambda part: (part.name != PROGRAM, part.name.casefold())))


def required(*asked_for: str) -> dict[str, Distribution]:
    """Return distributions and all that they ask for, as far as they are installed, by name.

    What is asked for on other systems only is not installed, so it is not among them.
    """
    found: dict[str, Distribution] = {}
    waiting = list(asked_for)
    while waiting:
        name = canonical_name(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += needed_names(found[name].requires or ())
    return found


def canonical_name(name: str) -> str:
    """Return the name of a distribution as all indexes write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed_names(requirements: Iterable[str]) -> Iterator[str]:
    """Yield the names in requirements (PEP 508) that this Python needs, without those of extras."""
    for line in requirements:
        _wanted, _, marker = line.partition(";")
        name = _REQUIRED_NAME.match(line)
        if name and "extra" not in marker and not _is_for_other_python(marker):
            yield name[0]


def _is_for_other_python(marker: str) -> bool:
    """Return whether a marker asks for a Python before or after this one."""
    if " or " in marker:
        return False
    for compare, version in _PYTHON_MARKER.findall(marker):
        limit = tuple(map(int, version.split(".")))
        here = tuple(sys.version_info[: len(limit)])
        if (compare == "<" and here >= limit) or (compare == ">=" and here < limit):
            return True
    return False


def _component(name: str, found: Distribution, known: Mapping[str, Any], folder: Path) -> Component:
    row = known["distributions"].get(name, {})
    texts = (*_own_texts(found), *(folder / text for text in row.get("texts", ())))
    return Component(name, found.version, row.get("licence") or _own_licence(found), "", texts)


def _own_licence(found: Distribution) -> str:
    """Return the licence that a distribution's metadata names, empty if none."""
    fields = found.metadata.json
    named = fields.get("license_expression") or fields.get("license") or ""
    return "" if "\n" in named or len(named) > _LONGEST_LICENCE else str(named)


def _own_texts(found: Distribution) -> Iterator[Path]:
    """Yield the files of a distribution's metadata that have its licence's text (PEP 639)."""
    for file in found.files or ():
        of_metadata = len(file.parts) > 1 and file.parts[0].endswith(".dist-info")
        if of_metadata and (file.parts[1] == "licenses" or _LICENCE_FILE.match(file.name)):
            yield Path(str(found.locate_file(file)))


def _inside(
    row: Mapping[str, Any], found: Mapping[str, Component], folder: Path
) -> Component | None:
    """Return what is inside a distribution, if that is installed; its version may be the same."""
    holder = found.get(row.get("within", ""))
    if row.get("within") and holder is None:
        return None
    texts = tuple((folder / text).resolve() for text in row["texts"])
    part = Component(row["name"], row["version"], row["licence"], row.get("within", ""), texts)
    if part.name == "Python":
        return replace(part, version=platform.python_version())
    if holder is None:
        return part
    if part.name.startswith("Qt"):
        part = replace(part, version=holder.version)
    return part if texts else replace(part, texts=holder.texts)


def _listed(built: Path) -> tuple[Component, ...]:
    rows = json.loads(built.read_text(encoding="utf-8"))
    return tuple(
        Component(
            row["name"],
            row["version"],
            row["licence"],
            row["within"],
            tuple((built.parent / text).resolve() for text in row["texts"]),
        )
        for row in rows
    )
