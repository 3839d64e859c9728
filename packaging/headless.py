"""The sample job without a display: makes the sample desk, checks, approves and exports.

It runs the verbs on the newest draft in which nothing stops an approval, exports the site
and the API, saves a picture of the window, and prints where the results are.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A checkout may be somebody else's.
BUILD = ROOT / "build" if os.access(ROOT, os.W_OK) else Path(tempfile.mkdtemp(prefix="stonehand-"))
OUT = BUILD / "sample"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["STONEHAND_DATA"] = str(OUT / "data")
os.environ["STONEHAND_CONFIG"] = str(OUT / "config")


def main():
    """Run every step; stop at the first that fails, and return its exit code."""
    from editor.sample import make_sample  # noqa: PLC0415  after the environment is set

    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    desk = OUT / "Sample.desk"
    with make_sample(desk) as made, made.read() as snapshot:
        editor = next(person.name for person in snapshot.people() if person.role != "journalist")
        draft = next(row.slug for row in snapshot.rows() if is_ready(made, snapshot, row))
    picture = OUT / "window.png"
    steps = [
        ["check", draft],
        ["submit", draft, "--as", editor],
        ["approve", draft, "--as", editor],
        ["export", "site", "--out", str(OUT / "site"), "--as", editor],
        ["export", "api", "--out", str(OUT / "api"), "--as", editor],
    ]
    for step in steps:
        print("\n$ stonehand", *step, flush=True)
        if code := stonehand(*step, "--desk", str(desk)):
            return code
    take_picture(desk, picture)
    print(f"\nThe sample desk  {desk}")
    print(f"The site         {OUT / 'site' / 'index.html'}")
    print(f"The API          {OUT / 'api' / 'v1' / 'index.json'}")
    print(f"The window       {picture}")
    return 0


def is_ready(desk, snapshot, row):
    """Return whether a story is a draft in which the checks find nothing that stops an approval."""
    from editor.core.house_style import HouseStyle  # noqa: PLC0415  after the environment is set
    from editor.core.times import now  # noqa: PLC0415
    from editor.desk_checks import DeskChecks  # noqa: PLC0415
    from editor.sample import GUIDE  # noqa: PLC0415

    if row.slug == GUIDE:  # it is for whoever looks around, not for readers
        return False
    checks = DeskChecks(snapshot, HouseStyle(), desk.pictures.problems, now())
    found = checks.find(snapshot.stored(row.id).story)
    return row.stage == "draft" and not any(finding.level == "stops" for finding in found)


def stonehand(*arguments):
    """Run one command line as a user would, and return its exit code."""
    from editor.cli import main as command_line  # noqa: PLC0415  after the environment is set

    return command_line(list(arguments))


def take_picture(desk, picture):
    """Open the real window on a desk, wait until its preview is painted, and save a picture."""
    sys.path.append(str(ROOT / "packaging" / "pictures"))
    from stage import take_picture as take  # noqa: PLC0415  Qt is slow to import

    take(desk, picture)


if __name__ == "__main__":
    sys.exit(main())
