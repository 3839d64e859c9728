"""Exclamation marks outside quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, search_words, unquoted
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_SHOUT = re.compile(
    r"(?<=[\w)])(?<!\bYahoo)(?P<marks>!{2,}|[!?]*!(?=\s+[\"“‘«]?[^\W\d_a-zß-öø-ÿ]|\s*$))",
    re.MULTILINE,
)


class ExclamationMark:
    """Find sentences that shout."""

    id = "exclamation-mark"
    title = N_("The paper does not shout")
    about = N_(
        "An exclamation mark that ends a sentence outside a quotation, in the body, the "
        "standfirst, a key point or a caption. Names such as Yahoo! inside a sentence are "
        "left alone. The fix writes a full stop."
    )
    level = Level.HINT
    examples = (
        right(
            "“It sails!” she cried. Yahoo! has paid for it, and Yahoo! Japan has not. 5! is 120."
        ),
        right("«أبحرت!» قالت.", language="ar"),
        wrong(
            "The ferry sails again! Cars wait.",
            found="!",
            fixed="The ferry sails again. Cars wait.",
        ),
        wrong("The ferry sails again!!", found="!!", fixed="The ferry sails again."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at what is outside quotation marks."""
        for found in search_words(
            subject, _shouts, ("body", "standfirst", "key_points", "caption")
        ):
            yield Finding(
                self.id,
                self.level,
                _("A sentence ends with “{marks}”").format(marks=found.words.text),
                _("Only people who are quoted shout."),
                found.place,
                (Fix(_("Write a full stop"), (found.edit,)),),
            )


def _shouts(block: BlockProse) -> tuple[FoundWords, ...]:
    if "!" not in block.text:
        return ()
    return tuple(
        FoundWords(*match.span("marks"), match["marks"], "?" if "?" in match["marks"] else ".")
        for match in _SHOUT.finditer(unquoted(block))
    )
