"""What of the libraries is in a build: decided by a file's path in it, on all three platforms."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import PurePosixPath

LIBRARIES = ("hunspell", "text_unidecode")
"""Packages whose files beside their modules are needed, and of which PyInstaller does not know."""

METADATA = ("c2pa-python", "keyring", "SecretStorage", "s3fs")
"""Distributions that are asked for their version or their plug-ins while the program runs."""

EXCLUDED = (
    *("tkinter", "_tkinter", "turtle", "idlelib", "curses", "_curses", "readline", "_crypt"),
    *("test", "unittest", "pydoc", "pydoc_data", "doctest", "ensurepip", "venv", "lib2to3"),
    *("pip", "setuptools", "pkg_resources", "distutils", "wheel", "hatchling", "editables"),
    *("pytest", "_pytest", "numpy", "pandas", "IPython", "matplotlib", "trio", "gevent"),
    *("sqlite3", "_sqlite3", "MySQLdb", "psycopg2", "pysqlite2", "PIL.ImageTk", "PIL.ImageQt"),
    *("sqlalchemy.testing", "alembic.testing", "babel.messages", "fsspec.tests"),
    *("lxml.objectify", "lxml.isoschematron", "lxml.ElementInclude", "lxml.usedoctest"),
    *("PyQt5", "PyQt6", "PySide2", "PySide6.scripts", "PySide6.support.generate_pyi"),
)
"""Modules that a library would import if somebody asked for what Stonehand does not do."""

QT_MODULES = frozenset(
    [
        *("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtOpenGL", "QtPositioning", "QtPrintSupport"),
        *("QtQml", "QtQuick", "QtQuickWidgets", "QtWebChannel", "QtWebEngineCore"),
        *("QtWebEngineWidgets", "QtWidgets"),
    ]
)
"""Modules of PySide6 that are imported, by us or by another of them."""

_PLUGINS = {
    "iconengines": "qsvgicon",
    "imageformats": "qgif qico qjpeg qsvg qwebp",
    "platforminputcontexts": "composeplatforminputcontextplugin ibusplatforminputcontextplugin",
    "platforms": "qcocoa qoffscreen qwayland qwindows qxcb",
    "platformthemes": "qgtk3 qxdgdesktopportal",
    "printsupport": "cupsprintersupport",
    "styles": "qmacstyle qmodernwindowsstyle",
    "wayland-decoration-client": "adwaita bradient",
    "wayland-graphics-integration-client": "qt-plugin-wayland-egl",
    "wayland-shell-integration": "xdg-shell",
    "xcbglintegrations": "qxcb-egl-integration qxcb-glx-integration",
}
"""Qt's plugins that are kept, by their kinds."""

_SYSTEM_KEPT = re.compile(
    r"lib(python3|ssl|crypto|ffi|bz2|xcb-(cursor|icccm|image|keysyms|render-util|util|xkb)|xkbfile)"
    r"[.\d-]*\.so"
)
"""Libraries of the building system that are in the build: Python's, and those that few others have.

All others are a desktop's own, and have to be: a second glib, NSS or libstdc++ in one process
breaks what this system's graphics drivers, themes and certificates are made for.
"""

_NEVER = re.compile(
    r"(^|/)(tests?|testing|__pycache__|include|typesystems|glue)/"
    r"|\.(pyi|pyx|pxd|h|hpp|c|cpp|rlib|a|lib|po|pot)$"
    r"|(^|/)(direct_url\.json|REQUESTED|INSTALLER|RECORD)$"
    r"|\.chk$"  # seals of the system's NSS, which itself is left to the system
    r"|\.debug\.(pak|bin)$|qtwebengine_devtools_resources|v8_context_snapshot\.debug"
)


def is_kept(path: str, languages: Iterable[str]) -> bool:
    """Return whether a file is in the build; `path` is its place there.

    `languages` (BCP 47) are those of the interface, for what Qt says itself.
    """
    path = path.replace("\\", "/")
    name = PurePosixPath(path).name
    if _NEVER.search(path):
        return False
    if "/qtwebengine_locales/" in path:
        return PurePosixPath(path).stem in {"en-US", *languages}
    if "/translations/" in path:
        return name in {f"qtbase_{tag.replace('-', '_')}.qm" for tag in languages}
    if path.startswith("PySide6/") and "/qml/" in path:
        return False
    if "/plugins/" in path and path.startswith("PySide6/"):
        kind, plugin = PurePosixPath(path).parts[-2:]
        return _stem(plugin) in _PLUGINS.get(kind, "").split()
    module = re.fullmatch(r"PySide6/(Qt\w+)\.(abi3\.so|pyd)", path)
    return module is None or module[1] in QT_MODULES


def is_of_the_system(path: str, source: str) -> bool:
    """Return whether a Linux library is left to the system that the program runs on."""
    is_system = source.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))
    return is_system and not _SYSTEM_KEPT.match(PurePosixPath(path).name)


def place(path: str) -> str:
    """Return where a library of the building system is put: where WebEngine's process finds it."""
    return f"PySide6/Qt/lib/{path}" if path.startswith("libxkbfile.") else path


def reached(
    needed: Collection[str], candidates: Collection[str], imports: Callable[[str], Iterable[str]]
) -> set[str]:
    """Return the candidates, files of libraries, that the needed files import, or those in turn."""
    found: set[str] = set()
    waiting = list(needed)
    while waiting:
        for library in imports(waiting.pop()):
            if library in candidates and library not in found:
                found.add(library)
                waiting.append(library)
    return found


def without_lost_links(files: Collection[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return PyInstaller's entries without the links to what is not among them.

    An entry is the place in the build, the file or what a link leads to, and the kind. On macOS
    links lead to folders as well, and by way of other links.
    """
    links = {place: source for place, source, kind in files if kind == "SYMLINK"}
    places = [PurePosixPath(place) for place, _source, kind in files if kind != "SYMLINK"]
    there = {str(path) for place in places for path in (place, *place.parents)}
    return [entry for entry in files if entry[2] != "SYMLINK" or _real(entry[0], links) in there]


def is_qt_library(path: str) -> bool:
    """Return whether a file is one of Qt's libraries, or of FFmpeg's, which come with them."""
    name = PurePosixPath(path.replace("\\", "/")).name
    is_named = re.match(r"(lib)?(Qt6|av|sw|pyside6qml)\w+", name)
    return bool(is_named or re.search(r"(^|/)(Qt\w+)\.framework/(Versions/\w+/)?\2$", path))


def framework_of(path: str) -> str:
    """Return the framework of macOS that a file is in, nothing for any other file."""
    found = re.match(r"((.*?/)?\w+\.framework)/", path)
    return found[1] if found else ""


def _real(path: str, links: Mapping[str, str]) -> str:
    """Return where a path leads, as the links are: place → what it leads to."""
    real = ""
    for part in path.split("/"):
        real = posixpath.normpath(posixpath.join(real, part))
        if real in links:
            real = _real(posixpath.join(posixpath.dirname(real), links[real]), links)
    return real


def _stem(plugin: str) -> str:
    return PurePosixPath(plugin).name.partition(".")[0].removeprefix("lib")
