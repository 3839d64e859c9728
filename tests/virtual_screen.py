"""A screen of X's own, kept in a file: filmed by reading its memory, typed on with real keys.

Needs Xvfb, and libX11 and libXtst for pointer and keys; WebEngine needs both libraries as well.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

WIDTH, HEIGHT = 1440, 900
_STILL_S = 0.2
STEP = 4
"""A frame of a film is every fourth pixel of every fourth row."""
DARK = 8
"""Levels of 255 up to which a pixel is black: no colour of ours is as dark."""

UNCOVERED = (0x40, 0x80, 0xC0)
"""The colour of the screen where there is no window."""

Box = tuple[int, int, int, int]


def is_installed() -> bool:
    """Return whether this machine can show windows on a screen in memory."""
    return shutil.which("Xvfb") is not None


@dataclass(frozen=True)
class Frame:
    """What the screen showed at a moment, in seconds since the film began."""

    at: float
    picture: Image.Image


class Film(threading.Thread):
    """Films a screen from another thread: each frame that differs from the one before."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(daemon=True)
        self._screen, self._ended = screen, threading.Event()
        self.frames: list[Frame] = []
        self.began = time.perf_counter()

    def run(self) -> None:
        last = b""
        while not self._ended.is_set():
            frame = self.look()
            if (data := frame.picture.tobytes()) != last:
                self.frames.append(frame)
                last = data
            time.sleep(0.008)

    def look(self) -> Frame:
        """Return what the screen shows now."""
        return Frame(time.perf_counter() - self.began, self._screen.small())

    def end(self) -> list[Frame]:
        """Stop, and return the frames."""
        self._ended.set()
        self.join()
        return self.frames


class Screen:
    """A running Xvfb of 24 bits a pixel."""

    def __init__(self, folder: Path, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-fbdir", str(folder), "-nolisten", "tcp",
             "-screen", "0", f"{size[0]}x{size[1]}x24"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise OSError("Xvfb did not start")
        self.display = f":{number}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # An X window dump: big-endian numbers, then the colours, then the pixels.
        header = struct.unpack(">25I", self._memory[:100])
        self.size = header[4], header[5]
        self._start, self._row = header[0] + header[19] * 12, header[12]
        # Any: the stubs forget that a picture can be read from any memory.
        self._pixels: Any = memoryview(self._memory)[
            self._start : self._start + self._row * size[1]
        ]

    def picture(self) -> Image.Image:
        """Return what the screen shows."""
        return Image.frombuffer(
            "RGB", self.size, self._pixels, "raw", "BGRX", self._row, 1
        ).copy()  # fmt: skip

    def still_picture(self) -> Image.Image:
        """Return what the screen shows once it changes no more: a frame comes in parts."""
        before, now = None, self.picture()
        while now != before:
            time.sleep(_STILL_S)
            before, now = now, self.picture()
        return now

    def small(self) -> Image.Image:
        """Return every fourth pixel of every fourth row of what the screen shows."""
        width, height = self.size
        raw = Image.frombuffer("RGBX", self.size, self._pixels, "raw", "RGBX", self._row, 1)
        few = raw.resize((width // STEP, height // STEP), Image.Resampling.NEAREST)
        blue, green, red, _unused = few.split()
        return Image.merge("RGB", (red, green, blue))

    @cached_property
    def hands(self) -> Hands:
        """The pointer and the keys."""
        return Hands(self.display)

    def close(self) -> None:
        """End the server."""
        self._pixels.release()
        self._memory.close()
        self._server.terminate()
        self._server.wait()


@contextmanager
def virtual_screen(size: tuple[int, int] = (WIDTH, HEIGHT)) -> Iterator[Screen]:
    """Start a screen, and end it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(Path(folder), size)
        try:
            yield screen
        finally:
            screen.close()


# A window may be gone by the time it is asked about, which ends the process by default.
_IGNORE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(
    lambda _display, _error: 0
)


class _ClientMessage(ctypes.Structure):
    """X's event of one client to another, in the room that every event has."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 14),
    )


class Hands:
    """A pointer and a keyboard, through X as real ones."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XInternAtom.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if not self._display:
            raise OSError(f"no display {display}")
        self._x.XSetErrorHandler(_IGNORE)
        # What no window covers is not black, so that black is what a window shows.
        root = self._root()
        self._x.XSetWindowBackground(
            self._display, root, ctypes.c_ulong(int.from_bytes(bytes(UNCOVERED)))
        )
        self._x.XClearWindow(self._display, root)
        self._flush()

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self.point(x, y)
        for pressed in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, pressed, ctypes.c_ulong(0))
        self._flush()

    def point(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, ctypes.c_ulong(0))
        self._flush()

    def press(self, *names: str) -> None:
        """Press keys by X's names for them, the later ones while the earlier are held."""
        codes = [
            self._x.XKeysymToKeycode(
                self._display, ctypes.c_ulong(self._x.XStringToKeysym(name.encode()))
            )
            for name in names
        ]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, 1, ctypes.c_ulong(0))
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, 0, ctypes.c_ulong(0))
        self._flush()

    def _root(self) -> ctypes.c_ulong:
        return ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def windows(self) -> int:
        """Return how many windows of more than 400 by 300 pixels are on the screen."""
        return len(self._large_windows())

    def close_windows(self) -> None:
        """Ask each large window to close, as the button in a window's frame does."""
        event = _ClientMessage(type=33, format=32)  # ClientMessage, of longs
        event.message_type = self._atom(b"WM_PROTOCOLS")
        event.data[0] = self._atom(b"WM_DELETE_WINDOW")
        for event.window in self._large_windows():
            self._x.XSendEvent(
                self._display, ctypes.c_ulong(event.window), 0, ctypes.c_long(0),
                ctypes.byref(event),
            )  # fmt: skip
        self._flush()

    def _atom(self, name: bytes) -> int:
        atom: int = self._x.XInternAtom(self._display, name, 0)
        return atom

    def _large_windows(self) -> list[int]:
        parent, children = ctypes.c_ulong(), ctypes.POINTER(ctypes.c_ulong)()
        number = ctypes.c_uint()
        self._x.XQueryTree(
            self._display, self._root(), ctypes.byref(ctypes.c_ulong()), ctypes.byref(parent),
            ctypes.byref(children), ctypes.byref(number),
        )  # fmt: skip
        found = [children[index] for index in range(number.value)]
        found = [window for window in found if self._is_large(window)]
        if number.value:
            self._x.XFree(children)
        return found

    def _is_large(self, window: int) -> bool:
        attributes = (ctypes.c_int * 64)()
        if not self._x.XGetWindowAttributes(
            self._display, ctypes.c_ulong(window), ctypes.byref(attributes)
        ):
            return False
        # XWindowAttributes: x, y, width, height; map_state is at byte 92 on 64 bits.
        return attributes[2] > 400 and attributes[3] > 300 and attributes[23] == 2

    def _flush(self) -> None:
        self._x.XSync(self._display, 0)


def differing(one: Image.Image, other: Image.Image, box: Box | None = None) -> float:
    """Return the share of pixels that differ between two pictures, in a box of them."""
    if box is not None:
        one, other = one.crop(box), other.crop(box)
    changed = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    histogram = changed.histogram()
    return sum(histogram[DARK:]) / sum(histogram)


def empty_share(picture: Image.Image) -> float:
    """Return the share of a screen's picture that is black, or that no window covers."""
    red, green, blue = picture.split()
    dark = sum(picture.convert("L").histogram()[:DARK])
    bare = ImageChops.multiply(
        ImageChops.multiply(_is(red, UNCOVERED[0]), _is(green, UNCOVERED[1])),
        _is(blue, UNCOVERED[2]),
    )
    return (dark + bare.histogram()[255]) / (picture.width * picture.height)


def _is(band: Image.Image, level: int) -> Image.Image:
    return band.point([255 if value == level else 0 for value in range(256)])


def wait_for(is_so: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Wait until something is so; False where it is not in time."""
    end = time.perf_counter() + seconds
    while not is_so():
        if time.perf_counter() > end:
            return False
        time.sleep(0.004)
    return True
