"""The program's entry point: opens the window, or runs a verb of the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from editor.places import DESK_FILE


def main() -> int:
    """Open the window on the desk that is named, the last one or the sample; else run a verb."""
    arguments = sys.argv[1:]
    desk = _desk_to_open(arguments)
    if arguments and desk is None:
        from editor.cli import main as command_line  # noqa: PLC0415  the window does not need it

        return command_line(arguments)
    if not _has_display():
        print("There is no display to open a window on. See stonehand --help.", file=sys.stderr)
        return 1
    from editor.gui.start import run  # noqa: PLC0415  verbs do not need Qt

    return run(desk)


def _desk_to_open(arguments: list[str]) -> Path | None:
    """Return the desk that the only argument is: as a file manager opens it, or as typed."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return None
    path = Path(arguments[0]).absolute()
    if not (path / DESK_FILE).is_file():
        return None
    if not arguments[0].replace("-", "").isalpha():
        return path
    from editor.cli.verbs import VERBS  # noqa: PLC0415  a desk may be called like a verb

    return None if arguments[0] in VERBS else path


def _has_display() -> bool:
    """Return whether Qt will find a screen; without one it would abort the process."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


if __name__ == "__main__":
    sys.exit(main())
