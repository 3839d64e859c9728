"""The private key of a paper's content credentials: in this computer's keyring, never in a desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from editor.errors import BadInput, KeyUnavailable, OutputError, reason_of
from editor.files import open_file
from editor.i18n import _
from editor.trust.certificates import CertificateChain, public_key_of, read_chain

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import CertificateBuilder, Name

KEY_VARIABLE = "STONEHAND_PICTURE_KEY"
"""The path of a key's file for one run of the command line, where there is no keyring."""
_SERVICE = "Stonehand content credentials"
_KEY_BYTES_AT_MOST = 20_000
_SIDE_BYTES = 32
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
OWN_YEARS = 10
"""How long certificates are valid that Stonehand makes. After that readers refuse the pictures."""


@dataclass(frozen=True, slots=True)
class PictureKey:
    """A private key on P-256, as PEM that is not encrypted (PKCS #8)."""

    pem: str = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """Return the ES256 signature (RFC 7518, 3.4): the same for the same data (RFC 6979)."""
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  slow to load
        from cryptography.hazmat.primitives.asymmetric import ec, utils  # noqa: PLC0415

        how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = utils.decode_dss_signature(_load(self.pem.encode(), None).sign(data, how))
        return r.to_bytes(_SIDE_BYTES, "big") + s.to_bytes(_SIDE_BYTES, "big")

    def is_of(self, chain: CertificateChain) -> bool:
        """Whether the first certificate is for this key."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

        own = _load(self.pem.encode(), None).public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return own.public_bytes(serialization.Encoding.DER, form) == public_key_of(chain.text)

    def locked(self, passphrase: str) -> bytes:
        """Return it as PEM that a passphrase opens."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

        return _load(self.pem.encode(), None).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode()),
        )


def read_picture_key(data: bytes, passphrase: str = "") -> PictureKey:
    """Read a private key in PEM. Raises BadInput for another kind, KeyUnavailable while locked."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    key = _load(data, passphrase.encode() or None)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return PictureKey(pem.decode())


def require_match(chain: CertificateChain, key: PictureKey) -> None:
    """Raise BadInput where the first certificate is for another key."""
    if not key.is_of(chain):
        raise BadInput(
            _("The private key is not that of the first certificate, “{name}”.").format(
                name=chain.name
            ),
            _("Give the key that the certificate was asked for with."),
        )


class KeyringPictureKeys:
    """The keys in the keyring, each by the fingerprint of its certificate."""

    def __init__(self) -> None:
        self._found: dict[str, PictureKey] = {}

    def signer(self, certificates: str) -> Callable[[bytes], bytes]:
        """Return what signs for some certificates; the keyring is asked once.

        Raises BadInput, and OutputError where the key can't be had: without it nothing can be
        exported, signed by a person or not.
        """
        if certificates not in self._found:
            try:
                self._found[certificates] = self.find(read_chain(certificates))
            except KeyUnavailable as error:
                raise OutputError(error.sentence, error.hint) from error
        return self._found[certificates].sign

    def valid_until(self, certificates: str, at: datetime) -> datetime:
        """Return when some certificates end. Raises BadValue unless all are valid at an instant."""
        chain = read_chain(certificates)
        chain.check_time(at)
        return chain.end

    def find(self, chain: CertificateChain) -> PictureKey:
        """Return the key of a chain. Raises KeyUnavailable where this computer has none."""
        key = self._given() or self._kept(chain)
        if key is None:
            raise KeyUnavailable(
                _("The key for content credentials, “{name}”, is not on this computer.").format(
                    name=chain.name
                ),
                _(
                    "Bring it here with “Content credentials of pictures” in the File menu or "
                    "`stonehand credentials --add-key`, or let a chief turn them off."
                ),
            )
        require_match(chain, key)
        return key

    def has(self, chain: CertificateChain) -> bool:
        """Whether this computer has the key of a chain. Raises KeyUnavailable."""
        return self._kept(chain) is not None

    def keep(self, chain: CertificateChain, key: PictureKey) -> None:
        """Keep a key in the keyring. Raises BadInput for another one's, KeyUnavailable."""
        require_match(chain, key)
        import keyring  # noqa: PLC0415  slow to load, and few processes sign pictures

        try:
            keyring.set_password(_SERVICE, chain.fingerprint, key.pem)
        except (keyring.errors.KeyringError, RuntimeError):  # or no home folder
            raise _closed() from None

    def _kept(self, chain: CertificateChain) -> PictureKey | None:
        import keyring  # noqa: PLC0415

        try:
            pem = keyring.get_password(_SERVICE, chain.fingerprint)
        except (keyring.errors.KeyringError, RuntimeError):  # or no home folder
            raise _closed() from None
        return read_picture_key(pem.encode()) if pem else None

    def _given(self) -> PictureKey | None:
        path, passphrase = (os.environ.get(n, "") for n in (KEY_VARIABLE, "STONEHAND_PASSPHRASE"))
        return read_key_file(Path(path), passphrase) if path else None


def read_key_file(path: Path, passphrase: str = "") -> PictureKey:
    """Read a private key from a file. Raises BadInput, KeyUnavailable while it is locked."""
    try:
        with open_file(path) as file:
            data = file.read(_KEY_BYTES_AT_MOST)
    except OSError as error:
        raise BadInput(
            _("The file {name} can't be read: {reason}.").format(
                name=path.name, reason=reason_of(error)
            ),
            _("Choose the PEM file of the private key."),
        ) from error
    return read_picture_key(data, passphrase)


def make_own_certificates(paper: str, at: datetime) -> tuple[str, PictureKey]:
    """Make certificates that nobody else vouches for, and the key of the first; valid ten years.

    The issuer's own key signs this once and is forgotten: it can't be stolen later.
    """
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    issuer, own = (ec.generate_private_key(ec.SECP256R1()) for _key in range(2))
    names = _name(paper, "content credentials"), _name(paper, "")
    built = (
        _own_certificate(names[1], names[0], own, issuer, at),
        _own_certificate(names[0], names[0], issuer, issuer, at),
    )
    signed = (builder.sign(issuer, hashes.SHA256()) for builder in built)
    text = "".join(known.public_bytes(serialization.Encoding.PEM).decode() for known in signed)
    pem = own.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return text, PictureKey(pem.decode())


def _name(paper: str, what: str) -> Name:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    # X.520 allows 64 characters, which the library counts as bytes.
    names = (
        (NameOID.ORGANIZATION_NAME, _bounded(paper, 64)),
        (NameOID.COMMON_NAME, f"{_bounded(paper, 40)} {what}".strip()),
    )
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in names])


def _bounded(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore").strip()


def _own_certificate(
    name: Name,
    issuer_name: Name,
    key: EllipticCurvePrivateKey,
    issuer: EllipticCurvePrivateKey,
    at: datetime,
) -> CertificateBuilder:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509.oid import ExtendedKeyUsageOID  # noqa: PLC0415

    is_issuer = key is issuer
    usage = dict.fromkeys(_USAGES, False)
    usage["key_cert_sign" if is_issuer else "digital_signature"] = True
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    builder = (
        x509.CertificateBuilder(issuer_name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))  # clocks of readers may be late
        .not_valid_after(at + timedelta(days=365 * OWN_YEARS))
        .add_extension(x509.BasicConstraints(is_issuer, 0 if is_issuer else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(identifier, critical=False)
    )
    if is_issuer:
        return builder
    purposes = [ExtendedKeyUsageOID.EMAIL_PROTECTION]
    return builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)


def _load(data: bytes, passphrase: bytes | None) -> EllipticCurvePrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    is_locked = b"ENCRYPTED" in data
    try:
        key = serialization.load_pem_private_key(data, passphrase if is_locked else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unreadable(is_locked=is_locked, has_passphrase=bool(passphrase)) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise BadInput(
            _("This is not a P-256 key: Stonehand signs pictures with ES256."),
            _("Use an elliptic key, P-256 (prime256v1), and a certificate for it."),
        )
    return key


def _unreadable(*, is_locked: bool, has_passphrase: bool) -> BadInput | KeyUnavailable:
    if not is_locked:
        return BadInput(
            _("There is no private key in this file, or it is damaged."),
            _("Choose the PEM file of the private key: it has a line that says PRIVATE KEY."),
        )
    if not has_passphrase:
        return KeyUnavailable(
            _("A passphrase opens this private key."), _("Give the passphrase of the file.")
        )
    return KeyUnavailable(
        _("This passphrase does not open the private key."), _("Give the passphrase of the file.")
    )


def _closed() -> KeyUnavailable:
    return KeyUnavailable(
        _("The keyring of this computer did not open, so pictures can't be signed."),
        _("Open it, or name the key's file in {variable} for one run.").format(
            variable=KEY_VARIABLE
        ),
    )
