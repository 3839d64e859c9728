"""Bytes from outside as text, and a plain word about every guess that was made."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from charset_normalizer import from_bytes

from editor.errors import UnreadableText
from editor.formats.base import Problem
from editor.formats.sniff import binary_kind, refusal, shown

LARGEST = 20 * 1024 * 1024
"""The most bytes a text may have. The Bible in English has a fifth of that."""

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
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
}

_ESCAPE_TO_JAPANESE = re.compile(rb"\x1b\$[@B]")
_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Separators that become line ends are not counted as controls; the rest go.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_TELEGRAPHIC = re.compile(rb"[\x01-\x04\x07\x16\x1f\x7f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with LF line ends and no control characters, and how it was read.

    `encoding` is Python's name of the codec.
    """

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, filename: str) -> Decoded:
    """Read bytes as text: by their mark, as UTF-8, else by a guess that is said.

    Raises UnreadableText for a file that is too long, empty, or not text.
    """
    _refuse_unusable(data, filename)
    # Some feeds fill their last block with NULs.
    filled = data.rstrip(b"\0")
    data = data if b"\0" in filled else filled
    text, encoding, problems = _read(data, filename)
    if len(_CONTROLS.findall(text)) > max(16, len(text) // 20):
        raise _not_text(filename)
    text, removals = clean(text)
    if not text.strip(" \t\n\u00a0\u200b\u200e\u200f"):
        raise UnreadableText(
            f"{shown(filename)} has no text in it.", "Look whether it is the right file."
        )
    return Decoded(text, encoding, (*problems, *removals))


def clean(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Make all line ends LF and drop a byte order mark and control characters, which is said."""
    text = _BREAKS.sub("\n", text.removeprefix("\ufeff"))
    text, removed = _CONTROLS.subn("", text)
    return text, (_removal(removed),) if removed else ()


def _refuse_unusable(data: bytes, filename: str) -> None:
    name = shown(filename)
    if len(data) > LARGEST:
        raise UnreadableText(
            f"{name} has {len(data) / 1_048_576:.0f} MB; "
            f"a text may have up to {LARGEST // 1_048_576} MB.",
            "Split it, or look whether it is the right file.",
        )
    if not data:
        raise UnreadableText(f"{name} is empty.", "Look whether it is the right file.")
    if kind := binary_kind(data):
        raise refusal(kind, filename)


def _read(data: bytes, filename: str) -> tuple[str, str, tuple[Problem, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by_mark(data[len(mark) :], encoding)
    if b"\0" in data:
        encoding = _wide(data)
        if not encoding:
            raise _not_text(filename)
        return data.decode(encoding), encoding, (_guess(encoding),)
    if _ESCAPE_TO_JAPANESE.search(data[:_SAMPLE]) and _reads(data, "iso2022_jp"):
        return data.decode("iso2022_jp"), "iso2022_jp", (_guess("iso2022_jp"),)
    if _reads(data, "utf-8"):
        return data.decode("utf-8"), "utf-8", ()
    if broken := _nearly_utf8(data):
        return data.decode("utf-8", "replace"), "utf-8", (_replaced("UTF-8", broken),)
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r" for byte in data[:_SAMPLE])
    if controls > len(_TELEGRAPHIC.findall(data[:_SAMPLE])) + len(data[:_SAMPLE]) // 50:
        raise _not_text(filename)
    return _by_guess(data)


def _by_mark(data: bytes, encoding: str) -> tuple[str, str, tuple[Problem, ...]]:
    text = data.decode(encoding, "replace")
    said = () if encoding == "utf-8" else (_read_as(encoding, "its first bytes say so"),)
    broken = 0 if _reads(data, encoding) else text.count("\ufffd")
    return text, encoding, (*said, _replaced(_NAMES[encoding], broken)) if broken else said


def _by_guess(data: bytes) -> tuple[str, str, tuple[Problem, ...]]:
    encoding = _guessed(data)
    text = data.decode(encoding, "replace")
    said = (_guess(encoding),)
    if _reads(data, encoding):
        return text, encoding, said
    return text, encoding, (*said, _replaced(_name(encoding), text.count("\ufffd")))


def _wide(data: bytes) -> str:
    """The wide encoding of unmarked bytes that hold NULs, or empty for none.

    Half of the bytes of UTF-16 name the script, so they take few values and one
    of them is NUL (spaces, line ends). Binary data has no such half.
    """
    for encoding in ("utf-32-le", "utf-32-be"):
        if len(data) % 4 == 0 and _reads(data, encoding):
            return encoding
    best, share = "", 0.9
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[: _SAMPLE * 2].decode(encoding, "replace")
        fair = sum(_ordinary(char) for char in text) / max(1, len(text))
        if len(data) % 2 == 0 and _reads(data, encoding) and fair > share:
            best, share = encoding, fair
    return best


def _ordinary(char: str) -> bool:
    """Whether a character is common in news of the scripts that agencies write."""
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


def _nearly_utf8(data: bytes) -> int:
    """How many places of mostly sound UTF-8 are broken; 0 when it is something else."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(char > "\x7f" for char in text) - broken
    return broken if sound >= 5 * broken else 0


def _guessed(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8, by what they would spell."""
    sample = data[:_SAMPLE]
    for encoding, plausible in _CANDIDATES:
        # A sample may end inside a character.
        text = sample.decode(encoding, "replace").rstrip("\ufffd")
        if "\ufffd" not in text and plausible([char for char in text if char > "\x7f"]):
            return encoding
    runs = _HIGH_RUN.findall(sample)
    if sum(map(len, runs)) <= 1.5 * len(runs):
        # Accents and typographic marks stand alone among plain letters.
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "utf_8" else "cp1252"


def _japanese(chars: list[str]) -> bool:
    kana = sum("\u3040" <= char <= "\u30ff" for char in chars)
    # Half-width kana are what Windows-1252's accents would spell: they count for nothing.
    fair = sum(_ordinary(char) and not "\uff61" <= char <= "\uff9f" for char in chars)
    return kana > 0.2 * len(chars) and fair > 0.9 * len(chars)


def _common(letters: str, script: str) -> Callable[[list[str]], bool]:
    """A test that text is in a script and spells with its commonest letters."""

    def plausible(chars: list[str]) -> bool:
        spelt = [char for char in chars if char.isalpha()]
        ours = sum(unicodedata.name(char, "").startswith(script) for char in spelt)
        usual = sum(char in letters for char in spelt)
        return len(spelt) > 3 and ours > 0.97 * len(spelt) and usual > 0.55 * len(spelt)

    return plausible


_CANDIDATES: tuple[tuple[str, Callable[[list[str]], bool]], ...] = (
    ("cp932", _japanese),
    ("euc_jp", _japanese),
    ("cp1256", _common("اليمنوترةبعدسفكحهأ", "ARABIC")),
    ("cp1251", _common("оеаинтсрвлкмдпу", "CYRILLIC")),
    ("koi8_r", _common("оеаинтсрвлкмдпу", "CYRILLIC")),
)


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _name(encoding: str) -> str:
    return _NAMES.get(encoding, encoding.upper().replace("_", "-"))


def _read_as(encoding: str, why: str) -> Problem:
    return Problem(
        f"The file was not UTF-8; it was read as {_name(encoding)}.",
        f"That is certain: {why}.",
    )


def _guess(encoding: str) -> Problem:
    return Problem(
        f"The file was not UTF-8; it was read as {_name(encoding)}.",
        "That is a guess. If letters look wrong, save the file as UTF-8 and import it again.",
    )


def _replaced(name: str, count: int) -> Problem:
    places = "1 place is" if count == 1 else f"{count} places are"
    return Problem(
        f"{places} not {name} and became “\ufffd”.",
        "Look for that sign and put the right letter in.",
    )


def _removal(count: int) -> Problem:
    what = "1 control character was" if count == 1 else f"{count} control characters were"
    return Problem(
        f"{what} removed.", "They steer printers and lines, and are not part of the text."
    )


def _not_text(filename: str) -> UnreadableText:
    return UnreadableText(
        f"{shown(filename)} is not text.",
        "Open it in the program it was made with, copy the text and paste it here.",
    )
