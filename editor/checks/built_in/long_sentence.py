"""Sentences that are too long to be read at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_in_language, search_words, sentences_of
from editor.core.findings import Finding, Level
from editor.i18n import N_, _

LONGEST = 40
"""Words in a sentence. Most readers lose the thread there (American Press Institute); agencies
write up to 35 on purpose."""

_WORD = re.compile(r"[^\W_](?:[\w'’.,/-]*[^\W_])?")
_PART = re.compile(r"[;:—–]|\n| - ")
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb")
_LONG = " ".join(["The board met, and the ferry sailed on time, with cars and people,"] * 4)


class LongSentence:
    """Find sentences with more words than readers can hold."""

    id = "long-sentence"
    title = N_("Sentences are short enough")
    about = N_(
        "A sentence of more than 40 words in the body or the standfirst. A list after a colon and "
        "parts between semicolons or dashes count by themselves. Arabic, whose sentences are "
        "longer, is not measured."
    )
    level = Level.HINT
    examples = (
        right("The board met. The ferry sailed on time, with cars and people and 14.5 t of fish."),
        right("It listed: " + "; ".join(["a boat with six cars and two horses"] * 9) + "."),
        right(_LONG, language="ar"),
        wrong(f"Yes. {_LONG} and then it rained.", found=f"{_LONG} and then it rained."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Count words between ends of sentences; an abbreviation ends none."""
        if not is_in_language(subject, *_LANGUAGES):
            return
        for found in search_words(subject, _long, ("body", "standfirst")):
            yield Finding(
                self.id,
                self.level,
                _("This sentence has {n} words").format(n=found.words.kind),
                _("Most readers lose the thread after about 40. Make two of it."),
                found.place,
            )


def _long(block: BlockProse) -> tuple[FoundWords, ...]:
    found = []
    for start, end in block.made(sentences_of):
        text = block.text[start:end]
        if text.count(" ") < LONGEST:
            continue
        longest = max(len(_WORD.findall(part)) for part in _PART.split(text))
        if longest > LONGEST:
            found.append(FoundWords(start, end, text, kind=str(longest)))
    return tuple(found)
