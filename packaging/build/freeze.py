"""Freeze Stonehand: a folder with the program, Python and every library, that needs neither."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import commit
import sizes

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / "build"
DIST = ROOT / "dist"
PROGRAM = DIST / ("Stonehand.app" if sys.platform == "darwin" else "stonehand")
"""The folder with the program and all it needs; on macOS that is a bundle."""
COMMAND = PROGRAM / {"win32": "stonehand.exe", "darwin": "Contents/MacOS/stonehand"}.get(
    sys.platform, "stonehand"
)
"""The program, as terminals start it."""
VENV = WORK / "venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = [ROOT / "packaging" / "requirements" / name for name in ("tools.txt", "build.txt")]


def freeze(compared_with: Path | None = None) -> None:
    """Make the folder, try it, and print what takes the room and what changed since the last."""
    last = compared_with or sizes.keep_last(DIST)
    before = sizes.read_list(last) if last else None
    make_environment()
    run(PYTHON, "packaging/words.py", "compile")
    shutil.rmtree(PROGRAM, ignore_errors=True)
    command: list[str | Path] = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    command += [f"--distpath={DIST}", f"--workpath={WORK / 'pyinstaller'}", HERE / "stonehand.spec"]
    variables = {
        # What is compiled must not depend on the order of a set.
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(commit.time(ROOT)),
        # Modules that must be decompressed cost every start 6 % more; packages compress them again.
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
    }
    run(*command, **variables)
    for folder in PROGRAM.rglob("locale-data"):
        run(PYTHON, HERE / "locale_data.py", folder)
    if sys.platform == "linux":
        unpack_base_library(PROGRAM / "_internal" / "base_library.zip")
        strip_symbols(PROGRAM)
        run(PYTHON, HERE / "search_paths.py", PROGRAM)
    run(PYTHON, HERE / "licences.py", PROGRAM)
    run(PYTHON, HERE / "sbom.py", PROGRAM, DIST)
    set_times(PROGRAM, commit.time(ROOT))
    files = sizes.list_files(PROGRAM)
    print(sizes.write_list(files, DIST))
    print(sizes.table(files))
    if before is not None:
        print(sizes.comparison(before, files))
    # By the build's Python, which reads pictures of the screen.
    run(PYTHON, HERE.parent / "trials" / "smoke.py", COMMAND, f"--picture={DIST / 'window.png'}")


def make_environment() -> None:
    """Make an environment with nothing but the locked, hash-checked libraries and PyInstaller."""
    contents = [sys.version.encode(), *(lock.read_bytes() for lock in LOCKS)]
    stamp, wanted = VENV / "made", hashlib.sha256(b"".join(contents)).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Making the environment of the build…", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    pip += ["--no-compile", "--no-deps", "--no-build-isolation", "--require-hashes"]
    # What is downloaded is half a gigabyte, and /tmp may be a small piece of memory.
    with tempfile.TemporaryDirectory(dir=VENV) as folder:
        for lock in LOCKS:  # what builds libraries that are only there as source comes first
            run(*pip, "-r", lock, PIP_USE_PEP517="1", TMPDIR=folder)
    stamp.write_text(wanted)


def unpack_base_library(archive: Path) -> None:
    """Put a folder of the same name in the place of the archive with Python's first modules.

    Python reads modules in a zip file by code of its own in Python, which costs every start some
    milliseconds; the loader names only the path, and a folder there is as good.
    """
    packed = archive.rename(archive.with_suffix(".packed"))
    with zipfile.ZipFile(packed) as modules:
        modules.extractall(archive)
    packed.unlink()


def strip_symbols(folder: Path) -> None:
    """Remove from libraries what only a debugger reads; Qt's have none.

    Those in a folder `….libs` were patched by who made the wheel, in a way that strip breaks.
    """
    for file in sorted(folder.rglob("*.so*")):
        is_ready = "PySide6" in file.parts or file.parent.name.endswith(".libs")
        if file.is_file() and not file.is_symlink() and not is_ready:
            run("strip", "--strip-unneeded", file)


def set_times(folder: Path, seconds: int) -> None:
    """Give every file and folder one time, and the rights that everybody may read it by."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            is_program = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if is_program else 0o644)
            os.utime(path, (seconds, seconds))


def run(*command: str | Path, **variables: str) -> None:
    """Run a command in the project's folder; end the build where it fails."""
    # Windows takes another encoding for what is printed into a file or a log.
    environment = {**os.environ, "PYTHONUTF8": "1", **variables}
    environment.pop("PYTHONPATH", None)
    code = subprocess.call([str(part) for part in command], cwd=ROOT, env=environment)
    if code:
        print("The build failed; the reason is printed above.")
        sys.exit(code)
