"""Connections to git repositories: over HTTPS, over SSH, and on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.delivery.credentials import Credentials
from editor.delivery.git_problems import GitPlace

if TYPE_CHECKING:
    from dulwich.client import GitClient

_ANY_USER = "git"
"""Hosts want some user name beside a token, and most take any."""


def git_client(place: GitPlace, credentials: Credentials, confirmed_key: str = "") -> GitClient:
    """Return what speaks git's protocol with the server of a branch; it connects later.

    The secret is a password or a token, for SSH also the passphrase of a key file;
    `confirmed_key` is the fingerprint of a server's key that a person has just confirmed.
    Nothing of git's own settings is read.
    """
    address = place.address
    if address.transport == "file":
        from editor.delivery.git_local import LocalBranchClient  # noqa: PLC0415  when delivering

        return LocalBranchClient()
    if address.transport == "ssh":
        from editor.delivery.git_ssh import SshBranchClient  # noqa: PLC0415  as above

        return SshBranchClient(place.title, address, credentials, confirmed_key)
    from editor.delivery.git_https import HttpsGitClient  # noqa: PLC0415  as above

    port = f":{address.port}" if address.port else ""
    user = credentials.user or address.user or _ANY_USER
    return HttpsGitClient(f"https://{address.host}{port}/", user, credentials.secret)
