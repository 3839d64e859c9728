"""Whoever is logged in on this computer, as the system knows them."""

from __future__ import annotations

import getpass
from contextlib import suppress


def login_name() -> str:
    """Return the name that a person logged in with; empty where the system knows none.

    In a container a process may run under a number that has no name.
    """
    with suppress(ImportError, OSError, KeyError):
        return getpass.getuser()
    return ""


def full_name() -> str:
    """Return the person's name in full where the system knows it, else the login name."""
    login = login_name()
    with suppress(ImportError, OSError, KeyError):
        import pwd  # noqa: PLC0415  Windows has none

        return pwd.getpwnam(login).pw_gecos.split(",")[0].strip() or login
    return login
