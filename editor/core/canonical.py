"""Canonical JSON: equal values have equal bytes, so one hash."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Json: TypeAlias = Union[bool, int, float, str, Sequence["Json"], Mapping[str, "Json"], None]


def normal(text: str) -> str:
    """Normalise one string: Unicode NFC, line ends LF, no lone surrogates, no NUL.

    A lone surrogate (half of a UTF-16 pair) can't be written as UTF-8 and NUL
    can't be stored or sent; both become U+FFFD.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def canonical_json(value: Json) -> bytes:
    """Write a value as canonical JSON: sorted keys, NFC, no white space, UTF-8.

    Follows RFC 8785 (JCS) in spirit; numbers here are whole or short decimals,
    for which Python's and JCS's shortest forms agree. Raises ValueError for NaN
    and infinities.
    """
    text = json.dumps(
        _normalised(value),
        ensure_ascii=False,
        sort_keys=True,
        allow_nan=False,
        separators=(",", ":"),
    )
    return text.encode("utf-8")


def content_hash(value: Json) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _normalised(value: Json) -> Json:
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, Mapping):
        return {normal(key): _normalised(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_normalised(item) for item in value]
    return value
