"""Links that lead nowhere, and footnotes without a text or a mark: readers would miss them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from editor.checks.base import Subject
from editor.core.findings import Finding, Level, TextPlace
from editor.i18n import _
from editor.text import nodes
from editor.text.links import is_slug
from editor.text.source import Located

_UNREAD = re.compile(
    r"(?<!\])\[[^\[\]\n]+\](?:"
    # [words](an address with a space), [words](tel:+1 (555) 1)
    r"\((?=(?:[a-z]+:|www\.|/))[^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)"
    # [name]: https://x.example, the address of a [link][name]
    r"|:[ ]+<?(?:[a-z]+://|www\.|mailto:)\S+"
    r")",
    re.IGNORECASE,
)
"""What is written like a link and is not one: readers get the brackets."""


class LinksLead:
    """Find links that readers would not get."""

    id = "links"
    title = "Links lead somewhere"
    about = "A link whose address readers can't be sent to, or to a story that is not on the desk."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Look at each link of the body; the page has its words, without a link."""
        for part, _section, at in subject.document.placed:
            for link, span in part.made(_links):
                place = _moved(span, at)
                match link:
                    case nodes.DeadLink(is_picture=True):
                        yield self._finding(
                            _("A picture in the text does not appear"),
                            _("Add it under Pictures, or remove it from the text."),
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
                    _moved(span, at),
                )

    def _finding(self, sentence: str, hint: str, place: TextPlace) -> Finding:
        return Finding(self.id, Level.WARNING, sentence, hint, place, is_in_source=True)


class Footnotes:
    """Find marks without a footnote, and footnotes without a mark."""

    id = "footnotes"
    title = "Footnotes have a mark and a text"
    about = "A footnote's mark without its text, a footnote that nothing leads to, or one twice."

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the marks of the body with its footnotes."""
        notes: set[str] = set()
        marks = {
            leaf.label: _moved(_span(part.block, leaf), at)
            for part, _section, at in reversed(subject.document.placed)
            if part.labels
            for leaf in reversed(list(nodes.footnote_marks(part.block)))
        }
        for part, _section, at in subject.document.placed:
            block = part.block
            if not isinstance(block, nodes.Footnote):
                continue
            place = _moved(block.source, at)
            name = f"[^{block.label}]"
            if block.label in notes:
                yield self._finding(
                    Level.ERROR,
                    _("The footnote {name} is written twice").format(name=name),
                    _("Remove one, or give it and its mark another name."),
                    place,
                )
            elif block.label not in marks:
                yield self._finding(
                    Level.WARNING,
                    _("Nothing in the text leads to the footnote {name}").format(name=name),
                    _("Put {name} where it belongs, or remove the footnote.").format(name=name),
                    place,
                )
            notes.add(block.label)
        for label, place in sorted(marks.items(), key=lambda mark: mark[1].start):
            if label not in notes:
                yield self._finding(
                    Level.ERROR,
                    _("The footnote [^{label}] has no text").format(label=label),
                    _("Write it in a paragraph of its own: [^{label}]: …").format(label=label),
                    place,
                )

    def _finding(self, level: Level, sentence: str, hint: str, place: TextPlace) -> Finding:
        return Finding(self.id, level, sentence, hint, place, is_in_source=True)


_Placed: TypeAlias = tuple[nodes.Link | nodes.DeadLink, nodes.Span]


def _moved(span: nodes.Span, by: int) -> TextPlace:
    """Return the place in the body of a span in a section that begins at `by`."""
    return TextPlace("body", span.start + by, span.end + by)


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
                spans.append(_span(block, nodes.Text(found[0], tuple(pieces))))
    return tuple(spans)


def _place(
    block: nodes.Block, leaves: Iterator[tuple[nodes.Leaf, tuple[nodes.Inline, ...]]]
) -> nodes.Span:
    """Where words are written, or else their whole block."""
    spans = [
        span
        for leaf, _inside in leaves
        if not isinstance(leaf, nodes.Break) and (span := _span(block, leaf)) != block.source
    ]
    return nodes.Span(spans[0].start, spans[-1].end) if spans else block.source


def _span(block: nodes.Block, leaf: nodes.Text | nodes.Code | nodes.FootnoteMark) -> nodes.Span:
    if not leaf.pieces:
        return block.source
    start = block.source.start
    return nodes.Span(start + leaf.pieces[0].start, start + leaf.pieces[-1].end)
