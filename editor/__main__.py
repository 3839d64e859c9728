"""Start Copydesk: the window, or a verb of the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window on the last desk or the sample; with words, do what they say."""
    if words := sys.argv[1:]:
        from editor.cli import main as command_line  # noqa: PLC0415  either one or the other

        return command_line(words)
    from editor.gui.app import run  # noqa: PLC0415  Qt only when there is a window

    return run(None)


if __name__ == "__main__":
    sys.exit(main())
