"""What the operating system must provide: shared libraries for Qt, a display, a font.

`sudo python3 packaging/system.py` installs what Debian or Ubuntu lacks; the verbs of dev.py ask for
it as well.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIBRARIES = {
    # Qt itself
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    # Qt on X11
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # WebEngine
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libasound.so.2": "libasound2",
    "libexpat.so.1": "libexpat1",
    "libgbm.so.1": "libgbm1",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libnssutil3.so": "libnss3",
    "libsmime3.so": "libnss3",
    "libudev.so.1": "libudev1",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libxkbfile.so.1": "libxkbfile1",
}
"""Shared library → its Debian package: all that Qt 6.11 with WebEngine is linked with.

One may come with another on one release, and not on the next: all are named. Those of Wayland
are not: a screen that needs them has them.
"""

BUILD_TOOLS = {"objdump": "binutils", "xz": "xz-utils"}
"""Program → its Debian package: what no build does without. Debs and images need others."""

RENAMED = {"libasound2", "libcups2", "libglib2.0-0", "libgtk-3-0", "libpython3.12"}
"""Packages whose names end in t64 since Debian 13 and Ubuntu 24.04."""

DPKG = "/var/lib/dpkg/info"
"""A file for each installed package. What apt could install is not known before its lists are."""

ASKED = 3
"""The exit code after packages were asked for, and nothing was set up."""

_INSTALL = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]

MEMORY = "/dev/shm"  # noqa: S108  the name that Linux gives it; pytest makes a private folder there
ROOM = 12 << 30
"""What is free before the tests are run in memory, in bytes: they and their folders take half."""

FONTS = "fonts-noto-core"

FONT_FOLDERS = ["/usr/share/fonts", "/usr/local/share/fonts"]
"""Where fonts for all users are."""


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


def provide(with_venv, for_build=False):
    """Install what Debian or Ubuntu lacks as root, else print one command that does, and exit.

    With `with_venv` what makes a virtual environment is part of it, and with `for_build` what
    makes packages. On other systems what is missing is only named, and the set-up goes on.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = {**LIBRARIES, **(_needed_by_builds() if for_build else {})}
    lacking = [name for name in wanted if not _is_there(name)]
    packages = sorted({wanted[name] for name in lacking})
    if with_venv and not can_make_venv():
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if shutil.which("apt-get") and packages:
        _apt(packages if _has_font() else [*packages, FONTS], is_needed=True)
    elif lacking:
        print("Something is missing; install what has it:", *lacking, flush=True)


def provide_font():
    """Install a font as root where there is none, else print how: letters would be boxes."""
    if not sys.platform.startswith("linux") or _has_font():
        return
    if shutil.which("apt-get"):
        _apt([FONTS], is_needed=False)
    else:
        print("No font is installed, so no letter can be shown: Noto Sans has most.", flush=True)


def can_make_venv():
    """Return whether Python has all of venv: Debian has a part of it in a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None


def _needed_by_builds():
    """Return what builds need besides: programs, and the library of a Python that is Debian's."""
    if sys.base_prefix != "/usr":
        return BUILD_TOOLS
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {**BUILD_TOOLS, f"libpython{version}.so.1.0": f"libpython{version}"}


def _is_there(name):
    """Return whether a shared library or a program is on this system."""
    return _loads(name) if ".so" in name else shutil.which(name) is not None


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _font_folders():
    own = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return [*FONT_FOLDERS, f"{own}/fonts", os.path.expanduser("~/.fonts")]


def _has_font():
    """Return whether a font that can be scaled is where fonts are."""
    return any(
        name.lower().endswith((".ttf", ".otf", ".ttc"))
        for place in _font_folders()
        for _folder, _folders, files in os.walk(place)
        for name in files
    )


def _apt(packages, is_needed):
    """Install packages as root; else print how, and exit where nothing works without them."""
    names = [_name_here(package) for package in packages]
    commands = [["apt-get", "update", "-qq"], [*_INSTALL, *names]]
    if is_root():
        print(f"Installing {' '.join(names)}…", flush=True)
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        codes = [subprocess.call(command, env=environment) for command in commands]
        if codes[-1] == 0:
            return
    print("This system lacks packages that Stonehand needs. Install them with this line:")
    print("   ", _line_for_root(commands), flush=True)
    if is_needed:
        print("Then give the same command again.", flush=True)
        sys.exit(ASKED)


def _line_for_root(commands):
    lines = list(map(" ".join, commands))
    if shutil.which("sudo"):
        return " && ".join(f"sudo {line}" for line in lines)
    # A log-in of root's, for dpkg refuses to work without the programs of its path.
    return f"su - -c '{' && '.join(lines)}'"


def _name_here(package):
    """Return a package's name on this release: 64-bit time renamed some of the libraries."""
    renamed = package in RENAMED and any(Path(DPKG).glob("*t64*.list"))
    return f"{package}t64" if renamed else package


if __name__ == "__main__":
    provide(with_venv=True)
    provide_font()
