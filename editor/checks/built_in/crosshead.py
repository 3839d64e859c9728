"""Crossheads: the headings inside the body."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _
from editor.text import nodes

_LONGEST = 80
_WORDS = 4


class Crosshead:
    """Find crossheads that lead to nothing or are not written like the others."""

    id = "crosshead"
    title = N_("Crossheads lead to a text")
    about = N_(
        "A crosshead with no text under it, one that ends with a full stop or is longer than 80 "
        "characters, and Title Case beside sentence case in the crossheads of one story."
    )
    level = Level.WARNING
    examples = (
        right("The ferry sails.\n\n## Why now?\n\nIt is May.\n\n### A second quay\n\nIt is old."),
        right("## Boats\n\n- one\n- two\n\n## Old Harbour and New Quay\n\nIt is long."),
        wrong("The ferry sails.\n\n## Why now", found="Why now"),
        wrong("## Why now\n\n## Why here\n\nIt is May.", found="Why now"),
        wrong("## It sails.\n\nIt is May.", found="It sails."),
        wrong("## The second quay is closed\n\nYes.\n\n## The Third Quay Will Open Again\n\nNo.",
              found="The Third Quay Will Open Again"),
    )  # fmt: skip

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the headings with what follows them."""
        placed = [(part.block, at) for part, _section, at in subject.document.placed]
        following = [block for block, _at in placed[1:]] + [None]
        heads = []
        for (block, at), next_block in zip(placed, following, strict=False):
            if not isinstance(block, nodes.Heading):
                continue
            words = _words(block)
            place = _place(subject, block, at, words)
            heads.append((words, place))
            if not _is_under(block, next_block):
                yield self._finding(
                    _("There is no text under “{crosshead}”"),
                    words,
                    _("Remove it, or go on."),
                    place,
                )
            elif words.endswith(".") and not words.endswith("..") and " " in words:
                yield self._finding(
                    _("The crosshead “{crosshead}” ends with a full stop"),
                    words,
                    _("A crosshead has none."),
                    place,
                )
            elif len(words) > _LONGEST:
                yield self._finding(
                    _("The crosshead “{crosshead}” is too long"),
                    words,
                    _("A few words are enough. Perhaps it is a paragraph."),
                    place,
                )
        yield from self._in_two_cases(heads)

    def _in_two_cases(self, heads: list[tuple[str, TextPlace]]) -> Iterator[Finding]:
        cases = [(_case(words), words, place) for words, place in heads]
        known = [found for found in cases if found[0]]
        for first, second in pairwise(known):
            if first[0] != second[0]:
                yield self._finding(
                    _("“{crosshead}” has other capitals than the crosshead before it"),
                    second[1],
                    _("Write all crossheads in one way, like “{words}”.").format(words=first[1]),
                    second[2],
                )
                return

    def _finding(self, sentence: str, words: str, hint: str, place: TextPlace) -> Finding:
        text = sentence.format(crosshead=words if len(words) <= _LONGEST else f"{words[:79]}…")
        return Finding(self.id, self.level, text, hint, place, is_in_source=True)


def _words(heading: nodes.Heading) -> str:
    return "".join(
        leaf.text
        for leaf, _inside in nodes.leaves(heading.children)
        if not isinstance(leaf, nodes.Break)
    ).strip()


def _place(subject: Subject, heading: nodes.Heading, at: int, words: str) -> TextPlace:
    start, end = heading.source.start + at, heading.source.end + at
    inside = subject.story.body.find(words, start, end) if words else -1
    return (
        TextPlace("body", inside, inside + len(words))
        if inside >= 0
        else TextPlace("body", start, end)
    )


def _is_under(heading: nodes.Heading, following: nodes.Block | None) -> bool:
    """Whether something belongs to a heading: a text, or a heading of a lower rank."""
    if isinstance(following, nodes.Heading):
        return following.level > heading.level
    return following is not None and not isinstance(following, nodes.Rule | nodes.Footnote)


def _case(words: str) -> str:
    """Return how a crosshead is written, `title` or `sentence`; empty where it may be both."""
    longer = [word for word in words.split()[1:] if len(word) >= _WORDS and word.isalpha()]
    if len(longer) < 3 or not all(word.isascii() for word in longer):
        return ""
    capitals = sum(word[0].isupper() for word in longer)
    if capitals == len(longer):
        return "title"
    return "sentence" if capitals == 0 else ""
