"""Open the window as a person would, on a screen of X's in memory; look at it, and close it.

    .venv/bin/python packaging/trials/shown_window.py PICTURE.png [COMMAND …]

The command is `python3 packaging/dev.py run` unless one is named. The exit code is 0 when a window
was shown and painted, and the command ended well after the window was closed. Needs Xvfb.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

from tests.virtual_screen import empty_share, virtual_screen, wait_for

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 180
SIZE = (1024, 600)
_MOST_EMPTY = 0.2
"""The share of the screen that may be black or without a window."""


def main(arguments: list[str]) -> int:
    """Show the window, save its picture, close it; return 0 where all of that worked."""
    picture, *command = arguments
    command = command or ["python3", "packaging/dev.py", "run"]
    with virtual_screen(SIZE) as screen:
        environment = {**os.environ, "DISPLAY": screen.display}
        environment.pop("QT_QPA_PLATFORM", None)
        program = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:

            def has_painted() -> bool:
                return screen.hands.windows() > 0 and empty_share(screen.small()) < _MOST_EMPTY

            wait_for(lambda: has_painted() or program.poll() is not None, PATIENCE_S)
            if program.poll() is not None or not has_painted():
                print(f"No window was painted; the command's exit code is {program.poll()}.")
                return 1
            screen.still_picture().save(picture)
            print(f"A window is shown; {empty_share(screen.small()):.0%} of the screen is empty.")
            screen.hands.close_windows()
            code = program.wait(PATIENCE_S)
        finally:
            program.kill()
    print(f"The window was closed; the command's exit code is {code}.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
