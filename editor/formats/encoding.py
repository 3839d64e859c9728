"""Decoding of text files in any encoding; every guess becomes a problem for the user to see."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from math import ceil

from charset_normalizer import from_bytes

from editor.errors import UnreadableText
from editor.formats.base import Problem
from editor.formats.sniff import detect_binary, display_name, not_plain_text
from editor.i18n import _, plural

LARGEST = 4 * 1024 * 1024
"""The largest text that is read, in bytes: the Bible in English."""

_SAMPLE = 64 * 1024

# Longer marks first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
}

_ESCAPE_TO_JAPANESE = re.compile(rb"\x1b\$[@B]")
_BREAKS = re.compile(r"\r{1,2}\n|\r|[\x02\x03\v\f\x1c-\x1e\x85\u2028\u2029]")
# Without the separators, and the marks of where a text begins and ends, which become line ends.
_CONTROLS = re.compile(r"[\x00\x01\x04-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
# ANPA 1312 sets tables with these spaces. It begins a story with SYN SYN SOH; without that
# they are spaces beside a number only.
_ANPA_START = "\x16\x16\x01"
_ANPA_SPACES = re.compile(r"[\x1e\x1f]")
_FIGURE_SPACES = re.compile(r"(?<=\d)[\x1e\x1f]+|[\x1e\x1f]+(?=\d)")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_AMPERSAND = re.compile(r"&(?=[#a-zA-Z])")
_TELEGRAPHIC = re.compile(rb"[\x01-\x04\x07\x16\x1e\x1f\x7f]")
_NON_ASCII_RUN = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with LF line ends and no control characters, and how it was decoded.

    `encoding` is Python's name of the codec.
    """

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, filename: str) -> Decoded:
    """Decode bytes by their byte order mark, as UTF-8, else by a guess that is reported.

    Raises UnreadableText for a file that is too long, empty, or not text.
    """
    _refuse_unusable(data, filename)
    # Some feeds fill their last block with NULs.
    unpadded = data.rstrip(b"\0")
    data = data if b"\0" in unpadded else unpadded
    text, encoding, problems = _decode_bytes(data, filename)
    spaces = _ANPA_SPACES if _ANPA_START in text else _FIGURE_SPACES
    text = spaces.sub(lambda found: " " * len(found[0]), text)
    if len(_CONTROLS.findall(text)) > max(16, len(text) // 20):
        raise _not_text(filename)
    text, removals = clean(text)
    text, entities = _read_entities(text)
    removals = (*removals, *entities)
    if not text.strip(" \t\n\u00a0\u200b\u200e\u200f"):
        raise UnreadableText(
            _("{what} has no text in it.").format(what=display_name(filename)),
            _("Check that it is the right file."),
        )
    return Decoded(text, encoding, (*problems, *removals))


def clean(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Make all line ends LF and remove a byte order mark and control characters.

    Removed control characters are reported as a problem.
    """
    text = _BREAKS.sub("\n", text.removeprefix("\ufeff"))
    text, count = _CONTROLS.subn("", text)
    return text, (_controls_removed(count),) if count else ()


def _read_entities(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Read HTML's entities (`AT&amp;T &mdash;`) as their characters, in text that is full of them.

    Where as many ampersands before a letter begin none (`R&D`), the text is not HTML.
    """
    entities = [found for found in _ENTITY.findall(text) if unescape(found) != found]
    if 2 * len(entities) <= len(_AMPERSAND.findall(text)):
        return text, ()
    text = _ENTITY.sub(lambda found: _BREAKS.sub("\n", _CONTROLS.sub("", unescape(found[0]))), text)
    return text, (_entities_read(len(entities), entities[0]),)


def too_large(filename: str, size: int) -> UnreadableText:
    """Return the refusal of a file of so many bytes."""
    return UnreadableText(
        _("{name} is {size:.0f} MB; {limit} MB is the limit.").format(
            name=display_name(filename), size=ceil(size / 1_048_576), limit=LARGEST // 1_048_576
        ),
        _("Split it, or check that it is the right file."),
    )


def _refuse_unusable(data: bytes, filename: str) -> None:
    name = display_name(filename)
    if len(data) > LARGEST:
        raise too_large(filename, len(data))
    if not data:
        raise UnreadableText(
            _("{name} is empty.").format(name=name), _("Check that it is the right file.")
        )
    if kind := detect_binary(data):
        raise not_plain_text(kind, filename)


def _decode_bytes(data: bytes, filename: str) -> tuple[str, str, tuple[Problem, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    if b"\0" in data:
        encoding = _guess_wide_encoding(data)
        if not encoding:
            raise _not_text(filename)
        return data.decode(encoding), encoding, (_guessed(encoding),)
    if _ESCAPE_TO_JAPANESE.search(data[:_SAMPLE]) and _decodes(data, "iso2022_jp"):
        return data.decode("iso2022_jp"), "iso2022_jp", (_guessed("iso2022_jp"),)
    if _decodes(data, "utf-8"):
        return data.decode("utf-8"), "utf-8", ()
    if broken := _count_broken_utf8(data):
        return data.decode("utf-8", "replace"), "utf-8", (_replaced("utf-8", broken),)
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r" for byte in data[:_SAMPLE])
    if controls > len(_TELEGRAPHIC.findall(data[:_SAMPLE])) + len(data[:_SAMPLE]) // 50:
        raise _not_text(filename)
    encoding = _guess_encoding(data)
    return _decode_with(data, encoding, (_guessed(encoding),))


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str, tuple[Problem, ...]]:
    certain = Problem(_read_as(encoding), _("That is certain: its first bytes show it."))
    return _decode_with(data, encoding, () if encoding == "utf-8" else (certain,))


def _decode_with(
    data: bytes, encoding: str, problems: tuple[Problem, ...]
) -> tuple[str, str, tuple[Problem, ...]]:
    text = data.decode(encoding, "replace")
    if not _decodes(data, encoding):
        problems = (*problems, _replaced(encoding, text.count("\ufffd")))
    return text, encoding, problems


def _guess_wide_encoding(data: bytes) -> str:
    """Guess the wide encoding of unmarked bytes that hold NULs; empty for none.

    Half of the bytes of UTF-16 name the script, so they take few values and one
    of them is NUL (spaces, line ends). Binary data has no such half.
    """
    for encoding in ("utf-32-le", "utf-32-be"):
        if len(data) % 4 == 0 and _decodes(data, encoding):
            return encoding
    best, best_share = "", 0.9
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[: _SAMPLE * 2].decode(encoding, "replace")
        share = sum(map(_is_common, text)) / max(1, len(text))
        if len(data) % 2 == 0 and _decodes(data, encoding) and share > best_share:
            best, best_share = encoding, share
    return best


def _is_common(char: str) -> bool:
    """Return whether a character is common in news of the scripts that agencies write."""
    return (
        " " <= char <= "~"
        or char in "\t\r\n\f"
        or "\u00a0" <= char <= "\u06ff"
        or "\u2010" <= char <= "\u203a"
        or "\u3000" <= char <= "\u30ff"
        or "\u4e00" <= char <= "\u9fff"
        or "\uac00" <= char <= "\ud7a3"
        or "\uff00" <= char <= "\uffef"
    )


def _count_broken_utf8(data: bytes) -> int:
    """Count the broken places of text that is mostly valid UTF-8; 0 when it is something else."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(char > "\x7f" for char in text) - broken
    return broken if valid >= 2 * broken else 0


def _guess_encoding(data: bytes) -> str:
    """Guess the encoding of bytes that are not UTF-8 by the letters they would spell."""
    sample = data[:_SAMPLE]
    runs = _NON_ASCII_RUN.findall(sample)
    # Single accents and typographic marks among plain letters.
    is_latin = sum(map(len, runs)) <= 1.5 * len(runs)
    for encoding, is_plausible in _CANDIDATES:
        if is_latin and is_plausible is not _looks_japanese:
            continue
        # A sample may end inside a character.
        text = sample.decode(encoding, "replace").rstrip("\ufffd")
        if "\ufffd" not in text and is_plausible([char for char in text if char > "\x7f"]):
            return encoding
    if is_latin:
        return _guess_latin(sample)
    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "utf_8" else "cp1252"


def _guess_latin(sample: bytes) -> str:
    """Return the code page in which the accented letters are all of one language's alphabet.

    Polish read as Windows-1252 has signs inside its words, and letters that no language
    of that page has together.
    """
    shares = {
        encoding: max(
            _share_spelled(sample.decode(encoding, "replace"), alphabet) for alphabet in alphabets
        )
        for encoding, alphabets in _ALPHABETS.items()
    }
    return max(shares, key=lambda encoding: shares[encoding])


def _share_spelled(text: str, alphabet: str) -> float:
    """Return which share of the characters in and at words, other than ASCII, an alphabet has."""
    # Letters, and marks inside words; ª and ² are neither.
    found = [char for char in _IN_WORD.findall(text) if char.isalpha() or not char.isalnum()]
    return sum(char.lower() in alphabet for char in found) / len(found) if found else 1.0


def _looks_japanese(chars: list[str]) -> bool:
    kana = sum("\u3040" <= char <= "\u30ff" for char in chars)
    # Windows-1252's accents would spell half-width kana, so those don't count.
    common = sum(_is_common(char) and not "\uff61" <= char <= "\uff9f" for char in chars)
    return kana > 0.2 * len(chars) and common > 0.9 * len(chars)


def _spells(script: str, common_letters: str) -> Callable[[list[str]], bool]:
    """Return a test that text is in a script and uses its commonest letters often enough."""

    def is_plausible(chars: list[str]) -> bool:
        letters = [char for char in chars if char.isalpha()]
        in_script = sum(unicodedata.name(char, "").startswith(script) for char in letters)
        common = sum(char in common_letters for char in letters)
        count = len(letters)
        return count > 3 and in_script > 0.97 * count and common > 0.55 * count

    return is_plausible


_CYRILLIC = _spells("CYRILLIC", "оеаинтсрвлкмдпу")
_CANDIDATES: tuple[tuple[str, Callable[[list[str]], bool]], ...] = (
    ("cp932", _looks_japanese),
    ("euc_jp", _looks_japanese),
    ("cp1256", _spells("ARABIC", "اليمنوترةبعدسفكحهأ")),
    ("cp1253", _spells("GREEK", "αοιετσνηρπκμυλ")),
    ("cp1251", _CYRILLIC),
    ("koi8_r", _CYRILLIC),
)


# The letters with marks of the languages that are written in each code page. A text that
# fits several pages is read as the first.
_ALPHABETS = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüß",
        "áéíóúñüïªº",  # Spanish
        "àáâãçéêíóôõúüªº",  # Portuguese
        "àèéìíîòóùúªº",  # Italian
        "åäöéü",  # Swedish, Finnish
        "åæøéèêóòôü",  # Danish, Norwegian
        "áéíóúýðþæö",  # Icelandic
        "éèëïöüóáê",  # Dutch
        "àçèéíïòóúü·",  # Catalan
    ),
    "cp1250": (
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîşţ",  # Romanian
        "čćđšž",  # Croatian, Slovene
    ),
    "cp1254": ("çğıiöşüâîû\u0307",),  # Turkish
}
# Marks beside a word (quotation marks, dashes) tell nothing: they are the same in all pages.
_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[^\x00-\x7f\u2010-\u203a\xa0\xab\xbb](?=[^\W\d_])"
    r"|[^\W\d_\x00-\x7f]|(?<=[^\W\d_])[\xb3\xb9\xbf](?!\w)|(?<!\w)[\xb3\xb9](?=\w)"
)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _name(encoding: str) -> str:
    return _NAMES.get(encoding, encoding.upper().replace("_", "-"))


def _read_as(encoding: str) -> str:
    return _("The file is not UTF-8; it was read as {what}.").format(what=_name(encoding))


def _guessed(encoding: str) -> Problem:
    return Problem(
        _read_as(encoding),
        _("That is a guess. If letters look wrong, save the file as UTF-8 and import it again."),
    )


def _replaced(encoding: str, count: int) -> Problem:
    return Problem(
        plural(
            "{n} place is not {encoding} and became “�”.",
            "{n} places are not {encoding} and became “�”.",
            count,
            encoding=_name(encoding),
        ),
        _("Find that character and type the right letter."),
    )


def _controls_removed(count: int) -> Problem:
    return Problem(
        plural("{n} control character was removed.", "{n} control characters were removed.", count),
        _("They control printers and lines, and are not part of the text."),
    )


def _entities_read(count: int, first: str) -> Problem:
    return Problem(
        plural(
            "{n} HTML entity ({first}) was read as characters.",
            "{n} HTML entities ({first}…) were read as characters.",
            count,
            first=first,
        ),
        _("If the story is about HTML itself, type them again."),
    )


def _not_text(filename: str) -> UnreadableText:
    return UnreadableText(
        _("{what} is not text.").format(what=display_name(filename)),
        _("Open it in the program it was made with, copy the text and paste it here."),
    )
