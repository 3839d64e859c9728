"""Processes of our own beside this one: they get what they need through pipes, and no key."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import IO

from editor.frozen import CALL, built_program, is_frozen
from editor.i18n import ENGLISH, isolates, language_in_use, use_language

_SECRET = "PASSPHRASE"  # noqa: S105  in the names of variables


def start_process(call: str, **variables: str) -> subprocess.Popen[bytes]:
    """Start Python, or the built program, with pipes; it runs `call` on what it reads and writes.

    `call` is `module:function`. It has the same places for modules as this process,
    whatever folder is the current one, the same language for what it says, and no passphrase
    in its environment. Raises OSError.
    """
    inherited = {name: value for name, value in os.environ.items() if _SECRET not in name}
    return subprocess.Popen(  # noqa: S603  our own interpreter and program
        command_line(call, built=is_frozen()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # for Windows
        env={**inherited, **variables},
    )


def command_line(call: str, *, built: bool) -> list[str]:
    """Return how a process is started that runs `call`, in the language that is used here."""
    speech = "" if language_in_use() == ENGLISH else language_in_use()
    if built:
        return [built_program(), CALL, call, speech, "isolates" if isolates() else ""]
    program = (
        f"import sys; sys.path[:] = {sys.path!r}; from editor.processes import run_call; "
        f"run_call({[call, speech, 'isolates' if isolates() else '']!r})"
    )
    return [sys.executable, "-P", "-c", program]


def run_call(arguments: Sequence[str]) -> int:
    """Run the function that another process asked for, on this one's streams."""
    call, speech, isolated = arguments
    module, function = call.split(":")
    serve = getattr(import_module(module), function)
    if speech:
        use_language(speech, isolates=bool(isolated))
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return 0


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
