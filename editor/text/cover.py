"""What must not be read as markup, covered before links and emphasis are looked for.

Backslash escapes, character references, code spans and line breaks are covered
by control characters that no source text has (`xml_text` drops them). Every
index stays that of the words. One pass, in time proportional to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from editor.text import nodes
from editor.text.source import Located
from editor.text.xml import xml_text

_OTHER, _MORE, _SPACE = "\x02", "\x03", "\x1f"
_COVER = re.compile(f"{_OTHER}{_MORE}*|{_SPACE}+")
_SPECIAL = re.compile(
    r"(?P<hard>(?:(?<![ ])[ ]{2,}|\\)\n[ ]*)|(?P<soft>[ ]?\n[ ]*)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<ticks>`+)|\[\^(?P<note>[^\s\[\]^]{1,50})\]"
    r"|(?P<reference>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
)
_TICKS = re.compile("`+")
_LINE_END = re.compile(r"[ ]*\n[ ]*")
_WHITE = re.compile(r"[\t\n\r]")

_Token: TypeAlias = str | nodes.Code | nodes.Break | nodes.FootnoteMark
"""What is under a cover: characters, code, a line break or the mark of a footnote."""


def cover(length: int) -> str:
    """Return characters that are neither markup, white space nor letters."""
    return _OTHER + _MORE * (length - 1)


class Covered:
    """Words whose escapes, references, code and line breaks are covered."""

    def __init__(self, words: Located) -> None:
        self._words = words
        self._tokens: dict[int, _Token] = {}
        self._closers = _closers(words.text)
        self.text = "".join(self._cover(words.text))

    def leaves(self, start: int, end: int) -> Iterator[nodes.Leaf]:
        """Yield a range of the words as nodes, empty ones too."""
        text: list[str] = []
        pieces: list[nodes.Piece] = []
        for match in _COVER.finditer(self.text, start, end):
            text.append(self.text[start : match.start()])
            pieces += self._words.pieces(start, match.start())
            token = self._tokens[match.start()]
            if isinstance(token, str):
                text.append(token)
                pieces += self._words.whole(*match.span(), len(token))
            else:
                yield nodes.Text("".join(text), tuple(pieces))
                yield token
                text, pieces = [], []
            start = match.end()
        text.append(self.text[start:end])
        yield nodes.Text("".join(text), (*pieces, *self._words.pieces(start, end)))

    def plain(self, start: int, end: int) -> str:
        """Return a range of the words as plain characters, e.g. for an address."""
        leaves = self.leaves(start, end)
        return "".join(" " if isinstance(leaf, nodes.Break) else leaf.text for leaf in leaves)

    def _cover(self, text: str) -> Iterator[str]:
        at = 0
        while match := _SPECIAL.search(text, at):
            start = match.start()
            yield text[at:start]
            at, token = self._token(match)
            if not token:
                yield text[start:at]
                continue
            self._tokens[start] = token
            yield _SPACE * (at - start) if match["soft"] else cover(at - start)
        yield text[at:]

    def _token(self, match: re.Match[str]) -> tuple[int, _Token | None]:
        """Read what begins at a match: where it ends, and what it means, if anything."""
        if match["ticks"]:
            return self._code(match)
        if match["hard"]:
            return match.end(), nodes.Break()
        if match["soft"]:
            return match.end(), " "
        if match["note"]:
            pieces = self._words.whole(*match.span(), len(match[0]))
            return match.end(), nodes.FootnoteMark(match["note"], pieces)
        if match["escaped"]:
            return match.end(), match["escaped"]
        text = _WHITE.sub(" ", xml_text(unescape(match["reference"])))
        # An unknown name, or a character that can't be shown: the words stay.
        return match.end(), text if text != match["reference"] else None

    def _code(self, match: re.Match[str]) -> tuple[int, nodes.Code | None]:
        start, close = match.end(), self._closers.get(match.start())
        written = match.string[start:close].strip() if close else ""
        if close is None or not written:
            return start, None
        inner = match.string.index(written[0], start)
        text, last = _LINE_END.sub(" ", written), inner + len(written)
        is_as_written = len(text) == len(written)
        pieces = self._words.pieces(inner, last) if is_as_written else ()
        return close + len(match["ticks"]), nodes.Code(
            text, pieces or self._words.whole(inner, last, len(text))
        )


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
