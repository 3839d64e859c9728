"""A space before a comma or a full stop, or none after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_SPACED = re.compile(
    r"(?<=[^\W_])(?P<spaces>[ \t\u00a0]+)(?P<mark>[,،؛](?=[\s\"”’»]|$)|\.(?=\s|$)(?!\s?\.))"
    r"|(?<=[^\W\d_]{2})(?P<close>[,،؛])(?=[^\W\d_]{2})"
)


class SpaceBeforeMark:
    """Find commas and full stops with the space on the wrong side."""

    id = "space-before-mark"
    title = N_("The space comes after the comma")
    about = N_(
        "A space before a comma or a full stop, or a comma between two words without a space. "
        "Decimal points (.5), names (.NET) and spaced ellipses (. . .) are left alone. The fix "
        "puts the space after the mark."
    )
    level = Level.WARNING
    examples = (
        right("It grew by .5 metres, in .NET, and then . . . nothing. In 1,000 years: a,b."),
        right("Pas vrai ; dit-elle : « non » !", language="fr"),
        wrong("The ferry , she said, sails.", found=" ,", fixed="The ferry, she said, sails."),
        wrong("The ferry sails .", found=" .", fixed="The ferry sails."),
        wrong("The ferry,which sails, is old.", found=",", fixed="The ferry, which sails, is old."),
        wrong("قالت ، إنها ستبحر.", language="ar", found=" ،", fixed="قالت، إنها ستبحر."),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the prose of every field; French has its spaces before other marks."""
        for found in search_words(subject, _spaced):
            mark = found.words.text.strip()
            yield Finding(
                self.id,
                self.level,
                _("The space is on the wrong side of “{mark}”").format(mark=mark)
                if found.words.kind == "before"
                else _("There is no space after “{mark}”").format(mark=mark),
                _("Close the mark up to the word before it, with a space after it."),
                found.place,
                (Fix(_("Put the space after it"), (found.edit,)),),
            )


def _spaced(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(*match.span(), match[0], match["mark"] or match["close"] + " ", _kind(match))
        for match in _SPACED.finditer(block.text)
    )


def _kind(match: re.Match[str]) -> str:
    return "before" if match["mark"] else "after"
