"""Addresses of the places that exports are delivered to, as fsspec writes them.

`/media/stick/site` and `D:\\site` are folders of this computer, or a zip file if the name ends
in `.zip`. `s3://bucket/folder?endpoint=https://…&region=…` is a place in an object store,
`sftp://person@host:port/folder` one on a server, and `git+https://host/paper.git#pages`,
`git+ssh://git@host/paper.git#pages` or `git+file:///srv/paper.git#pages` a branch.
No address has a password: it is in the keyring of whoever delivers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from editor.errors import BadValue
from editor.i18n import _

EXAMPLES = (
    "/media/stick/site, s3://bucket/site, sftp://me@host/site, git+https://host/site.git#pages"
)

_LONGEST = 1_000
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.I)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
_BRANCH = re.compile(
    r"(?!.*(?:\.\.|//|/[.-]|\.lock(?:/|$)))[\w][\w./-]{0,99}(?<![./])"
)  # git-check-ref-format
_HOST = re.compile(r"[^\W_](?:[\w.-]{0,251}[^\W_])?|[0-9a-f:.]*:[0-9a-f:.]*(?:%\w{1,20})?")
_USER = re.compile(r"[\w.][\w.@+-]{0,99}")  # never an option of ssh
_TOKEN = re.compile(r"(?:gh[a-z]_|github_pat_|gl[a-z]{2,5}-)", re.I)
_ROOTED = re.compile(r"/|[A-Za-z]:[\\/]|\\\\[^\\/]")


class PlaceKind(StrEnum):
    """What kind of place an address is of."""

    FOLDER = "folder"
    ZIP = "zip"
    S3 = "s3"
    SFTP = "sftp"
    GIT = "git"


@dataclass(frozen=True, slots=True)
class TargetAddress:
    """The parts of an address, as `read_address` found them.

    `host` is that of a server, or a bucket; `path` is the folder or file there (of a folder or
    a zip file on this computer the whole path, of a branch its repository without the
    branch), without a slash at its end. `port` is 0 for the usual one. `endpoint` and `region`
    are those of an object store, `branch` is that of a repository and `transport` how it is
    reached: `https`, `ssh` or `file`.
    """

    kind: PlaceKind
    path: str
    host: str = ""
    user: str = ""
    port: int = 0
    endpoint: str = ""
    region: str = ""
    branch: str = ""
    transport: str = ""

    @property
    def is_zip(self) -> bool:
        """Whether one zip file is delivered, not the files of the export."""
        return self.path.lower().endswith(".zip")

    @property
    def local_path(self) -> str:
        """The folder or file of this computer that is written to; empty for any other place."""
        is_local = self.kind in (PlaceKind.FOLDER, PlaceKind.ZIP) or self.transport == "file"
        return self.path if is_local else ""

    @property
    def needs_secret(self) -> bool:
        """Whether a password, a key or a token may be asked for there."""
        return self.kind in (PlaceKind.S3, PlaceKind.SFTP) or self.transport in ("https", "ssh")

    @property
    def has_atomic_switch(self) -> bool:
        """Whether readers there get all of an edition at once; else pages come before lists."""
        return self.is_zip or self.kind in (PlaceKind.FOLDER, PlaceKind.GIT)


def read_address(text: str) -> TargetAddress:
    """Read an address. Raises BadValue, with the reason, for one that nothing can be sent to."""
    if not text.strip():
        raise _refused(_("A target needs an address."))
    if len(text) > _LONGEST:
        raise BadValue(
            _("The address has {n} characters; {limit} is the limit.").format(
                n=len(text), limit=_LONGEST
            ),
            _("Give a shorter one."),
        )
    scheme = _SCHEME.match(text)
    if text != text.strip() or _UNSEEN.search(unquote(text) if scheme else text):
        raise _refused(
            _("An address has no line breaks or characters that nobody sees, or spaces around it.")
        )
    if scheme is None:
        return _local(text)
    readers = {
        "file": _file,
        "s3": _bucket,
        "sftp": _server,
        "git+https": _repository,
        "git+ssh": _repository,
        "git+file": _repository,
    }
    read = readers.get(scheme[1].lower())
    if read is None:
        kind = _("Nothing can be sent to an address with {scheme}.")
        raise _refused(kind.format(scheme=scheme[0]))
    try:
        return read(text)
    except ValueError:  # what urlsplit says of a port or of brackets
        # The text is not shown: it may have a password where it can't be read.
        raise _refused(_("The server or the port of the address can't be read.")) from None


def _local(path: str) -> TargetAddress:
    rooted = _ROOTED.match(path)
    if rooted is None:  # a relative one is another folder in each place it is sent from
        raise _refused(_("A folder or a zip file is given with its whole path."))
    path = rooted[0] + path[rooted.end() :].rstrip("/\\")
    _refuse_dots(path.replace("\\", "/"))
    is_zip = path.lower().endswith(".zip")
    return TargetAddress(PlaceKind.ZIP if is_zip else PlaceKind.FOLDER, path)


def _file(text: str) -> TargetAddress:
    parts = urlsplit(text)
    _options(text, ())
    return _local(_local_path(parts.netloc, parts.path))


def _local_path(netloc: str, path: str) -> str:
    if netloc not in ("", "localhost"):
        raise _refused(_("A file:// address has three slashes: it is on this computer."))
    path = unquote(path)
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path


def _bucket(text: str) -> TargetAddress:
    parts = urlsplit(text)
    _refuse_secrets(text)
    if not _BUCKET.fullmatch(parts.netloc) or ".." in parts.netloc:
        raise _refused(_("An s3:// address begins with the name of a bucket."))
    options = _options(text, ("endpoint", "region"))
    endpoint, region = options.get("endpoint", ""), options.get("region", "")
    if endpoint and not re.fullmatch(r"https?://[^\s/?#@]+/?", endpoint):
        raise _refused(_("The endpoint of a bucket is an address such as https://host."))
    if region and not _REGION.fullmatch(region):
        raise _refused(_("The region of a bucket is a word such as eu-west-1."))
    path = _relative(parts.path)
    return TargetAddress(PlaceKind.S3, path, parts.netloc, endpoint=endpoint, region=region)


def _server(text: str) -> TargetAddress:
    parts = urlsplit(text)
    _refuse_secrets(text)
    _options(text, ())
    if not parts.hostname:
        raise _refused(_("An sftp:// address has the name of a server."))
    path = unquote(parts.path).rstrip("/") or "/"
    _refuse_dots(path)
    host, user, port = _reached(text)
    return TargetAddress(PlaceKind.SFTP, path, host, user, port)


def _repository(text: str) -> TargetAddress:
    parts = urlsplit(text)
    _refuse_secrets(text)
    _options(text, (), has_branch=True)
    transport = parts.scheme.removeprefix("git+")
    is_local = transport == "file"
    path = _local_path(parts.netloc, parts.path) if is_local else unquote(parts.path)
    path = path.rstrip("/")
    if not path or not (is_local or parts.hostname):
        raise _refused(_("A git address has a server and the path of a repository."))
    _refuse_dots(path)
    branch = unquote(parts.fragment)
    if not _BRANCH.fullmatch(branch):
        raise _refused(_("A git address ends with # and the branch, such as #pages."))
    host, user, port = ("", "", 0) if is_local else _reached(text)
    return TargetAddress(PlaceKind.GIT, path, host, user, port, branch=branch, transport=transport)


def _reached(text: str) -> tuple[str, str, int]:
    """Return the server, the person there and the port, 0 for the usual one."""
    parts = urlsplit(text)
    host, user, port = parts.hostname or "", unquote(parts.username or ""), parts.port
    if not _HOST.fullmatch(host):
        raise _refused(_("The name of the server can't be one."))
    if user and not _USER.fullmatch(user):
        raise _refused(_("The name of the person at the server can't be one."))
    if port == 0:
        raise _refused(_("A port is a number from 1 to 65535."))
    return host, user, port or 0


def _relative(path: str) -> str:
    path = unquote(path).strip("/")
    if "//" in path:
        raise _refused(_("An address of a bucket has no empty folder in it."))
    _refuse_dots(path)
    return path


def _refuse_dots(path: str) -> None:
    if not {".", ".."}.isdisjoint(path.split("/")):
        raise _refused(_("An address has no “..” in it."))


def _refuse_secrets(text: str) -> None:
    """Raise BadValue for a password, also where it is escaped, and for a token as a name."""
    parts = urlsplit(text)
    user, at, _host = parts.netloc.rpartition("@")
    if at and (":" in unquote(user) or _TOKEN.match(unquote(user))):
        raise BadValue(
            _("The address has a password in it."),
            _("Leave it out: the password is asked for, and stays in this computer's keyring."),
        )


def _options(text: str, known: tuple[str, ...], *, has_branch: bool = False) -> dict[str, str]:
    """Return what follows the “?”. Raises BadValue for what the address would lose unseen."""
    if "#" in text and not has_branch:
        raise _refused(_("Only the address of a branch has a “#”; write it %23 in a name."))
    found = parse_qs(urlsplit(text).query, keep_blank_values=True)
    for name in found:
        if name not in known:
            sentence = _("An address of this kind has no “{name}”.").format(name=name[:40])
            raise _refused(sentence)
    return {name: values[-1] for name, values in found.items()}


def _refused(sentence: str) -> BadValue:
    return BadValue(sentence, _("Write it like {examples}.").format(examples=EXAMPLES))
