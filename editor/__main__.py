"""The program's entry point: opens the window, or runs a verb of the command line."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Open the window on the last desk or the sample; with arguments, run the command line."""
    if arguments := sys.argv[1:]:
        from editor.cli import main as command_line  # noqa: PLC0415  the window does not need it

        return command_line(arguments)
    if not _has_display():
        print("There is no display to open a window on. See stonehand --help.", file=sys.stderr)
        return 1
    from editor.gui.app import run  # noqa: PLC0415  verbs do not need Qt

    return run(None)


def _has_display() -> bool:
    """Return whether Qt will find a screen; without one it would abort the process."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


if __name__ == "__main__":
    sys.exit(main())
