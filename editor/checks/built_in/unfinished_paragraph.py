"""Paragraphs that break off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_in_language
from editor.checks.word_lists import word_set
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _
from editor.text import nodes

_FEWEST = 12
_LANGUAGES = ("en", "ar", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb")
_SMALL = word_set(
    "the a an and or of to in on at for with by from that which who as but if because "
    "into their his her its our your my this these those is are was were has have had "
    "will would can could و في من على إلى عن أن التي الذي"
)


class UnfinishedParagraph:
    """Find paragraphs of the body that end in the middle of a sentence."""

    id = "unfinished-paragraph"
    title = N_("Paragraphs end")
    about = N_(
        "A paragraph of twelve words or more that ends with a letter or a comma instead of a mark "
        "that ends a sentence, or a shorter one that ends with a word such as “the” or “and”. "
        "Crossheads, lists, tables, and paragraphs of several lines such as poems are left alone."
    )
    level = Level.WARNING
    examples = (
        right("The ferry sails on time.\n\nAs they say:\n\n“It sails, and it sails, and so on”"),
        right("- one boat that sails on every day of the week but never on a Sunday night\n- two"),
        right("Boats: six\n\nCars: 120"),
        wrong(
            "The ferry, which the county ordered in spring, sails again on Monday with the new",
            found="new",
        ),
        wrong("The ferry sails, and the", found="the"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the end of each plain paragraph."""
        if not is_in_language(subject, *_LANGUAGES):
            return
        placed = subject.document.placed
        for (block, start), (part, _section, _at) in zip(subject.body.blocks, placed, strict=True):
            if not isinstance(part.block, nodes.Paragraph):
                continue
            for words in block.made(_breaks_off):
                yield Finding(
                    self.id,
                    self.level,
                    _("A paragraph ends with “{word}”").format(word=words.text),
                    _("End the sentence, or join it with what follows."),
                    TextPlace("body", start + words.start, start + words.end),
                )


_LAST = re.compile(r"(?P<word>[^\W_](?:[\w'’-]{0,40}[^\W_])?)(?P<comma>[,،;]?)\s*$")


def _breaks_off(block: BlockProse) -> tuple[FoundWords, ...]:
    text = block.text.rstrip()
    last = _LAST.search(text[-60:])
    if last is None or "\n" in text:
        return ()
    is_long = len(text.split()) >= _FEWEST
    if not is_long and last["word"].casefold() not in _SMALL:
        return ()
    at = max(len(text) - 60, 0)
    return (FoundWords(at + last.start("word"), at + last.end("comma"), last["word"]),)
