"""Marks that stand for words to come, left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import PROSE, FoundWords, search_words
from editor.core.findings import Finding, Level
from editor.core.story import Picture
from editor.i18n import N_, _

_FIELDS = (*PROSE, "credit", "bylines", "keywords")
_LEFT = re.compile(
    r"(?<![\w-])(?:"
    # TK is a flight of Turkish Airlines before a number, and the name of two companies.
    r"(?:TK){1,4}(?![\w-]|[ \u00a0]?\d|[ \u00a0](?:Maxx|Elevator)\b)"
    r"|T\.K\.(?!\w)"
    r"|\$?X{2,}(?![\w.,]\w|\w)"
    r"|[Xx]{1,3}[,.][Xx]{3}(?!\w)"
    r"|(?:TODO|FIXME)(?![\w-])"
    r"|[Ll]orem ipsum(?!\w)"
    r")"
    r"|\((?:\?{1,3}|[Ss]pelling\??|[Nn]ame\??|[Cc]heck(?: this)?|sp\??)\)"
    r"|\[(?:\?{1,3}|TK[^\[\]\n]{0,60}|TBC|TBD|[Nn]ame|[Dd]ate|[Cc]heck[^\[\]\n]{0,60}|[Ii]nsert[^\[\]\n]{0,60})\]"
    r"|(?<=[\s(])\?\?+(?=[\s.,;:)]|$)"
)


class LeftoverTk:
    """Find marks that the writer meant to replace."""

    id = "leftover-tk"
    title = N_("Nothing is left to fill in")
    about = N_(
        "A mark for words to come that was left in the text: TK, TKTK, XXXX, x,xxx, (?), ??, "
        "[name], [check …], TODO, lorem ipsum. Flights such as TK 1980 and Super Bowl XXX are "
        "left alone."
    )
    level = Level.STOPS
    examples = (
        right(
            "Flight TK 1980 landed. TK1 too. At TK Maxx she watched Super Bowl XXX on the ferry."
        ),
        right("“What?!” he asked. Is it (really) so? The XXX Olympiad had 10,320 athletes."),
        right("Type `TK` where words are missing."),
        wrong("The pier cost TK million.", found="TK"),
        wrong("The pier cost $x,xxx.", found="x,xxx"),
        wrong("Ivan (?) said it would sail.", found="(?)"),
        wrong("The mayor, [name], said so.", found="[name]"),
        wrong(headline="Ferry TKTK resumes", found="TKTK"),
        wrong(pictures=(Picture(file="a.jpg", caption="Left, XXXX with the boat."),), found="XXXX"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at everything readers read; code inside a line is left alone."""
        for found in search_words(subject, _left, _FIELDS):
            yield Finding(
                self.id,
                self.level,
                _("“{mark}” is still to be filled in").format(mark=found.words.text),
                _("Write what belongs there, or remove it: readers would see it."),
                found.place,
            )


def _left(block: BlockProse) -> tuple[FoundWords, ...]:
    text = block.text
    return tuple(
        FoundWords(*match.span(), match[0])
        for match in _LEFT.finditer(text)
        if not (match[0].startswith("XX") and _is_numeral(text, *match.span()))
    )


def _is_numeral(text: str, start: int, end: int) -> bool:
    """Whether XX or XXX is a number: Super Bowl XXX, the XXX Olympiad; a capital is beside it."""
    before, after = text[max(start - 30, 0) : start].split(), text[end : end + 3]
    is_named = bool(before) and before[-1][:1].isupper() and len(before[-1]) > 1
    return end - start <= 3 and (is_named or (after[:1] == " " and after[1:2].isupper()))
