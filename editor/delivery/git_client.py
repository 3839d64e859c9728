"""Connections to git repositories: over HTTPS, and on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.core.target_address import TargetAddress

if TYPE_CHECKING:
    from dulwich.client import GitClient

_ANY_USER = "git"
"""Hosts want some user name beside a token, and most take any."""


def git_client(address: TargetAddress, user: str, secret: str) -> GitClient:
    """Return what speaks git's protocol with the server of a branch; it connects later.

    `secret` is a password or a token, empty for none. Nothing of git's own settings is read.
    """
    if address.transport == "file":
        from editor.delivery.git_local import LocalBranchClient  # noqa: PLC0415  only while delivering

        return LocalBranchClient()
    from editor.delivery.git_https import HttpsGitClient  # noqa: PLC0415  as above

    port = f":{address.port}" if address.port else ""
    user = user or address.user or _ANY_USER
    return HttpsGitClient(f"https://{address.host}{port}/", user, secret)
