"""Characters of pasted and imported text that no writer meant, and what was meant instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.text.invisible import stray_characters

_LAYOUT_SPACES = re.compile(
    "[ \u00a0\u2002\u2003\u2007\u3000]*[\u00a0\u2002\u2003][ \u00a0\u2002\u2003]+"
    "|[ ]+[\u00a0\u2002\u2003]+|[\u2002\u2003]"
)
"""Several spaces of which one does not break: they set columns and indents."""
_GLUED = re.compile("(?<=([^\\W\\d_]))\u00a0(?=[^\\W\\d_])")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_TITLE_WORDS = "mr mrs ms dr st prof rev sgt col gen lt capt m mm mme mlle hr fr sr sra no nr"
_TITLES = frozenset(_TITLE_WORDS.split())
_C1 = re.compile("[\x80-\x9f]")
# UTF-8 that was read as Windows-1252: `â€™` for an apostrophe, `Ã©` for é.
_CP1252 = {
    bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0x100)
}
_REST = "".join(map(re.escape, (char for char, code in _CP1252.items() if code < 0xC0)))
_MISREAD = re.compile(
    f"[\u00c3-\u00df][{_REST}]|[\u00e0-\u00ef][{_REST}]{{2}}|\u00f0[{_REST}]{{3}}"
    "|\u00c2[\u0080-\u00bf\u201a-\u2122]"
)
_FEWEST_MISREAD = 2

Replacement = tuple[int, int, str]


def replacements(text: str) -> Iterator[Replacement]:
    """Yield what to replace in one paragraph: (start, end, new text), in order.

    Invisible characters without a purpose go; no-break spaces stay where typography
    wants them (25 km, Mr Smith, « mot »), and become spaces where they set layout.
    """
    if text.isascii() and text.isprintable():
        return
    found = [(*match.span(), " ") for match in _LAYOUT_SPACES.finditer(text)]
    taken = {at for start, end, _new in found for at in range(start, end)}
    found += [stray for stray in stray_characters(text) if stray[0] not in taken]
    taken |= {start for start, _end, _new in found}
    found += [
        (*match.span(), " ")
        for match in _GLUED.finditer(text)
        if match.start() not in taken and not _is_title(text, match.start())
    ]
    yield from sorted(found)


def clean_text(text: str) -> str:
    """Return a paragraph with its `replacements` made."""
    for start, end, new in reversed(list(replacements(text))):
        text = text[:start] + new + text[end:]
    return text


def repaired(text: str) -> str:
    """Return a text without the mistakes of Windows-1252: \x93 for a quotation mark, `â€™` for ’.

    UTF-8 that was read as Windows-1252 is read again where that is certain.
    """
    if text.isascii():
        return text
    if sum(1 for _found in _MISREAD.finditer(text)) >= _FEWEST_MISREAD or "â€" in text:
        text = _MISREAD.sub(lambda found: _read_again(found[0]), text)
    return _C1.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text)


def _is_title(text: str, at: int) -> bool:
    word = _LAST_WORD.search(text, max(0, at - 12), at)
    return word is not None and (len(word[0]) == 1 or word[0].lower() in _TITLES)


def _read_again(misread: str) -> str:
    try:
        return bytes(_CP1252[char] for char in misread).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return misread
