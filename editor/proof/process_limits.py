"""Limits of the process that decodes pictures, where the system has such limits (POSIX)."""

from __future__ import annotations

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

MEMORY_AT_MOST = 2_500_000_000


def limit_memory() -> None:
    """Let this process have no more memory than a picture of the largest size needs."""
    if sys.platform != "win32":
        with suppress(OSError, ValueError):  # macOS refuses it
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            most = MEMORY_AT_MOST if hard == resource.RLIM_INFINITY else min(MEMORY_AT_MOST, hard)
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def leave_no_core() -> None:
    """Let no crash of this process leave a file with its memory: pictures have private data."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def limit_time(seconds: int) -> None:
    """End this process once it has computed for so many seconds from now on."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        most = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(
            resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )
