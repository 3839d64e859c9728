"""Install the Linux packages on bare systems, write and export a story there, and remove them.

    .venv/bin/python packaging/trials/try_linux.py                    Debian 12, 13 and Ubuntu
    .venv/bin/python packaging/trials/try_linux.py bookworm archive   one release, one package

The packages are those in `dist`, or in --dist. On each release the .deb is installed with dpkg in
a system that debootstrap made, and the archive is unpacked by an ordinary user, in a folder with
spaces and Arabic letters. That user opens the window on a screen of X's, types a story with real
keys, and exports it. What is left after the removal is compared with what was there before.
Pictures and logs are in build/packages. Needs root, debootstrap, Xvfb and libXtst.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from itertools import product
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "build"))

from bare_system import Around, BareSystem, Release, parse_options
from identity import COMMAND, ROOT, VERSION
from linux_packages import needed
from linux_packages.portable import unpack

from tests.virtual_screen import Hands, Screen, differing, empty_share, virtual_screen, wait_for

OUT = ROOT / "build" / "packages"
WRITER, USER_ID = "reporter", 1000
HOME = f"/home/{WRITER}"
PERSON = "Nadia Rahman"
HEADLINE = "Ferry returns after storm"
BODY = "The ferry sailed again on Monday."
PLACE = f"{HOME}/مجلد الأخبار 2026"
"""A folder with spaces and Arabic letters, for the portable archive."""
PATIENCE_S = 120
SIZE = (1280, 800)
FORM = 0.02
"""The share of the screen that changes when a story's form is shown."""
_APT = "apt-get -qq -y --no-install-recommends"
_CHANGED_BY_APT = (
    "var/cache/", "var/lib/apt/", "var/lib/dpkg/", "var/log/", "etc/ld.so.cache",
    "var/lib/systemd/", "var/lib/pam/", "var/backups/",
)  # fmt: skip
"""Where Debian's own tools note what they did."""


class Trial:
    """One package on one release."""

    def __init__(self, release: Release, kind: str, options: argparse.Namespace) -> None:
        self.kind, self.options = kind, options
        self.name = f"{release.name}-{kind}"
        pristine = options.systems / release.name
        release.make(pristine, check_signature=not options.no_check_signature)
        folder = options.systems / f"package-{self.name}"
        shutil.rmtree(folder, ignore_errors=True)
        self.system = BareSystem(pristine, folder, options.host_file)
        self.user = Around(
            USER_ID,
            HOME,
            variables=(("STONEHAND_PASSPHRASE", "harbour light"), ("LANG", "C.UTF-8")),
        )
        self.command = COMMAND if kind == "deb" else f"{PLACE}/stonehand/{COMMAND}"

    def as_root(self, line: str) -> str:
        """Run a line of shell as root; raise RuntimeError if it fails."""
        return self._checked(*self.system.run(f"export DEBIAN_FRONTEND=noninteractive; {line}"))

    def as_user(self, line: str, **variables: str) -> str:
        """Run a line of shell in the user's home; raise RuntimeError if it fails."""
        around = self._around(variables)
        log = OUT / f"{self.name}-user.log"
        return self._checked(*self.system.run(f"cd; {line}", around, log))

    def stonehand(self, words: str) -> str:
        """Run a verb of the installed program as the user."""
        return self.as_user(f"{shlex.quote(self.command)} {words}")

    def _around(self, variables: dict[str, str]) -> Around:
        given = (*self.user.variables, *variables.items())
        return Around(self.user.user, self.user.home, variables=given)

    def _checked(self, code: int, printed: str) -> str:
        if code:
            raise RuntimeError(f"{self.name}: exit code {code}\n{printed[-3000:]}")
        return printed

    def prepare(self) -> None:
        """Make the user, and bring apt's lists up to date."""
        self.as_root(f"apt-get update -qq && useradd -m -u {USER_ID} -s /bin/sh {WRITER}")
        if self.kind == "archive":
            # What a desktop has anyway. No program of Stonehand's is installed.
            self.unpack()
            packages = needed.packages_needed(self.inside(f"{PLACE}/stonehand"))
            names = [package.partition(" ")[0] for package in packages if "libc6" not in package]
            found = self.as_root(f"apt-cache -q show {' '.join(names)} 2>/dev/null; true")
            known = set(re.findall(r"^Package: (\S+)$", found, re.M))
            names = [name if name in known else name.removesuffix("t64") for name in names]
            self.as_root(f"{_APT} install {' '.join(names)} fonts-noto-core")

    def inside(self, path: str) -> Path:
        """Return where a path of the system is on this computer."""
        return self.system.folder / path.lstrip("/")

    def unpack(self) -> None:
        """Unpack the archive as its user does."""
        place = self.inside(PLACE)
        place.mkdir(parents=True)
        unpack(self.options.packages["archive"], place)
        [top] = place.iterdir()
        top.rename(place / "stonehand")
        subprocess.run(["chown", "-R", f"{USER_ID}:{USER_ID}", place], check=True)

    def install(self) -> None:
        """Install the package."""
        if self.kind == "archive":
            self.as_user(f"{shlex.quote(PLACE)}/stonehand/menu-entry.sh add")
            return
        shutil.copy(self.options.packages["deb"], self.inside("/srv/stonehand.deb"))
        code, _printed = self.system.run("dpkg -i /srv/stonehand.deb")
        if not code:
            raise RuntimeError("A bare system has none of the libraries: dpkg had to say so.")
        self.as_root(f"{_APT} -f install && {_APT} install fonts-noto-core")
        self.as_root("rm /srv/stonehand.deb")

    def uninstall(self) -> None:
        """Remove the package, and what it had brought."""
        if self.kind == "archive":
            self.as_user(f"{shlex.quote(PLACE)}/stonehand/menu-entry.sh remove")
            shutil.rmtree(self.inside(PLACE))
            return
        self.as_root(f"{_APT} purge stonehand fonts-noto-core && {_APT} autoremove --purge")

    def write_and_export(self) -> None:
        """Make a desk, write a story in the window, approve and export it."""
        self.stonehand(f'new Paper.desk --name "Harbour Post" --person "{PERSON}"')
        with virtual_screen(SIZE) as screen:
            ended = self._open_window(screen)
            self._write(screen)
            screen.still_picture().save(OUT / f"{self.name}.png")
            screen.hands.close_windows()
            if not wait_for(ended.is_set, PATIENCE_S):
                raise RuntimeError("The window was closed, but the program did not end.")
        # Without a library the window is shown, and the preview is not.
        self.as_user("! cat .local/share/stonehand/logs/crash-* 2>/dev/null")
        [story] = json.loads(self.stonehand("list --desk Paper.desk --json"))
        slug = story["slug"]
        for verb in ("submit", "approve"):
            self.stonehand(f'{verb} {slug} --desk Paper.desk --as "{PERSON}"')
        self.stonehand(f'export site --desk Paper.desk --out site --as "{PERSON}"')
        self.stonehand("verify site --trust")
        page = self.inside(f"{HOME}/site/stories/{slug}.html").read_text(encoding="utf-8")
        if HEADLINE not in page or BODY not in page:
            raise RuntimeError("The exported page lacks what was typed.")

    def _open_window(self, screen: Screen) -> threading.Event:
        """Start the program with the desk; return an event that is set when it has ended."""
        ended = threading.Event()
        around = self._around({"DISPLAY": screen.display})
        log = OUT / f"{self.name}-window.log"

        def run() -> None:
            line = f"cd; exec {shlex.quote(self.command)} Paper.desk"
            code, printed = self.system.run(line, around, log)
            print(f"    the window's exit code: {code}", printed[-1500:], flush=True)
            ended.set()

        threading.Thread(target=run, daemon=True).start()

        def has_painted() -> bool:
            return screen.hands.windows() > 0 and empty_share(screen.small()) < 0.3

        if not wait_for(lambda: ended.is_set() or has_painted(), PATIENCE_S) or ended.is_set():
            raise RuntimeError(f"No window was shown:\n{log.read_text(errors='replace')[-3000:]}")
        screen.still_picture()
        return ended

    def _write(self, screen: Screen) -> None:
        """Type a story with real keys, and save it."""
        # Without a window manager a window has the keyboard once it was clicked.
        screen.hands.click(SIZE[0] // 2, SIZE[1] * 2 // 3)
        before = screen.still_picture()

        def begins_story() -> bool:
            screen.hands.press("Control_L", "n")
            return wait_for(lambda: differing(before, screen.picture()) > FORM, 10)

        # A slow computer gives it the keyboard only after a while.
        if not any(begins_story() for _attempt in range(10)):
            raise RuntimeError("The window did not begin a story.")
        screen.still_picture()
        screen.hands.press("Control_L", "1")
        type_text(screen.hands, HEADLINE)
        screen.hands.press("Control_L", "5")
        type_text(screen.hands, BODY)
        screen.hands.press("Control_L", "s")

        def is_saved() -> bool:
            listed = json.loads(self.stonehand("list --desk Paper.desk --json"))
            return [story["headline"] for story in listed] == [HEADLINE]

        if not wait_for(is_saved, PATIENCE_S):
            screen.picture().save(OUT / f"{self.name}-unsaved.png")
            raise RuntimeError("The story that was typed is not on the desk.")

    def leftovers(self, before: set[str]) -> list[str]:
        """Return what is there now and was not before, outside homes and Debian's own notes."""
        own = (*_CHANGED_BY_APT, HOME.lstrip("/"))
        return sorted(path for path in self.files() - before if not path.startswith(own))

    def files(self) -> set[str]:
        """Return the paths of all files and folders of the system."""
        found: set[str] = set()
        for top, folders, names in os.walk(self.system.folder):
            place = Path(top).relative_to(self.system.folder)
            found |= {(place / name).as_posix() for name in (*folders, *names)}
        return found


def type_text(hands: Hands, text: str) -> None:
    """Type letters and spaces on a screen's keyboard."""
    names = {" ": "space", ".": "period", ",": "comma"}
    for letter in text:
        if letter.isupper():
            hands.press("Shift_L", letter.lower())
        else:
            hands.press(names.get(letter, letter))


def attempt(trial: Trial) -> list[str]:
    """Try one package on one release; return what is left after its removal."""
    trial.prepare()
    before = trial.files()
    trial.install()
    print("   ", trial.stonehand("--version").strip(), flush=True)
    trial.write_and_export()
    trial.uninstall()
    return trial.leftovers(before)


def main(arguments: Sequence[str]) -> int:
    """Try what is named; return 1 if something failed or was left."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    options = parse_options(parser, arguments, ["deb", "archive"])
    options.packages = {kind: _package(options.dist, kind) for kind in options.what}
    if None in options.packages.values():
        parser.error(
            f"{options.dist} lacks packages of {VERSION}: `dev.py build linux` makes them."
        )
    OUT.mkdir(parents=True, exist_ok=True)
    has_failed = False
    for release, kind in product(options.releases, options.what):
        print(f"{release.title}, {kind}", flush=True)
        trial = Trial(release, kind, options)
        try:
            left = attempt(trial)
        except RuntimeError as error:
            has_failed = True
            print(f"    failed: {error}", flush=True)
            continue
        has_failed = has_failed or bool(left)
        print(f"    written, exported, verified; left after removal: {left or 'nothing'}")
        trial.system.remove()
    return int(has_failed)


def _package(dist: Path, kind: str) -> Path | None:
    """Return the package of this version, None where there is none."""
    pattern = f"*_{VERSION}-*.deb" if kind == "deb" else f"*-{VERSION}-*.tar.xz"
    return next(dist.glob(pattern), None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
