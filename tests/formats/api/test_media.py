"""The files of pictures and the documents about them, of a paper that signs its pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from editor.core.edition import Edition
from editor.errors import UnsignedPicture
from editor.trust.certificates import read_chain
from editor.trust.picture_keys import PictureKey, make_own_certificates
from tests.certificates import NOW
from tests.formats.api.test_exporter import document, documents, edition, export


class CountedKeys:
    """Opens one key, and counts how often."""

    def __init__(self, key: PictureKey) -> None:
        self.key, self.opened = key, 0

    def signer(self, _certificates: str) -> Callable[[bytes], bytes]:
        self.opened += 1
        return self.key.sign

    def valid_until(self, certificates: str, _at: datetime) -> datetime:
        return read_chain(certificates).end


def signed_edition() -> tuple[Edition, CountedKeys]:
    what, (text, key) = edition(), make_own_certificates("Harbour Post", NOW)
    keys = CountedKeys(key)
    house = replace(what.house, content_credentials=text)
    return replace(what, house=house, picture_keys=keys), keys


def test_each_file_is_signed_once_and_its_document_has_its_hash() -> None:
    what, keys = signed_edition()
    files, _report = export(what)
    pictures = {path for path in files if path.endswith(".jpg")}
    assert keys.opened == len(pictures) == 3
    [path] = (path for path in documents(files) if "/media/" in path)
    stated = {size["sha256"] for size in document(files, path)["data"]["renditions"]}
    assert stated == {hashlib.sha256(files[path]).hexdigest() for path in pictures}


def test_refused_signature_names_the_picture_and_its_story() -> None:
    what, keys = signed_edition()
    _text, keys.key = make_own_certificates("Harbour Post", NOW)
    with pytest.raises(UnsignedPicture, match="can't be signed") as caught:
        export(what)
    assert "harbour-opens" in caught.value.sentence
    assert "Ships at dawn" in caught.value.sentence
    assert "stonehand credentials" in caught.value.hint
