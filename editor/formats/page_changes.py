"""What changed in one file of an export: in the words that readers see, and in its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import groupby

from editor.core.diff import DiffSpan, Passage, compare_passages
from editor.formats.replaced_texts import ReplacedText
from editor.i18n import plural

_AROUND = 2
"""How many unchanged passages are shown on both sides of a change."""
_MOST = 500
"""How many passages are shown of one file; more nobody reads."""
_EDGE, _LONGEST = 90, 2000
"""Characters of a long line that are shown beside a change, and of the change itself."""
_INLINE = frozenset((
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd"),
    *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
))  # fmt: skip
_NO_TEXT = frozenset(("script", "style", "svg", "template"))


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What changed in one file; none of the `words` where readers see what they saw.

    Passages without a place before and after say how many between two changes stayed.
    """

    words: tuple[Passage, ...]
    lines: tuple[Passage, ...]


def file_changes(path: str, text: ReplacedText) -> FileChanges:
    """Compare a file with what it was. Slow for long ones: not for the main thread."""
    before, after = (data.decode("utf-8", "replace") for data in text)
    words: tuple[Passage, ...] = ()
    if path.endswith(".html"):
        words = _shown(_changes(_words_of(before), _words_of(after)))
    lines = _shown(_changes(before.splitlines(), after.splitlines()))
    return FileChanges(words, tuple(map(_cut, lines)))


class _Words(HTMLParser):
    """The title, the paragraphs and other blocks, and the descriptions of pictures of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._text: list[str] = []
        self._silent: list[str] = []
        self._is_ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO_TEXT:
            self._silent.append(tag)
        if tag not in _INLINE:
            self.end_block()
        if tag == "img" and (alt := dict(attrs).get("alt")):
            self.blocks.append(f"[{alt}]")
        if self._is_ended and tag in _INLINE:
            self._text.append(" ")  # a style sheet puts them apart

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)
        if tag not in _INLINE:
            self.end_block()
        self._is_ended = True

    def handle_data(self, data: str) -> None:
        self._is_ended = False
        if not self._silent:
            self._text.append(data)

    def end_block(self) -> None:
        if text := " ".join("".join(self._text).split()):
            self.blocks.append(text)
        self._text.clear()


def _words_of(html: str) -> list[str]:
    words = _Words()
    words.feed(html)
    words.close()
    words.end_block()
    return words.blocks


def _changes(before: Sequence[str], after: Sequence[str]) -> list[Passage]:
    """Compare lines in their order: one that is elsewhere now was removed and added."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    passages = [_same(before[i], i, i) for i in range(start)]
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pairs = zip(range(i, j), range(k, m), strict=True)
            passages += (_same(old[a], start + a, start + b) for a, b in pairs)
        else:
            passages += _exchanged(old[i:j], new[k:m])
    stays = range(end, 0, -1)
    passages += (_same(before[-i], len(before) - i, len(after) - i) for i in stays)
    return passages


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many lines, or letters of one, are the same from the start."""
    shorter = min(len(before), len(after))
    return next((i for i in range(shorter) if before[i] != after[i]), shorter)


def _same(text: str, before: int, after: int) -> Passage:
    return Passage("same", (DiffSpan("same", text),), before, after)


def _exchanged(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    passages = compare_passages(before, after)
    if any(passage.kind == "moved" for passage in passages):
        for i, text in enumerate(before):
            yield Passage("removed", (DiffSpan("removed", text),), i, None)
        for i, text in enumerate(after):
            yield Passage("added", (DiffSpan("added", text),), None, i)
    else:
        yield from passages


def _shown(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the changes with a few passages around them; nothing where nothing changed."""
    changed = [i for i, passage in enumerate(passages) if passage.kind != "same"]
    near = {i + by for i in changed for by in range(-_AROUND, _AROUND + 1)}
    shown: list[Passage] = []
    if not changed:
        return ()
    for is_near, found in groupby(enumerate(passages), key=lambda pair: pair[0] in near):
        part = [passage for _i, passage in found]
        shown += part if is_near or len(part) == 1 else [_gap(len(part))]
    if len(shown) > _MOST:
        left_out = sum(passage.kind != "same" for passage in shown[_MOST:])
        shown[_MOST:] = [_note(plural("{n} more change", "{n} more changes", left_out))]
    return tuple(shown)


def _gap(count: int) -> Passage:
    return _note(plural("{n} line as before", "{n} lines as before", count))


def _note(text: str) -> Passage:
    return Passage("same", (DiffSpan("same", f"⋯ {text}"),), None, None)


def _cut(passage: Passage) -> Passage:
    """Leave out the middle of long runs: some files are one line."""
    parts = _without_ends(passage.spans)
    last = len(parts) - 1
    spans = tuple(_cut_span(span, i > 0, i < last) for i, span in enumerate(parts))
    return replace(passage, spans=spans)


def _without_ends(spans: tuple[DiffSpan, ...]) -> tuple[DiffSpan, ...]:
    """Find what a line has in common with the one it is exchanged for, at both ends."""
    if [span.kind for span in spans] != ["removed", "added"]:
        return spans
    old, new = (span.text for span in spans)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    parts = (
        DiffSpan("same", old[:start]),
        DiffSpan("removed", old[start : len(old) - end]),
        DiffSpan("added", new[start : len(new) - end]),
        DiffSpan("same", old[len(old) - end :]),
    )
    return tuple(span for span in parts if span.text)


def _cut_span(span: DiffSpan, has_before: bool, has_after: bool) -> DiffSpan:
    text = span.text
    if span.kind != "same":
        return span if len(text) <= _LONGEST else replace(span, text=f"{text[:_LONGEST]}…")
    edges = _EDGE * (has_before + has_after or 2)
    if len(text) <= edges:
        return span
    head = text[:_EDGE] if has_before or not has_after else ""
    tail = text[-_EDGE:] if has_after else ""
    return replace(span, text=f"{head}…{tail}")
