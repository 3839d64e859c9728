"""Addresses of files (RFC 8089), as file managers and other programs give them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

from editor.errors import BadInput
from editor.i18n import _

_SCHEME = "file:/"


def is_file_address(text: str) -> bool:
    """Return whether a text is the address of a file, of whatever computer."""
    return text[: len(_SCHEME)].lower() == _SCHEME


def local_file(address: str) -> Path | None:
    """Return the file of this computer that an address names; None for any other address."""
    if not is_file_address(address):
        return None
    host, path = "", address.partition(":")[2]
    if path.startswith("//"):
        host, slash, path = path[2:].partition("/")
        path = slash + path
    if path.startswith("//") or not (path and _is_here(host)):
        return None
    if os.name == "nt":
        from urllib.request import url2pathname  # noqa: PLC0415  it knows drives

        path = url2pathname(path)
    else:
        path = os.fsdecode(unquote_to_bytes(os.fsencode(path)))
    return None if "\0" in path else Path(path)


def read_file_address(address: str) -> Path:
    """Return the file that an address names. Raises BadInput for one of another computer."""
    if (file := local_file(address)) is not None:
        return file
    raise BadInput(
        _("{address} is not a file of this computer.").format(address=address),
        _("Copy it here, or connect its folder to this computer; then give its path."),
    )


def _is_here(host: str) -> bool:
    """Whether a host is this computer. Some programs write its name, others none."""
    if host.lower() in ("", "localhost"):
        return True
    import socket  # noqa: PLC0415  hardly any address has a host

    return host.lower() == socket.gethostname().lower()
