"""The words of links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.block_places import moved, place_of
from editor.checks.examples import right, wrong
from editor.checks.word_lists import word_set
from editor.core.findings import Finding, Level
from editor.i18n import N_, _
from editor.text import nodes

_EMPTY_WORDS = word_set(
    "here|click here|click|this|this link|link|read more|more|this page|see here|"
    "website|page|hier|hier klicken|mehr|ici|cliquez ici|aquí|qui|هنا|اضغط هنا|"
    "انقر هنا|المزيد|الرابط",
    "|",
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LONGEST_ADDRESS = 40


class LinkWords:
    """Find links whose words don't say where they lead."""

    id = "link-words"
    title = N_("Links say where they lead")
    about = N_(
        "A link whose words are “here”, “this link” or “read more” (WCAG 2.2, 2.4.9: screen "
        "readers list links without the sentence around them), or a long address as its own words."
    )
    level = Level.HINT
    examples = (
        right("She read [the report](https://a.example/r) here, at www.harbour.example."),
        wrong("Read the report [here](https://a.example/r).", found="here"),
        wrong("اقرأ التقرير [هنا](https://a.example/r).", language="ar", found="هنا"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at the words of each link of the body."""
        for part, _section, at in subject.document.placed:
            for words, span in part.made(_empty_links):
                yield Finding(
                    self.id,
                    self.level,
                    _("A link says only “{words}”").format(words=words[:60]),
                    _("Put the link on the words that say what is there."),
                    moved(span, at),
                    is_in_source=True,
                )


def _empty_links(block: nodes.Block) -> tuple[tuple[str, nodes.Span], ...]:
    """Return the words that say nothing, with where the first of them is written."""
    leaves_of: dict[int, list[nodes.Text | nodes.Code]] = {}
    for run in nodes.runs(block):
        for leaf, inside in nodes.leaves(run):
            for node in inside:
                if isinstance(node, nodes.Link) and isinstance(leaf, nodes.Text | nodes.Code):
                    leaves_of.setdefault(id(node), []).append(leaf)
    found = []
    for leaves in leaves_of.values():
        words = "".join(leaf.text for leaf in leaves)
        plain = words.strip(" .,:;!»›→").casefold()
        is_address = bool(_ADDRESS.fullmatch(words)) and len(words) > _LONGEST_ADDRESS
        if plain in _EMPTY_WORDS or is_address:
            first, last = place_of(block, leaves[0]), place_of(block, leaves[-1])
            found.append((words, nodes.Span(first.start, last.end)))
    return tuple(found)
