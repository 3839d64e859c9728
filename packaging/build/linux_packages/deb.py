"""The Debian package: the program in /usr/lib/stonehand, and its command in /usr/bin."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from identity import COMMAND, NAME, ROOT, SUMMARY, VERSION
from linux_packages import needed
from linux_packages.share import LEVEL, RECIPES, Payload, compressed, is_program
from system import FONTS

from editor.licences import BUILT

REVISION = "1"
RECOMMENDS = [f"{FONTS} | fonts-dejavu-core", "xdg-utils"]
SUGGESTS = ["gnome-keyring | kwalletmanager"]

_BUNDLED = "Comment: Bundled, each with its licence:"

DESCRIPTION = """\
 Stonehand is a desktop newsroom editor. A journalist drafts a story offline in
 a form beside a live preview that is exactly the page readers will get. An
 editor sees what changed, returns it with a note or approves it. Someone
 exports the approved stories: a complete static news site, or a JSON API.
 .
 Approvals are signatures on one exact text. Nothing is sent anywhere unless a
 person says so."""


def make_deb(payload: Payload, work: Path, out: Path) -> Path:
    """Make the package of a payload; return its file."""
    tree, moment = work / "deb", payload.moment
    shutil.rmtree(tree, ignore_errors=True)
    library = tree / "usr" / "lib" / COMMAND
    shutil.copytree(payload.program, library, symlinks=True)
    shutil.copytree(payload.share, tree / "usr" / "share")
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / COMMAND).symlink_to(f"../lib/{COMMAND}/{COMMAND}")
    _write_documents(library, tree / "usr" / "share", moment)
    shutil.copy(RECIPES / "deb" / "apparmor", library / "apparmor")
    _write_control(tree, library)
    _settle(tree, moment)
    architecture = _architecture()
    file = out / f"{COMMAND}_{VERSION}-{REVISION}_{architecture}.deb"
    # Two threads, always: xz writes other bytes with one, but the same with any more.
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{LEVEL}", "--threads-max=2"]
    subprocess.run(
        [*command, "--build", tree, file],
        env=dict(os.environ, SOURCE_DATE_EPOCH=str(moment)),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(tree)
    return file


def _copyright(library: Path) -> str:
    """Return the copyright file, with the parts that the build has listed with their licences."""
    text = (RECIPES / "deb" / "copyright").read_text(encoding="utf-8")
    listed = library / "_internal" / "resources" / "licences" / BUILT
    if not listed.is_file():
        return text
    parts = json.loads(listed.read_text(encoding="utf-8"))
    lines = [f"  {part['name']} {part['version']}: {part['licence']}".rstrip() for part in parts]
    return text.replace(
        "Comment: What is bundled", "\n".join([_BUNDLED, *lines, " What is bundled"])
    )


def _write_documents(library: Path, share: Path, moment: int) -> None:
    """Write the copyright, the changelogs and the overrides of lintian."""
    documents = share / "doc" / COMMAND
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(_copyright(library), encoding="utf-8")
    (documents / "changelog.gz").write_bytes(compressed(ROOT / "CHANGELOG.md"))
    entry = documents / "changelog.Debian"
    date = format_datetime(datetime.fromtimestamp(moment, UTC))
    entry.write_text(
        f"{COMMAND} ({VERSION}-{REVISION}) unstable; urgency=medium\n\n"
        f"  * {NAME} {VERSION}; changelog.gz says what is new.\n\n"
        f" -- {_maintainer()}  {date}\n"
    )
    entry.with_name("changelog.Debian.gz").write_bytes(compressed(entry))
    entry.unlink()
    overrides = share / "lintian" / "overrides" / COMMAND
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(RECIPES / "deb" / "lintian-overrides", overrides)


def _write_control(tree: Path, library: Path) -> None:
    """Write what dpkg reads: control, md5sums, and the scripts around the installation."""
    size = sum(-(-path.lstat().st_size // 1024) for path in tree.rglob("*") if path.is_file())
    control = tree / "DEBIAN"
    control.mkdir()
    fields: dict[str, object] = {
        "Package": COMMAND,
        "Version": f"{VERSION}-{REVISION}",
        "Section": "editors",
        "Priority": "optional",
        "Architecture": _architecture(),
        "Installed-Size": size,
        "Depends": ", ".join(needed.packages_needed(library)),
        "Recommends": ", ".join([*RECOMMENDS, *needed.packages_useful(library)]),
        "Suggests": ", ".join(SUGGESTS),
        "Maintainer": _maintainer(),
        "Description": f"{SUMMARY['en'][0].lower()}{SUMMARY['en'][1:]}\n{DESCRIPTION}",
    }
    (control / "control").write_text("".join(f"{name}: {fields[name]}\n" for name in fields))
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(tree)}\n"
        for path in sorted((tree / "usr").rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    (control / "md5sums").write_text("".join(sums))
    for script in ("postinst", "postrm"):
        shutil.copyfile(RECIPES / "deb" / script, control / script)
        (control / script).chmod(0o755)


def _settle(tree: Path, moment: int) -> None:
    """Give every file its mode, whatever the umask was, and the commit's time."""
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or is_program(path) else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)
    tree.chmod(0o755)
    os.utime(tree, (moment, moment))


def _architecture() -> str:
    shown = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    return shown.stdout.strip()


def _maintainer() -> str:
    """Return who makes the package, by the variables that Debian's own tools read."""
    name = os.environ.get("DEBFULLNAME", "The Stonehand authors")
    return f"{name} <{os.environ.get('DEBEMAIL', 'stonehand@example.org')}>"
