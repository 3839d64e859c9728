"""Which Debian packages a folder of programs needs: from the shared libraries it lacks."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import identity  # noqa: F401  lets packaging/system.py be found
from system import LIBRARIES, RENAMED

ELF = b"\x7fELF"

BESIDES = {
    "libgcc_s.so.1": "libgcc-s1",
    "liblzma.so.5": "liblzma5",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-glx.so.0": "libxcb-glx0",
}
"""Shared library → its package: what a build needs besides those that `system.py` asks for."""
OPTIONAL = {"libqgtk3.so": "libgtk-3-0", "libcupsprintersupport.so": "libcups2"}
"""Plugins that Qt does without where their libraries are missing → the package that has them.

The first shows GNOME's own file dialogs, the second knows the printers.
"""
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


def headers(program: Path) -> str:
    """Return what objdump prints of a program's headers."""
    return subprocess.run(
        ["objdump", "-p", program], capture_output=True, text=True, check=True
    ).stdout


def needs(program: Path) -> tuple[set[str], set[tuple[int, int]]]:
    """Return the libraries that a program names, and the versions of glibc that it asks for."""
    shown = headers(program)
    libraries = set(re.findall(r"^\s+NEEDED\s+(\S+)$", shown, re.M))
    versions = re.findall(r"GLIBC_(\d+)\.(\d+)", shown)
    return libraries, {(int(major), int(minor)) for major, minor in versions}


def packages_needed(folder: Path) -> list[str]:
    """Return the Debian dependencies of a folder of programs, sorted.

    Raises SystemExit, with the library's name, for one whose package is not known.
    """
    programs = programs_in(folder)
    inside = {path.name for path in folder.rglob("*.so*")}
    known = LIBRARIES | BESIDES
    packages, glibc = set(), {(2, 34)}
    for program in programs:
        if program.name in OPTIONAL:
            continue
        libraries, versions = needs(program)
        glibc |= versions
        for library in libraries - inside:
            if OF_THE_C_LIBRARY.fullmatch(library):
                continue
            if library not in known:
                raise SystemExit(
                    f"{program.relative_to(folder)} needs {library}, and needed.py in "
                    "packaging/build/linux_packages does not know its Debian package: add it there."
                )
            packages.add(either_name(known[library]))
    return sorted({*packages, "libc6 (>= {}.{})".format(*max(glibc))})


def packages_useful(folder: Path) -> list[str]:
    """Return the Debian packages that optional plugins in a folder of programs need."""
    names = {path.name for path in folder.rglob("*.so")}
    return [either_name(package) for plugin, package in OPTIONAL.items() if plugin in names]


def either_name(package: str) -> str:
    """Return a dependency on a package by either name, where it has two in the releases.

    The newer name comes first, and a version is asked of the older one: on Ubuntu 24.04 that name
    is also provided, without a version, by a substitute of ALSA's that Chromium can't use, and apt
    installed it.
    """
    return f"{package}t64 | {package} (>= 0)" if package in RENAMED else package
