"""A word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.checks.reading import FoundWords, search_words
from editor.core.findings import Finding, Fix, Level
from editor.i18n import N_, _

_TWICE = re.compile(
    r"(?<![\w'’.-])([^\W\d_]{1,20})(?:(?:[ \t\u00a0]*\n?[ \t\u00a0]+|\n)"
    r"(?P<last>\1)(?![\w'’-]))+",
    re.I,
)
_NEVER_TWICE: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an and any are as at be been both but by can could did for from has he him his "
        "how i if into its many may might more most must my nor of on or our over she should some "
        "such than the their them then these they this those to under until upon was we were "
        "what when where which while who whom whose why will with would you your",
        "ar": "في من على إلى عن أن أنّ إن هذا هذه ذلك تلك التي الذي الذين كان كانت قد لقد مع بعد "
        "قبل عند بين حول حتى لكن وقد ومن وعلى",
        "de": "und oder aber ein eine einen einem einer eines im in ist mit von vom zu zum zur auf "
        "aus bei für nicht nach sich wird wurde werden den dem des als wie auch",
        "fr": "le la les un une des du de et ou où dans par pour sur avec est sont au aux ce cette "
        "ces que qui ne pas plus",
        "es": "el la los las un una unos unas de del y o en por para con es son al que se su sus",
        "it": "il lo la gli le un una di del della e o in per con su da che si sono al alla",
        "nl": "de het een en of in op met van voor bij naar is zijn aan uit niet ook",
        "pt": "o a os as um uma de do da e ou em no na por para com que se seu sua",
        "sv": "och eller en ett i på med av för från till är var inte som om att",
    }.items()
}
"""Small words that no sentence of the language has twice in a row."""


class RepeatedWord:
    """Find small words that were typed twice in a row."""

    id = "repeated-word"
    title = N_("No word twice in a row")
    about = N_(
        "A small word twice in a row, such as “the the”, also over a line break. Words that can be "
        "right twice (“had had”, “that that”) and names (“Duran Duran”) are left alone. The fix "
        "removes one of them."
    )
    level = Level.WARNING
    examples = (
        right("The ferry that that company runs had had its day. No, no: it was very, very late."),
        right("They saw Duran Duran in Walla Walla. On and on it went, from A to a."),
        right("Er kennt die, die die Fähre fahren.", language="de"),
        wrong(
            "The board met at the the old pier.",
            found="the the",
            fixed="The board met at the old pier.",
        ),
        wrong("It sails of\nof course.", found="of\nof", fixed="It sails of course."),
        wrong("The the ferry sails.", found="The the", fixed="The ferry sails."),
        wrong(
            "وصل الصيادون إلى إلى المرفأ.",
            language="ar",
            found="إلى إلى",
            fixed="وصل الصيادون إلى المرفأ.",
        ),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look for the small words of the story's language."""
        known = _NEVER_TWICE.get(subject.story.language.partition("-")[0].lower())
        if known is None:
            return
        for found in search_words(subject, _twice):
            word = found.words.instead
            if word.casefold() in known:
                yield Finding(
                    self.id,
                    self.level,
                    _("“{word}” is written twice in a row").format(word=word),
                    _("Remove one, or change the sentence."),
                    found.place,
                    (Fix(_("Remove one “{word}”").format(word=word), (found.edit,)),),
                )


def _twice(block: BlockProse) -> tuple[FoundWords, ...]:
    return tuple(
        FoundWords(match.start(), match.end(), match[0], match[1])
        for match in _TWICE.finditer(block.text)
        # A capital on the last one makes it a name, or the next sentence's first word.
        if not match["last"][0].isupper() or match[0].isupper()
    )
