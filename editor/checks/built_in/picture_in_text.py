"""Pictures in the text: each is one of the story's, in a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.checks.base import Subject
from editor.checks.block_places import moved, place_of
from editor.checks.examples import right, wrong
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.core.picture_reference import picture_address, picture_reference
from editor.core.story import Picture
from editor.i18n import N_, _
from editor.text import nodes
from editor.text.source import Located

_UNREAD = re.compile(
    # As a picture is written: readers would see the brackets.
    r"!\[[^\[\]\n]*\]\([^\n()]*\)"
    # What is left of one when a character of it was deleted or typed in between.
    # So many at most: from each of fifty thousand marks it would look for the end of all.
    r"|(?:[!\[\](<][!\[\](<\s\u200b]{0,12})?picture:[ ]*[0-9a-f]{8}(?![^\W_])[>)]*",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)*")
_FERRY = Picture(file=f"{'4f' * 32}.jpg", caption="The ferry at the quay.", credit="Mara Quill")
_SHOWN = picture_reference(_FERRY.file)


class PictureInText:
    """Find places for pictures in the text where readers get none."""

    id = "picture-in-text"
    title = N_("Pictures in the text are the story’s")
    about = N_(
        "A picture in the text, `![](picture:…)`, that is not among the story’s pictures any more, "
        "or that has no line of its own outside lists, quotations and tables. Readers don’t get "
        "it; among words they see the brackets. **Insert › Picture in the text…** writes it as it "
        "must be."
    )
    level = Level.WARNING
    examples = (
        right(f"It sails.\n\n{_SHOWN}\n\nIt is late.", pictures=(_FERRY,)),
        wrong(
            f"It sails.\n\n{_SHOWN}\n\nIt is late.", found=_SHOWN, fixed="It sails.\n\nIt is late."
        ),
        wrong(f"It sails. {_SHOWN}", found=_SHOWN, pictures=(_FERRY,)),
        wrong("![The ferry](picture:4f4f4f4f)", found="The ferry", pictures=(_FERRY,)),
        wrong("![](picture:4f4f4f4f", found="![](picture:4f4f4f4f", pictures=(_FERRY,)),
        wrong("![](ferry.jpg)", found="![](ferry.jpg)", pictures=(_FERRY,)),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the places with the story's pictures, and look for some among the words."""
        known = {picture_address(picture.file) for picture in subject.story.pictures}
        for part, _section, at in subject.document.placed:
            block, place = part.block, moved(part.block.source, at)
            if isinstance(block, nodes.TextPicture) and block.address not in known:
                yield Finding(
                    self.id,
                    self.level,
                    _("A picture in the text is not among the story’s pictures"),
                    _("Remove it, or put another one there: Insert › Picture in the text…"),
                    place,
                    (_removal(subject.story.body, place),),
                    is_in_source=True,
                )
            for span in part.made(_unread):
                yield Finding(
                    self.id,
                    self.level,
                    _("A picture in the text is written so that readers don’t get it"),
                    _(
                        "Write ![](picture:…) without words in the brackets, in a line of its own "
                        "that is in no list, quotation or table."
                    ),
                    moved(span, at),
                    is_in_source=True,
                )


def _removal(body: str, place: TextPlace) -> Fix:
    """Take the line out, with the blank lines after it; at the end with those before it.

    What it parted stays apart, and what is indented below it stays so.
    """
    gap = _BLANK_LINES.match(body, place.end)
    end = gap.end() if gap and body[place.end :].strip() else len(body)
    if end == len(body):
        start, between = len(body[: place.start].rstrip()), ""
    else:
        start, above = place.start, body[: place.start].rstrip(" ")
        between = "" if not above.strip() or above.endswith("\n\n") else "\n"
    return Fix(_("Remove it"), (Edit("body", start, end, between),))


def _unread(block: nodes.Block) -> tuple[nodes.Span, ...]:
    """Return where the words of a block have a picture's place."""
    spans: list[nodes.Span] = []
    for run in nodes.runs(block):
        for leaf, inside in nodes.leaves(run):
            if not isinstance(leaf, nodes.Text):
                continue
            if any(isinstance(node, nodes.DeadLink) and is_reference(node) for node in inside):
                spans.append(place_of(block, leaf))
                continue
            words = Located(leaf.text, leaf.pieces)
            for found in _UNREAD.finditer(leaf.text):
                pieces = tuple(words.pieces(*found.span()))
                spans.append(place_of(block, nodes.Text(found[0], pieces)))
    return tuple(spans)


def is_reference(link: nodes.DeadLink) -> bool:
    """Whether a picture with words is one of the story's, written as it is not read."""
    return link.is_picture and link.address.startswith("picture:")
