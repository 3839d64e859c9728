"""Which Debian packages a folder of programs needs: from the shared libraries it lacks."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from system import LIBRARIES, RENAMED

ELF = b"\x7fELF"

OF_THE_C_LIBRARY = re.compile(
    r"(ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|nsl|anl|BrokenLocale))\.so\.\d+"
)


def programs_in(folder: Path) -> list[Path]:
    """Return the ELF files below a folder: programs and shared libraries."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == ELF:
                    found.append(file)
    return found


def needs(program: Path) -> tuple[set[str], set[tuple[int, int]]]:
    """Return the libraries that a program names, and the versions of glibc that it asks for."""
    shown = subprocess.run(
        ["objdump", "-p", program], capture_output=True, text=True, check=True
    ).stdout
    libraries = set(re.findall(r"^\s+NEEDED\s+(\S+)$", shown, re.M))
    versions = re.findall(r"GLIBC_(\d+)\.(\d+)", shown)
    return libraries, {(int(major), int(minor)) for major, minor in versions}


def packages_needed(folder: Path) -> list[str]:
    """Return the Debian dependencies of a folder of programs, sorted.

    Raises SystemExit, with the library's name, for one that `packaging/system.py` does not know.
    """
    programs = programs_in(folder)
    inside = {path.name for path in folder.rglob("*.so*")}
    lacking: dict[str, Path] = {}
    glibc = {(2, 34)}
    for program in programs:
        libraries, versions = needs(program)
        glibc |= versions
        for library in libraries - inside:
            lacking.setdefault(library, program.relative_to(folder))
    packages = {"libc6 (>= {}.{})".format(*max(glibc))}
    for library, program in sorted(lacking.items()):
        if OF_THE_C_LIBRARY.fullmatch(library):
            continue
        if library not in LIBRARIES:
            raise SystemExit(
                f"{program} needs {library}, and packaging/system.py does not say which Debian "
                "package has it. Add it to LIBRARIES there."
            )
        packages.add(_either_name(LIBRARIES[library]))
    return sorted(packages)


def _either_name(package: str) -> str:
    return f"{package} | {package}t64" if package in RENAMED else package
