"""Whether there is a display for a window: Qt ends a process that finds none."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

# A window that is shown waits for no words.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from editor.errors import BadInput

_DISPLAY = re.compile(r"(unix|localhost)?:([0-9]{1,4})(\.[0-9]+)?", re.ASCII)
"""An X display of this computer, see X(7); `localhost` is one that ssh forwards."""
_FIRST_PORT = 6000
_PATIENCE = 2.0


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether Qt will find a display; of one on another computer only Qt finds out."""
    if sys.platform in ("win32", "darwin"):
        return True
    if environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_DISPLAY"):
        return True
    display = environment.get("DISPLAY", "")
    own = _DISPLAY.fullmatch(display)
    return _answers(own[1] or "", int(own[2])) if own else bool(display)


def no_display(environment: Mapping[str, str] = os.environ) -> BadInput:
    """Return what to say where `has_display` finds none."""
    from editor.errors import BadInput
    from editor.i18n import _

    display = environment.get("DISPLAY")
    if not display:
        return BadInput(_("There is no display to open a window on."), _("See stonehand --help."))
    return BadInput(
        _("The display {display} can't be reached.").format(display=display),
        _("Log in to a desktop, or name its display in DISPLAY. Commands need none."),
    )


def _answers(host: str, number: int) -> bool:
    """Return whether an X server of this computer takes a connection, or did: a file says so."""
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  where every X server listens
    if host == "localhost":
        return _can_connect("AF_INET", (host, _FIRST_PORT + number))
    # Where it is, nearly always, no first frame waits for the import of sockets.
    return os.path.exists(path) or _can_connect("AF_UNIX", f"\0{path}")


def _can_connect(family: str, address: str | tuple[str, int]) -> bool:
    import socket

    with socket.socket(getattr(socket, family)) as tried:
        tried.settimeout(_PATIENCE)
        return tried.connect_ex(address) == 0
