"""The certificates of a paper's content credentials, as text: they are public, its key is not."""

from __future__ import annotations

import re

from editor.errors import BadValue
from editor.i18n import _

_LONGEST = 20_000
"""Characters: some ten certificates. All of them are in every picture."""
_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")


def certificate_texts(text: str) -> tuple[str, ...]:
    """Return the certificates in a PEM text (RFC 7468), each as it is written there."""
    return tuple(_BLOCK.findall(text))


def certificates_text(text: str) -> str:
    """Return only the certificates of a PEM text, one below the other; empty for no text.

    Raises BadValue for one with a private key, which is nobody else's business, for one without
    certificates and for one that is too long.
    """
    if not text.strip():
        return ""
    if "PRIVATE KEY" in text:
        raise BadValue(
            _("The private key is in the text of the certificates."),
            _("Give the key in a file of its own: the certificates are public, the key is not."),
        )
    found = certificate_texts(text)
    if not found:
        raise BadValue(
            _("There is no certificate in this text."),
            _("Give a PEM file: it has lines that say BEGIN CERTIFICATE."),
        )
    joined = "".join(f"{block}\n" for block in found).replace("\r", "")
    if len(joined) > _LONGEST:
        raise BadValue(
            _("The certificates have {n} characters; {limit} is the limit.").format(
                n=f"{len(joined):,}", limit=f"{_LONGEST:,}"
            ),
            _("Give only the one for signing, and those of its issuers."),
        )
    return joined
