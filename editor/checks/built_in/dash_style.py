"""Dashes that are hyphens, and two kinds of dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, is_in_language, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_DASH = re.compile(
    r"(?<=[\w,.!?;:”’\")\]])(?P<gap>[ \u00a0]?)(?P<dash>---?)(?P=gap)(?=[\w“‘\"(\[])"
    r"|(?<=[^\W\d_]{2})(?P<spaced>[ \u00a0])-(?P=spaced)(?=[^\W\d_]{2})"
    r"|(?<=[\w,.!?;:”’\")\]])(?P<open>[ \u00a0]?)(?P<typed>[–—])(?P=open)(?=[\w“‘\"(\[])"
)
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "ar")
_FIELDS = ("standfirst", "key_points", "body", "caption")


class DashStyle:
    """Find hyphens where a dash belongs, and two kinds of dashes in one story."""

    id = "dash-style"
    title = N_("Dashes are dashes, and of one kind")
    about = N_(
        "Two hyphens, or one with spaces around it, in place of a dash; and – beside — as a dash "
        "in one story. Ranges (2010–2015), columns and lists are left alone. The fix writes them "
        "like the story’s other dashes, or else as – with spaces."
    )
    level = Level.HINT
    examples = (
        right("The ferry – old, and slow – sails. From 2010–2015 it was well-known, at 5 - 3."),
        right("The ferry—old, and slow—sails."),
        right("Price  --  3.04  --\n\n- one\n- two"),
        wrong(
            "The ferry -- an old one, and slow – sails.",
            found=" -- ",
            fixed="The ferry – an old one, and slow – sails.",
        ),
        wrong("The ferry - it is old.", found=" - ", fixed="The ferry – it is old."),
        wrong(
            "The ferry—old, and slow—sails – or swims.",
            found=" – ",
            fixed="The ferry—old, and slow—sails—or swims.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the dashes of the story; headlines may have others."""
        if not is_in_language(subject, *_LANGUAGES):
            return
        dashes = list(search_words(subject, _dashes, _FIELDS))
        ways = Counter(found.words.text for found in dashes if found.words.kind == "dash")
        usual = max(ways, key=lambda way: ways[way], default=" – ")
        others = [found for found in dashes if found.words.text != usual]
        if not others:
            return
        yield Finding(
            self.id,
            self.level,
            _("The story has two kinds of dashes")
            if others[0].words.kind == "dash"
            else _("A hyphen is used as a dash"),
            _("Write “{dash}”.").format(dash=usual),
            others[0].place,
            (
                Fix(
                    _("Write “{dash}” everywhere").format(dash=usual),
                    tuple(found.replaced(usual) for found in others),
                ),
            ),
        )


def _dashes(block: BlockProse) -> tuple[FoundWords, ...]:
    text = block.text
    return tuple(
        FoundWords(
            *match.span(), match[0].replace("\u00a0", " "), kind="dash" if match["typed"] else ""
        )
        for match in _DASH.finditer(text)
        if not _is_range(text, *match.span())
    )


def _is_range(text: str, start: int, end: int) -> bool:
    return text[start - 1].isdigit() and text[end : end + 1].isdigit()
