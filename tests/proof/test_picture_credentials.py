"""Content credentials as another program reads them: the library of the C2PA itself."""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import replace
from io import BytesIO
from typing import Any

import c2pa
import pytest
from PIL import Image

from editor.core.house import House
from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.errors import OutputError
from editor.proof.picture_containers import with_metadata
from editor.proof.picture_credentials import ContentCredentials, content_credentials
from editor.proof.picture_files import PublishedPicture, picture_files
from editor.proof.picture_metadata import PictureRights, picture_metadata
from editor.proof.repeatable_manifest import repeatable
from editor.trust.picture_keys import PictureKey, make_own_certificates, read_picture_key
from tests.certificates import NOW, chain, key_pem, new_key

CERTIFICATES, KEY = make_own_certificates("Harbour Post", NOW)
HOUSE = House("Harbour Post", rights="© {year} Harbour Post", content_credentials=CERTIFICATES)
PICTURE = Picture(
    "1" * 64 + ".jpg", caption="Boats at dawn", credit="Harbour Post", width=3000, height=2000
)
RIGHTS = PictureRights("© 2026 Harbour Post")
WHOLE = Rendition("media/a-480.jpg", 48, 32)


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    out = BytesIO()
    Image.effect_noise((48, 32), 60).convert("RGB").save(out, "JPEG")
    return with_metadata("jpg", out.getvalue(), picture_metadata(PICTURE, RIGHTS))


def stated(rendition: Rendition = WHOLE, **values: Any) -> ContentCredentials:
    found = content_credentials(replace(PICTURE, **values), rendition, RIGHTS, HOUSE)
    assert found
    return found


def read(data: bytes) -> tuple[str, set[str], dict[str, Any]]:
    """Return the state, the codes of what fails, and the manifest."""
    with c2pa.Reader("image/jpeg", BytesIO(data)) as reader:
        results = reader.get_validation_results()["activeManifest"]
        codes = {failure["code"] for failure in results["failure"]}
        found = json.loads(reader.detailed_json())
        return reader.get_validation_state(), codes, found["manifests"][found["active_manifest"]]


def test_signed_picture_is_valid_and_says_what_was_done(jpeg: bytes) -> None:
    state, codes, manifest = read(stated().signed(jpeg, KEY.sign))
    assert (state, codes) == ("Valid", {"signingCredential.untrusted"})
    store = manifest["assertion_store"]
    actions = [action["action"] for action in store["c2pa.actions.v2"]["actions"]]
    names = ["opened", "resized", "transcoded", "published"]
    assert actions == [f"c2pa.{name}" for name in names]
    words = {name: text for name, text in store["cawg.metadata"].items() if name != "@context"}
    assert words == {
        "dc:description": "Boats at dawn",
        "dc:publisher": "Harbour Post",
        "dc:rights": "© 2026 Harbour Post",
        "photoshop:Credit": "Harbour Post",
    }
    assert store["c2pa.ingredient.v3"].keys() == {"relationship", "dc:format", "instanceID"}
    assert manifest["signature"]["issuer"] == "Harbour Post"


def test_crop_is_said_of_a_crop_alone() -> None:
    assert "c2pa.cropped" in stated(replace(WHOLE, crop=(0, 0, 9, 9))).actions
    assert "c2pa.cropped" not in stated().actions
    assert "c2pa.cropped" not in stated(replace(WHOLE, crop=(0, 0, 3000, 2000))).actions


def test_turning_is_said_where_somebody_turned_it() -> None:
    assert "c2pa.orientation" not in stated().actions
    actions = stated(replace(WHOLE, rotation=90, crop=(0, 0, 9, 9)), rotation=90).actions
    assert actions[:2] == ("c2pa.orientation", "c2pa.cropped")
    whole = replace(WHOLE, rotation=90, crop=(0, 0, 2000, 3000))
    assert "c2pa.cropped" not in stated(whole, rotation=90).actions


def test_size_is_said_to_have_changed_only_where_it_did() -> None:
    full = Rendition("media/a-3000.jpg", 3000, 2000)
    part = replace(full, width=1000, height=1000, crop=(0, 0, 1000, 1000))
    assert ["c2pa.resized" in stated(size).actions for size in (WHOLE, full, part)] == [
        True, False, False
    ]  # fmt: skip


def test_all_sizes_of_a_picture_name_the_same_original(jpeg: bytes) -> None:
    sizes = (WHOLE, replace(WHOLE, crop=(0, 0, 9, 9)))
    parents = {
        read(stated(size).signed(jpeg, KEY.sign))[2]["assertion_store"]["c2pa.ingredient.v3"][
            "instanceID"
        ]
        for size in sizes
    }
    assert len(parents) == 1


def test_same_picture_and_key_give_the_same_bytes(jpeg: bytes) -> None:
    first = stated().signed(jpeg, KEY.sign)
    assert all(stated().signed(jpeg, KEY.sign) == first for _time in range(5))
    assert stated(caption="Boats at dusk").signed(jpeg, KEY.sign) != first


def test_any_altered_byte_of_the_picture_shows(jpeg: bytes) -> None:
    data = bytearray(stated().signed(jpeg, KEY.sign))
    data[-40] ^= 1
    state, codes, _manifest = read(bytes(data))
    assert state == "Invalid"
    assert "assertion.dataHash.mismatch" in codes


def test_altered_words_and_another_key_show(jpeg: bytes) -> None:
    data = stated().signed(jpeg, KEY.sign)
    assert read(data.replace(b"Boats at dawn", b"Goats at dawn"))[0] == "Invalid"
    other = read_picture_key(key_pem(new_key()))
    with pytest.raises(OutputError, match="can't be signed"):
        stated().signed(jpeg, other.sign)


def test_pixels_and_other_metadata_stay(jpeg: bytes) -> None:
    data = stated().signed(jpeg, KEY.sign)
    with Image.open(BytesIO(jpeg)) as before, Image.open(BytesIO(data)) as after:
        assert before.tobytes() == after.tobytes()
        assert before.info["xmp"] == after.info["xmp"]
        assert before.info["photoshop"] == after.info["photoshop"]


def test_long_texts_fit_into_the_picture(jpeg: bytes) -> None:
    data = stated(caption="ميناء " * 3_000, credit="N" * 9_000).signed(jpeg, KEY.sign)
    assert read(data)[0] == "Valid"


def test_certificates_of_an_authority_sign_as_well(jpeg: bytes) -> None:
    key = new_key()
    house = replace(HOUSE, content_credentials=chain(key))
    found = content_credentials(PICTURE, WHOLE, RIGHTS, house)
    data = found.signed(jpeg, read_picture_key(key_pem(key)).sign)
    assert read(data)[1] == {"signingCredential.untrusted"}


def test_nobody_is_asked_about_a_certificate(jpeg: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        key, port = new_key(), server.getsockname()[1]
        certificates = chain(key, ocsp=f"http://127.0.0.1:{port}/ocsp")
        house = replace(HOUSE, content_credentials=certificates)
        found = content_credentials(PICTURE, WHOLE, RIGHTS, house)
        data = found.signed(jpeg, read_picture_key(key_pem(key)).sign)
        assert b"/ocsp" in data
        with pytest.raises(BlockingIOError):  # nobody has come
            server.accept()
    assert "timestamp" not in json.dumps(read(data)[2]).casefold()


def test_nothing_private_is_in_a_signed_picture(jpeg: bytes) -> None:
    data = stated().signed(jpeg, KEY.sign)
    host = socket.gethostname().encode()
    for private in (b"/tmp", b"/home", b"GPS", b"PRIVATE KEY", PICTURE.file.encode()):
        assert private not in data
    assert len(host) < 5 or host not in data


def test_missing_library_is_said(jpeg: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    with pytest.raises(OutputError, match="c2pa-python is missing"):
        stated().signed(jpeg, KEY.sign)


def test_damaged_picture_is_refused() -> None:
    with pytest.raises(OutputError, match="can't be signed"):
        stated().signed(b"\xff\xd8\xff\xe0 no picture", KEY.sign)


def test_only_jpegs_of_a_paper_with_certificates_are_signed() -> None:
    shown = PublishedPicture(PICTURE, 2026)
    files = picture_files(shown, shown.for_site, HOUSE)
    plain = picture_files(shown, shown.for_site, replace(HOUSE, content_credentials=""))
    assert [bool(file.credentials) for file in files] == [
        file.rendition.kind == "jpg" for file in files
    ]
    assert not any(file.credentials for file in plain)
    same = [a.key == b.key for a, b in zip(files, plain, strict=True)]
    assert same == [file.rendition.kind != "jpg" for file in files]


@pytest.mark.parametrize("manifest", [b"\0\0\0\x04jumb", b"\0\0\1\0jumb", b"\0\0\0\x08free"])
def test_manifest_of_another_build_is_refused(manifest: bytes) -> None:
    key: PictureKey = KEY
    with pytest.raises(ValueError, match=r"broken|not where it was"):
        repeatable(manifest, b"asked", key.sign)
