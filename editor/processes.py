"""Processes of our own beside this one: they get what they need through pipes, and no key."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import IO

from editor.i18n import ENGLISH, isolates, language_in_use

_SECRET = "PASSPHRASE"  # noqa: S105  in the names of variables


def start_process(call: str, **variables: str) -> subprocess.Popen[bytes]:
    """Start Python with pipes, to run `call` on the streams it reads and writes.

    `call` is `module:function`. It has the same places for modules as this process,
    whatever folder is the current one, the same language for what it says, and no passphrase
    in its environment. Raises OSError.
    """
    module, function = call.split(":")
    program = (
        f"import sys; sys.path[:] = {sys.path!r}; from {module} import {function}; {_language()}"
        f"{function}(sys.stdin.buffer, sys.stdout.buffer)"
    )
    inherited = {name: value for name, value in os.environ.items() if _SECRET not in name}
    return subprocess.Popen(  # noqa: S603  our own interpreter and program
        [sys.executable, "-P", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # for Windows
        env={**inherited, **variables},
    )


def _language() -> str:
    """Return the statements that choose the language; English needs none."""
    tag = language_in_use()
    if tag == ENGLISH:
        return ""
    return f"from editor.i18n import use_language; use_language({tag!r}, isolates={isolates()}); "


def pipes_of(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Return what a process reads from and what it writes to."""
    if process.stdin is None or process.stdout is None:
        raise AssertionError("the process was started without pipes")
    return process.stdin, process.stdout


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it does, and close its pipes."""
    process.kill()
    for pipe in pipes_of(process):
        with suppress(OSError):
            pipe.close()
    process.wait()
