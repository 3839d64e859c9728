"""Try a built program as people use it: its verbs, the processes beside it, its window.

    python3 packaging/trials/smoke.py dist/stonehand/stonehand [--picture window.png]

The program gets nothing of this Python, and folders of its own. The first step that fails ends it.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 300
"""Longer than any step takes, also on a machine that is busy with something else."""
ANSWER_S = 15
SCREEN = (1024, 600)
"""The smallest screen that the window is made for; it fills it."""
CHIEF = "Mara Quill"
STORY = """Harbour opens again after the storm

• Ferries left for the islands on Monday
• The north quay stays closed for repairs

Bergen, Norway– The harbour opened again on Monday, two days after the storm.

"We are glad to see the boats leave," the harbour master said. "It was quiet here."
"""
READER = "editor.spelling.dictionary_reader:serve"

NOWHERE = (
    "git+https://127.0.0.1:9/paper.git#pages",
    "sftp://post@127.0.0.1:9/site",
    "s3://bucket/site?endpoint=https://127.0.0.1:9",
)
"""Where nothing answers: the port of RFC 863."""

_OTHERS = (
    *("PYTHON", "VIRTUAL_ENV", "QT_", "QML", "LD_", "DYLD_", "STONEHAND_", "LC_", "LANG", "XDG_"),
    *("DISPLAY", "WAYLAND_"),
)
"""How the names of variables begin that a program on a new computer would not have."""


class Failed(Exception):
    """A step of the program that did not do what it has to; the text says which."""


class Program:
    """The built program, with folders of its own inside `folder`."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path, self.folder = path.resolve(), folder
        self.desk, self.sample = folder / "Paper.desk", folder / "Sample.desk"
        self.environment = clean_environment(folder)
        here = self.path.parent
        bundled = here.parent / "Frameworks"
        self.inner = bundled if bundled.is_dir() else here / "_internal"
        """The folder with the libraries; in a bundle on macOS it is beside the program's."""

    def run(self, *arguments: str | Path, given: str = "", code: int = 0) -> str:
        """Run a verb, and return what it printed. Raises Failed for another exit code."""
        command = [str(self.path), *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment, cwd=self.folder, input=given, capture_output=True,
            text=True, encoding="utf-8", timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        if done.returncode != code:
            told = [done.stdout, done.stderr, *self.crash_reports()]
            raise Failed("\n".join([f"{command[1:]}: exit code {done.returncode}", *told]))
        return done.stdout + done.stderr if code else done.stdout

    def crash_reports(self) -> list[str]:
        """Return what the program wrote down of its own bugs."""
        files = sorted(self.folder.glob("data/**/*crash*"))
        return [file.read_text(encoding="utf-8") for file in files if file.is_file()]

    @contextmanager
    def running(self, *arguments: str | Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
        """Run the program beside this; it is ended afterwards."""
        process = subprocess.Popen(
            [str(self.path), *map(str, arguments)], env={**self.environment, **variables},
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8",
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def clean_environment(folder: Path) -> dict[str, str]:
    """Return variables for a program that is alone on a computer: nothing of Python or of Qt."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)
    }
    for name in ("DATA", "CONFIG", "KEYS"):
        environment[f"STONEHAND_{name}"] = str(folder / name.lower())
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "LANG": "C.UTF-8"}
    secrets = dict.fromkeys(("PASSPHRASE", "TARGET_SECRET", "TARGET_USER"), "a long passphrase")
    return {**environment, **home, **{f"STONEHAND_{name}": secrets[name] for name in secrets}}


def says_what_it_is(program: Program) -> None:
    """The version and the help are printed, also in Arabic."""
    expect("Stonehand" in program.run("--version"), "no version")
    expect("export" in program.run("--help"), "no help")
    program.environment["LANG"] = "ar"
    expect("الأوامر" in program.run("--help"), "no help in Arabic")
    program.environment["LANG"] = "C.UTF-8"


def writes_and_approves(program: Program) -> None:
    """A desk is made; a story imported, checked, submitted and approved (signed)."""
    wire = program.folder / "wire.txt"
    wire.write_text(STORY, encoding="utf-8")
    desk = ("--desk", program.desk)
    program.run("new", program.desk, "--name", "Harbour Post", "--person", CHIEF)
    program.run("import", wire, *desk, "--as", CHIEF)
    (story,) = json.loads(program.run("list", "--json", *desk))
    program.run("check", story["slug"], *desk)
    program.run("submit", story["slug"], *desk, "--as", CHIEF)
    program.run("approve", story["slug"], *desk, "--as", CHIEF)
    program.run("search", "islands", *desk)
    program.run("audit", program.desk)


def knows_words(program: Program) -> None:
    """Its dictionaries are read, in a process as the window starts it."""
    for folder, name in (("hunspell", "en_US"), ("resources", "en_GB")):
        lines = [
            [str(program.inner / folder / "dictionaries"), name],
            ["wrong", ["harbuor", "quiet"]],
        ]
        asked = "".join(json.dumps(line) + "\n" for line in lines)
        answers = program.run("--call", READER, "", "", given=asked)
        expect(answers.split() == ["true", "[0]"], f"{name} answers {answers}")


def exports_and_verifies(program: Program) -> None:
    """Site, API and bundle of a paper with pictures are exported and verified."""
    program.run("new", program.sample, "--sample")
    chief = chief_of(program, program.sample)
    for desk, person in ((program.desk, CHIEF), (program.sample, chief)):
        for name in ("site", "api", "bundle"):
            out = program.folder / f"{desk.stem}-{name}"
            program.run("export", name, "--desk", desk, "--out", out, "--as", person)
            program.run("verify", out, "--trust")
    expect(any(program.folder.glob("Sample-site/**/*.webp")), "no picture was made")


def has_library_of_credentials(program: Program) -> None:
    """The library that signs pictures loads; without a keyring there is no key to sign one with."""
    (library,) = (program.inner / "c2pa" / "libs").iterdir()
    expect(ctypes.CDLL(str(library)).c2pa_version is not None, f"{library} is another library")


def reaches_servers(program: Program) -> None:
    """Editions are sent over three protocols; where no server is, a sentence says so."""
    desk = ("--desk", program.desk, "--as", CHIEF)
    for number, address in enumerate(NOWHERE):
        name = f"Nowhere {number}"
        program.run("target", name, address, "--set", *desk)
        told = program.run("export", "--to", name, "--yes", *desk, code=1)
        expect(name in told, f"{address}: {told}")


def prints_and_backs_up(program: Program) -> None:
    """A proof on paper is set by Qt, and a backup made and restored."""
    (story,) = json.loads(program.run("list", "--json", "--desk", program.desk))
    proof, backup = program.folder / "proof.pdf", program.folder / "Paper.backup"
    program.run("proof", story["slug"], "--desk", program.desk, "--out", proof)
    expect(proof.read_bytes().startswith(b"%PDF-"), "the proof is no PDF")
    program.run("backup", program.desk, "--out", backup)
    program.run("restore-desk", backup, program.folder / "Again.desk")


def serves(program: Program) -> None:
    """An export is served to this computer."""
    with program.running("serve", program.folder / "Paper-site", "--port", "0") as server:
        address = str(server.stdout.readline()).strip() if server.stdout else ""
        expect(address.startswith("http://"), f"no address: {address}")
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(address, timeout=PATIENCE_S) as answer:
            expect(b"Harbour" in answer.read(), "the page is not the site's")


def opens_its_window(program: Program) -> None:
    """A window opens on a desk without a screen, answers a second start, and ends when told to."""
    with program.running(program.desk, QT_QPA_PLATFORM="offscreen") as window:
        wait_for_window(program, window)
        if os.name == "posix":
            window.send_signal(signal.SIGTERM)
            expect(window.wait(PATIENCE_S) in (0, -signal.SIGTERM, 143), "it did not end well")
    expect(not program.crash_reports(), "\n".join(program.crash_reports()))


def wait_for_window(program: Program, window: subprocess.Popen[str]) -> None:
    """Wait until a second start on the same desk is answered by the first, and ends.

    One that comes before the first listens shows a window of its own, and is ended.
    """
    end = time.monotonic() + PATIENCE_S
    lock = program.desk / "window.lock"
    while time.monotonic() < end:
        if window.poll() is not None:
            raise Failed(f"the window ended: {window.communicate()[0]}")
        if not (lock.is_file() and lock.stat().st_size):
            time.sleep(0.1)  # another start would have the desk first
        elif has_ended_well(program):
            return
    raise Failed("no window answered a second start")


def has_ended_well(program: Program) -> bool:
    """Start the window once more, and return whether that ended by itself."""
    with program.running(program.desk, QT_QPA_PLATFORM="offscreen") as second:
        try:
            return second.wait(ANSWER_S) == 0
        except subprocess.TimeoutExpired:
            return False


def chief_of(program: Program, desk: Path) -> str:
    """Return the name of a desk's chief."""
    people = json.loads(program.run("masthead", desk, "--json"))["people"]
    return next(str(person["name"]) for person in people if person["role"] == "chief")


STEPS = (
    says_what_it_is,
    writes_and_approves,
    knows_words,
    exports_and_verifies,
    has_library_of_credentials,
    reaches_servers,
    prints_and_backs_up,
    serves,
    opens_its_window,
)


def try_program(path: Path, picture: Path | None = None) -> None:
    """Run every step, and save a picture of the window where X can show one in memory.

    Raises Failed.
    """
    # On Windows processes of the web engine have files open for a moment after the window's end.
    left = sys.platform == "win32"
    with tempfile.TemporaryDirectory(prefix="stonehand smoke ", ignore_cleanup_errors=left) as name:
        program = Program(path, Path(name))
        for step in STEPS:
            step(program)
            print(f"  ✓ {step.__doc__ or ''}".splitlines()[0], flush=True)
        if shutil.which("Xvfb"):
            # Only somebody's first window on the sample opens a story, which has a page to draw.
            (Path(name) / "first").mkdir()
            newcomer = Program(path, Path(name) / "first")
            newcomer.run("new", newcomer.sample, "--sample")
            take_picture(newcomer, picture or Path(name) / "window.png")
            print("  ✓ The window is painted on a screen.", flush=True)


def take_picture(program: Program, picture: Path) -> None:
    """Open the window on a screen of X's own, wait until it is painted, and save what is seen."""
    sys.path.append(str(ROOT))
    from tests.virtual_screen import empty_share, virtual_screen, wait_for  # noqa: PLC0415

    with (
        virtual_screen(SCREEN) as screen,
        program.running(program.sample, DISPLAY=screen.display) as window,
    ):
        is_shown = wait_for(lambda: screen.hands.windows() > 0, PATIENCE_S)
        expect(is_shown and window.poll() is None, "no window on the screen")
        is_drawing = wait_for(lambda: has_engine(program), PATIENCE_S)
        expect(is_drawing, "no process of WebEngine starts")
        is_painted = wait_for(lambda: empty_share(screen.small()) < 0.2, PATIENCE_S)
        expect(is_painted, "the window is not painted")
        screen.still_picture().save(picture)


def has_engine(program: Program) -> bool:
    """Return whether WebEngine's process of this program runs, as Linux tells."""
    engine = str(program.inner)
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = file.read_bytes().decode(errors="replace")
        except OSError:
            continue  # it has ended
        if command.startswith(engine) and "QtWebEngineProcess" in command:
            return True
    return False


def expect(is_so: bool, problem: str) -> None:
    """Raise Failed with the problem unless something is so."""
    if not is_so:
        raise Failed(problem)


def main(arguments: list[str]) -> int:
    """Try the program that is named; return 1 where a step failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args(arguments)
    try:
        try_program(options.program, options.picture)
    except (Failed, subprocess.TimeoutExpired) as problem:
        print(f"  ✗ {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
