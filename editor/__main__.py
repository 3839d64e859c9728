"""Start Stonehand: the window, or a verb of the command line."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Open the window on the last desk or the sample; with words, do what they say."""
    if words := sys.argv[1:]:
        from editor.cli import main as command_line  # noqa: PLC0415  either one or the other

        return command_line(words)
    if not _has_display():
        print("There is no display for the window here. See stonehand --help.", file=sys.stderr)
        return 1
    from editor.gui.app import run  # noqa: PLC0415  Qt only when there is a window

    return run(None)


def _has_display() -> bool:
    """Whether Qt will find a screen; asked first, because Qt ends the process without one."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(each) for each in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
