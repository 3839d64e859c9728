"""What packages call Stonehand: its name in words, its id, and the moment of the commit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from editor import __version__  # noqa: E402

NAME = "Stonehand"
COMMAND = "stonehand"
VERSION = __version__

APP_ID = "org.stonehand.Stonehand"
"""Of the desktop file, its icon, the AppStream component, the Flatpak and the app bundle.

The window gives it to the desktop as well (`editor/gui/start.py`), which finds the icon by it.
"""

HOMEPAGE = ""
"""Where the project is on the web, as `https://example.org`; nothing as long as it is nowhere.

Software centres show pictures from there: the help's pictures, in a folder `pictures`.
"""

SUMMARY = {
    "en": "Write, check, approve and publish news",
    "ar": "كتابة الأخبار وفحصها واعتمادها ونشرها",
}
GENERIC_NAME = {"en": "Newsroom Editor", "ar": "محرّر غرفة الأخبار"}
"""What kind of program it is, as menus say beside its name."""


def commit_time() -> int:
    """Return when the commit was made, in seconds: every time in a package is this one.

    `SOURCE_DATE_EPOCH` overrides it, as for other programs that build things.
    """
    import os  # noqa: PLC0415

    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    shown = subprocess.run(
        ["git", "show", "-s", "--format=%ct", "HEAD"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(shown.stdout)
