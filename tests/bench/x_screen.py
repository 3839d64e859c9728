"""A screen of its own for a program: real keys in through XTEST, pixels out, without a library.

Needs Xvfb, libX11 and libXtst, which every machine with a desktop has.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_uint, c_ulong, c_void_p
from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT = 1440, 900
_ALL_PLANES, _Z_PIXMAP = 0xFFFFFFFF, 2
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Region(NamedTuple):
    """A part of the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


class _Image(Structure):
    _fields_ = (
        ("width", c_int),
        ("height", c_int),
        ("offset", c_int),
        ("format", c_int),
        ("data", c_void_p),
        ("byte_order", c_int),
        ("bitmap_unit", c_int),
        ("bitmap_bit_order", c_int),
        ("bitmap_pad", c_int),
        ("depth", c_int),
        ("bytes_per_line", c_int),
    )


class Screen:
    """One Xvfb and a connection to it."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as answer:
            self.name = f":{answer.readline().strip()}"
        self._x, self._test = _libraries()
        self._display = self._x.XOpenDisplay(self.name.encode())
        if not self._display:
            raise SystemExit(f"No screen at {self.name}.")
        self._root = self._x.XDefaultRootWindow(self._display)

    def close(self) -> None:
        """End the server, and with it every program that is on it."""
        self._x.XCloseDisplay(self._display)
        self._server.terminate()
        self._server.wait()

    def press(self, *names: str) -> None:
        """Press keys one after the other and let them go: `Control_L`, `Home`, `a`."""
        codes = [self._code(name) for name in names]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, True, 0)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, False, 0)
        self._x.XSync(self._display, False)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self._test.XTestFakeMotionEvent(self._display, 0, x, y, 0)
        self._x.XSync(self._display, False)
        time.sleep(0.1)
        for is_down in (True, False):
            self._test.XTestFakeButtonEvent(self._display, 1, is_down, 0)
        self._x.XSync(self._display, False)

    def pixels(self, part: Region) -> bytes:
        """Return what is seen of a part of the screen."""
        taken = self._x.XGetImage(self._display, self._root, *part, _ALL_PLANES, _Z_PIXMAP)
        if not taken:
            raise SystemExit("The screen could not be read.")
        image = taken.contents
        seen = ctypes.string_at(image.data, image.bytes_per_line * image.height)
        self._x.XDestroyImage(taken)
        return seen

    def fill_with_windows(self) -> None:
        """Make every large window as large as the screen; there is no window manager."""
        parent, root, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
        self._x.XQueryTree(
            self._display, self._root, byref(root), byref(parent), byref(children), byref(count)
        )
        for window in children[: count.value]:
            x, y, width, height, border, depth = c_int(), c_int(), *(c_uint() for _ in range(4))
            self._x.XGetGeometry(
                self._display,
                window,
                *map(byref, (root, x, y, width, height, border, depth)),
            )
            if width.value > 300 and height.value > 200:
                self._x.XMoveResizeWindow(self._display, window, 0, 0, WIDTH, HEIGHT)
        if count.value:
            self._x.XFree(children)
        self._x.XSync(self._display, False)

    def _code(self, name: str) -> int:
        symbol = self._x.XStringToKeysym({" ": "space"}.get(name, name).encode())
        code: int = self._x.XKeysymToKeycode(self._display, symbol)
        return code


class ProcessTree:
    """A program and all that it started."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def cpu(self) -> float:
        """Return the seconds of processor time that its living processes have used."""
        return sum(map(_cpu, self._ids(self._process.pid)))

    def settle(self, quiet: float = 2.0, longest: float = 60.0) -> None:
        """Wait until it has nothing more to do."""
        end, since, before = time.monotonic() + longest, time.monotonic(), self.cpu()
        while time.monotonic() < end and time.monotonic() - since < quiet:
            time.sleep(0.25)
            now = self.cpu()
            if now - before > 0.03:
                since = time.monotonic()
            before = now

    def end(self) -> None:
        """End all of it."""
        ids = self._ids(self._process.pid)
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for process in ids[1:]:
            try:
                os.kill(process, 9)
            except ProcessLookupError:
                continue

    def _ids(self, process: int) -> list[int]:
        found = [process]
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                inside = children.read_text().split()
            except OSError:
                continue
            for child in inside:
                found += self._ids(int(child))
        return found


def _cpu(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    x, test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    display, number = c_void_p, c_ulong
    x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = display, (c_char_p,)
    x.XDefaultRootWindow.restype, x.XDefaultRootWindow.argtypes = number, (display,)
    x.XStringToKeysym.restype, x.XStringToKeysym.argtypes = number, (c_char_p,)
    x.XKeysymToKeycode.restype, x.XKeysymToKeycode.argtypes = ctypes.c_ubyte, (display, number)
    x.XSync.argtypes = (display, c_int)
    x.XCloseDisplay.argtypes = (display,)
    x.XFree.argtypes = (c_void_p,)
    x.XGetImage.restype = POINTER(_Image)
    x.XGetImage.argtypes = (display, number, c_int, c_int, c_uint, c_uint, number, c_int)
    x.XDestroyImage.argtypes = (POINTER(_Image),)
    x.XQueryTree.argtypes = (display, number, *[c_void_p] * 4)
    x.XGetGeometry.argtypes = (display, number, *[c_void_p] * 7)
    x.XMoveResizeWindow.argtypes = (display, number, c_int, c_int, c_uint, c_uint)
    test.XTestFakeKeyEvent.argtypes = (display, c_uint, c_int, number)
    test.XTestFakeButtonEvent.argtypes = (display, c_uint, c_int, number)
    test.XTestFakeMotionEvent.argtypes = (display, c_int, c_int, c_int, number)
    return x, test
