"""The words of one paragraph as they were read, and as nodes of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from editor.formats.characters import repaired, replacements
from editor.text import nodes
from editor.text.xml import xml_text

BREAK = "\u2028"
"""A line break the page asked for, among words that are read."""

_SPACES = re.compile("[ \t\n\r\f\x1c-\x1f]+")
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\u2028\u2029]")
_MANY = re.compile(" {2,}")
_MARGIN = f" \u00a0{BREAK}"
_SPACE = re.compile(f"[ {BREAK}]")


class Look(NamedTuple):
    """What the words around say of words."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""
    keeps_lines: bool = False
    """White space is as it is written, so line ends break lines (`pre`, `pre-wrap`)."""
    hidden: bool = False

    @property
    def marks(self) -> Look:
        """What of it a reader sees."""
        return self._replace(keeps_lines=False, hidden=False)


PLAIN = Look()


class Run(NamedTuple):
    """Words of one look, a break, or the mark of a footnote."""

    text: str
    look: Look = PLAIN
    note: str = ""


def make_run(text: str, look: Look) -> Run:
    """Make a run of words; white space is collapsed as CSS does (Text 3 §4.1.1)."""
    text = _LINE_ENDS.sub(BREAK if look.keeps_lines else " ", repaired(text))
    return Run(xml_text(_SPACES.sub(" ", text)), look.marks)


def paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Split runs where two or more breaks follow one another."""
    if not any(BREAK in run.text for run in runs):
        yield list(runs)
        return
    current: list[Run] = []
    for run in _lined(runs):
        is_blank = not run.text.strip(f" {BREAK}") and not run.note
        if is_blank and run.text.count(BREAK) > 1:
            yield current
            current = []
        else:
            current.append(run)
    yield current


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Split the runs of a paragraph into its lines."""
    found: list[list[Run]] = [[]]
    for run in runs:
        for number, piece in enumerate(run.text.split(BREAK)):
            if number:
                found.append([])
            if piece or run.note:
                found[-1].append(run._replace(text=piece))
    return found


def runs_text(runs: Iterable[Run]) -> str:
    """Return the words of runs; breaks are line ends."""
    return "".join(run.text for run in runs).replace(BREAK, "\n")


class Inlines(NamedTuple):
    """Nodes, and how many characters were left out that nobody sees."""

    children: nodes.Inlines
    characters: int = 0


def read_runs(runs: Sequence[Run]) -> Inlines:
    """Make nodes of the runs of one paragraph, white space at marks' edges outside of them."""
    cleaned, characters = _cleaned(_joined(runs))
    spaced = _with_spaces_outside(_collapsed(cleaned))
    return Inlines(tuple(_by_link(spaced)), characters)


def _lined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs with the white space and breaks between words in runs of their own."""
    pending = ""
    for run in runs:
        pieces = re.split(f"([ {BREAK}]*{BREAK}[ {BREAK}]*)", run.text) if not run.note else [""]
        for number, piece in enumerate(pieces):
            if number % 2 or (not piece.strip(" ") and not run.note and pending):
                pending += piece
            elif piece or run.note:
                if pending:
                    yield Run(pending)
                    pending = ""
                yield run._replace(text=piece)
    if pending:
        yield Run(pending)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Join neighbours of one look: the parser gives every reference on its own."""
    joined: list[Run] = []
    for (look, note), group in groupby(runs, lambda run: (run.look, run.note)):
        joined.append(Run("".join(run.text for run in group), look, note))
    return joined


def _cleaned(runs: Sequence[Run]) -> tuple[list[Run], int]:
    """Replace the characters of a paragraph that no writer meant, in the runs that have them."""
    whole = "".join(run.text for run in runs)
    if whole.isascii() and whole.isprintable():
        return list(runs), 0
    found = list(replacements(whole.replace(BREAK, "\n")))
    cleaned: list[Run] = []
    start = first = 0
    for run in runs:
        end, pieces, at = start + len(run.text), list[str](), 0
        while first < len(found) and found[first][0] < end:
            begins, ends, new = found[first]
            pieces.append(run.text[at : max(begins - start, 0)])
            pieces.append(new if begins >= start else "")
            at = ends - start
            if ends > end:
                break  # it goes on in the next run
            first += 1
        cleaned.append(run._replace(text="".join((*pieces, run.text[at:]))))
        start = end
    return cleaned, sum(not new and end - first == 1 for first, end, new in found)


def _collapsed(runs: Iterable[Run]) -> list[Run]:
    """Leave one space between words, and none at breaks and ends."""
    collapsed: list[Run] = []
    last = BREAK
    for run in _without_start(runs):
        if run.text and BREAK not in run.text:
            text = _MANY.sub(" ", run.text)
            text = text.lstrip(" ") if last in (" ", BREAK) else text
            last = text[-1:] or last
            collapsed.append(Run(text, run.look, run.note))
            continue
        pieces: list[str] = []
        for char in re.split(f"([ {BREAK}])", run.text):
            if char == BREAK:
                _strip_end(pieces, collapsed)
            if char and not (char == " " and last in (" ", BREAK)):
                pieces.append(char)
                last = char if _SPACE.fullmatch(char) else "x"
        if run.note:
            last = "x"
        collapsed.append(run._replace(text="".join(pieces)))
    while collapsed and not collapsed[-1].text.rstrip(_MARGIN) and not collapsed[-1].note:
        collapsed.pop()
    if collapsed:
        collapsed[-1] = collapsed[-1]._replace(text=collapsed[-1].text.rstrip(_MARGIN))
    return [run for run in collapsed if run.text or run.note]


def _without_start(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs without white space before the first word, a no-break space included."""
    is_started = False
    for run in runs:
        if is_started:
            yield run
            continue
        text = run.text.lstrip(_MARGIN)
        is_started = bool(text or run.note)
        yield Run(text, run.look, run.note)


def _strip_end(pieces: list[str], runs: list[Run]) -> None:
    """Remove the space before a break."""
    if pieces and pieces[-1] == " ":
        pieces.pop()
    elif not pieces and runs and runs[-1].text.endswith(" "):
        runs[-1] = runs[-1]._replace(text=runs[-1].text[:-1])


def _with_spaces_outside(runs: Sequence[Run]) -> list[Run]:
    """Give white space at the edge of a look the marks that both sides share."""
    pieces: list[Run] = []
    for run in runs:
        core = run.text.strip(f" {BREAK}")
        at = run.text.find(core) if core else len(run.text)
        for text, is_space in (
            (run.text[:at], True), (core, False), (run.text[at + len(core) :], True)
        ):  # fmt: skip
            if text:
                pieces.append(Run(text, PLAIN if is_space else run.look, " " if is_space else ""))
            elif run.note and not is_space:
                pieces.append(run)
    words = [number for number, piece in enumerate(pieces) if piece.note != " "]
    for before, after in pairwise(words):
        shared = _shared(pieces[before].look, pieces[after].look)
        for number in range(before + 1, after):
            pieces[number] = Run(pieces[number].text, shared)
    return [piece._replace(note="") if piece.note == " " else piece for piece in pieces]


def _shared(one: Look, other: Look) -> Look:
    same = one.href == other.href
    return Look(
        one.bold and other.bold,
        one.italic and other.italic,
        one.code and other.code,
        one.href if same else "",
    )


def _by_link(runs: Sequence[Run]) -> Iterator[nodes.Inline]:
    for href, group in groupby(runs, lambda run: run.look.href):
        inner = tuple(_by_weight(list(group)))
        if href:
            yield nodes.Link(href, inner)
        else:
            yield from inner


def _by_weight(runs: Sequence[Run]) -> Iterator[nodes.Inline]:
    for bold, group in groupby(runs, lambda run: run.look.bold and not run.note):
        inner = tuple(_by_slope(list(group)))
        if bold:
            yield nodes.Strong(inner)
        else:
            yield from inner


def _by_slope(runs: Sequence[Run]) -> Iterator[nodes.Inline]:
    for italic, group in groupby(runs, lambda run: run.look.italic and not run.note):
        inner = tuple(_leaves(list(group)))
        if italic:
            yield nodes.Emphasis(inner)
        else:
            yield from inner


def _leaves(runs: Sequence[Run]) -> Iterator[nodes.Leaf]:
    for (note, code), group in groupby(runs, lambda run: (run.note, run.look.code)):
        text = "".join(run.text for run in group)
        if note:
            yield nodes.FootnoteMark(note)
            continue
        for number, line in enumerate(text.split(BREAK)):
            if number:
                yield nodes.Break()
            if line:
                yield nodes.Code(line) if code and line.strip() else nodes.Text(line)
