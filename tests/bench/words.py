"""Invented prose of any amount: words as frequent as in real texts, in sentences and paragraphs."""

from __future__ import annotations

import random
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from editor.text.metrics import count_words
from editor.text.plain import plain_text

_COMMON = """
the of and to in a is that for on with as was by at from has its it be are this an have not which
said will were more after new economic government minister country percent billion trade energy
president bank market oil export policy deal talks region investment growth central foreign
officials statement report harbour council water school price court
"""
_SYLLABLES = "har pi fer la cra sto bour lot ry ne mi dock ven tal sor gri ban del mo ku rin as el"
_WORDS = 12_000
_PARAGRAPHS = 3_000


class Body(NamedTuple):
    """A body in Markdown, its plain text, and how many words that has."""

    markdown: str
    plain: str
    words: int


class Prose:
    """Makes texts; a paragraph is used again after thousands of others."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        syllables = _SYLLABLES.split()
        rare = sorted(
            {
                "".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 3, 4))))
                for _ in range(_WORDS)
            }
        )
        chance.shuffle(rare)
        self._vocabulary = [*_COMMON.split(), *rare]
        # The second word is half as frequent as the first one (Zipf).
        ranks = range(1, len(self._vocabulary) + 1)
        self._often = list(accumulate(1 / rank for rank in ranks))

    def words(self, count: int) -> list[str]:
        """So many words."""
        return self._chance.choices(self._vocabulary, cum_weights=self._often, k=count)

    def headline(self, count: int = 8) -> str:
        """A line of so many words."""
        return " ".join(self.words(count)).capitalize()

    def sentence(self) -> str:
        """A sentence of 8 to 22 words, as plain text."""
        return f"{self.headline(self._chance.randint(8, 22))}."

    def body(self) -> Body:
        """A body of about 500 words."""
        some = self._chance.choices(self._paragraphs, k=self._chance.randint(7, 9))
        return Body(
            "\n\n".join(part.markdown for part in some),
            "\n\n".join(part.plain for part in some),
            sum(part.words for part in some),
        )

    @cached_property
    def _paragraphs(self) -> list[Body]:
        texts = [self._paragraph() for _ in range(_PARAGRAPHS)]
        plain = map(plain_text, texts)
        return [
            Body(text, words, count_words(words)) for text, words in zip(texts, plain, strict=True)
        ]

    def _paragraph(self) -> str:
        """Four sentences; here and there a link, emphasis, a quote, a list or a crosshead."""
        sentences = [self.sentence() for _ in range(4)]
        kind = self._chance.random()
        if kind < 0.1:
            sentences[1] = f"**{self.headline(3)}** and [{self.headline(2)}](https://example.org/)."
        elif kind < 0.2:
            sentences[0] = f"“{sentences[0][:-1]},” the minister’s office said."
        elif kind < 0.23:
            return "> " + " ".join(sentences)
        elif kind < 0.26:
            return "\n".join(f"- {sentence}" for sentence in sentences)
        elif kind < 0.29:
            return f"## {self.headline(4)}\n\n" + " ".join(sentences)
        return " ".join(sentences)
