"""Lines for editors that came with agency copy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, paragraphs_of, search_words
from editor.core.findings import Finding, Level
from editor.i18n import N_, _

_LONGEST = 300
_LINE = re.compile(
    r"\(?(?:MORE|more to follow|MORE TO COME|MTF|MF)\)?[ .]*"
    r"|-{1,2} ?(?:30|ENDS?|end|ends) ?-{1,2}|ENDS?|#{3}|\*{3}ENDS?\*{3}"
    r"|\(?(?:(?:Additional r|R)eporting|Writing|Editing|Compiled|Written) by [A-Z][^\n]{2,200}"
    r"|(?:EDS(?: NOTE)?|E(?:DITORS|ditors)|EDITORS?['’]? NOTE|Note to editors"
    r"|ATTENTION(?: EDITORS)?)[:.] ?[^\n]*"
    r"|(?:NOT FOR (?:PUBLICATION|RELEASE)|(?:STRICTLY )?EMBARGO(?:ED)?\b|HOLD FOR RELEASE)[^\n]*"
    r"|(?:RECASTS?|CORRECTS?|UPDATES?|ADDS?|REFILES?|WRITETHRU)[ :][^\na-z]{3,80}"
    r"|(?:Reuters?|REUTERS?|reut|Reut|AP-NY|UPI|AFP|dpa)"
    r"(?: [a-z]{2,3}/[a-z]{2,3}(?:/[a-z]{2,3})?)?[ .;3^]*"
    r"|[a-z]{2,3}/[a-z]{2,4}(?:/[a-z]{2,4})?|(?:END|Ends)[ .]*"
    r"|(?:With|with) (?:photos?|pictures?|graphics?|video)\.?"
)


class LeftoverWire:
    """Find paragraphs that an agency wrote for editors."""

    id = "leftover-wire"
    title = N_("No lines for editors are left")
    about = N_(
        "A paragraph that agencies write for editors: (MORE), -30-, ENDS, “Editing by …”, EDS:, "
        "“Embargoed until …”, “With photos”, an agency’s name or initials alone."
    )
    level = Level.WARNING
    examples = (
        right("The end.\n\nEditing by hand takes longer, she said, and ends late.\n\nMore to see."),
        right("Ends meet.\n\n- With photos of boats\n\nAP is an agency."),
        wrong("The ferry sails.\n\n(MORE)", found="(MORE)"),
        wrong("The ferry sails.\n\n-30-", found="-30-"),
        wrong("It sails.\n\n(Reporting by A. Aas; Editing by B. Berg)",
              found="(Reporting by A. Aas; Editing by B. Berg)"),
        wrong("EDS: Note the spelling.\n\nIt sails.", found="EDS: Note the spelling."),
        wrong("It sails.\n\nhh/ph/ts", found="hh/ph/ts"),
    )  # fmt: skip

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each paragraph of the body."""
        for found in search_words(subject, _for_editors, ("body",)):
            text = found.words.text
            yield Finding(
                self.id,
                self.level,
                _("“{words}” is a line for editors").format(
                    words=text if len(text) <= 60 else f"{text[:59]}…"
                ),
                _("Remove it: readers would see it. What colleagues should know is a note."),
                found.place,
            )


def _for_editors(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(start, end, block.text[start:end])
        for start, end in block.made(paragraphs_of)
        if end - start <= _LONGEST and _LINE.fullmatch(block.text[start:end].strip())
    )
