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
    r"(?!.*(?:\.\.|//|@\{|\.lock$))[\w][\w./-]{0,99}(?<![./])"
)  # git-check-ref-format


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
    if text != text.strip() or _UNSEEN.search(text):
        raise _refused(_("An address has no line breaks, or spaces around it."))
    scheme = _SCHEME.match(text)
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
        raise _refused(_("“{address}” is no address.").format(address=text[:80])) from None


def _local(path: str) -> TargetAddress:
    path = path.rstrip("/\\") or path
    is_zip = path.lower().endswith(".zip")
    return TargetAddress(PlaceKind.ZIP if is_zip else PlaceKind.FOLDER, path)


def _file(text: str) -> TargetAddress:
    parts = urlsplit(text)
    if parts.netloc not in ("", "localhost"):
        raise _refused(_("A file:// address has three slashes: it is on this computer."))
    path = unquote(parts.path)
    return _local(path[1:] if re.match(r"/[A-Za-z]:", path) else path)


def _bucket(text: str) -> TargetAddress:
    parts = urlsplit(text)
    _refuse_secrets(text)
    if not _BUCKET.fullmatch(parts.netloc):
        raise _refused(_("An s3:// address begins with the name of a bucket."))
    options = _options(text, ("endpoint", "region"))
    endpoint, region = options.get("endpoint", ""), options.get("region", "")
    if endpoint and not re.fullmatch(r"https?://[^\s/?#@]+/?", endpoint):
        raise _refused(_("The endpoint of a bucket is an address such as https://host."))
    if region and not _REGION.fullmatch(region):
        raise _refused(_("The region of a bucket is a word such as eu-west-1."))
    path = _relative(text, parts.path)
    return TargetAddress(PlaceKind.S3, path, parts.netloc, endpoint=endpoint, region=region)


def _server(text: str) -> TargetAddress:
    parts = urlsplit(text)
    _refuse_secrets(text)
    _options(text, ())
    if not parts.hostname:
        raise _refused(_("An sftp:// address has the name of a server."))
    path = unquote(parts.path).rstrip("/") or "/"
    if ".." in path.split("/"):
        raise _refused(_("An address has no “..” in it."))
    user = unquote(parts.username or "")
    return TargetAddress(PlaceKind.SFTP, path, parts.hostname, user, parts.port or 0)


def _repository(text: str) -> TargetAddress:
    parts = urlsplit(text)
    _refuse_secrets(text)
    _options(text, ())
    transport = parts.scheme.removeprefix("git+")
    path = unquote(parts.path).rstrip("/")
    if not path or (transport != "file" and not parts.hostname):
        raise _refused(_("A git address has a server and the path of a repository."))
    branch = unquote(parts.fragment)
    if not _BRANCH.fullmatch(branch):
        raise _refused(_("A git address ends with # and the branch, such as #pages."))
    return TargetAddress(
        PlaceKind.GIT,
        path,
        parts.hostname or "",
        unquote(parts.username or ""),
        parts.port or 0,
        branch=branch,
        transport=transport,
    )


def _relative(text: str, path: str) -> str:
    path = unquote(path).strip("/")
    if any(part in ("", ".", "..") for part in path.split("/")) and path:
        raise _refused(_("An address has no “..” in it."))
    return path


def _refuse_secrets(text: str) -> None:
    if urlsplit(text).password is not None:
        raise BadValue(
            _("The address has a password in it."),
            _("Leave it out: the password is asked for, and stays in this computer's keyring."),
        )


def _options(text: str, known: tuple[str, ...]) -> dict[str, str]:
    found = parse_qs(urlsplit(text).query, keep_blank_values=True)
    for name in found:
        if name not in known:
            sentence = _("An address of this kind has no “{name}”.").format(name=name[:40])
            raise _refused(sentence)
    return {name: values[-1] for name, values in found.items()}


def _refused(sentence: str) -> BadValue:
    return BadValue(sentence, _("Write it like {examples}.").format(examples=EXAMPLES))
