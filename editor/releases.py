"""The list of Stonehand's versions, which somebody publishes and a person may ask for.

It is JSON at an https address or in a file, at most 64 KB:

    {"stonehand": [{"version": "1.2.0", "date": "2027-01-03", "page": "https://example.org/1.2"}]}

`date` and `page` may be missing, and what a later version adds is passed over. The list only
says that there is a newer version: nothing of it is run, and nothing is downloaded or installed.
It needs no signature for that; a false one can hide a version, or name a page, which has to be on
the server of the list and is opened by a person who sees its address.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit
from urllib.request import getproxies, proxy_bypass

from editor import __version__
from editor.delivery.network_problems import network_problem
from editor.errors import BadInput, BadValue, NotFound, reason_of
from editor.file_address import is_file_address, local_file
from editor.files import open_file, parse_json
from editor.frozen import built_program, is_frozen
from editor.i18n import _
from editor.progress import Progress

BUILT_IN_ADDRESS = ""
"""The address of the list for this build. Whoever publishes builds fills it in; ours has none."""

_LIST = "stonehand"
_MOST_BYTES = 64 * 1024
_MOST_RELEASES = 1000
_SECONDS = 15.0
"""How long a server may take for all of it, however slowly it sends."""
_LOOK_SECONDS = 0.1
_OK = 200
_REDIRECTS = range(300, 400)
_VERSION = re.compile(r"\d{1,5}(\.\d{1,5}){1,3}", re.ASCII)
_PAGE = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?")
_LONGEST_PAGE = 300
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_PLAIN = "/%:@!$&'()*+,;=~?"
_DPKG_LIST = Path("/var/lib/dpkg/info/stonehand.list")


@dataclass(frozen=True, slots=True)
class Release:
    """A version in the list: `date` is when it was published, `page` where people read of it."""

    number: tuple[int, ...]
    version: str
    date: date | None = None
    page: str = ""


def list_address(own: str) -> str:
    """Return the address of the list: a newsroom's own, else the build's, else nothing."""
    return own.strip() or BUILT_IN_ADDRESS


def read_list(address: str, progress: Progress | None = None) -> list[Release]:
    """Ask for the list, with one request that says nothing of whoever asks; the newest first.

    Raises BadValue for an address that is none, NotFound where nothing answers, BadInput for what
    is not a list, Cancelled.
    """
    progress = progress or Progress()
    progress.report(0, 1)
    if path := _file_of(address):
        try:
            with open_file(path) as file:
                data = file.read(_MOST_BYTES + 1)
        except OSError as error:
            raise NotFound(
                _("The list of versions can't be read: {reason}.").format(reason=reason_of(error)),
                _("Look at its address in the settings."),
            ) from None
        return parse_list(data)
    url = _url_of(address)
    return parse_list(_fetch(url, progress), url.netloc)


def parse_list(data: bytes, server: str = "") -> list[Release]:
    """Read the versions of a list, the newest first; pages on another server are left out.

    Without a `server`, the list is a file of this computer, and pages may be anywhere. Raises
    BadInput for anything that is not a list.
    """
    try:
        value = parse_json(data) if len(data) <= _MOST_BYTES else None
    except ValueError:
        value = None
    rows = value.get(_LIST) if isinstance(value, dict) else None
    if not isinstance(rows, list):
        raise BadInput(
            _("What is there is not a list of Stonehand’s versions."),
            _("Look at its address in the settings."),
        )
    found = (_release(row, server) for row in rows[:_MOST_RELEASES])
    releases = [release for release in found if release is not None]
    return sorted(releases, key=lambda release: release.number, reverse=True)


def newer_release(releases: list[Release], than: str = __version__) -> Release | None:
    """Return the newest of the releases, where it is newer than a version."""
    newest = releases[0] if releases else None
    return newest if newest and newest.number > _number(than) else None


def updated_by() -> str:
    """Return what updates this installation: `apt`, `flatpak`, or nothing for a person."""
    if os.environ.get("FLATPAK_ID"):
        return "flatpak"
    try:
        files = _DPKG_LIST.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ""
    return "apt" if is_frozen() and os.path.realpath(built_program()) in files else ""


def how_to_update(page: str) -> str:
    """Return what to do about a newer version, in a sentence."""
    match updated_by():
        case "apt":
            return _("Stonehand came with a package of this system, which also updates it.")
        case "flatpak":
            return _("Flatpak updates it with your other programs.")
    if page:
        return _("Install it over this one, from its page. Desks, settings and keys stay.")
    return _("Ask whoever gave you Stonehand for it. Desks, settings and keys stay.")


def shown_address(address: str) -> str:
    """Return an address as it is shown to a person, without what would spoil a sentence."""
    return _NOT_IN_ADDRESS.sub("�", address)[:_LONGEST_PAGE]


def _number(version: str) -> tuple[int, ...]:
    """Return a version as numbers, where 1.2 is 1.2.0; nothing of what is not one."""
    found = _VERSION.match(version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    return (*numbers, *[0] * (4 - len(numbers)))


def _release(row: Any, server: str) -> Release | None:
    if not isinstance(row, dict):
        return None
    version, day, page = (row.get(name) for name in ("version", "date", "page"))
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        return None  # as a trial of a version, which nobody is to be told of
    return Release(_number(version), version, _day(day), _page(page, server))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _page(value: Any, server: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_PAGE or not _PAGE.fullmatch(value):
        return ""
    return value if not server or urlsplit(value).netloc == server else ""


def _file_of(address: str) -> Path | None:
    """Return the file that an address is, if it is one: a path, or a `file:` address."""
    if is_file_address(address):
        return local_file(address)
    with suppress(ValueError):
        path = Path(address)
        if path.is_absolute():
            return path
    return None


def _url_of(address: str) -> SplitResult:
    """Return the parts of an https address. Raises BadValue for any other."""
    with suppress(ValueError):
        url = urlsplit(address)
        is_plain = not _NOT_IN_ADDRESS.search(address) and "@" not in url.netloc
        if url.scheme == "https" and url.hostname and is_plain and url.port != 0:
            return url
    raise BadValue(
        _("“{address}” is no address of a list of versions.").format(
            address=shown_address(address)
        ),
        _("It begins with https://, or is the whole path of a file."),
    )


def _fetch(url: SplitResult, progress: Progress) -> bytes:
    """Send one request, follow nothing, and return what is there, cut where it is too long."""
    host = url.hostname or ""
    title = _("The list of versions")
    path = quote(url.path or "/", _PLAIN) + (f"?{quote(url.query, _PLAIN)}" if url.query else "")
    try:
        with (
            closing(_connection(host, url.port or 443)) as connection,
            _ending(connection, progress),
        ):
            connection.request("GET", path, headers={"User-Agent": "Stonehand"})
            with connection.getresponse() as response:
                status = response.status
                data = response.read(_MOST_BYTES + 1) if status == _OK else b""
    except (OSError, HTTPException, ValueError) as error:
        problem = network_problem(title, host, error)
        raise NotFound(
            problem.sentence,
            _("Check the network and the address in the settings, or try again later."),
        ) from None
    if status in _REDIRECTS:
        raise NotFound(
            _("{host} sends Stonehand elsewhere for the list. Nothing was asked there.").format(
                host=host
            ),
            _("Ask whoever publishes it for the new address, and put it into the settings."),
        )
    if status != _OK:
        raise NotFound(
            _("{host} has no list of versions there: it answered {status}.").format(
                host=host, status=status
            ),
            _("Look at its address in the settings."),
        )
    return data


def _connection(host: str, port: int) -> HTTPSConnection:
    """Make a connection, through the proxy of this computer if it has one for others."""
    context = ssl.create_default_context()
    address = "" if proxy_bypass(host) else getproxies().get("https", "")
    proxy = urlsplit(address if "//" in address else f"//{address}")
    if not proxy.hostname:
        return HTTPSConnection(host, port, timeout=_SECONDS, context=context)
    through = HTTPSConnection(proxy.hostname, proxy.port or 80, timeout=_SECONDS, context=context)
    through.set_tunnel(host, port)
    return through


@contextmanager
def _ending(connection: HTTPSConnection, progress: Progress) -> Iterator[None]:
    """Connect, and cut that once it takes too long or is cancelled.

    Raises TimeoutError, Cancelled.

    A server that sends a byte now and then is never too late for a socket.
    """
    is_done, is_late = threading.Event(), threading.Event()
    end = time.monotonic() + _SECONDS
    connected: list[socket.socket] = []
    """The connection itself forgets its socket once the answer has begun."""

    def watch() -> None:
        while not is_done.wait(_LOOK_SECONDS):
            if time.monotonic() > end:
                is_late.set()
            if is_late.is_set() or progress.cancelled:
                for made in (*connected, connection.sock):
                    with suppress(OSError, AttributeError):
                        made.shutdown(socket.SHUT_RDWR)

    watching = threading.Thread(target=watch, name="stonehand-versions", daemon=True)
    watching.start()
    error: Exception | None = None
    try:
        connection.connect()
        connected.append(connection.sock)
        yield
    except (OSError, HTTPException, ValueError) as raised:
        error = raised
    finally:
        is_done.set()
        watching.join()
    progress.report(1, 1)
    if is_late.is_set():
        raise TimeoutError
    if error is not None:
        raise error
