"""What the operating system must provide: shared libraries for Qt, a display, a font."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIBRARIES = {
    # Qt itself
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    # Qt on X11
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # WebEngine
    "libxkbfile.so.1": "libxkbfile1",
    "libnss3.so": "libnss3",
    "libasound.so.2": "libasound2",
    "libXtst.so.6": "libxtst6",
    "libXrandr.so.2": "libxrandr2",
    "libXdamage.so.1": "libxdamage1",
    "libXcomposite.so.1": "libxcomposite1",
}
"""Shared library → its Debian package (Qt 6.11 with WebEngine)."""

MEMORY = "/dev/shm"  # noqa: S108  the name that Linux gives it; pytest makes a private folder there
ROOM = 12 << 30
"""What is free before the tests are run in memory, in bytes: they and their folders take half."""

FONTS = "fonts-noto-core"


def is_root():
    """Return whether this process runs as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_display():
    """Return whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def folder_in_memory():
    """Return a folder that is in memory and has room for what the tests write, or None."""
    try:
        free = shutil.disk_usage(MEMORY).free
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    available = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    return MEMORY if min(free, available * 1024) > ROOM else None


def install_libraries():
    """Install the libraries Qt lacks on Debian and Ubuntu as root, else print the command."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for name, package in LIBRARIES.items() if not _loads(name)]
    if not any(Path(folder).is_dir() for folder in ("/usr/share/fonts", "/usr/local/share/fonts")):
        missing.append(FONTS)
    if missing:
        _apt(missing, "Qt lacks shared libraries or fonts.")


def install_venv():
    """Install Debian's separate venv package, or print how and exit."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not sys.platform.startswith("linux") or not _apt([version], "Python lacks venv."):
        print("Python's venv module could not make .venv. Install it and try again.")
        sys.exit(1)


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt(packages, why):
    apt = shutil.which("apt-get")
    if apt and is_root():
        print(f"{why} Installing {' '.join(packages)}…", flush=True)
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.call([apt, "update", "-qq"], env=environment)
        names = [_name_here(package) for package in packages]
        quiet = ["-qq", "-y", "--no-install-recommends"]
        if subprocess.call([apt, "install", *quiet, *names], env=environment) == 0:
            return True
    names = [_name_here(package) for package in packages]
    print(f"{why} Install them with:\n    sudo apt-get install -y {' '.join(names)}", flush=True)
    return False


def _name_here(package):
    """Return the package's name on this release: 64-bit time renamed some (libasound2t64)."""
    cache = shutil.which("apt-cache")
    if not cache:
        return package
    found = subprocess.run(
        [cache, "policy", f"{package}t64"], capture_output=True, text=True, check=False
    )
    renamed = "Candidate:" in found.stdout and "Candidate: (none)" not in found.stdout
    return f"{package}t64" if renamed else package
