"""Pictures of the real window, for `packaging/dev.py pictures`: in every language, light and dark.

    python packaging/pictures               make every picture
    python packaging/pictures find paste    make some of them
    python packaging/pictures tour          make the README's tour, in packaging/pictures/tour
    python packaging/pictures --list        print their names, and what is in them

Every picture is made on a fresh copy of the sample desk, in a temporary folder, with no screen
and nothing of the person's own settings, at 1024 by 600 points. Whole ones are in build/pictures.
What a page of the help names in a language is also cut, and written to resources/help or the
language's folder there: NAME.webp and NAME-dark.webp.
Those with Arabic spelling need an Arabic dictionary, such as Debian's hunspell-ar.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HELP = ROOT / "resources" / "help"
WHOLE = ROOT / "build" / "pictures"
TOUR = Path(__file__).resolve().parent / "tour"


def main(arguments: Sequence[str]) -> int:
    """Make the pictures that are named, or all; return 0 when they are there."""
    from scenes import SCENES  # noqa: PLC0415  Qt is slow to import, and reads the environment

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="print the names")
    parser.add_argument("--help-folder", type=Path, default=HELP, metavar="FOLDER")
    parser.add_argument("--whole-folder", type=Path, default=WHOLE, metavar="FOLDER")
    options = parser.parse_args(arguments)
    if options.names == ["tour"]:
        from tour import make_tour  # noqa: PLC0415

        make_tour(TOUR)
        return 0
    if unknown := sorted(set(options.names) - set(SCENES)):
        print(f"No picture is called {', '.join(unknown)}; --list prints their names.")
        return 2
    if options.list:
        for name, scene in SCENES.items():
            print(f"{name:20} {scene.__doc__}")
        return 0
    from stage import make_pictures  # noqa: PLC0415

    scenes = {name: SCENES[name] for name in options.names or SCENES}
    return 1 if make_pictures(scenes, options.help_folder, options.whole_folder) else 0


def prepare(folder: Path) -> None:
    """Keep the person's own settings and screen out of it, before Qt is imported."""
    os.environ["STONEHAND_DATA"] = str(folder / "data")
    os.environ["STONEHAND_CONFIG"] = str(folder / "config")
    screen = folder / "screen.json"
    screen.write_text(
        '{"screens": [{"name": "one", "x": 0, "y": 0, "width": 2048, "height": 1200,'
        ' "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}'
    )
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    os.environ["QT_SCALE_FACTOR"] = "2"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="stonehand-pictures-") as made:
        prepare(Path(made))
        sys.exit(main(sys.argv[1:]))
