"""Turning a paper's content credentials on: its certificates, and their key on this computer.

The certificates are for the house, which a chief signs. The key is in the keyring before that, so
that no export waits for a key that nobody has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from editor.core.certificates import certificates_text
from editor.core.house import House
from editor.errors import BadInput, KeyUnavailable, OutputError, reason_of
from editor.files import open_file, write_file
from editor.i18n import _
from editor.targets import check_target_file
from editor.trust.certificates import CertificateChain, read_chain
from editor.trust.passphrase import SHORTEST_PASSPHRASE
from editor.trust.picture_keys import (
    KeyringPictureKeys,
    PictureKey,
    make_own_certificates,
    read_key_file,
)

_LARGEST_FILE = 100_000  # bytes


@dataclass(frozen=True, slots=True)
class PaperCredentials:
    """By which certificates a paper signs, and whether this computer's keyring has their key."""

    chain: CertificateChain
    is_key_here: bool


def read_paper_credentials(house: House) -> PaperCredentials | None:
    """Return what a paper signs its pictures by, None for nothing. Asks the keyring."""
    if not house.content_credentials:
        return None
    chain = read_chain(house.content_credentials)
    try:
        is_here = KeyringPictureKeys().has(chain)
    except KeyUnavailable:
        is_here = False
    return PaperCredentials(chain, is_here)


def make_certificates(house: House, at: datetime) -> str:
    """Make the paper's own certificates and keep their key; return them as PEM.

    Raises BadInput where the paper has some, KeyUnavailable.
    """
    if house.content_credentials:
        raise BadInput(
            _("The paper has certificates already."),
            _("Turn content credentials off first: new certificates sign every picture again."),
        )
    text, key = make_own_certificates(house.name, at)
    KeyringPictureKeys().keep(read_chain(text), key)
    return text


def add_certificates(certificates: Path, key: Path, passphrase: str, at: datetime) -> str:
    """Read certificates and their key from two files, and keep the key; return them as PEM.

    Raises BadInput and BadValue for other files, KeyUnavailable.
    """
    chain = read_certificates(certificates, at)
    KeyringPictureKeys().keep(chain, read_key_file(key, passphrase))
    return chain.text


def read_certificates(path: Path, at: datetime) -> CertificateChain:
    """Read certificates from a file.

    Raises BadInput, and BadValue unless readers accept them at an instant.
    """
    chain = read_chain(certificates_text(_read(path)))
    chain.check_time(at)
    return chain


def add_key(house: House, key: Path, passphrase: str) -> None:
    """Read the key of the paper's certificates from a file, and keep it. No chief is needed.

    Raises BadInput for another key or no certificates, KeyUnavailable.
    """
    KeyringPictureKeys().keep(_chain(house), read_key_file(key, passphrase))


def copy_key(house: House, path: Path, passphrase: str, *, force: bool = False) -> None:
    """Write the key of the paper's certificates to a file that a passphrase opens.

    Only its owner may read it. Raises BadInput for a short passphrase and where the paper has no
    certificates, KeyUnavailable, and OutputError or NotOurs for a place where it must not be.
    """
    key = KeyringPictureKeys().find(_chain(house))
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("The passphrase for the copy of the key is too short."),
            _("A passphrase has at least {n} characters.").format(n=SHORTEST_PASSPHRASE),
        )
    what = _("a copy of this key with the same passphrase")
    check_target_file(path, what, lambda file: _is_copy(file, key, passphrase), force=force)
    try:
        write_file(path, key.locked(passphrase), private=True)
    except OSError as error:
        raise OutputError(
            _("{file} can't be written: {reason}.").format(file=path, reason=reason_of(error)),
            _("Choose another file."),
        ) from error


def _is_copy(file: Path, key: PictureKey, passphrase: str) -> bool:
    try:
        return read_key_file(file, passphrase) == key
    except (BadInput, KeyUnavailable):
        return False


def _chain(house: House) -> CertificateChain:
    if not house.content_credentials:
        raise BadInput(
            _("The paper signs no pictures, so there is no key for them."),
            _("A chief makes or adds certificates first."),
        )
    return read_chain(house.content_credentials)


def _read(path: Path) -> str:
    try:
        with open_file(path) as file:
            return file.read(_LARGEST_FILE).decode("ascii", "replace")
    except OSError as error:
        raise BadInput(
            _("“{file}” can't be read: {reason}.").format(file=path, reason=reason_of(error)),
            _("Give the PEM file of the certificates."),
        ) from error
