"""Plain text of PDF files, mail and word processors: which line ends were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.formats.characters import clean_text, repaired

_WIDEST = 130
"""Characters of a line beyond which nobody breaks it to fit a page."""
_NARROWEST = 30
_FULL = 0.78
"""A broken line, with the word after it, is so much of the longest: letters differ in width."""
_MOST_SHORT = 0.15
_LEAST_LOWER = 0.25
_SENTENCE_END = re.compile(r"""[.!?…۔؟。:]["'”’»)\]\d]*$""")
_WORD = re.compile(r"\S+")
_HYPHEN = re.compile("(?P<start>[^\\W\\d_]+)(?P<hyphen>[-\u2010\u00ad])$")
_AFTER_HYPHEN = re.compile(r"[^\W\d_]+")
_SYLLABLE_WORDS = (
    "able ably al ally ance ances ant ary ate ated ation ations ative cial ed ence ences "
    "ent er ers est ful ial ible ic ical ics ies ing ings ion ions ism ist ists ities "
    "ity ive ize ized less ly ment ments ness ous sion sions tial tion tions tive tives "
    "ture tures ty"
)
_SYLLABLES = frozenset(_SYLLABLE_WORDS.split())
"""What ends English words and is none of its own."""
_BULLET = re.compile("[ \t]*(?:[•‣◦▪■●○∙►▶➢❖✓\uf0b7\uf0a7][ \t\u00a0]*|[·o§][\t\u00a0]+)(?=\\S)")
_BARE_BULLET = re.compile("[ \t]*[•‣◦▪■●○∙►▶➢❖✓\uf0b7\uf0a7][ \t\u00a0]*")
_NUMBERED = re.compile(r"[ \t]*(\d{1,3})[.)]\t+(?=\S)")
_PAGE_NUMBER = re.compile(r"[ \t]*(?:[-–—] ?)?\d{1,4}(?: ?[-–—])?[ \t]*")
_MARKDOWN = re.compile(
    r"^(?:\#{1,6} \S|```|\[\^[^\]\s]+\]:|\|.*\|)|\*\*\S[^*\n]*\*\*|\[[^\]\n]+\]\([^)\s]+\)",
    re.MULTILINE,
)
_MARKED_LINE = re.compile(r"^(?:>|    |\t| {0,3}[-*+] +\S| {0,3}\d{1,3}[.)] +\S)", re.MULTILINE)
_BREAKS = re.compile("\r\n|[\r\x1c-\x1f\x85\u2028\u2029]")
_PAGE_END = re.compile("\n?[\f\v]+\n?")


def is_markdown(text: str) -> bool:
    """Whether a text has marks of Markdown, so that its line ends are its writer's."""
    return bool(_MARKDOWN.search(text))


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines were broken to fit a column: the next word would not have fitted."""
    full = [line.strip() for line in lines if line.strip()]
    longest = max(map(len, full), default=0)
    if len(full) < 2 or not _NARROWEST <= longest <= _WIDEST:
        return False
    pairs = [
        pair
        for pair in pairwise(full)
        if not _ends_paragraph(*pair, longest) and not _is_alone(*pair)
    ]
    if not pairs or all(_SENTENCE_END.search(above) for above, _below in pairs):
        return False
    short = sum(not _is_full(above, below, longest) for above, below in pairs)
    lower = sum(not _begins_upper(below) for _above, below in pairs)
    return short <= _MOST_SHORT * len(pairs) and lower >= _LEAST_LOWER * len(pairs)


def read_lines(text: str) -> str:
    """Return plain text as Markdown: broken lines joined, bullets as lists, no word changed.

    A text that has marks of Markdown is left as it is; so are quotes and lists as
    people type them.
    """
    text = repaired(_PAGE_END.sub("\n\n", _BREAKS.sub("\n", text)))
    if is_markdown(text):
        return text
    chunks: list[str] = []
    mark_before = ""
    for chunk in re.split(r"\n[ \t\u00a0]*\n+", text.strip("\n")):
        for mark, group in _groups(chunk.split("\n"), text):
            joint = "\n" if mark and mark[-2:] == mark_before[-2:] else "\n\n"
            chunks += [joint] * bool(chunks) + [mark + group]
            mark_before = mark
    return "".join(chunks)


def join_pieces(lines: Sequence[str], whole: str = "") -> str:
    """Join the lines of a paragraph; a word that was broken is one again where that is sure.

    It is sure after a soft hyphen, where the `whole` text has the word elsewhere, and
    before a syllable that is no word. Else the hyphen stays: `well-` and `known`.
    """
    pieces = [stripped for line in lines if (stripped := line.strip(" \t"))]
    joined = pieces[:1]
    for piece in pieces[1:]:
        joined.append(_joint(joined, piece, whole))
        joined.append(piece)
    return "".join(joined)


def _joint(joined: list[str], piece: str, whole: str) -> str:
    """Return what is between two lines, and remove a hyphen that only broke a word."""
    above, below = _HYPHEN.search(joined[-1]), _AFTER_HYPHEN.match(piece)
    if above is None or below is None or not below[0][0].islower():
        return " "
    start, end = above["start"], below[0]
    is_sure = (
        above["hyphen"] == "\u00ad"
        or end in _SYLLABLES
        or re.search(rf"(?<!\w){start}{end}(?!\w)", whole, re.IGNORECASE) is not None
    )
    if is_sure:
        joined[-1] = joined[-1][:-1]
    elif end in ("and", "or", "to", "but", "nor", "und", "y", "et"):
        return " "
    return ""


def _groups(lines: Sequence[str], whole: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs and items of lines without a blank one between: mark and words."""
    if _MARKED_LINE.search("\n".join(lines)):
        yield "", "\n".join(map(clean_text, lines))  # quotes and lists as people type them
        return
    group: list[str] = []
    wrapped, longest = is_wrapped(lines), max(map(len, lines))
    is_paragraph_a_line = not wrapped and longest > _WIDEST
    mark = ""
    for line in lines:
        before = group[-1] if group else ""
        ends = is_paragraph_a_line or (
            (wrapped or mark) and before.strip() and _ends_paragraph(before, line, longest)
        )
        if group and (ends or _is_alone(before, line)):
            yield mark, _written(group, bool(mark) or wrapped, whole)
            group, mark = [], ""
        begins, words = _item(line)
        mark = begins or mark
        group.append(words)
    yield mark, _written(group, bool(mark) or wrapped, whole)


def _item(line: str) -> tuple[str, str]:
    """Return the mark of Markdown and the words of a line that begins an item; else no mark."""
    if bullet := _BULLET.match(line):
        return "- ", line[bullet.end() :]
    if _BARE_BULLET.fullmatch(line):
        return "- ", ""
    if number := _NUMBERED.match(line):
        return f"{number[1]}. ", line[number.end() :]
    return "", line


def _is_alone(above: str, below: str) -> bool:
    """Whether a line is never joined with the one before: a page's number, an item."""
    is_number = _PAGE_NUMBER.fullmatch(above) or _PAGE_NUMBER.fullmatch(below)
    return bool(is_number) or bool(_item(below)[0])


def _written(group: Sequence[str], joined: bool, whole: str) -> str:
    lines = [clean_text(line) for line in group]
    return join_pieces(lines, whole) if joined else "\n".join(lines)


def _ends_paragraph(above: str, below: str, longest: int) -> bool:
    """Whether a line ends a paragraph: the next word would have fitted, and begins one."""
    above, below = above.strip(), below.strip()
    if not above or not below:
        return True
    if _is_full(above, below, longest):
        return False
    return bool(_SENTENCE_END.search(above)) or _begins_upper(below)


def _begins_upper(line: str) -> bool:
    """Whether the first letter or figure of a line is a capital."""
    return next((char.isupper() for char in line if char.isalnum()), False)


def _is_full(above: str, below: str, longest: int) -> bool:
    word = _WORD.match(below)
    return len(above) + 1 + len(word[0] if word else "") >= _FULL * longest
