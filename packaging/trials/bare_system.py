"""A system as debootstrap leaves it, in a folder: made once, copied, changed, thrown away.

Commands in it see nothing of this computer but its network and its devices: the folder is
their root in namespaces of their own. (Plain chroot would do for most, but in one Linux lets
nobody make a user namespace, so Chromium's sandbox could not be tried.) What they mount, and
the processes that they leave, are gone when they end. Needs root, debootstrap and util-linux.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path("/usr/share/debootstrap/scripts")

TOO_LATE = 124
"""The exit code of what was ended because it took too long."""

_PASSED_ON = ("PIP_", "SSL_CERT_FILE", "http_proxy", "https_proxy", "no_proxy")
"""Beginnings of the variables of this computer that tell how packages are reached."""

_PATIENCE_S = 3 * 60 * 60
"""How long a command may take: all of the tests on a slow computer that does other things too."""

_ENTER = """
set -e
mount --bind "$ROOT" "$ROOT"
cd "$ROOT"
mount -t proc proc proc
mount --rbind /sys sys
mount -t tmpfs -o mode=755 tmpfs dev
for name in null zero full random urandom tty; do
    touch "dev/$name"
    mount --bind "/dev/$name" "dev/$name"
done
ln -s /proc/self/fd dev/fd
mkdir dev/shm dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
if [ "$SHARED_MEMORY" != none ]; then
    mount -t tmpfs -o "mode=1777,nosuid,nodev,$SHARED_MEMORY" tmpfs dev/shm
else
    rmdir dev/shm
fi
if [ "$TEMPORARY" != disk ]; then mount -t tmpfs -o "mode=1777,size=$TEMPORARY" tmpfs tmp; fi
if [ -n "$READ_ONLY" ]; then
    mount --bind "./$READ_ONLY" "./$READ_ONLY"
    mount -o remount,bind,ro "./$READ_ONLY"
fi
pivot_root . mnt
cd /
umount -l /mnt
exec setpriv --reuid="$USER_ID" --regid="$USER_ID" --clear-groups \\
    env -i {variables} /bin/sh -c {command}
"""


@dataclass(frozen=True)
class Release:
    """A release of Debian or Ubuntu that can be made from nothing."""

    name: str
    title: str
    mirror: str
    components: str = "main"
    # A release that debootstrap does not know yet is made as the ones before it.
    script: str = ""
    keyring: str = ""

    def make(self, folder: Path, *, check_signature: bool = True) -> None:
        """Make the bare system in a folder, which is there already if it was made before.

        The mirror is `STONEHAND_MIRROR`, an address without the distribution's name, if that
        is set. Raises CalledProcessError.
        """
        if folder.exists():
            return
        unfinished = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        keys = [f"--keyring={self.keyring}"] if self.keyring else []
        command: list[str | Path] = [
            "debootstrap",
            "--variant=minbase",
            f"--components={self.components}",
        ]
        command += keys if check_signature else ["--no-check-gpg"]
        own = os.environ.get("STONEHAND_MIRROR")
        command += [
            self.name,
            unfinished,
            f"{own}/{self.mirror.rpartition('/')[2]}" if own else self.mirror,
        ]
        if not (SCRIPTS / self.name).exists():
            command.append(SCRIPTS / self.script)
        print(f"Making {self.title} in {folder}…", flush=True)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        unfinished.rename(folder)


RELEASES = [
    Release("bookworm", "Debian 12", "http://deb.debian.org/debian"),
    Release("trixie", "Debian 13", "http://deb.debian.org/debian", script="sid"),
    Release(
        "noble",
        "Ubuntu 24.04",
        "http://archive.ubuntu.com/ubuntu",
        "main,universe",
        "gutsy",
        "/usr/share/keyrings/ubuntu-archive-keyring.gpg",
    ),
]


def parse_options(
    parser: argparse.ArgumentParser, arguments: Sequence[str], what: Sequence[str]
) -> argparse.Namespace:
    """Return a trial's options; in `what` are the names that it may be told to try alone.

    Ends the process for other names, and for a person who is not root.
    """
    releases = [release.name for release in RELEASES]
    parser.add_argument("what", nargs="*", help=" ".join([*releases, *what]))
    parser.add_argument("--systems", type=Path, default=ROOT / "build" / "systems")
    parser.add_argument("--host-file", action="append", default=[], metavar="FILE")
    parser.add_argument("--no-check-signature", action="store_true", help="of the mirror")
    options = parser.parse_args(arguments)
    if unknown := set(options.what) - {*releases, *what}:
        parser.error(f"unknown: {' '.join(unknown)}")
    options.releases = [release for release in RELEASES if release.name in options.what] or RELEASES
    options.what = [name for name in what if name in options.what] or list(what)
    if os.geteuid():
        parser.exit(1, "Only root may make a system and enter it.\n")
    options.systems.mkdir(parents=True, exist_ok=True)
    return options


@dataclass(frozen=True)
class Around:
    """What a command finds around it, other than usual."""

    user: int = 0
    home: str | None = "/root"
    variables: tuple[tuple[str, str], ...] = ()
    # Sizes as mount takes them: "size=64M", and "none" for no /dev/shm at all.
    shared_memory: str = "size=50%"
    temporary: str = "disk"
    read_only: str = ""
    umask: int = 0o022


class BareSystem:
    """A copy of a bare system, to be changed and thrown away."""

    def __init__(self, pristine: Path, folder: Path, host_files: Sequence[str] = ()) -> None:
        self.folder = folder
        if folder.exists():
            return
        unfinished = folder.with_name(folder.name + ".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run(["cp", "-a", "--reflink=auto", pristine, unfinished], check=True)
        for file in ["/etc/resolv.conf", "/etc/hosts", *host_files]:
            target = unfinished / file.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copy(file, target)
        unfinished.rename(folder)

    def run(
        self,
        command: str,
        around: Around | None = None,
        log: Path | None = None,
        timeout: int = _PATIENCE_S,
    ) -> tuple[int, str]:
        """Run a line of shell in the system; return its exit code and what it printed.

        What it prints also goes to the file `log`, as it is printed. After `timeout` seconds it is
        ended, and the exit code is that of `timeout` (coreutils).
        """
        around = around or Around()
        inside = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            **{name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)},
            **({"HOME": around.home} if around.home is not None else {}),
            **dict(around.variables),
        }
        script = _ENTER.format(
            variables=" ".join(shlex.quote(f"{name}={value}") for name, value in inside.items()),
            command=shlex.quote(f"umask {around.umask:03o}; {command}"),
        )
        outside = {
            **os.environ,
            "ROOT": str(self.folder),
            "USER_ID": str(around.user),
            "SHARED_MEMORY": around.shared_memory,
            "TEMPORARY": around.temporary,
            "READ_ONLY": around.read_only,
        }
        unshare = ["unshare", "--mount", "--pid", "--ipc", "--fork", "--kill-child"]
        log = log or self.folder.with_name(self.folder.name + ".log")
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w", encoding="utf-8") as output:
            try:
                code = subprocess.call(
                    [*unshare, "--propagation", "private", "sh", "-c", script],
                    env=outside,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    timeout=timeout,
                )
            except subprocess.TimeoutExpired:
                code = TOO_LATE
        return code, log.read_text(encoding="utf-8", errors="replace")

    def add_user(self, name: str, number: int) -> int:
        """Add an ordinary user with a home, as nobody does in a bare system."""
        line = f"id -u {name} >/dev/null 2>&1 || useradd -m -u {number} -s /bin/bash {name}"
        return self.run(line)[0]

    def clone(self, project: Path, place: str, owner: int = 0) -> Path:
        """Clone the project into the system for a user, as `git clone` does; return the folder."""
        folder = self.folder / place.lstrip("/")
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["git", "clone", "-q", f"file://{project}", folder], check=True)
            subprocess.run(["chown", "-R", f"{owner}:{owner}", folder], check=True)
        return folder

    def remove(self) -> None:
        """Throw it away."""
        shutil.rmtree(self.folder)
