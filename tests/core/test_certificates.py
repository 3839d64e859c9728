"""Certificates as text: only they are kept, and never a private key."""

from __future__ import annotations

import pytest

from editor.core.certificates import certificate_texts, certificates_text
from editor.core.house import House
from editor.errors import BadValue
from tests.certificates import chain, key_pem, new_key


def test_only_certificates_of_a_text_are_kept() -> None:
    text = chain(new_key())
    noisy = "Bag Attributes\r\n" + text.replace("\n", "\r\n") + "friendlyName: x\n"
    assert certificates_text(noisy) == text
    assert len(certificate_texts(text)) == 2
    assert certificates_text(" \n") == ""


def test_private_key_never_becomes_part_of_the_house() -> None:
    key = new_key()
    with pytest.raises(BadValue, match="private key"):
        House("Harbour Post", content_credentials=chain(key) + key_pem(key).decode())


@pytest.mark.parametrize("text", ["no certificate", "-----BEGIN CERTIFICATE-----\n"])
def test_text_without_certificates_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="no certificate"):
        certificates_text(text)


def test_too_many_certificates_are_refused() -> None:
    with pytest.raises(BadValue, match="limit"):
        certificates_text(chain(new_key()) * 30)


def test_house_without_certificates_is_written_as_before() -> None:
    assert "content_credentials" not in House("Harbour Post").to_json()
    house = House("Harbour Post", content_credentials=chain(new_key()))
    assert House.from_json(house.to_json()) == house
