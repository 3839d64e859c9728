"""What a rendition says of its picture: the words and rights of the desk, escaped and bounded."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from editor.core.house import House
from editor.core.publisher import AiUse
from editor.core.story import Picture
from editor.proof.picture_metadata import PictureRights, picture_metadata, picture_rights

HOUSE = House("Harbour Post", rights="© {year} Harbour Post", licence="https://post.example/use")
PLUS = "http://ns.useplus.org/ldf/vocab/"
RIGHTS = PictureRights("© Harbour Post", "https://post.example/use", PLUS + "DMI-PROHIBITED")
HOSTILE = "</rdf:li>]]><!-- \x00\x08\ud800 &amp; <?xpacket end='w'?> \u202e “\"'"


def xmp(picture: Picture, rights: PictureRights = RIGHTS) -> dict[str, str]:
    """The properties of the packet, by their prefixed names, read as any XML parser does."""
    packet = picture_metadata(picture, rights).xmp
    assert packet.startswith('<?xpacket begin="\ufeff"'.encode())
    assert packet.endswith(b'<?xpacket end="r"?>')
    spaces = re.findall(r'xmlns:(\w+)="(.*?)"', packet.decode())
    prefixes = {address: name for name, address in spaces}
    description = ElementTree.fromstring(packet)[0][0]
    found = {}
    for element in description:
        address, _, name = element.tag[1:].partition("}")
        found[f"{prefixes[address]}:{name}"] = "".join(element.itertext())
    return found


def iim(picture: Picture, rights: PictureRights = RIGHTS) -> dict[tuple[int, int], bytes]:
    """The datasets, by record and number."""
    data, found, at = picture_metadata(picture, rights).iim, {}, 0
    while at < len(data):
        assert data[at] == 0x1C
        length = int.from_bytes(data[at + 3 : at + 5], "big")
        found[data[at + 1], data[at + 2]] = data[at + 5 : at + 5 + length]
        at += 5 + length
    assert at == len(data)
    return found


@pytest.mark.parametrize("field", ["caption", "credit", "alt", "rights"])
def test_hostile_text_stays_one_text(field: str) -> None:
    words: dict[str, Any] = {field: HOSTILE}
    picture = replace(Picture(), **words)
    rights = PictureRights(picture.rights, HOSTILE, HOSTILE)
    found = xmp(picture, rights)
    assert len(found) == (4 if field == "rights" else 3)
    # A story has no control characters; what comes from elsewhere loses them here.
    for text in (text.replace("\ufffd", "") for text in found.values()):
        assert text in {HOSTILE.replace("\x00\x08\ud800", ""), "True"}


def test_endless_texts_fit_into_a_jpeg_segment() -> None:
    endless = "<" * 2_499 + "“" * 40_000
    metadata = picture_metadata(
        Picture(caption=endless, credit=endless, alt=endless),
        PictureRights(endless, endless, endless),
    )
    ElementTree.fromstring(metadata.xmp)
    assert 50_000 < len(metadata.xmp) < 65_500
    assert len(metadata.iim) < 3_000


def test_texts_of_iim_are_cut_between_characters() -> None:
    found = iim(Picture(credit="ميناء الشمال والجنوب والشرق والغرب", caption="ä" * 1_500))
    assert len(found[2, 110]) <= 32
    assert found[2, 110].decode() == "ميناء الشمال والج"
    assert found[2, 120].decode() == "ä" * 1_000


def test_packet_has_caption_credit_copyright_alt_licence_and_data_mining() -> None:
    picture = Picture(caption="The light.", credit="(Nadia Rahman)", alt="A lighthouse at dusk")
    assert xmp(picture) == {
        "dc:description": "The light.",
        "dc:rights": "© Harbour Post",
        "Iptc4xmpCore:AltTextAccessibility": "A lighthouse at dusk",
        "photoshop:Credit": "Nadia Rahman",
        "xmpRights:Marked": "True",
        "xmpRights:WebStatement": "https://post.example/use",
        "plus:DataMining": PLUS + "DMI-PROHIBITED",
    }
    assert iim(picture) == {
        (1, 90): b"\x1b%G",
        (2, 0): b"\0\4",
        (2, 110): b"Nadia Rahman",
        (2, 116): "© Harbour Post".encode(),
        (2, 120): b"The light.",
    }


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert xmp(Picture(alt="Never said", decorative=True), PictureRights()) == {}
    assert set(iim(Picture(), PictureRights())) == {(1, 90), (2, 0)}


def test_same_values_give_the_same_bytes_and_others_another_hash() -> None:
    picture = Picture(caption="The light.")
    assert picture_metadata(picture, RIGHTS) == picture_metadata(picture, RIGHTS)
    hashes = {
        picture_metadata(picture, RIGHTS).hash,
        picture_metadata(Picture(caption="The lamp."), RIGHTS).hash,
        picture_metadata(picture, PictureRights()).hash,
    }
    assert len(hashes) == 3


@pytest.mark.parametrize(
    ("credit", "rights", "copyright_", "licence"),
    [
        ("", "", "", ""),
        ("Nadia Rahman", "", "", ""),
        ("Nadia Rahman / HARBOUR POST", "", "© 2026 Harbour Post", HOUSE.licence),
        ("AFP", "", "", ""),
        ("AFP", "© AFP, one time use", "© AFP, one time use", ""),
        ("", "© Harbour Post 2024", "© Harbour Post 2024", HOUSE.licence),
    ],
)
def test_paper_claims_only_its_own_pictures(
    credit: str, rights: str, copyright_: str, licence: str
) -> None:
    found = picture_rights(Picture(credit=credit, rights=rights), HOUSE, 2026)
    assert (found.copyright, found.licence) == (copyright_, licence)
    assert found.data_mining == PLUS + "DMI-PROHIBITED-AIMLTRAINING"


@pytest.mark.parametrize("ai_use", AiUse)
def test_paper_forbids_data_mining_of_all_pictures_and_allows_it_for_its_own(ai_use: AiUse) -> None:
    house = House("Harbour Post", ai_use=ai_use)
    assert (
        picture_rights(Picture(credit="Harbour Post"), house, 2026).data_mining
        == ai_use.data_mining
    )
    others = picture_rights(Picture(credit="AFP"), house, 2026).data_mining
    assert others == ("" if ai_use is AiUse.ALLOW else ai_use.data_mining)


def test_properties_are_those_of_the_standard(shared: Path) -> None:
    path = shared / "schemas" / "iptc-photo" / "iptc-pmd-techreference_2024.1.json"
    standard = {
        value.get("XMPid"): value
        for value in json.loads(path.read_text(encoding="utf-8"))["ipmd_top"].values()
    }
    picture = Picture(caption="a", credit="b", alt="c")
    assert set(xmp(picture)) - {"xmpRights:Marked"} <= set(standard)
    limits = {value.get("IIMid"): value.get("IIMmaxbytes") for value in standard.values()}
    endless = Picture(caption="a" * 9_000, credit="b" * 9_000)
    found = iim(endless, PictureRights("c" * 9_000))
    for number in (110, 116, 120):
        assert len(found[2, number]) == limits[f"2:{number}"]
