"""What picture files say of themselves, in all the ways and encodings they say it."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from editor.core.file_words import FileWords
from editor.core.house import House
from editor.core.story import Picture
from editor.proof.embedded_words import read_words
from editor.proof.picture_containers import with_metadata
from editor.proof.picture_metadata import picture_metadata, picture_rights
from editor.proof.pictures import read_words as read_elsewhere
from tests.proof import embedded
from tests.proof.odd_pictures import chunk, drawn, png_with, webp_with_exif

DATE_TIME, SUB_DIRECTORY = 0x9003, 0x8769


def read(**blocks: bytes) -> FileWords:
    return read_words("jpg", embedded.jpeg(**blocks))


def test_agencys_xmp_is_read_whole() -> None:
    assert read(xmp=embedded.packet(embedded.AGENCY)) == FileWords(
        caption="A ferry leaves Jeddah.",
        credit="Gulf Wire/Nour Haddad",
        alt="A white ferry",
        rights="© 2026 Gulf Wire",
        usage="ONE TIME USE ONLY No sales. Until 2026-12-31.",
        place="Jeddah, Saudi Arabia",
        taken="2026-03-03",
    )


def test_xmp_in_utf_8_is_read_as_that_whatever_it_declares() -> None:
    packet = embedded.packet("<dc:description>Café, Zürich</dc:description>")
    assert "Café" in packet.decode()
    declared = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + packet[packet.find(b"<x:") :]
    assert read(xmp=declared).caption == "Café, Zürich"


def test_xmp_written_as_attributes_is_read() -> None:
    attributes = 'photoshop:Credit="Gulf Wire" photoshop:City="Oslo" photoshop:Country="Norway"'
    words = read(xmp=embedded.packet("", attributes))
    assert (words.credit, words.place) == ("Gulf Wire", "Oslo, Norway")


def test_photographer_is_credited_where_there_is_no_credit_line() -> None:
    names = "<rdf:li>A. Lee</rdf:li><rdf:li>B. Diaz</rdf:li>"
    creators = f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>"
    assert read(xmp=embedded.packet(creators)).credit == "A. Lee, B. Diaz"
    assert read(block=embedded.iim((80, b"A. Lee"), (80, b"B. Diaz"))).credit == "A. Lee, B. Diaz"
    assert read(exif_block=embedded.exif_of(artist="A. Lee")).credit == "A. Lee"


def test_iim_is_read_whole() -> None:
    block = embedded.iim(
        (37, b"20261231"), (40, b"No archive"), (55, b"20260303"), (90, b"Oslo"),
        (95, b"Oslo fylke"), (101, b"Norway"), (110, b"AP"), (116, b"AP 2026"), (120, b"A quay."),
    )  # fmt: skip
    assert read(block=block) == FileWords(
        "A quay.", "AP", "", "AP 2026", "No archive Until 2026-12-31.", "Oslo, Norway", "2026-03-03"
    )


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Café à Köln".encode(), b"\x1b%G"),
        ("Café à Köln".encode(), b""),  # UTF-8 that says nothing
        ("Café à Köln".encode(), b"\x1b.A"),  # UTF-8 that says it is Latin-1
        ("Café à Köln".encode("cp1252"), b""),
        ("Café à Köln".encode("cp1252"), b"\x1b%G"),  # Windows that says it is UTF-8
        ("Café à Köln".encode("latin-1"), b"\x1b.A"),
    ],
)
def test_encodings_that_lie_are_seen_through(content: bytes, charset: bytes) -> None:
    assert read(block=embedded.iim((120, content), charset=charset)).caption == "Café à Köln"


def test_xmp_is_read_before_iim_unless_that_was_changed_later() -> None:
    xmp = embedded.packet(embedded.AGENCY)
    block = embedded.iim((120, b"The corrected caption"))
    assert read(xmp=xmp, block=block).caption == "A ferry leaves Jeddah."
    same = embedded.digest_of(block)
    assert read(xmp=xmp, block=block, digest=same).caption == "A ferry leaves Jeddah."
    older = embedded.digest_of(b"what it was")
    changed = read(xmp=xmp, block=block, digest=older)
    assert changed.caption == "The corrected caption"
    assert changed.credit == "Gulf Wire/Nour Haddad", "what IIM does not say is in XMP"


@pytest.mark.parametrize(
    "junk",
    [
        "OLYMPUS DIGITAL CAMERA", "SONY DSC", "Exif_JPEG_PICTURE", "SAMSUNG CAMERA PICTURES",
        "KONICA MINOLTA DIGITAL CAMERA", "DCIM\\100MEDIA\\DJI_0042.JPG", "IMG_20260303_091500",
        "oznorHB", "Created with GIMP", "   ", "123", "untitled",
    ],
)  # fmt: skip
def test_what_cameras_write_is_no_caption(junk: str) -> None:
    assert read(exif_block=embedded.exif_of(caption=junk)).caption == ""
    both = read(
        xmp=embedded.packet(f"<dc:description>{junk}</dc:description>"),
        block=embedded.iim((120, b"A real one")),
    )
    assert both.caption == "A real one"


def test_captions_that_look_like_junk_are_kept() -> None:
    for caption in ("A digital camera on a table", "Sony DSC sensors are made here", "Hall 9"):
        assert read(exif_block=embedded.exif_of(caption=caption)).caption == caption


def test_exif_has_a_day_and_the_copyright_of_two() -> None:
    inner = struct.pack("<H", 1) + struct.pack("<HHII", DATE_TIME, 2, 20, 200) + bytes(4)
    head = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2)
    head += struct.pack("<HHII", 0x8298, 2, 13, 150) + struct.pack("<HHII", SUB_DIRECTORY, 4, 1, 60)
    block = head.ljust(60, b"\0") + inner
    block = block.ljust(150, b"\0") + b"A. Lee\0Wire\0\0"
    block = block.ljust(200, b"\0") + b"2026:03:03 09:15:00\0"
    words = read(exif_block=block)
    assert (words.rights, words.taken) == ("A. Lee, Wire", "2026-03-03")


@pytest.mark.parametrize("day", ["0000:00:00 00:00:00", "2026:13:40", "soon", "2026", "1700-01-01"])
def test_days_that_are_none_are_left_out(day: str) -> None:
    dated = f"<photoshop:DateCreated>{day}</photoshop:DateCreated>"
    assert read(xmp=embedded.packet(dated)).taken == ""


def test_no_position_is_read() -> None:
    gps = '<exif:GPSLatitude xmlns:exif="http://ns.adobe.com/exif/1.0/">21,29N</exif:GPSLatitude>'
    words = read(xmp=embedded.packet(embedded.AGENCY + gps))
    assert "21" not in " ".join(words.to_json().values())


def test_png_and_webp_are_read() -> None:
    packet = embedded.packet(embedded.AGENCY)
    plain = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet)
    packed = chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet))
    for data in (plain, packed):
        assert read_words("png", png_with(data)).place == "Jeddah, Saudi Arabia"
    texts = embedded.png_texts(Description="Café", Author="A. Lee", Copyright="A. Lee 2026")
    words = read_words("png", png_with(texts))
    assert (words.caption, words.credit, words.rights) == ("Café", "A. Lee", "A. Lee 2026")
    webp = webp_with_exif(embedded.exif_of(caption="On a pier"))
    assert read_words("webp", webp).caption == "On a pier"


def test_pictures_of_an_own_export_say_what_the_paper_said() -> None:
    shown = Picture(caption="Åse’s boat", credit="(Ines Vale)", alt="A boat", rights="© Post")
    metadata = picture_metadata(shown, picture_rights(shown, House("Harbour Post"), 2026))
    words = read_words("jpg", with_metadata("jpg", drawn(), metadata))
    assert words == FileWords("Åse’s boat", "Ines Vale", "A boat", "© Post")


@pytest.mark.parametrize(
    "xmp",
    [
        b"", b"\0\0", b"<x:xmpmeta>", b"\xff\xfe\x00", b"not XML",
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'.encode("utf-16"),
        b"<a>" * 20_000,
    ],
)  # fmt: skip
def test_broken_and_hostile_packets_say_nothing(xmp: bytes) -> None:
    assert read(xmp=xmp[:60_000]) == FileWords()


def test_packet_with_rubbish_around_it_is_read() -> None:
    packet = embedded.packet(embedded.AGENCY)
    assert read(xmp=b"junk " + packet + b" \0\0 junk").alt == "A white ferry"


def test_cut_and_altered_metadata_never_raises() -> None:
    whole = embedded.jpeg(
        embedded.packet(embedded.AGENCY),
        embedded.iim((120, b"A quay."), (40, b"No archive")),
        embedded.exif_of(caption="A quay", artist="A. Lee"),
    )
    chance = random.Random(1)
    for _round in range(300):
        altered = bytearray(whole[: chance.randrange(2, len(whole))])
        for _byte in range(chance.randrange(6)):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        assert isinstance(read_words("jpg", bytes(altered)), FileWords)


def test_texts_are_one_line_and_no_longer_than_a_caption() -> None:
    words = read(block=embedded.iim((120, b"One\r\ntwo\0\x07 " + b"long " * 1000)))
    assert words.caption.startswith("One two long")
    assert len(words.caption) <= 2001


def test_words_are_read_in_the_process_that_has_limits() -> None:
    data = embedded.jpeg(embedded.packet(embedded.AGENCY))
    assert read_elsewhere(data) == read_words("jpg", data)
    assert read_elsewhere(drawn()) == FileWords()
