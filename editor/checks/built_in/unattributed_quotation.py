"""Quotations that nobody says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import is_english, paragraphs_of, quotations_of, search
from editor.checks.speech import SPEECH
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _

_WORDS = 8
"""Shorter quotations are often a title, a name or somebody's phrase."""
_ENDS = (".", "!", "?", ",", "…", "—", "–")


class UnattributedQuotation:
    """Find whole sentences in quotation marks of which the text doesn't say whose they are."""

    id = "unattributed-quotation"
    title = N_("Quotations say whose they are")
    about = N_(
        "A quotation of a sentence or more in the body without a word such as “said”, “according” "
        "or “wrote” in its own paragraph, the one before or the one after. Phrases of fewer than "
        "eight words, titles, and block quotes are left alone."
    )
    level = Level.HINT
    examples = (
        right(
            "The mayor spoke.\n\n“The ferry will sail again, whatever the weather may bring us.”"
        ),
        right("“The ferry will sail again, whatever the weather may bring,” said Ms Aas."),
        right("Ms Aas was clear: “The ferry will sail again, whatever the weather may bring us.”"),
        right("They call it the “great boat of the northern fjords and all the islands”."),
        right("“The ferry will sail again, in whatever weather.\n\n“And soon,” said Aas."),
        wrong(
            "The pier is old.\n\n“The ferry will sail again, whatever the weather may bring us.”"
            "\n\nCars queued.",
            found="“The ferry will sail again, whatever the weather may bring us.”",
        ),
        wrong(
            "The pier is old. “The ferry will sail again in whatever weather.” Cars queued.",
            found="“The ferry will sail again in whatever weather.”",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each quotation with the paragraphs around it."""
        if not is_english(subject):
            return
        paragraphs = [
            (start, paragraph) for _p, start, paragraph in search(subject, _speaking, ("body",))
        ]
        for index, (start, paragraph) in enumerate(paragraphs):
            around = paragraphs[max(index - 1, 0) : index + 2]
            if not paragraph.quotations or any(near.attributes for _at, near in around):
                continue
            for quotation_start, quotation_end in paragraph.quotations:
                yield Finding(
                    self.id,
                    self.level,
                    _("The text doesn’t say whose words these are"),
                    _("Name the speaker beside the quotation: …,” said Ragnhild Aas."),
                    TextPlace("body", start + quotation_start, start + quotation_end),
                )


class _Paragraph(NamedTuple):
    """Whether a paragraph says who speaks, and its quotations of whole sentences."""

    attributes: bool
    quotations: tuple[tuple[int, int], ...]


def _speaking(block: BlockProse) -> tuple[_Paragraph, ...]:
    found = []
    for start, end in block.made(paragraphs_of):
        quotations = [span for span in block.made(quotations_of) if start <= span.start < end]
        outside, at = [], start
        for quotation in quotations:
            outside.append(block.text[at : quotation.start])
            at = max(at, quotation.end)
        outside.append(block.text[at:end])
        attributes = any(SPEECH.search(words) or ":" in words for words in outside)
        whole = () if attributes else tuple(
            (quotation.start, quotation.end)
            for quotation in quotations
            if _is_sentence(block.text[quotation.start + 1 : quotation.end])
        )  # fmt: skip
        found.append(_Paragraph(attributes, whole))
    return tuple(found)


def _is_sentence(quoted: str) -> bool:
    inner = quoted.rstrip("\"”’'»")
    return len(inner.split()) >= _WORDS and inner[:1].isupper() and inner.rstrip().endswith(_ENDS)
