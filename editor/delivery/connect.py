"""From a target and what opens it to a connection."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from editor.core.delivery import Target
from editor.core.target_address import PlaceKind
from editor.delivery.credentials import Credentials
from editor.delivery.file_system import FileSystemRemote
from editor.delivery.host_keys import HostKeyRule
from editor.delivery.s3 import S3Remote
from editor.delivery.sftp import SftpRemote
from editor.i18n import quoted
from editor.serving.header_rules import HeaderRule, parse_header_rules


def remote_of(
    target: Target, credentials: Credentials, edition: Path, confirmed_key: str = ""
) -> FileSystemRemote:
    """Return the remote of a bucket or a server; entering it connects.

    `edition` is what is to be sent: its `_headers` go with the files where a place keeps such.
    `confirmed_key` is the fingerprint of a server's key that a person has just confirmed. Raises
    ValueError for a target of another kind.
    """
    place, title = target.place, quoted(target.name)
    if place.kind is PlaceKind.S3:
        return S3Remote(title, place, credentials, _rules_of(edition))
    if place.kind is PlaceKind.SFTP:
        return SftpRemote(title, place, credentials, HostKeyRule(title, place, confirmed_key))
    raise ValueError(place.kind)


def _rules_of(edition: Path) -> tuple[HeaderRule, ...]:
    with suppress(OSError, UnicodeDecodeError):
        text = (edition / "_headers").read_text(encoding="utf-8")
        return parse_header_rules(text, lambda folder: (edition / folder).is_dir())
    return ()
