"""Links in Markdown: made of the selected words, led elsewhere, and taken off them."""

from __future__ import annotations

import re

from editor.errors import NotAllowed
from editor.gui.story.marks.edits import MarkEdit, pieces_of, word_at
from editor.gui.story.marks.emphasis import EmphasisMark, with_uncut_spans
from editor.i18n import _

# What reads documents is imported where one is read: no window waits for it.
# ruff: noqa: PLC0415

_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]*)\]\((<[^<>\n]*>|(?:[^()\n]|\([^()\n]*\))*)\)")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:|tel:)\S+", re.IGNORECASE)


def find_address(body: str, start: int, end: int) -> str:
    """Return the address of a link that a range is inside, where emphasis would change it."""
    for link in _LINK.finditer(body):
        if link.start(2) <= start and end <= link.end(2):
            return link[2]
    for address in _ADDRESS.finditer(body):
        if address.start() <= start and end <= address.end() and (start, end) != address.span():
            return address[0]
    return ""


def toggle_link(body: str, start: int, end: int) -> MarkEdit:
    """Make a link of a range, or take the link off around it; the caret is at the address.

    Raises NotAllowed for a range in more than one line.
    """
    if link := _link_around(body, start, end):
        words = link[1] or link[2]
        at = link.start()
        return MarkEdit(at, link.end(), words, (at, at + len(words)))
    pieces = pieces_of(body, start, end) if start < end else word_at(body, start)
    _require_one(pieces)
    start, end = pieces[0] if pieces else (start, start)
    words = body[start:end]
    if _ADDRESS.fullmatch(words):
        return MarkEdit(start, end, f"[]({words})", (start + 1, start + 1))
    # The caret is where the address is missing, or first the words.
    at = start + len(words) + 3 if words else start + 1
    return MarkEdit(start, end, f"[{words}]()", (at, at))


def link_pasted(body: str, start: int, end: int, pasted: str) -> MarkEdit | None:
    """Make a link of a range to an address that was pasted over it.

    A link that the range is in gets the new address. None where the paste is no address,
    or the range no words of one line: an address that is selected is replaced, not linked.
    """
    from editor.text.links import safe_href

    address, words = pasted.strip(), body[start:end].strip()
    if not _ADDRESS.fullmatch(address) or not words or _ADDRESS.fullmatch(words):
        return None
    pieces = pieces_of(body, start, end)
    if safe_href(address) is None or len(pieces) != 1:
        return None
    edit = _led(body, *pieces[0], address)
    return edit and edit._replace(select=(edit.start + len(edit.text),) * 2)


def link_story(body: str, start: int, end: int, slug: str, headline: str) -> MarkEdit:
    """Lead the words of a range to a story; without words its headline is put there.

    A link that the range is in leads to the story then. Raises NotAllowed for a range in
    more than one line, or where no link can be.
    """
    pieces = pieces_of(body, start, end)
    _require_one(pieces)
    if not pieces and not _link_around(body, start, end):
        from editor.text import nodes
        from editor.text.document import Document
        from editor.text.markdown import to_markdown

        link = nodes.Link(slug, (nodes.Text(headline),))
        text = to_markdown(Document((nodes.Paragraph((link,)),)))
        words = len(text) - len(slug) - len("[]()")
        return MarkEdit(start, end, text, (start + 1, start + 1 + words))
    edit = _led(body, *(pieces[0] if pieces else (start, end)), slug)
    if edit is None:
        raise NotAllowed(_("These words can’t be a link."), _("Select other words."))
    return edit


def _require_one(pieces: list[tuple[int, int]]) -> None:
    if len(pieces) > 1:
        raise NotAllowed(
            _("A link can’t go on over several lines."), _("Select words of one line.")
        )


def _link_around(body: str, start: int, end: int) -> re.Match[str] | None:
    for link in _LINK.finditer(body):
        if link.start() <= start and end <= link.end():
            return link
    return None


def _led(body: str, start: int, end: int, address: str) -> MarkEdit | None:
    """Lead words to an address. None where readers would not get just these words as a link."""
    from editor.text.markdown import write_address

    if link := _link_around(body, start, end):
        if link.start(2) <= start and end <= link.end(2) and start < end:
            return None
        (start, end), (first, last) = link.span(), link.span(1)
    else:
        for kind in EmphasisMark:
            start, end = with_uncut_spans(body, start, end, kind)
        first, last = start, end
    words, select = body[first:last], (start + 1, start + 1 + last - first)
    # As it was copied, unless its marks would then be read as Markdown.
    for written in (address, write_address(address)):
        edit = MarkEdit(start, end, f"[{words}]({written})", select)
        if _is_read(body, edit, address):
            return edit
    return None


def _is_read(body: str, edit: MarkEdit, address: str) -> bool:
    """Whether readers get the same words of the paragraph, and a link to the address."""
    from editor.text import nodes
    from editor.text.links import safe_href
    from editor.text.parse import parse
    from editor.text.plain import plain_text

    first, last = body.rfind("\n\n", 0, edit.start) + 1, body.find("\n\n", edit.end)
    before = body[first : last if last >= 0 else len(body)]
    after = edit._replace(start=edit.start - first, end=edit.end - first).on(before)
    hrefs = [
        node.href
        for block in parse(after).blocks
        for run in nodes.runs(block)
        for _leaf, inside in nodes.leaves(run)
        for node in inside
        if isinstance(node, nodes.Link)
    ]
    return safe_href(address) in hrefs and plain_text(after) == plain_text(before)
