"""The first frame of a window: a picture of it, which is painted before anything else is there.

It is written when a window closes, of what the next one will show first (`next_frame.py`). It is
only used where the next window will show the very same: for the same remembered file, settings
and place, with the same fonts, screens, look and version, and while no text waits to be saved.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from PySide6 import __version__ as toolkit
from PySide6.QtCore import QLocale, QRect, QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QImageReader, QPainter

from editor import __version__
from editor.gui.page.page_picture import PagePicture
from editor.places import DESK_FILE, LOCK_FILE, data_folder, settings_file, window_state_file

_NOTE = "Stonehand"
"""The picture's own text in the file: what it is of."""
SUFFIXES = frozenset({".json", ".png"})
"""How the names of our files in the folder of windows end."""


class FirstFrame(NamedTuple):
    """A picture of the whole inside of a window, and where the window is."""

    picture: QImage
    title: str
    geometry: QRect
    is_maximized: bool
    page: PagePicture | None = None
    """The preview's page, which is a part of it."""
    page_box: QRect = QRect()

    def paint(self, painter: QPainter, size: QSize) -> None:
        """Paint it into a window of a size; only its ground where that is another one."""
        shown = self.picture.deviceIndependentSize()
        # Where a point is one pixel and a quarter, the picture has a part of a pixel more.
        if abs(shown.width() - size.width()) < 1 and abs(shown.height() - size.height()) < 1:
            painter.drawImage(0, 0, self.picture)
        else:
            painter.fillRect(0, 0, size.width(), size.height(), self.picture.pixelColor(0, 0))


def windows_folder() -> Path:
    """Return the folder with all that is remembered of windows."""
    return data_folder() / "windows"


def remembered_file(desk: Path) -> Path:
    """Return where it is remembered what the window of a desk showed."""
    return _file(desk, "json")


def first_frame_file(desk: Path) -> Path:
    """Return where the picture of a desk's next window is."""
    return _file(desk, "png")


def later_frame_file(desk: Path) -> Path:
    """Return where the picture for another day is: without its page, and with days at its times."""
    return _file(desk, "later.png")


def desk_opened_last() -> Path | None:
    """Return the desk that was open last, by the settings; None where they don't say."""
    try:
        path = json.loads(settings_file().read_bytes())["last_desk"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return Path(path) if isinstance(path, str) and path else None


def recall_first_frame(desk: Path) -> FirstFrame | None:
    """Return the picture of a desk's window, where it is what the window will show."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        return _read(first_frame_file(desk), desk, True) or _read(
            later_frame_file(desk), desk, False
        )
    return None


def _read(file: Path, desk: Path, is_for_today: bool) -> FirstFrame | None:
    reader = QImageReader(os.fspath(file), b"png")
    if not reader.canRead():
        return None
    note = json.loads(reader.text(_NOTE))
    is_right_day = (note["day"] == _today()) == is_for_today
    if not is_right_day or note["scheme"] not in ("", _scheme()):
        return None
    if note["state"] != state_of(desk):
        return None
    picture = reader.read()
    if not picture.isNull():
        picture.setDevicePixelRatio(note["ratio"])
        box, page_box = QRect(*note["geometry"]), QRect(*note["page"])
        page = None
        if not page_box.isEmpty():
            image = picture.copy(_scaled(page_box, note["ratio"]))
            page = PagePicture(image, note["version"], note["scroll"])
        return FirstFrame(picture, note["title"], box, note["maximized"], page, page_box)
    return None


def describe(frame: FirstFrame, state: str, follows_system: bool) -> dict[str, str]:
    """Return the texts that go into the picture's file, so that it can be recalled.

    `state` is the digest of all that the picture follows from.
    """
    note = {
        "state": state,
        "day": _today(),
        "scheme": _scheme() if follows_system else "",
        "title": frame.title,
        "geometry": frame.geometry.getRect(),
        "maximized": frame.is_maximized,
        "ratio": frame.picture.devicePixelRatio(),
        "page": frame.page_box.getRect(),
        "version": frame.page.version if frame.page is not None else "",
        "scroll": frame.page.scroll if frame.page is not None else 0,
    }
    return {_NOTE: json.dumps(note)}


def number_of(desk: Path) -> str:
    """Return what the file system has a desk's files for: another after a restore.

    A file's number alone is soon given to another file, but a desk that was made in the
    place of another has no lock before it has a window. Raises OSError.
    """
    lock = desk / LOCK_FILE
    return f"{(desk / DESK_FILE).stat().st_ino} {lock.stat().st_ino if lock.exists() else ''}"


def number_of_closed(desk: Path) -> str:
    """Return the number of a desk that no window has open, and whose last one was closed.

    Raises OSError; also where a window was killed, which may have saved after it was pictured.
    """
    if is_held(desk):
        raise FileExistsError(desk / LOCK_FILE)
    return number_of(desk)


def is_held(desk: Path) -> bool:
    """Return whether a window has the desk open, or was killed while it had."""
    try:
        return (desk / LOCK_FILE).stat().st_size > 0
    except (OSError, ValueError):
        return False


def state_of(desk: Path) -> str:
    """Return a digest of all that the first frame of a desk's window follows from.

    Raises OSError where it can't be known, and where there is text that was never saved.
    """
    digest = sha256()
    for part in _surroundings(desk):
        digest.update(sha256(part).digest())
    for file in (remembered_file(desk), settings_file(), window_state_file()):
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _surroundings(desk: Path) -> Iterator[bytes]:
    drafts = desk / "drafts"
    if drafts.exists() and any(drafts.glob("*.json")):
        raise FileExistsError(drafts)
    yield f"{__version__} {toolkit}".encode()
    yield number_of_closed(desk).encode()
    # Times are shown as they are here.
    yield f"{QGuiApplication.platformName()} {QLocale().name()} {time.strftime('%z')}".encode()
    yield "\n".join(QFontDatabase.families()).encode()
    for screen in QGuiApplication.screens():
        boxes = screen.geometry().getRect(), screen.availableGeometry().getRect()
        yield f"{boxes} {screen.devicePixelRatio()} {screen.logicalDotsPerInch()}".encode()


def _today() -> str:
    """Return the day here: a page has it, and a version's time is without it if it is of today."""
    return time.strftime("%Y-%m-%d")


def _scaled(box: QRect, ratio: float) -> QRect:
    """Return a box of a window in the pixels of its picture."""
    edges = (box.x(), box.y(), box.width(), box.height())
    return QRect(*(round(edge * ratio) for edge in edges))


def _scheme() -> str:
    """Return the look that the system has now: Light, Dark or Unknown, and its contrast."""
    hints = QGuiApplication.styleHints()
    scheme: Qt.ColorScheme = hints.colorScheme()
    contrast: Qt.ContrastPreference = hints.accessibility().contrastPreference()
    return f"{scheme.name} {contrast.name}"


def _file(desk: Path, suffix: str) -> Path:
    name = sha256(os.fsencode(desk.absolute())).hexdigest()[:32]
    return windows_folder() / f"{name}.{suffix}"
