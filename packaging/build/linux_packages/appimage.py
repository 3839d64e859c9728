"""The AppImage: one file that is a small runtime, and after it a disk image of the program.

The runtime is the AppImage project's (`runtime-x86_64` of its type2-runtime). No package registry
has it, so whoever makes the package gives it; packaging/README.md says how to get one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from identity import APP_ID, COMMAND, VERSION
from linux_packages.share import LEVEL, Payload

RUNTIME = "STONEHAND_APPIMAGE_RUNTIME"
"""The environment variable with the path of the runtime."""
MAGIC = b"AI\x02"
"""At the ninth byte of a runtime: an AppImage of type 2."""
ZSTD_LEVEL = min(22, max(1, 3 * int(LEVEL)))


def find_runtime() -> Path | None:
    """Return the runtime that was given, or None. Raises SystemExit for what is none."""
    given = os.environ.get(RUNTIME)
    if not given:
        return None
    runtime = Path(given)
    if not runtime.is_file() or runtime.read_bytes()[8:11] != MAGIC:
        raise SystemExit(f"{RUNTIME} names no runtime of an AppImage: {given}")
    return runtime


def make_appimage(payload: Payload, runtime: Path, work: Path, out: Path) -> Path:
    """Make the AppImage of a payload, with a runtime; return its file."""
    image = work / "appimage.squashfs"
    folder = work / "appimage"
    shutil.rmtree(folder, ignore_errors=True)
    image.unlink(missing_ok=True)
    shutil.copytree(payload.program, folder / "usr" / "lib" / COMMAND, symlinks=True)
    shutil.copytree(payload.share, folder / "usr" / "share")
    (folder / "AppRun").symlink_to(f"usr/lib/{COMMAND}/{COMMAND}")
    (folder / f"{APP_ID}.desktop").symlink_to(f"usr/share/applications/{APP_ID}.desktop")
    icon = f"usr/share/icons/hicolor/256x256/apps/{APP_ID}.png"
    (folder / f"{APP_ID}.png").symlink_to(icon)
    (folder / ".DirIcon").symlink_to(icon)
    moment = str(payload.moment)
    times = ["-mkfs-time", moment, "-all-time", moment]
    packed = [
        "-comp",
        "zstd",
        "-Xcompression-level",
        str(ZSTD_LEVEL),
        "-b",
        "256K",
        "-quiet",
        "-no-progress",
    ]
    # The image's own time is given above; the variable would forbid that.
    environment = {name: os.environ[name] for name in os.environ if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(
        ["mksquashfs", folder, image, "-all-root", "-no-xattrs", *times, *packed],
        check=True,
        env=environment,
    )
    shutil.rmtree(folder)
    file = out / f"{COMMAND}-{VERSION}-{os.uname().machine}.AppImage"
    with file.open("wb") as opened:
        opened.write(runtime.read_bytes())
        with image.open("rb") as data:
            shutil.copyfileobj(data, opened)
    file.chmod(0o755)
    image.unlink()
    return file
