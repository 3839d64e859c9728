"""What packages call Stonehand: its names, its version and its id."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT), str(ROOT / "packaging")]

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
