"""Canonical JSON (RFC 8785): equal values have equal bytes, so one hash."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, Union

Json: TypeAlias = Union[bool, int, float, str, Sequence["Json"], Mapping[str, "Json"], None]

_BREAKS: Final = {
    **dict.fromkeys("\x1c\x1d\x1e\x1f", " "),
    **dict.fromkeys("\x0b\x85\u2028", "\n"),
    **dict.fromkeys("\x0c\u2029", "\n\n"),
}
_BREAK: Final = re.compile(f"[{''.join(_BREAKS)}]")
_SAFE: Final = 2**53 - 1
_CONSTANTS: Final = {None: "null", True: "true", False: "false"}
# Escapes what RFC 8785 escapes, in the same way: \b \t \n \f \r \" \\ and \u00xx below U+0020.
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def normal(text: str) -> str:
    """Normalise one string: Unicode NFC, line ends LF, no lone surrogates, no NUL.

    A lone surrogate (half of a UTF-16 pair) can't be written as UTF-8 and NUL
    can't be stored or sent; both become U+FFFD.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def with_plain_breaks(text: str, *, in_paragraphs: bool) -> str:
    """Make every other white space a line end or a space, as readers' programs see none of it.

    They are VT, FF, NEL, the information separators and Unicode's line and paragraph
    separators: in paragraphs they end a line or a paragraph, in one line they are spaces.
    """
    # A key changes a long text that has none: looking for each is twenty times as quick.
    if not any(character in text for character in _BREAKS):
        return text
    if not in_paragraphs:
        return _BREAK.sub(" ", text)
    return _BREAK.sub(lambda match: _BREAKS[match[0]], text)


def canonical_json(value: Json) -> bytes:
    """Write a value, its strings normalised, as canonical JSON in UTF-8 (RFC 8785, JCS).

    Raises ValueError for NaN, for infinities, and for an integer whose digits
    ECMAScript would not write: such as 2**53 + 1, which no double is. Rounding it
    would give two values one hash.
    """
    return _text(value).encode("utf-8")


def content_hash(value: Json) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _text(value: Json) -> str:
    match value:
        case str():
            return _quoted(normal(value))
        case None | bool():
            return _CONSTANTS[value]
        case int():
            return _integer(value)
        case float():
            return _decimal(value)
        case Mapping():
            members = {normal(key): item for key, item in value.items()}
            pairs = (f"{_quoted(key)}:{_text(members[key])}" for key in _in_order(members))
            return "{" + ",".join(pairs) + "}"
        case Sequence():
            return "[" + ",".join(map(_text, value)) + "]"
    raise TypeError(f"{type(value).__name__} is no JSON")


def _in_order(names: Mapping[str, Json]) -> list[str]:
    """Sort by UTF-16 code units (section 3.2.3); below U+D800 that is the order of Python."""
    return sorted(names, key=None if all(map(str.isascii, names)) else _code_units)


def _code_units(text: str) -> bytes:
    return text.encode("utf-16-be")


def _integer(value: int) -> str:
    text = int.__repr__(value)
    if -_SAFE <= value <= _SAFE:
        return text
    try:
        is_exact = _decimal(float(value)) == text
    except OverflowError:
        is_exact = False
    if not is_exact:
        raise ValueError("an integer beyond 2**53 is not exact in JSON; write it as a string")
    return text


def _decimal(value: float) -> str:
    """Write a double as ECMAScript does (Number::toString): the same digits, other exponents."""
    if not math.isfinite(value):
        raise ValueError("NaN and infinities are not JSON compliant")
    text = float.__repr__(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return "0" if value == 0 else mantissa.removesuffix(".0")
    from decimal import Decimal  # noqa: PLC0415 - hardly any number needs it

    power = int(exponent)
    # Python writes an exponent below 1e-4 and from 1e16, ECMAScript below 1e-6 and from 1e21.
    return f"{Decimal(text):f}" if -7 < power < 21 else f"{mantissa}e{power:+d}"
