"""The certificates that C2PA allows, and what is said of each other one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from editor.core.certificates import certificate_texts
from editor.errors import BadValue
from editor.trust.certificates import read_chain
from tests.certificates import NOW, certificate, chain, new_key


def test_chain_says_whose_it_is_and_until_when() -> None:
    found = read_chain(chain(new_key(), days=100))
    assert (found.name, found.issuer) == ("Harbour Post", "Press Authority")
    assert len(found.fingerprint) == 64
    assert found.end - found.start == timedelta(days=100)
    found.check_time(NOW)
    with pytest.raises(BadValue, match="expired on 2026-04-11"):
        found.check_time(NOW + timedelta(days=100))
    with pytest.raises(BadValue, match="not valid before"):
        found.check_time(NOW - timedelta(days=100))


def _without_issuer() -> str:
    return certificate_texts(chain(new_key()))[0]


def _of_another_issuer() -> str:
    return _without_issuer() + certificate_texts(chain(new_key()))[1]


def _turned() -> str:
    return "\n".join(reversed(certificate_texts(chain(new_key()))))


def _under_a_leaf() -> str:
    key, root = new_key(), new_key()
    upper = certificate("Press Authority", root, "Press Authority", root)
    return certificate("Harbour Post", key, "Press Authority", root) + upper


def _damaged() -> str:
    lines = chain(new_key()).splitlines()
    return "\n".join([*lines[:2], "AAAA" + lines[2][4:], *lines[3:]])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_without_issuer, "Press Authority.*is missing"),
        (_of_another_issuer, "did not issue"),
        (_turned, "not for signing"),
        (_under_a_leaf, "may not issue others"),
        (_damaged, "damaged|did not issue|P-256|meant|signing"),
        (lambda: chain(rsa.generate_private_key(65537, 2048)), "not for a P-256 key"),
        (lambda: chain(ec.generate_private_key(ec.SECP384R1())), "not for a P-256 key"),
        (lambda: chain(new_key(), purpose=None), "not meant for documents"),
        (lambda: chain(new_key(), purpose=ExtendedKeyUsageOID.SERVER_AUTH), "not meant"),
        (lambda: chain(new_key(), has_issuer_key=False), "which key issued it"),
        (lambda: "", "no certificate"),
    ],
)
def test_chain_that_readers_would_refuse_is_refused(make: Callable[[], str], sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence) as caught:
        read_chain(make())
    assert caught.value.hint
