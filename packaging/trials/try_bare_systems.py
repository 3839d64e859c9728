"""Try `dev.py run` and `dev.py test` on bare Debian and Ubuntu; print a table of what came out.

    python3 packaging/trials/try_bare_systems.py                   every release, every way
    python3 packaging/trials/try_bare_systems.py trixie user       one release, one way
    python3 packaging/trials/try_bare_systems.py --whole trixie user    with the whole test suite

The ways: `user`, an ordinary user without sudo; `root`; `fonts`, DejaVu only, Noto only and none;
`odd`, what containers and old servers are like.
What is tried is the last commit, cloned. Logs, pictures and `table.md` are in build/bare.

The systems are in build/systems, or in --systems. A mirror is taken from STONEHAND_MIRROR; files of
this computer that a system needs to reach packages (a certificate, apt's options) are named by
--host-file. Needs root, debootstrap, git.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from bare_system import Around, BareSystem, Release, parse_options

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bare"
WRITER = "writer"
USER_ID = 1000
SLICE = (
    "tests/e2e/test_headless.py tests/e2e/test_site.py tests/e2e/test_fonts.py "
    "tests/gui/test_start.py tests/gui/preview tests/proof/test_browser_bytes.py "
    "tests/proof/test_sandbox.py tests/test_files.py -n 2"
)
FONT_TESTS = "tests/e2e/test_site.py tests/galley/test_pdf.py tests/gui/preview -n 2"
ODD_TESTS = (
    "tests/test_files.py tests/test_settings.py tests/cli/test_paper.py tests/gui/preview -n 2"
)
RUN = "python3 packaging/dev.py run"
TEST = "python3 packaging/dev.py test"
INSTALL = "DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends"
ASKED = 3
"""The exit code of a set-up that asks for packages."""
ALL_FONTS = "/usr/share/fonts-all"
FONTS = {"DejaVu": "dejavu", "Noto": "noto", "none": ""}
"""Which fonts there are → their folder in /usr/share/fonts/truetype."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    system: str
    python: str
    user: str
    display: str
    fonts: str
    command: str
    outcome: str
    code: int

    @property
    def is_asked(self) -> bool:
        """Return whether packages were asked for."""
        return self.code == ASKED

    def text(self) -> str:
        """Return the row as Markdown."""
        cells = [self.system, self.python, self.user, self.display, self.fonts, f"`{self.command}`"]
        return f"| {' | '.join([*cells, self.outcome])} |"


class Trial:
    """One release, one way; each step adds its row to the table."""

    def __init__(self, release: Release, way: str, options: argparse.Namespace) -> None:
        self.release, self.options = release, options
        pristine = options.systems / release.name
        release.make(pristine, check_signature=not options.no_check_signature)
        self.name = f"{release.name}-{way}"
        self.system = BareSystem(pristine, options.systems / self.name, options.host_file)
        self.rows: list[Row] = []
        self.python, self.fonts = "", "as installed"
        self.is_user = way != "root"
        home = f"/home/{WRITER}" if self.is_user else "/root"
        self.around = Around(USER_ID if self.is_user else 0, home)
        self.place = f"{home}/stonehand"

    def prepare(self) -> None:
        """Install Python, all that the README asks for, and clone the project."""
        code, printed = self.system.run(
            f"apt-get update -qq && {INSTALL} python3 && python3 --version", log=self._log("python")
        )
        if code:
            raise RuntimeError(f"Python could not be installed: {printed[-2000:]}")
        self.python = printed.split()[-1]
        if self.is_user:
            self.system.add_user(WRITER, USER_ID)
        self.system.clone(ROOT, self.place, self.around.user)

    def step(
        self,
        command: str,
        around: Around | None = None,
        note: str = "",
        display: str = "no",
        name: str = "",
    ) -> str:
        """Run a command in the project's folder; add its row; return what it printed."""
        around = around or self.around
        name = name or command
        log = self._log(f"{note} {name}")
        code, printed = self.system.run(f"cd {self.place} && {command}", around, log)
        user = "user" if around.user else "root"
        self.rows.append(
            Row(
                system=self.release.title,
                python=self.python,
                user=f"{user}, {note}" if note else user,
                display=display,
                fonts=self.fonts,
                command=name,
                outcome=summary(code, printed),
                code=code,
            )
        )
        print(self.rows[-1].text(), flush=True)
        return printed

    def install_what_is_asked(self) -> None:
        """Run as user, which prints one line; run that as root, as an administrator would."""
        printed = self.step(RUN)
        if not self.rows[-1].is_asked:  # in a system that was kept
            return
        line = line_to_copy(printed)
        code, printed = self.system.run(line, log=self._log("asked"))
        if code:
            raise RuntimeError(f"{line}: {printed[-2000:]}")

    def show_window(self, fonts: str = "") -> None:
        """Open the window on a virtual screen and look at it."""
        self.system.run(f"which Xvfb || {INSTALL} xvfb", log=self._log("xvfb"))
        picture = f"{self.around.home}/{self.name}{fonts}.png"
        command = f".venv/bin/python packaging/trials/shown_window.py {picture}"
        self.step(command, display="Xvfb", name=RUN)
        saved = self.system.folder / picture.lstrip("/")
        if saved.is_file():
            shutil.copy(saved, OUT)

    def keep_fonts(self, folder: str) -> None:
        """Leave one family of fonts, or none."""
        fonts = "/usr/share/fonts"
        self.system.run(
            f"rm -rf {fonts} && mkdir -p {fonts}/truetype && "
            + (f"cp -a {ALL_FONTS}/truetype/{folder} {fonts}/truetype/" if folder else "true")
        )

    def _log(self, name: str) -> Path:
        words = re.sub(r"[^a-z0-9]+", "-", name.lower())[:60].strip("-")
        return OUT / f"{self.name}-{len(self.rows):02}-{words}.log"


def summary(code: int, printed: str) -> str:
    """Say in a few words what came of a command: pytest's count, or the exit code."""
    if code == ASKED:
        return "prints one line that installs what is missing"
    counts = re.findall(r"^(\d+ (?:passed|failed|error).*) in \d.*$", printed, re.MULTILINE)
    shown = re.findall(r"^A window is shown; .*$", printed, re.MULTILINE)
    words = counts[-1:] or shown[-1:] or (["done"] if code == 0 else [])
    return "; ".join([*words, *([f"exit code {code}"] if code else [])])


def line_to_copy(printed: str) -> str:
    """Return the command that `dev.py` asks an administrator to run."""
    lines = [line for line in printed.splitlines() if line.startswith("    ")]
    if len(lines) != 1:
        raise RuntimeError(f"one line to copy was expected: {printed[-2000:]}")
    words = shlex.split(lines[0])
    return words[-1] if words[0] == "su" else lines[0].replace("sudo ", "").strip()


def as_user(trial: Trial) -> None:
    """Try as an ordinary user without sudo."""
    trial.install_what_is_asked()
    trial.step(RUN)
    show_window_and_test(trial)


def as_root(trial: Trial) -> None:
    """Try as root, who installs what is missing."""
    trial.step(RUN)
    show_window_and_test(trial)


def show_window_and_test(trial: Trial) -> None:
    """Show the window, then run a part of the tests, or all of them if asked."""
    trial.show_window()  # first, for some of the tests need the virtual screen as well
    trial.step(TEST if trial.options.whole else f"{TEST} {SLICE}")


def with_fonts(trial: Trial) -> None:
    """Try with one family of fonts and with none, as an ordinary user."""
    trial.install_what_is_asked()
    trial.system.run(f"{INSTALL} fonts-dejavu-core fonts-noto-core")
    trial.system.run(f"test -d {ALL_FONTS} || mv /usr/share/fonts {ALL_FONTS}")
    for fonts, folder in FONTS.items():
        trial.fonts = fonts
        trial.keep_fonts(folder)
        trial.step(RUN)
        trial.step(f"{TEST} {FONT_TESTS}")
        trial.show_window(f"-{fonts}")


def in_odd_surroundings(trial: Trial) -> None:
    """Try as an ordinary user in what containers and old servers are like."""
    user = trial.around
    trial.install_what_is_asked()
    trial.step(RUN, around=replace(user, temporary="64M"), note="64 MB for temporary files")
    odd = {
        "locale POSIX": replace(user, variables=(("LC_ALL", "POSIX"),)),
        "a locale that is not there": replace(user, variables=(("LANG", "xy_XY.ISO-8859-1"),)),
        "ASCII alone": replace(user, variables=(("PYTHONIOENCODING", "ascii"),)),
        "umask 077": replace(user, umask=0o077),
        "no shared memory": replace(user, shared_memory="none"),
        "64 MB of shared memory, not executable": replace(user, shared_memory="size=64M,noexec"),
        "much shared memory, not executable": replace(user, shared_memory="size=13G,noexec"),
        "no HOME": replace(user, home=None),
        "HOME is /": replace(user, home="/"),
        "a number without a name, no HOME": replace(user, user=4321, home=None),
        "checkout read-only": replace(user, read_only=trial.place.lstrip("/")),
    }
    for note, around in odd.items():
        trial.step(RUN, around=around, note=note)
        trial.step(f"{TEST} {ODD_TESTS}", around=around, note=note)


WAYS = {"user": as_user, "root": as_root, "fonts": with_fonts, "odd": in_odd_surroundings}


def main(arguments: Sequence[str]) -> int:
    """Try what is asked for and write the table; return 1 where something failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--whole", action="store_true", help="user, root: all of the tests")
    parser.add_argument("--keep", action="store_true", help="leave the changed systems")
    options = parse_options(parser, arguments, list(WAYS))
    OUT.mkdir(parents=True, exist_ok=True)
    rows, has_failed = [], False
    for release, way in product(options.releases, options.what):
        trial = Trial(release, way, options)
        try:
            trial.prepare()
            WAYS[way](trial)
        except RuntimeError as error:
            print(f"{trial.name}: {error}", flush=True)
            has_failed = True
        rows += trial.rows
        (OUT / "table.md").write_text("".join(f"{row.text()}\n" for row in rows), "utf-8")
        if not options.keep:
            trial.system.remove()
    return int(has_failed or any(row.code not in (0, ASKED) for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
