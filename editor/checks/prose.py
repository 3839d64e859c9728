"""Which characters of a Markdown body are prose: code and link targets are none of a check's."""

from __future__ import annotations

import re
from collections.abc import Iterator

HIDDEN = "\0"
"""Stands for each character that is not prose. No field can hold it: storing turns it away."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:")
_CODE_OR_LINK = re.compile(
    r"(?P<ticks>`+)"
    r"|(?<=\])(?P<target>\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:\s+\"[^\"\n]{0,500}\")?\))"
    r"|(?P<address>(?:https?://|www\.|mailto:)[^\s<>]+)"
)


def mask(markdown: str) -> str:
    """Blot out code blocks, code spans, link targets and addresses, keeping every offset."""
    text = "\n".join(_without_code_blocks(markdown))
    if "`" not in text and "](" not in text and "://" not in text and "www." not in text:
        return text
    runs = _tick_runs(text)
    pieces, at = [], 0
    for match in _CODE_OR_LINK.finditer(text):
        if match.start() < at:
            continue
        end = _code_end(match, runs) if match["ticks"] else match.end()
        if end is None:
            continue
        hidden = re.sub(r"[^\n]", HIDDEN, text[match.start() : end])
        pieces += [text[at : match.start()], hidden]
        at = end
    return "".join([*pieces, text[at:]])


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The ranges between blank lines, in order, without the line end at their close."""
    start, end, at = -1, 0, 0
    for line in text.split("\n"):
        if line.strip():
            start = at if start < 0 else start
            end = at + len(line)
        elif start >= 0:
            yield start, end
            start = -1
        at += len(line) + 1
    if start >= 0:
        yield start, end


def _without_code_blocks(markdown: str) -> Iterator[str]:
    fence, after_blank, in_code = "", True, False
    for line in markdown.split("\n"):
        opened = _FENCE.match(line)
        indented = line.startswith(("    ", "\t"))
        blank = not line.strip()
        hide = bool(fence or opened or _REFERENCE.match(line))
        if fence and opened and opened[1].startswith(fence):
            fence = ""
        elif opened and not fence:
            fence = opened[1]
        in_code = (indented and (in_code or after_blank)) or (blank and in_code)
        yield HIDDEN * len(line) if (hide or in_code) and not blank else line
        after_blank = blank


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Where runs of backticks start, by their length, last one first."""
    runs: dict[int, list[int]] = {}
    for match in re.finditer(r"`+", text):
        runs.setdefault(len(match[0]), []).append(match.start())
    return {length: starts[::-1] for length, starts in runs.items()}


def _code_end(match: re.Match[str], runs: dict[int, list[int]]) -> int | None:
    """Where the code span that starts here ends: behind the next run of the same length."""
    length = len(match["ticks"])
    starts = runs[length]
    while starts and starts[-1] <= match.start():
        starts.pop()
    if not starts or "\n\n" in match.string[match.end() : starts[-1]]:
        return None
    return starts.pop() + length
