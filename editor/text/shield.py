"""What must not be read as markup any more, set aside before links and emphasis are looked for.

Backslash escapes, character references, code spans and hard line breaks become
tokens between two control characters that no source text can hold (`xml_text`
drops them). One pass, in time proportional to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from editor.text.nodes import Break, Code, Inline, Text
from editor.text.xml import xml_text

_OPEN, _CLOSE = "\x02", "\x03"
_BREAK = f"{_OPEN}b{_CLOSE}"
_TOKEN = re.compile(f"{_OPEN}(b|c\\d+|\\d+){_CLOSE}")
_SPECIAL = re.compile(
    r"(?P<hard>(?:[ ]{2,}|\\)\n[ ]*)|(?P<soft>[ ]?\n[ ]*)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<ticks>`+)"
    r"|(?P<reference>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
)
_TICKS = re.compile("`+")
_SPACE = re.compile(r"\s")


class Shield:
    """The code spans set aside so far, and the way in and out of tokens."""

    def __init__(self) -> None:
        self._codes: list[str] = []

    def cover(self, text: str) -> str:
        """Replace what is no markup by tokens; lines are joined by spaces."""
        text = text.strip()
        if not _SPECIAL.search(text):
            return text
        closers = _closers(text)
        pieces: list[str] = []
        at = 0
        while match := _SPECIAL.search(text, at):
            pieces.append(text[at : match.start()])
            at = match.end()
            if match["ticks"]:
                end = closers.get(match.start())
                inside = _code(text[at:end]) if end else ""
                if end and inside:
                    self._codes.append(inside)
                    pieces.append(f"{_OPEN}c{len(self._codes) - 1}{_CLOSE}")
                    at = end + len(match["ticks"])
                else:
                    pieces.append(_characters(match["ticks"]))
            else:
                pieces.append(_replaced(match))
        return "".join((*pieces, text[at:]))

    def words(self, text: str) -> str:
        """The words behind the tokens, e.g. for an address."""
        return _TOKEN.sub(lambda match: self._word(match[1]), text)

    def nodes(self, text: str) -> Iterator[Inline]:
        """The words behind the tokens as nodes; neighbouring words are not joined."""
        pieces = _TOKEN.split(text)
        for i, piece in enumerate(pieces):
            if i % 2 == 0:
                if piece:
                    yield Text(xml_text(piece))
            elif piece == "b":
                yield Break()
            elif piece.startswith("c"):
                yield Code(self._word(piece))
            else:
                yield Text(self._word(piece))

    def _word(self, name: str) -> str:
        if name == "b":
            return " "
        return self._codes[int(name[1:])] if name[0] == "c" else chr(int(name))


def _replaced(match: re.Match[str]) -> str:
    if match["hard"]:
        return _BREAK
    if match["soft"]:
        return " "
    if match["escaped"]:
        return _characters(match["escaped"])
    text = _SPACE.sub(_same_or_space, xml_text(unescape(match["reference"])))
    # An unknown name, or a character that can't be shown: the words stay.
    known = text and text != match["reference"]
    return _characters(text) if known else match["reference"]


def _same_or_space(match: re.Match[str]) -> str:
    return " " if match[0] in "\t\n\r" else match[0]


def _characters(text: str) -> str:
    return "".join(f"{_OPEN}{ord(character)}{_CLOSE}" for character in text)


def _code(text: str) -> str:
    return re.sub(r"[ ]*\n[ ]*", " ", text).strip()


def _closers(text: str) -> dict[int, int]:
    """For each run of backticks, where the next run of the same length starts."""
    closers: dict[int, int] = {}
    latest: dict[int, int] = {}
    for match in _TICKS.finditer(text):
        length = len(match[0])
        if length in latest:
            closers[latest[length]] = match.start()
        latest[length] = match.start()
    return closers
