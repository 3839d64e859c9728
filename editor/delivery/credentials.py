"""What opens a target: a password, a token or keys, in the system's keyring and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import msgspec

from editor.core.delivery import Target
from editor.core.target_address import PlaceKind
from editor.errors import CredentialsNeeded
from editor.i18n import _

SECRET_VARIABLE = "STONEHAND_TARGET_SECRET"  # noqa: S105  the name of it
"""The secret for one run of the command line, where there is no keyring."""
USER_VARIABLE = "STONEHAND_TARGET_USER"
"""The name or the id of the access key that goes with it, where the address has none."""
_SERVICE = "Stonehand target"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person gave for one target.

    `secret` is a password, a token, the secret key of an object store, or the passphrase of
    `key_file`, which is the path of a private key for SSH. `user` is the id of an access key, or
    a name where the address has none. All may be empty: then the keys of an SSH agent are tried.
    """

    secret: str = field(default="", repr=False)
    user: str = ""
    key_file: str = ""


def find_credentials(desk_id: str, target: Target) -> Credentials:
    """Return what the keyring has for a target, empty for nothing.

    The secret of `STONEHAND_TARGET_SECRET` comes first. Raises CredentialsNeeded where the
    keyring does not open.
    """
    import keyring  # noqa: PLC0415  only while delivering

    given = os.environ.get(SECRET_VARIABLE, "")
    try:
        text = keyring.get_password(_SERVICE, _name(desk_id, target))
    except (keyring.errors.KeyringError, RuntimeError):  # or no home folder
        if not given:
            raise _keyring_closed(target) from None
        text = None
    found = _read(text)
    user = os.environ.get(USER_VARIABLE, "") or found.user
    return Credentials(given, user, found.key_file) if given else found


def keep_credentials(desk_id: str, target: Target, credentials: Credentials) -> None:
    """Keep credentials in the keyring. Raises CredentialsNeeded where there is none."""
    import keyring  # noqa: PLC0415  only while delivering

    value = {
        "secret": credentials.secret,
        "user": credentials.user,
        "key_file": credentials.key_file,
    }
    try:
        keyring.set_password(_SERVICE, _name(desk_id, target), msgspec.json.encode(value).decode())
    except (keyring.errors.KeyringError, RuntimeError):  # or no home folder
        raise _keyring_closed(target) from None


def forget_credentials(desk_id: str, target: Target) -> bool:
    """Remove what the keyring has for a target; return whether it had anything."""
    import keyring  # noqa: PLC0415  only while delivering

    try:
        keyring.delete_password(_SERVICE, _name(desk_id, target))
    except keyring.errors.PasswordDeleteError:
        return False
    except (keyring.errors.KeyringError, RuntimeError):  # or no home folder
        raise _keyring_closed(target) from None
    return True


def secret_title(target: Target) -> str:
    """Return what a target asks for: an access key, a password or a token."""
    place = target.place
    if place.kind is PlaceKind.S3:
        return _("Secret access key")
    if place.kind is PlaceKind.SFTP:
        return _("Password, or passphrase of the key")
    return _("Password or token")


def _name(desk_id: str, target: Target) -> str:
    place = target.place
    host = place.endpoint.rstrip("/") + "/" + place.host if place.endpoint else place.host
    return f"{desk_id} {target.name.casefold()} {host}"


def _read(text: str | None) -> Credentials:
    try:
        value = msgspec.json.decode(text or "{}", type=dict[str, str])
        return Credentials(**value)
    except (msgspec.MsgspecError, TypeError):
        return Credentials()  # somebody else's entry of this name


def _keyring_closed(target: Target) -> CredentialsNeeded:
    return CredentialsNeeded(
        _("The keyring of this computer did not open, so “{target}” can't be reached.").format(
            target=target.name
        ),
        _("Open it, or give the secret in {variable} for one run of the command line.").format(
            variable=SECRET_VARIABLE
        ),
    )
