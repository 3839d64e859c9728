"""Decoding of many encodings, and refusal of bytes that are not text."""

from __future__ import annotations

import codecs
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from editor.errors import UnreadableText
from editor.formats.encoding import LARGEST, clean, decode

ENGLISH = "Harbour café opens\n\n“Naïve pilots” pay £3 – or €4 – for a crème brûlée, she’d said.\n"
ARABIC = "رئيسة البلدية تبحث فتح المرفأ القديم\n\nوقالت إن المياه نظيفة بما يكفي للسباحة هناك.\n"
JAPANESE = "港の第二桟橋が開く\n\n市長は火曜日に、水はとてもきれいですと述べた。\n"
GREEK = "Η πόλη άνοιξε τη νέα προβλήτα μετά από δύο χρόνια εργασιών, είπαν οι αρχές.\n"
RUSSIAN = "Мэр обсуждает открытие старой гавани\n\nВода достаточно чистая, сказала она вчера.\n"


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, kind)
    return out.getvalue()


def office_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "x.txt is empty."),
        (b" \r\n\t \n", "x.txt has no text in it."),
        (codecs.BOM_UTF8, "x.txt has no text in it."),
        (codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), "x.txt has no text in it."),
        (b"%PDF-1.7\n1 0 obj\n", "x.txt is a PDF, not plain text."),
        (office_document(), "x.txt is an office document or a zip archive, not plain text."),
        (picture("JPEG"), "x.txt is a JPEG picture, not plain text."),
        (picture("PNG"), "x.txt is a PNG picture, not plain text."),
        (picture("WEBP"), "x.txt is a WebP picture, not plain text."),
        (b"Harbour opens\0\0\x01\x02 quay \x90\0\0 again\0\xff", "x.txt is not text."),
        (random.Random(4).randbytes(5_000), "x.txt is not text."),
        (bytes(range(1, 9)) * 40 + b"quay", "x.txt is not text."),
    ],
)
def test_files_that_are_not_text_are_refused_with_a_hint(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableText) as refusal:
        decode(data, "C:\\wire\\x.txt")
    assert refusal.value.sentence == sentence
    assert refusal.value.hint


def test_too_large_file_is_refused_before_decoding() -> None:
    with pytest.raises(UnreadableText) as refusal:
        decode(b"a" * 50 * 1024 * 1024, "big.txt")
    assert refusal.value.sentence == "big.txt is 50 MB; 4 MB is the limit."
    assert decode(b"a" * LARGEST, "fits.txt").encoding == "utf-8"


@pytest.mark.parametrize("text", [ENGLISH, ARABIC, JAPANESE, RUSSIAN])
@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", ""),
        (b"", "utf-8", ""),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
        (b"", "utf-16-le", "UTF-16"),
        (b"", "utf-16-be", "UTF-16"),
        (b"", "utf-32-le", "UTF-32"),
    ],
)
def test_unicode_encodings_with_and_without_byte_order_mark(
    text: str, mark: bytes, encoding: str, name: str
) -> None:
    decoded = decode(mark + text.encode(encoding), "x.txt")
    assert decoded.text == text
    sentences = [problem.sentence for problem in decoded.problems]
    assert sentences == ([f"The file is not UTF-8; it was read as {name}."] if name else [])


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ENGLISH, "cp1252", "Windows-1252"),
        ("Caf\u00e9", "cp1252", "Windows-1252"),
        ("Die Hafenbehörde öffnet am Mittwoch – früher als gedacht – große Kais.", "cp1252", ""),
        (ARABIC, "cp1256", "Windows-1256 (Arabic)"),
        ("Harbour opens in القاهرة القديمة الآن", "cp1256", "Windows-1256 (Arabic)"),
        (JAPANESE, "cp932", "Shift-JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (GREEK, "cp1253", "Windows-1253 (Greek)"),
        (RUSSIAN, "cp1251", "Windows-1251 (Cyrillic)"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
    ],
)
def test_older_encodings_are_guessed_and_reported(text: str, encoding: str, name: str) -> None:
    decoded = decode(text.encode(encoding), "x.txt")
    assert decoded.text == text
    (problem,) = decoded.problems
    assert problem.sentence == f"The file is not UTF-8; it was read as {name or 'Windows-1252'}."
    assert problem.hint


POLISH = "Władze portu w Gdyni otworzyły nowe nabrzeże. Miasto długo czekało na ten dzień.\n"
CZECH = "Starostka řekla, že město na tento den dlouho čekalo a že přístav bude brzy otevřen.\n"
HUNGARIAN = "A polgármester szerint a város régóta várt erre, és a kikötő ősszel megnyílik.\n"
TURKISH = "Belediye başkanı, kentin bu günü uzun süredir beklediğini söyledi. İskele açıldı.\n"
ICELANDIC = "Bæjarstjórinn sagði að bærinn hefði beðið lengi eftir þessum degi.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (POLISH, "cp1250", "Windows-1250 (Central European)"),
        (CZECH, "cp1250", "Windows-1250 (Central European)"),
        (HUNGARIAN, "cp1250", "Windows-1250 (Central European)"),
        (TURKISH, "cp1254", "Windows-1254 (Turkish)"),
        (ICELANDIC, "cp1252", "Windows-1252"),
        ("El señor Núñez dijo que sí: la 2ª, nº 1.\n", "cp1252", "Windows-1252"),
        ("Le maire a déclaré « où », à l’été, ça.\n", "cp1252", "Windows-1252"),
        ("It is 20 °C, ½ mile and 3 m².\n", "cp1252", "Windows-1252"),
    ],
)
def test_code_page_is_the_one_whose_letters_spell_a_language(
    text: str, encoding: str, name: str
) -> None:
    decoded = decode(text.encode(encoding), "x.txt")
    assert decoded.text == text
    assert [p.sentence for p in decoded.problems] == [
        f"The file is not UTF-8; it was read as {name}."
    ]


def test_line_ends_of_two_returns_are_one() -> None:
    assert decode(b"Harbour\r\r\nopens\r\r\n\r\r\nIt met.", "x").text == "Harbour\nopens\n\nIt met."
    assert decode(b"Harbour\r\rIt met.\r", "x").text == "Harbour\n\nIt met.\n"


def test_entities_are_read_as_characters_and_reported() -> None:
    decoded = decode(b"AT&amp;T &mdash; caf&#233; &lt;up&gt; &#x201c;now&#x201d;\nIt met.", "x")
    assert decoded.text == "AT&T — café <up> “now”\nIt met."
    assert [p.sentence for p in decoded.problems] == [
        "7 HTML entities (&amp;…) were read as characters."
    ]
    assert decode(b"AT&amp;T &mdash; R&D", "x").text == "AT&T — R&D"
    assert decode(b"One line&#10;break &amp; more", "x").text == "One line\nbreak & more"


@pytest.mark.parametrize("text", ["R&D and AT&amp;T", "Q&A; more", "fish & chips", "a &amp b"])
def test_ampersands_of_plain_text_stay(text: str) -> None:
    assert decode(text.encode(), "x").text == text


@pytest.mark.parametrize("start", [b"\x16\x16\x01a0123\x1fharbr\x02\r\n", b""])
def test_table_set_with_figure_spaces_is_text(start: bytes) -> None:
    rows = b"Seacliff\x1f\x1f\x1f10\x1e8\r\n" * 40
    assert "Seacliff   10 8\n" * 40 in decode(start + rows, "x.tst").text


def test_utf8_with_one_broken_character_is_read_as_utf8() -> None:
    data = ARABIC.encode()[:-1] + b"\xd9\n"
    decoded = decode(data, "cut.txt")
    assert decoded.text.startswith(ARABIC[:60])
    assert [p.sentence for p in decoded.problems] == ["1 place is not UTF-8 and became “\ufffd”."]


def test_short_utf8_with_one_broken_character_is_read_as_utf8() -> None:
    assert decode("Café opens ø".encode() + b"\xe9\n", "x.txt").text == "Café opens ø\ufffd\n"


def test_bytes_missing_from_the_code_page_are_reported() -> None:
    decoded = decode("Café ".encode("cp1252") + b"\x81 opens", "x.txt")
    assert decoded.text == "Café \ufffd opens"
    assert len(decoded.problems) == 2


def test_control_characters_are_removed_and_reported() -> None:
    decoded = decode(b"\x01Harbour\x1f opens\x7f\r\nQuay\x0cTwo\x0bThree\tfour\0\0", "x.txt")
    assert decoded.text == "Harbour opens\nQuay\nTwo\nThree\tfour"
    assert [p.sentence for p in decoded.problems] == ["3 control characters were removed."]


@given(st.text())
def test_any_utf8_text_is_decoded_unchanged(text: str) -> None:
    # Entities are read: see above.
    wanted, _ = clean(text.encode("utf-8", "replace").decode().replace("&", "+"))
    try:
        decoded = decode(wanted.encode(), "x.txt")
    except UnreadableText as refusal:
        assert "no text" in str(refusal) or "empty" in str(refusal)  # noqa: PT017
    else:
        assert decoded.text == clean(wanted)[0]
        assert decoded.encoding == "utf-8"


@given(st.binary(max_size=300))
def test_any_bytes_give_clean_text_or_an_error(data: bytes) -> None:
    text = "fine"
    try:
        text = decode(data, "x.txt").text
    except UnreadableText as refusal:
        text = refusal.sentence
    assert text.strip()
    assert clean(text) == (text, ())
