"""Make the Flatpak: its sources in one folder, so that building downloads nothing; then the bundle.

python flatpak.py [OUT]     OUT is `dist` otherwise
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import commit
from identity import APP_ID, ROOT, VERSION
from linux_packages.share import write_share

from packaging.requirements import Requirement

MANIFEST = ROOT / "packaging" / "linux" / "flatpak" / f"{APP_ID}.yml"
LOCK = ROOT / "packaging" / "requirements" / "run.txt"
WORK = ROOT / "build" / "flatpak"

PYTHON = "3.13"
"""The runtime's (freedesktop 25.08, which org.kde.Platform 6.11 is made of)."""
MACHINE = "x86_64"
_PLATFORMS = ("2014", "_2_17", "_2_28", "_2_34")
"""C libraries that wheels are made for and the runtime has: glibc 2.42."""
_OF_THE_BASE = re.compile(r"(?i)pyside6|shiboken6")
"""What the base app brings."""


def make_flatpak(out: Path) -> Path | None:
    """Make the sources, and with flatpak-builder the bundle; return its file, if there is one."""
    make_sources(WORK / "sources")
    builder = shutil.which("flatpak-builder")
    if builder is None:
        print("No Flatpak is made: there is no flatpak-builder. Its sources are in build/flatpak.")
        return None
    repository, file = WORK / "repository", out / f"{APP_ID}-{VERSION}-{MACHINE}.flatpak"
    built = subprocess.call(
        [builder, "--force-clean", f"--repo={repository}", WORK / "built", MANIFEST]
    )
    if built or subprocess.call(["flatpak", "build-bundle", repository, file, APP_ID]):
        raise SystemExit("flatpak-builder failed; the reason is printed above.")
    return file


def make_sources(folder: Path) -> None:
    """Put the wheel, the libraries, and what a desktop needs into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _run("hatchling", "build", "-t", "wheel", "-d", folder)
    write_share(folder / "share", commit.time(ROOT))
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    wanted = folder.with_name("libraries.txt")
    wanted.write_text("\n".join(libraries(LOCK.read_text(encoding="utf-8"))) + "\n")
    platforms = [f"--platform=manylinux{name}_{MACHINE}" for name in _PLATFORMS]
    _run(
        "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-r", wanted,
        "-d", folder / "libraries", "--python-version", PYTHON, "--implementation", "cp",
        *platforms,
    )  # fmt: skip


def libraries(lock: str) -> Iterator[str]:
    """Return the requirements of a lock file with their hashes, those that the runtime needs.

    pip asks the Python that runs it which of them are meant, which is another one.
    """
    here = {
        "python_version": PYTHON,
        "python_full_version": f"{PYTHON}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": MACHINE,
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    entries = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n", "", lock)).splitlines()
    for entry in filter(None, map(str.strip, entries)):
        wanted, *hashes = re.split(r"\s+--hash=", entry)
        requirement = Requirement(wanted)
        is_meant = requirement.marker is None or requirement.marker.evaluate(here)
        if is_meant and not _OF_THE_BASE.match(requirement.name):
            version = f"{requirement.name}{requirement.specifier}"
            yield " ".join([version, *(f"--hash={value}" for value in hashes)])


def _run(*command: str | Path) -> None:
    if subprocess.call([sys.executable, "-m", *map(str, command)], cwd=ROOT):
        raise SystemExit(f"{command[0]} failed; the reason is printed above.")


def main(arguments: Sequence[str]) -> int:
    """Make the Flatpak; return the exit code."""
    output = Path(arguments[0]) if arguments else ROOT / "dist"
    output.mkdir(parents=True, exist_ok=True)
    if file := make_flatpak(output):
        print(f"{file.stat().st_size / 1e6:8.1f} MB  {file.name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
