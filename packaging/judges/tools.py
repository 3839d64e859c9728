"""The judges that come from npm, and what a judge found."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "judges"
HERE = Path(__file__).resolve().parent
SCHEMAS = ROOT.parent / "shared" / "schemas"
VNU = BUILD / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
_LISTS = ("package.json", "package-lock.json", ".npmrc")


@dataclass
class Verdict:
    """What one judge found: what it read, what is wrong (a line each), and what it measured."""

    judge: str
    read: int = 0
    wrong: list[str] = field(default_factory=list)
    result: str = ""
    skipped: str = ""

    @property
    def has_failed(self) -> bool:
        """Whether something is wrong, or nothing was there to read."""
        return bool(self.wrong) or not (self.read or self.skipped)


def missing_tools() -> list[str]:
    """Return the programs that are not on this computer."""
    names = ("java", "node", "npm", "chromium")
    return [name for name in names if shutil.which(name) is None]


def install() -> None:
    """Install what the lock file names into build/, unless that is done already."""
    BUILD.mkdir(parents=True, exist_ok=True)
    lock = HERE / "package-lock.json"
    kept = BUILD / "node_modules" / "installed-lock.json"
    if not kept.is_file() or kept.read_bytes() != lock.read_bytes():
        print("Installing the judges from npm…", flush=True)
        for name in _LISTS:
            shutil.copy(HERE / name, BUILD / name)
        # npm ci checks each package against the hash in the lock file.
        if subprocess.call(["npm", "ci"], cwd=BUILD, stdout=subprocess.DEVNULL):
            raise SystemExit("The judges can't be installed; npm says above why.")
        shutil.copy(lock, kept)
    for script in (*HERE.glob("*.mjs"), *HERE.glob("*.ts")):
        shutil.copy(script, BUILD / script.name)


def node(script: str, task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run one of the scripts here with a task; return the objects that it prints, one a line."""
    task = {"chromium": shutil.which("chromium"), "profile": str(BUILD / "profile"), **task}
    done = subprocess.run(
        ["node", script], cwd=BUILD, input=json.dumps(task), stdout=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{script} failed; the reason is printed above.")
    return [json.loads(line) for line in done.stdout.splitlines()]


def java(jar_class: Sequence[str], files: Sequence[Path]) -> str:
    """Run a class of the checker's jar, or the jar itself, over files; return what it prints."""
    done = subprocess.run(
        ["java", "-Xss8m", *jar_class, *files], capture_output=True, text=True, check=False
    )
    return done.stdout or done.stderr
