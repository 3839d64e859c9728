"""Punctuation typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_DOUBLED = re.compile(
    # One or two commas, semicolons, colons; not a smiley or `::`, which is code.
    r"(?P<same>[,;،؛])(?P=same)+"
    # Two full stops are no ellipsis, no path and no folder.
    r"|(?<=[\w)\]”’\"])\.\.(?![.\w/\\])(?!\s?\.)"
    # A comma beside a full stop; `Inc.,` is right, and so is `p.m.,`.
    r"|(?<=[\w)\]”’\"]),\.(?![\w.])"
    r"|(?<=[\w)\]”’\"])(?:,;|;,|:,|,:(?![\w)(-])|;:)(?!\S)"
)


class DoubledMark:
    """Find punctuation that was typed twice."""

    id = "doubled-mark"
    title = N_("One mark is enough")
    about = N_(
        "Two commas, semicolons or full stops in a row, or a comma beside a full stop. An "
        "ellipsis, “?!” and the comma after an abbreviation (“Inc.,”) are left alone. The fix "
        "keeps one mark."
    )
    level = Level.WARNING
    examples = (
        right("Harbour Inc., of Bergen, sails at 8 a.m., or so it says... What?! Wait. . . no."),
        right("Type `a,,b` or ../folder; version 1..2 is a range."),
        wrong("The ferry,, it said, sails.", found=",,", fixed="The ferry, it said, sails."),
        wrong("The ferry sails..", found="..", fixed="The ferry sails."),
        wrong("The ferry sails,.", found=",.", fixed="The ferry sails."),
        wrong(
            "العبّارة،، كما قالت، تبحر.", language="ar", found="،،", fixed="العبّارة، كما قالت، تبحر."
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the prose of every field, whatever its language."""
        for found in search_words(subject, _doubled):
            mark = found.words.instead
            yield Finding(
                self.id,
                self.level,
                _("“{marks}” should be one mark").format(marks=found.words.text),
                _("Keep “{mark}”.").format(mark=mark),
                found.place,
                (Fix(_("Keep one “{mark}”").format(mark=mark), (found.edit,)),),
            )


def _doubled(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(*match.span(), match[0], "." if "." in match[0] else _stronger(match[0]))
        for match in _DOUBLED.finditer(block.text)
    )


def _stronger(marks: str) -> str:
    return max(marks, key=",،؛;:".index)
