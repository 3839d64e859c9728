"""Headlines: no full stop, no capitals throughout, no exclamation mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.i18n import N_, _

_FEW = 12
"""Letters up to which a headline may be an acronym and little else."""
_MARKS = "!.۔。। "
_STOP = re.compile(r"(?<![.…])(?<!\b[A-Za-z])[.۔。।]$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|No|etc|Bros|Rd|Ave|vs|a\.m|p\.m)|\.[A-Za-z])\.$"
)


class HeadlineStyle:
    """Find headlines that end with a full stop, shout, or are in capitals."""

    id = "headline-style"
    title = N_("Headlines neither stop nor shout")
    about = N_(
        "A headline that ends with a full stop or an exclamation mark outside a quotation, or that "
        "is in capitals throughout. Abbreviations, ellipses and headlines of two sentences are "
        "left alone. The fix removes the mark."
    )
    level = Level.WARNING
    examples = (
        right(headline="Ferry resumes in the U.S."),
        right(headline="Boats sail again. Cars wait."),
        right(headline="“It sails!”"),
        right(headline="NATO and UN"),
        right(headline="And then …"),
        right(headline="العبارة تبحر من جديد", language="ar"),
        wrong(headline="Ferry resumes.", found=".", fixed="Ferry resumes"),
        wrong(headline="Ferry resumes at last!", found="!", fixed="Ferry resumes at last"),
        wrong(headline="FERRY RESUMES AT LAST", found="FERRY RESUMES AT LAST"),
        wrong(headline="العبارة تبحر.", language="ar", found=".", fixed="العبارة تبحر"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the headline only."""
        headline = subject.story.headline
        text = headline.rstrip()
        bare = text.rstrip(_MARKS)
        marks = TextPlace("headline", len(bare), len(text))
        is_one = not re.search(r"[.!?۔؟] ", text)
        if bare and "!" in text[len(bare) :]:
            yield self._finding(
                _("The headline shouts"), _("The news has to be loud enough by itself."), marks
            )
        elif bare and is_one and _STOP.search(text) and not _ABBREVIATED.search(text):
            yield self._finding(
                _("The headline ends with a full stop"), _("A headline has none."), marks
            )
        letters = [char for char in text if char.isalpha()]
        if len(letters) > _FEW and text.isupper() and " " in text:
            yield Finding(
                self.id,
                self.level,
                _("The headline is in capitals"),
                _("Words in capitals are harder to read, and screen readers may spell them."),
                TextPlace("headline", 0, len(text)),
            )

    def _finding(self, sentence: str, hint: str, place: TextPlace) -> Finding:
        fix = Fix(_("Remove it"), (Edit("headline", place.start, place.end, ""),))
        return Finding(self.id, self.level, sentence, hint, place, (fix,))
