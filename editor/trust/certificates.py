"""Checks the certificates of content credentials as readers of C2PA do, before anything is signed.

The rules are those of the certificate profile of C2PA (Technical Specification 2.2, 14.5.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from editor.core.certificates import certificate_texts
from editor.core.times import instant_text
from editor.dates import utc_text
from editor.errors import BadValue
from editor.i18n import _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, ExtensionType

Extension = TypeVar("Extension", bound="ExtensionType")

_PURPOSES = ("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36")
"""emailProtection and documentSigning: what a certificate for pictures must be meant for."""
_ANY_PURPOSE = "2.5.29.37.0"


@dataclass(frozen=True, slots=True)
class CertificateChain:
    """The certificates of a paper, that of the key first, each signed by the next.

    `name` is whom the first is for and `issuer` who says so, as readers see them. `fingerprint`
    is the SHA-256 of the first, in hexadecimal. All are valid from `start` until `end`.
    """

    text: str
    name: str
    issuer: str
    fingerprint: str
    start: datetime
    end: datetime

    def check_time(self, at: datetime) -> None:
        """Raise BadValue where a certificate is not valid at an instant."""
        if at < self.start:
            raise BadValue(
                _("The certificate for content credentials is not valid before {time}.").format(
                    time=utc_text(instant_text(self.start))
                ),
                _("Export at a later time, or turn content credentials off."),
            )
        if at > self.end:
            raise BadValue(
                _("The certificate for content credentials expired on {time}.").format(
                    time=utc_text(instant_text(self.end))
                ),
                _("Get or make a new one, or turn content credentials off."),
            )


def read_chain(text: str) -> CertificateChain:
    """Return the certificates of a PEM text. Raises BadValue for any that C2PA does not allow."""
    found = _load(text)
    leaf, issuers = found[0], found[1:]
    _check_leaf(leaf)
    for issuer in issuers:
        _check_issuer(issuer)
    for lower, upper in pairwise(found):
        _check_issued(lower, upper)
    if not issuers:
        raise BadValue(
            _("The certificate of “{issuer}”, who issued the one for signing, is missing.").format(
                issuer=_common_name(leaf, of_issuer=True)
            ),
            _("Give a file with all certificates: the one for signing first, then its issuers."),
        )
    return CertificateChain(
        text,
        _common_name(leaf),
        _common_name(leaf, of_issuer=True),
        _fingerprint(leaf),
        max(known.not_valid_before_utc for known in found),
        min(known.not_valid_after_utc for known in found),
    )


def public_key_of(text: str) -> bytes:
    """Return the public key of the first certificate, as DER. The text was read before."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  slow to load

    return (
        _load(text)[0]
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def _load(text: str) -> list[Certificate]:
    from cryptography import x509  # noqa: PLC0415  slow to load, and few papers have certificates

    try:
        found = [x509.load_pem_x509_certificate(pem.encode()) for pem in certificate_texts(text)]
        for certificate in found:
            certificate.extensions  # noqa: B018  it is read only now, and may be broken
            certificate.public_key()
    except (ValueError, TypeError) as error:
        raise BadValue(
            _("A certificate is damaged, or of a kind that nobody reads."),
            _("Get the file again from whoever issued it."),
        ) from error
    if not found:
        raise BadValue(
            _("There is no certificate in this text."),
            _("Give a PEM file: it has lines that say BEGIN CERTIFICATE."),
        )
    return found


def _check_leaf(leaf: Certificate) -> None:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = leaf.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise BadValue(
            _("The first certificate is not for a P-256 key: Stonehand signs pictures with ES256."),
            _("Ask for a certificate with an elliptic key, P-256 (prime256v1)."),
        )
    usage = _extension(leaf, x509.KeyUsage)
    constraints = _extension(leaf, x509.BasicConstraints)
    if (constraints and constraints.ca) or usage is None or not usage.digital_signature:
        raise BadValue(
            _("The first certificate is not for signing, but for something else."),
            _("Put the one with the usage “digitalSignature” first, then its issuers."),
        )
    purposes = _extension(leaf, x509.ExtendedKeyUsage)
    named = [purpose.dotted_string for purpose in purposes or ()]
    if _ANY_PURPOSE in named or not any(purpose in named for purpose in _PURPOSES):
        raise BadValue(
            _("The first certificate is not meant for documents or mail, as C2PA asks for."),
            _("Ask for one with the purpose documentSigning or emailProtection."),
        )
    if _extension(leaf, x509.AuthorityKeyIdentifier) is None:
        raise BadValue(
            _("The first certificate does not say which key issued it."),
            _("Ask for one with an authority key identifier."),
        )


def _check_issuer(issuer: Certificate) -> None:
    from cryptography import x509  # noqa: PLC0415

    usage = _extension(issuer, x509.KeyUsage)
    constraints = _extension(issuer, x509.BasicConstraints)
    if constraints is None or not constraints.ca or usage is None or not usage.key_cert_sign:
        raise BadValue(
            _("The certificate of “{name}” may not issue others.").format(
                name=_common_name(issuer)
            ),
            _("Give the one for signing first, then only its issuers."),
        )


def _check_issued(lower: Certificate, upper: Certificate) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415

    try:
        lower.verify_directly_issued_by(upper)
    except (InvalidSignature, ValueError, TypeError) as error:
        raise BadValue(
            _("“{upper}” did not issue the certificate of “{lower}”.").format(
                upper=_common_name(upper), lower=_common_name(lower)
            ),
            _("Put each certificate below the one that it issued, and leave none out."),
        ) from error


def _extension(certificate: Certificate, kind: type[Extension]) -> Extension | None:
    from cryptography.x509 import ExtensionNotFound  # noqa: PLC0415

    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except ExtensionNotFound:
        return None


def _fingerprint(certificate: Certificate) -> str:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    return sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest()


def _common_name(certificate: Certificate, *, of_issuer: bool = False) -> str:
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    name = certificate.issuer if of_issuer else certificate.subject
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(kind):
            return str(attribute.value)
    return name.rfc4514_string()
