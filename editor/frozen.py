"""What is different where Stonehand was built: a folder with Python and the libraries inside."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, MutableMapping
from pathlib import Path

CALL = "--call"
"""The first argument of a built program that is to run a function, not to open its window."""

_LIBRARY_PATHS = ("LD_LIBRARY_PATH", "LIBPATH", "DYLD_LIBRARY_PATH")
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",  # RHEL before 7
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine, macOS
)
"""Where systems have the certificates that they trust, as Go's crypto/x509 looks for them."""


def is_frozen() -> bool:
    """Return whether this is a built program: `sys.executable` is Stonehand, not Python."""
    return bool(getattr(sys, "frozen", False))


def built_program() -> str:
    """Return the path of the built program that has streams to read and to write.

    Windows has two: that of the window gets none, not even pipes, so this is the other one.
    """
    path = Path(sys.executable)
    return str(path.with_name("stonehand.exe") if sys.platform == "win32" else path)


def program_stamp() -> str:
    """Return the size and time of the built program, which has all its modules inside."""
    status = os.stat(built_program())
    return f"{status.st_size} {status.st_mtime_ns}"


def prepare_environment(environment: MutableMapping[str, str]) -> None:
    """Let the programs that are started from here have this system's libraries and certificates.

    The loader looked for its own libraries by a variable; a browser that a link opens would load
    them as well. OpenSSL looks for certificates where the system has them that it was built on.
    """
    for name in _LIBRARY_PATHS:
        before = environment.pop(f"{name}_ORIG", None)
        if before:
            environment[name] = before
        else:
            environment.pop(name, None)
    if sys.platform != "win32" and not {"SSL_CERT_FILE", "SSL_CERT_DIR"} & environment.keys():
        if file := find_certificates(map(Path, _CERTIFICATES)):
            environment["SSL_CERT_FILE"] = str(file)


def find_certificates(files: Iterable[Path]) -> Path | None:
    """Return the first of some files that is there, else the bundle's own certificates."""
    folder = Path(getattr(sys, "_MEIPASS", ""))
    return next(filter(Path.is_file, (*files, folder / "certifi" / "cacert.pem")), None)
