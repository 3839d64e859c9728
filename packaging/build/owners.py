"""Whose each file and module of a frozen folder is: a distribution's, Python's, the system's, ours.

Run by the Python that froze the folder: its installed distributions tell what belongs to them.
"""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

from identity import COMMAND

from editor.licences import canonical_name

OURS = COMMAND
PYTHON = "Python"
LOADER = "pyinstaller"

_LIBRARY = re.compile(r"\.(so(\.[\d.]+)?|dll|dylib|pyd)$")
_LOADER_MODULES = re.compile(r"(pyimod|pyi_|_pyi|PyInstaller)")
_STANDARD_MODULES = re.compile(r"(_sysconfigdata|encodings$)")


@dataclass(frozen=True)
class _Installed:
    """What is installed for this Python: distributions by name, and whose files and folders are."""

    names: dict[str, Distribution]
    files: dict[str, str]
    folders: dict[str, str]
    libraries: dict[str, set[str]]


@cache
def _installed() -> _Installed:
    """Return what is installed; it is looked up once, which takes a second or two."""
    found = _Installed({}, {}, {}, defaultdict(set))
    for of in distributions():
        name = canonical_name(of.metadata["Name"])
        found.names[name] = of
        for file in of.files or ():
            path = file.as_posix()
            found.files[path] = name
            # The folders above one that is known are known as well.
            folder, _, base = path.rpartition("/")
            while folder and folder not in found.folders:
                found.folders[folder] = name
                folder = folder.rpartition("/")[0]
            if _LIBRARY.search(base):
                found.libraries[base].add(name)
    return found


class Owners:
    """Knows the files of all distributions of this Python, and asks Debian for the others."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """`patterns` says of some names whose they are: (`libssl*`, `OpenSSL`)."""
        self.patterns = tuple(patterns)
        installed = _installed()
        self.files, self.names = installed.files, installed.names
        self._libraries, self._folders = installed.libraries, installed.folders

    def of_module(self, module: str) -> str | None:
        """Return whose a Python module in the archive of modules is, None if nobody knows."""
        path = module.replace(".", "/")
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in self.files:
                return self.files[file]
        top = module.partition(".")[0]
        if top == "editor":
            return OURS
        if _LOADER_MODULES.match(top):
            return LOADER
        if top in sys.stdlib_module_names or _STANDARD_MODULES.match(top):
            return PYTHON
        # A namespace, such as `jaraco`, is a folder without a file of its own.
        return self._folders.get(path)

    def of_file(self, file: str) -> str | None:
        """Return whose a file below the frozen folder is, None if nobody of these knows."""
        path = PurePosixPath(file)
        if owner := self._of_distribution(path):
            return owner
        if path.parts[0].partition(".")[0] in ("resources", "editor", OURS):  # our icon as well
            return OURS
        if path.suffix == ".pyd" and path.stem in sys.stdlib_module_names:
            return PYTHON  # on Windows these are beside all others
        if path.name == "qt.conf":
            return LOADER  # it tells Qt where PyInstaller put its files
        fits = (name for pattern, name in self.patterns if fnmatch.fnmatch(file, pattern))
        return next(fits, None)

    def _of_distribution(self, path: PurePosixPath) -> str | None:
        source = path.with_name(path.name.removesuffix("c")) if path.suffix == ".pyc" else path
        for file in (path.as_posix(), source.as_posix()):
            if file in self.files:
                return self.files[file]
        if path.parts[0].endswith(".dist-info"):
            return canonical_name(path.parts[0].removesuffix(".dist-info").rpartition("-")[0])
        # The loader puts libraries that others need beside the program.
        holders = self._libraries.get(path.name, set())
        return next(iter(holders)) if len(holders) == 1 else None


def debian_packages(names: Sequence[str]) -> dict[str, str]:
    """Return the packages of this system that have libraries of these names, by name.

    Empty elsewhere than on Debian; what no package has is left out.
    """
    if not names or not shutil.which("dpkg-query"):
        return {}
    asked = ["dpkg-query", "--search", *(f"*/{name}" for name in names)]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    packages: dict[str, str] = {}
    for line in found.stdout.splitlines():
        holders, _, path = line.partition(": ")
        packages.setdefault(PurePosixPath(path).name, holders.split(",")[0].partition(":")[0])
    return packages


def debian_version(package: str) -> str:
    """Return the installed version of a package of this system."""
    asked = ["dpkg-query", "--show", "--showformat=${Version}\n", package]
    found = subprocess.run(asked, capture_output=True, text=True, check=True)
    return found.stdout.splitlines()[0]


def modules_of(program: Path) -> list[str]:
    """Return the names of all modules in a frozen program's archive."""
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415  the build's alone

    archive = CArchiveReader(str(program))
    return sorted(
        module
        for name in archive.toc
        if name.endswith(".pyz")
        for module in archive.open_embedded_archive(name).toc
    )
