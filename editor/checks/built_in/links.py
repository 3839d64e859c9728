"""Links that lead nowhere: readers would get their words only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from editor.checks.base import Subject
from editor.checks.block_places import moved, place_of
from editor.checks.built_in.picture_in_text import is_reference
from editor.checks.examples import right, wrong
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import N_, _
from editor.text import nodes
from editor.text.links import is_slug
from editor.text.source import Located

_UNREAD = re.compile(
    r"(?<![\]!])\[[^\[\]\n]+\](?:"
    # [words](an address with a space), [words](tel:+1 (555) 1)
    r"\((?!picture:)(?=(?:[a-z]+:|www\.|/))[^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)"
    # [name]: https://x.example, the address of a [link][name]
    r"|:[ ]+<?(?:[a-z]+://|www\.|mailto:)\S+"
    r")",
    re.IGNORECASE,
)
"""What is written like a link and is not one: readers get the brackets."""


class LinksLead:
    """Find links that readers would not get."""

    id = "links"
    title = N_("Links lead somewhere")
    about = N_(
        "A link in the body that readers would not get: an address that begins with none of "
        "`https://`, `http://`, `www.`, `mailto:` and `tel:`, a mail link with more than a subject "
        "and a text, or the slug of a story that this desk never had. A picture written in the "
        "text by its address does not appear; add it under Pictures. What is written like a link "
        "and is not read as one, such as an address with a space, is also found: readers would "
        "get its brackets."
    )
    level = Level.WARNING
    examples = (
        right("The [port’s accounts](https://port.example/accounts) say more."),
        right("Ask [the desk](mailto:desk@paper.example), or read [the plan](harbour-plan)."),
        wrong("See [about us](/about/).", found="about us"),
        wrong("![A map](map.png)", found="A map"),
        wrong("[Ask](https://port.example/a b).", found="[Ask](https://port.example/a b)"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each link of the body; the page has its words, without a link."""
        for part, _section, at in subject.document.placed:
            for link, span in part.made(_links):
                place = moved(span, at)
                match link:
                    case nodes.DeadLink() if is_reference(link):
                        pass  # `PictureInText` finds it
                    case nodes.DeadLink(is_picture=True):
                        yield self._finding(
                            _("A picture in the text does not appear"),
                            _("Add it under Pictures, then choose Insert › Picture in the text…"),
                            place,
                        )
                    case nodes.DeadLink(_, address):
                        yield self._finding(
                            _("The link to “{address}” leads nowhere").format(address=address[:90]),
                            _(
                                "Begin it with https://, http://, mailto: or tel:, "
                                "or give the slug of a story."
                            ),
                            place,
                        )
                    case nodes.Link(href) if not subject.has_story(href):
                        yield self._finding(
                            _("No story on this desk has the slug “{slug}”").format(slug=href),
                            _("Look at the slug in the story’s details, or remove the link."),
                            place,
                        )

            for span in part.made(_unread):
                yield self._finding(
                    _("A link is written so that readers get its brackets"),
                    _("Write [words](https://…), with %20 for a space in the address."),
                    moved(span, at),
                )

    def _finding(self, sentence: str, hint: str, place: TextPlace) -> Finding:
        return Finding(self.id, self.level, sentence, hint, place, is_in_source=True)


_Placed: TypeAlias = tuple[nodes.Link | nodes.DeadLink, nodes.Span]


def _links(block: nodes.Block) -> tuple[_Placed, ...]:
    """Return the links of a block that lead nowhere or to a story, each once with its place."""
    found: dict[int, _Placed] = {}
    for run in nodes.runs(block):
        for _leaf, inside in nodes.leaves(run):
            for node in inside:
                if not isinstance(node, nodes.Link | nodes.DeadLink) or id(node) in found:
                    continue
                if isinstance(node, nodes.DeadLink) or is_slug(node.href):
                    found[id(node)] = node, _place(block, nodes.leaves(node.children))
    return tuple(found.values())


def _unread(block: nodes.Block) -> tuple[nodes.Span, ...]:
    """Return where the words of a block have a link's brackets."""
    spans: list[nodes.Span] = []
    for run in nodes.runs(block):
        for leaf, inside in nodes.leaves(run):
            if not isinstance(leaf, nodes.Text) or any(
                isinstance(node, nodes.Link | nodes.DeadLink) for node in inside
            ):
                continue
            words = Located(leaf.text, leaf.pieces)
            for found in _UNREAD.finditer(leaf.text):
                pieces = words.pieces(*found.span())
                spans.append(place_of(block, nodes.Text(found[0], tuple(pieces))))
    return tuple(spans)


def _place(
    block: nodes.Block, leaves: Iterator[tuple[nodes.Leaf, tuple[nodes.Inline, ...]]]
) -> nodes.Span:
    """Where words are written, or else their whole block."""
    spans = [
        span
        for leaf, _inside in leaves
        if not isinstance(leaf, nodes.Break) and (span := place_of(block, leaf)) != block.source
    ]
    return nodes.Span(spans[0].start, spans[-1].end) if spans else block.source
